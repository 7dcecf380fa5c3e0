import time
from collections import Counter

import pytest

from functions.invite.handler import handler as invite_handler
from shared.round_changes import Change, changed
from shared.settings import setting
from shared.store import claims, invitations, published
from shared.store.claims import LEASE, Claim
from shared.store.invitations import Invitation
from shared.store.roster import Person
from tests import storing
from tests.conftest import account
from tests.functions.examples import FILES, PROGRAMME, enrol, event, invite, oslo, participant, publish, queued, send, set_clock
from tests.functions.outbox import Outbox
from tests.functions.parsed_mails import parsed
from tests.once import once

pytestmark = pytest.mark.slow

DAY = "2025-08-26"
OPEN = oslo(f"{DAY}T11:00")
DUE = oslo(f"{DAY}T19:00")
TOO_LATE = oslo(f"{DAY}T20:30")

NAMES = ("anna", "berit", "cecilie", "dagny", "eva", "frida")

REMINDING = PROGRAMME.replace("closes: 23:59", "closes: 23:59\n    reminds: [19:00]")

SECOND_FORM = """\
  - form: food
    for: day-1
    closes: 22:00
    reminds: [19:00]
"""


@pytest.fixture
def people(tables: object, monkeypatch: pytest.MonkeyPatch) -> dict[str, Person]:  # noqa: ARG001
    monkeypatch.setenv("STAGE", "local")
    once(publish)(FILES | {"programme.yaml": REMINDING})
    return dict(zip(NAMES, enrol(map(participant, NAMES)), strict=True))


@pytest.fixture
def outbox(people: dict[str, Person]) -> Outbox:  # noqa: ARG001
    return Outbox()


def ref(name: str = "day-1") -> str:
    return published.rounds("walks")[name].ref


def run(at: int) -> int:
    """Plan and send as of a time; return how many mails were queued."""
    set_clock(at)
    count = invite(int(time.time()))
    records = queued()
    assert not records or send(records) == []
    return count


def held(name: str, of: str = "day-1") -> Invitation:
    (found,) = [item for item in invitations.invited(ref(of)) if item.hint == name[0]]
    return found


def reached(outbox: Outbox) -> list[str]:
    """Name who has got mail since this was asked last."""
    found = sorted(address.removesuffix("@example.org") for address in outbox.to().elements())
    outbox.mails.clear()
    return found


def mark(name: str, attribute: str, value: object) -> None:
    account("dynamodb").update_item(
        TableName=setting("INVITATIONS_TABLE"),
        Key=invitations.at(ref(), held(name).fingerprint),
        UpdateExpression=f"SET {attribute} = :value",
        ExpressionAttributeValues={":value": value},
    )


def answer(name: str) -> None:
    ticket = invitations.Ticket(ref(), held(name).fingerprint, invitations.cell_text(held(name).cell), "day-1", "mark")
    account("dynamodb").update_item(**invitations.answering(ticket))


def names_in(text: str) -> set[str]:
    """Name the forms that a mail leads to."""
    return {name for name in ("day-1", "day-1-food") if f"/e/{ref(name)}/" in text}


def test_only_those_are_reminded_who_can_still_want_to_answer(outbox: Outbox, people: dict[str, Person]) -> None:
    run(OPEN)
    assert reached(outbox) == sorted(NAMES)
    answer("anna")
    invitations.decline(ref(), held("berit").fingerprint, "unwilling")
    invitations.decline(ref(), held("cecilie").fingerprint, "absent")
    mark("dagny", "absent", {"BOOL": True})
    invitations.stop_reminders("walks", people["eva"].id)

    assert run(DUE - 60) == 0
    assert run(DUE) == 1

    assert reached(outbox) == ["frida"]


def test_a_reminder_says_how_long_is_left_and_leads_to_the_same_form(outbox: Outbox) -> None:
    run(OPEN)
    invited = {sent["Destination"]["ToAddresses"][0]: parsed(sent) for sent in outbox.mails}
    outbox.mails.clear()

    run(DUE)

    for sent in outbox.mails:
        reader, reminder = sent["Destination"]["ToAddresses"][0], parsed(sent)
        assert "5 hours" in reminder.parts["text"]
        assert reminder.subject != invited[reader].subject
        (link,) = [line for line in invited[reader].parts["text"].split() if "/e/" in line]
        assert link in reminder.parts["text"]


def test_however_often_the_job_runs_each_is_reminded_once(outbox: Outbox) -> None:
    run(OPEN)
    reached(outbox)

    for minute in range(0, 300, 5):
        run(DUE - 1800 + minute * 60)

    assert outbox.to() == Counter(f"{name}@example.org" for name in NAMES)


def test_a_reminder_is_made_up_for_until_it_is_too_late(outbox: Outbox) -> None:
    run(OPEN)
    reached(outbox)

    run(TOO_LATE - 60)

    assert reached(outbox) == sorted(NAMES)


def test_what_is_too_late_is_told_once_and_not_sent(outbox: Outbox) -> None:
    run(OPEN)
    answer("anna")
    reached(outbox)

    set_clock(TOO_LATE)
    said = [invite_handler(event(int(time.time())), None) for _ in range(2)]

    assert said == [{"queued": 0, "late": 5}, {"queued": 0, "late": 0}]
    assert queued() == []


def test_a_reminder_that_lies_in_the_queue_until_it_is_too_late_is_not_sent(outbox: Outbox) -> None:
    run(OPEN)
    reached(outbox)
    set_clock(DUE)
    invite(int(time.time()))
    set_clock(TOO_LATE)

    assert send(queued()) == []

    assert reached(outbox) == []


def test_a_reminder_whose_errand_is_lost_is_planned_again_when_the_lease_is_over(outbox: Outbox) -> None:
    run(OPEN)
    reached(outbox)
    set_clock(DUE)
    invite(int(time.time()))
    queued()

    assert run(DUE + LEASE - 60) == 0
    assert run(DUE + LEASE) == 6

    assert reached(outbox) == sorted(NAMES)


def test_a_reminder_that_was_being_sent_when_the_process_died_is_sent_again_after_the_lease(outbox: Outbox) -> None:
    run(OPEN)
    reached(outbox)
    set_clock(DUE)
    invite(int(time.time()))
    records = queued()
    claims.claim(invitations.at(ref(), held("anna").fingerprint), DUE, DUE)
    send(records)
    assert reached(outbox) == sorted(NAMES[1:])

    run(DUE + LEASE)

    assert reached(outbox) == ["anna"]


def test_who_answers_between_planning_and_sending_is_not_reminded(outbox: Outbox) -> None:
    run(OPEN)
    reached(outbox)
    set_clock(DUE)
    invite(int(time.time()))
    answer("anna")

    send(queued())

    assert reached(outbox) == sorted(NAMES[1:])


@pytest.mark.parametrize(("minutes", "reminded"), [(60, False), (119, False), (120, True), (180, True)])
def test_nobody_is_reminded_within_two_hours_of_her_own_invitation(outbox: Outbox, minutes: int, reminded: bool) -> None:
    run(OPEN)
    enrol([participant("late")])
    run(DUE - minutes * 60)
    reached(outbox)

    run(DUE)

    assert ("late" in reached(outbox)) == reminded


def test_who_was_never_invited_is_invited_and_not_reminded(outbox: Outbox) -> None:
    run(DUE + 300)

    assert reached(outbox) == sorted(NAMES)
    assert run(DUE + 600) == 0


def test_who_can_t_be_reached_is_not_tried_again(outbox: Outbox) -> None:
    run(OPEN)
    reached(outbox)
    mark("anna", "mail", {"S": "refused"})

    run(DUE)

    assert reached(outbox) == sorted(NAMES[1:])


def test_a_reminder_that_is_done_with_is_not_looked_at_again(outbox: Outbox) -> None:
    run(OPEN)
    run(DUE)
    run(DUE + 300)

    assert invitations.plan(ref()).reminded == {"day-1": DUE}
    assert outbox.mails


def test_what_is_due_for_a_person_at_once_comes_in_one_mail(tables: object, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setenv("STAGE", "local")
    publish(FILES | {"programme.yaml": REMINDING + SECOND_FORM, "food.yaml": FILES["day.yaml"]})
    enrol([participant("anna"), participant("berit")])
    outbox = Outbox()

    assert [run(OPEN), run(OPEN + 300)] == [2, 0]
    for sent in outbox.mails:
        text = parsed(sent).parts["text"]
        assert text.index(ref("day-1-food")) < text.index(ref("day-1"), text.index(ref("day-1-food")) + 8)
    assert reached(outbox) == ["anna", "berit"]

    claims.settle(invitations.at(ref(), held("anna").fingerprint), 0, Claim())
    answer("anna")
    assert [run(DUE), run(DUE + 300)] == [2, 0]
    about = {sent["Destination"]["ToAddresses"][0]: names_in(parsed(sent).parts["text"]) for sent in outbox.mails}
    assert about == {"anna@example.org": {"day-1-food"}, "berit@example.org": {"day-1", "day-1-food"}}


def test_a_form_that_is_open_for_days_reminds_once_before_it_closes_and_once_more_before_a_later_closing(
    tables: object,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STAGE", "local")
    publish(FILES | {"programme.yaml": PROGRAMME.replace("closes: 23:59", "closes: 10 days later at 23:59")})
    enrol([participant("anna"), participant("berit")])
    outbox = Outbox()
    plan = next(plan for plan in published.programme("walks").rounds if plan.id == "day-1")  # type: ignore[union-attr]

    assert run(OPEN) == 2
    answer("berit")
    assert [run(oslo(f"2025-09-{day:02}T08:00") + late) for day in range(1, 6) for late in (0, 300)] == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    extended = Change("extend", oslo("2025-09-10T12:01"))
    storing.update_round(changed(published.rounds("walks")["day-1"], extended, oslo("2025-09-05T09:00"), plan, "Europe/Oslo"))
    assert [run(oslo(f"2025-09-{day:02}T08:00") + late) for day in range(6, 11) for late in (0, 300)] == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert reached(outbox) == ["anna", "anna", "anna", "berit"]


def test_a_reminder_that_staff_ask_for_goes_out_at_once_though_the_round_was_read_just_before(
    people: dict[str, Person], outbox: Outbox
) -> None:
    run(OPEN)
    now = oslo(f"{DAY}T14:00")
    storing.update_round(changed(published.rounds("walks")["day-1"], Change("remind"), now, None, "Europe/Oslo"))

    run(now)

    assert set(outbox.to().values()) == {2}
    assert len(outbox.to()) == len(people)
