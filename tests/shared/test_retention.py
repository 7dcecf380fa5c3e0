"""When each thing of a programme is deleted."""

from dataclasses import replace

import pytest

from shared import retention
from shared.declarations.declared import Declared, declared
from shared.programmes import Programme
from shared.retention import DAY, Step
from shared.rounds import SETTLE, Round, Window
from tests.functions.examples import FILES, PROGRAMME, oslo
from tests.functions.open_round import programme as read

CLOSES = oslo("2025-08-27T00:00")
LAST_DAY = oslo("2025-10-10T00:00")


@pytest.fixture
def programme() -> Programme:
    return replace(read(FILES["day.yaml"]).programme, retention=30)


def asked(name: str, mode: str = "anonymous", closes: int = CLOSES, edition: str | None = "e") -> Round:
    windows = {"day-1": Window(closes - 3600, closes)}
    return Round("walks", name, f"ref-{name}", "form", mode, "day-1", windows, b"", edition=edition)


def step(found: list[Step], what: str, of: str = "") -> Step:
    return next(item for item in found if (item.what, item.of) == (what, of))


def paired(name: str, stage: str, closes: int, edition: str | None = "e") -> Round:
    return replace(asked(name, "confidential", closes, edition), series="goals", stage=stage)


def test_all_that_a_day_leaves_goes_so_many_days_after_it_closes(programme: Programme) -> None:
    found = retention.steps(programme, [asked("day-1")])

    assert step(found, "answers", "day-1") == Step("answers", "day-1", "ROUND#ref-day-1", CLOSES + 30 * DAY)
    for what in ("link key", "box key", "invitations", "replies"):
        assert step(found, what, "day-1").at == CLOSES + 30 * DAY


def test_where_the_files_say_nothing_it_is_a_year(programme: Programme) -> None:
    found = retention.steps(replace(programme, retention=0), [asked("day-1")])

    assert step(found, "answers", "day-1").at == CLOSES + 365 * DAY


def test_nothing_that_a_result_needs_goes_before_there_is_one(programme: Programme) -> None:
    found = retention.steps(programme, [asked("day-1", edition=None), asked("letter", "personal", edition=None)])

    waiting = {(item.what, item.of) for item in found if item.waits_for}
    assert waiting == {*((what, "day-1") for what in retention.COUNTED), ("participants", "")}
    assert not step(found, "answers", "day-1").is_due(CLOSES + 999 * DAY)
    assert step(found, "letters", "letter").is_due(CLOSES + 30 * DAY)
    assert not step(found, "letters", "letter").is_due(CLOSES + 30 * DAY - 1)


def test_answers_that_are_compared_stay_together_until_the_last_of_them_has_been_kept_long_enough(programme: Programme) -> None:
    later = CLOSES + 60 * DAY
    found = retention.steps(programme, [paired("after", "after", later, None), paired("before", "before", CLOSES)])

    for name in ("before", "after"):
        assert (step(found, "answers", name).at, step(found, "answers", name).waits_for) == (later + 30 * DAY, ("after",))
    assert step(found, "pair key", "goals") == Step("pair key", "goals", "SERIES#walks#goals", later + SETTLE, ("after",))


def test_the_key_of_a_series_with_one_form_so_far_waits_for_another_until_the_programmes_end(programme: Programme) -> None:
    found = retention.steps(programme, [paired("before", "before", CLOSES)])

    assert step(found, "pair key", "goals").at == LAST_DAY + 30 * DAY


def test_a_letter_is_kept_from_its_closing_or_from_being_mailed_back() -> None:
    message = (
        "messages:\n  - {id: back, title: {nb: A, en: A}, text: {nb: A, en: A}, on: 50 days after day-1 at 08:00, returns: letter}\n"
        "retention: 10\n"
    )
    rounds = "  - {form: letter, for: once, id: letter, opens: on day-1 at 08:00, closes: 3 days later at 23:59}\n"
    files = {**FILES, "programme.yaml": PROGRAMME + rounds + message, "letter.yaml": FILES["day.yaml"].replace("anonymous", "personal")}
    found_in_files = declared("walks", {name: text.encode() for name, text in files.items()})
    assert isinstance(found_in_files, Declared), found_in_files

    found = retention.steps(found_in_files.programme, [asked("letter", "personal", edition=None)])

    back = oslo("2025-10-15T08:00")
    assert {step(found, *what).at for what in (("letters", "letter"), ("link key", "letter"), ("letter key",))} == {back + 10 * DAY}
    assert step(found, "messages", "back").at == back + 10 * DAY


def test_the_participants_go_after_the_programmes_last_day_form_or_message(programme: Programme) -> None:
    assert step(retention.steps(programme, [asked("day-1")]), "participants").at == LAST_DAY + 30 * DAY
    late = LAST_DAY + 100 * DAY
    assert step(retention.steps(programme, [asked("day-1", closes=late)]), "participants").at == late + 30 * DAY


def test_the_steps_come_in_order_and_secrets_before_what_they_open(programme: Programme) -> None:
    found = retention.steps(programme, [asked("letter", "personal"), asked("day-1")])

    assert [item.at for item in found] == sorted(item.at for item in found)
    whats = [item.what for item in found]
    assert whats.index("letter key") < whats.index("letters") < len(whats) - 1 - whats[::-1].index("invitations")


def test_a_round_can_say_for_itself_how_long_it_is_kept_and_a_series_stays_together(programme: Programme) -> None:
    plan = programme.rounds[0]
    plans = (
        replace(plan, id="day-1", retention=7),
        replace(plan, id="letter", retention=90),
        replace(plan, id="before", series="goals", stage="before", retention=7),
        replace(plan, id="after", series="goals", stage="after"),
    )
    rounds = [asked("day-1"), asked("letter", "personal"), paired("before", "before", CLOSES), paired("after", "after", CLOSES)]
    found = retention.steps(replace(programme, rounds=plans), rounds)

    assert step(found, "answers", "day-1").at == CLOSES + 7 * DAY
    assert step(found, "letters", "letter").at == step(found, "letter key").at == CLOSES + 90 * DAY
    assert {step(found, "answers", name).at for name in ("before", "after")} == {CLOSES + 30 * DAY}
    assert retention.of_round(replace(programme, rounds=plans), rounds[2]) == 30


def test_what_a_round_s_form_has_told_holds_whatever_the_files_say_later(programme: Programme) -> None:
    told = [replace(asked("day-1"), retention=10), replace(asked("letter", "personal"), retention=20)]
    longer = replace(programme, retention=3650, rounds=())

    found = retention.steps(longer, told)

    assert step(found, "answers", "day-1").at == step(found, "link key", "day-1").at == CLOSES + 10 * DAY
    assert step(found, "letters", "letter").at == step(found, "letter key").at == CLOSES + 20 * DAY
