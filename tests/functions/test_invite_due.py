from dataclasses import replace

import pytest

from functions.invite.due import Addressed, Mailing, Reason, Wanted, mailings, open_gatherings, reminders_due, wanted, why_not
from shared.queue import MessagePart
from shared.rounds import Round, Window
from shared.store.invitations import Invitation

OPENS, EARLY, LATE, CLOSES = 1_000, 10_000, 20_000, 30_000
DUE = Round(
    "walks",
    "day-1",
    "ref",
    "form",
    "anonymous",
    "day-1",
    {"north": Window(OPENS, CLOSES), "south": Window(OPENS + 50_000, CLOSES + 50_000)},
    b"",
    reminders={"north": (Window(EARLY, EARLY + 900), Window(LATE, LATE + 900))},
)
NEW = Invitation("f", "anna", (), "north", "en", "pending", 0, None)
INVITED = replace(NEW, mail="sent")
REMINDED = replace(INVITED, slot=EARLY)


@pytest.mark.parametrize(
    ("item", "invited", "reminded", "again"),
    [
        (NEW, "", "not invited yet", "not invited yet"),
        (replace(NEW, mail="sending", leased_until=9_999), "", "not invited yet", "not invited yet"),
        (INVITED, "has it", "", ""),
        (replace(REMINDED, mail="pending"), "has it", "", ""),
        (replace(REMINDED, mail="sending"), "has it", "", ""),
        (REMINDED, "has it", "has it", ""),
        (replace(REMINDED, slot=LATE), "has it", "has it", "has it"),
        (replace(INVITED, mail="refused"), "not reached", "not reached", "not reached"),
        (replace(INVITED, mail="gone"), "not reached", "not reached", "not reached"),
        (replace(NEW, answered="mark"), "answered", "answered", "answered"),
        (replace(INVITED, declined="absent", answered="mark"), "answered", "answered", "answered"),
        (replace(NEW, declined="absent"), "absent", "absent", "absent"),
        (replace(INVITED, absent=True), "absent", "absent", "absent"),
        (replace(INVITED, declined="unwilling"), "declined", "declined", "declined"),
        (replace(INVITED, person="berit"), "has it", "stopped", "stopped"),
        (replace(NEW, person="berit"), "", "stopped", "stopped"),
    ],
)
def test_who_gets_which_mail_and_why_not(item: Invitation, invited: Reason, reminded: Reason, again: Reason) -> None:
    spared: dict[str, Reason] = {"berit": "stopped"}

    assert [why_not(item, slot, spared) for slot in (0, EARLY, LATE)] == [invited, reminded, again]


def test_a_reminder_is_due_from_its_time_on_until_it_is_done_with() -> None:
    early, late = DUE.reminders["north"]

    assert [reminders_due(DUE, {}, now) for now in (EARLY - 1, EARLY, LATE - 1, LATE, CLOSES + 9)] == [
        {},
        {"north": early},
        {"north": early},
        {"north": late},
        {"north": late},
    ]
    assert reminders_due(DUE, {"north": EARLY}, LATE - 1) == {}
    assert reminders_due(DUE, {"north": EARLY}, LATE) == {"north": late}


def test_a_round_is_open_gathering_by_gathering() -> None:
    assert [open_gatherings(DUE, now) for now in (OPENS - 1, OPENS, CLOSES - 1, CLOSES, OPENS + 50_000)] == [
        [],
        ["north"],
        ["north"],
        [],
        ["south"],
    ]


def test_only_those_at_the_gathering_are_told() -> None:
    elsewhere = replace(NEW, person="cecilie", gathering="south")

    assert wanted(DUE, [NEW, elsewhere], {"north": 0}) == [Wanted(DUE, NEW, 0)]


def test_all_that_is_due_for_somebody_in_a_programme_comes_in_one_mail_and_what_closes_first_comes_first() -> None:
    other = replace(DUE, id="food", ref="other", windows={"north": Window(OPENS, CLOSES - 1)})
    elsewhere = replace(DUE, programme="swims", ref="swims")
    berit = replace(NEW, person="berit")

    task = [Addressed(MessagePart("walks", "boots", person, 9), None) for person in ("anna", "dagny")]
    forms = [Wanted(DUE, NEW, 0), Wanted(DUE, berit, 0), Wanted(other, INVITED, EARLY), Wanted(elsewhere, NEW, 0)]

    assert mailings(forms, task) == [
        Mailing((forms[2], forms[0]), (task[0],)),
        Mailing((forms[1],)),
        Mailing((forms[3],)),
        Mailing((), (task[1],)),
    ]
