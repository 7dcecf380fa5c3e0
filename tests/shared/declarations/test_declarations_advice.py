"""What is allowed and warned of, since evidence advises against it."""

import pytest

from tests.shared.declaring import DAY, LAST, built

TEXT = "  - {{id: text-{}, kind: text, text: What?}}\n"
NUMBER = "  - {{id: number-{}, kind: number, text: How many?}}\n"
STATEMENT = "  - {{id: note-{}, kind: statement, text: And now}}\n"
RATING = "  - {id: rating, kind: scale, text: %s, scale: {points: [%s]}}\n"


def warnings(entries: str, rounds: str = "rounds:\n  - {form: day, for: day-1}\n", mode: str = "anonymous") -> list[str]:
    return [str(warning) for warning in built(rounds, day=DAY.replace("anonymous", mode) + entries).warnings]


def several(entry: str, number: int) -> str:
    return "".join(map(entry.format, range(number)))


def test_a_short_form_is_not_warned_of() -> None:
    assert warnings(LAST) == []


def test_more_than_twelve_questions_on_a_course_day_are_warned_of() -> None:
    assert warnings(several(NUMBER, 12)) == []
    assert warnings(several(NUMBER, 13)) == ["day.yaml:4:3: `day-1` has 13 questions: after a course day at most 12 are answered with care"]


@pytest.mark.parametrize(("reminds", "times"), [("", 0), ("08:00", 10), ("2 days before it closes at 08:00", 0), ("19:00, 12:00", 22)])
def test_more_than_three_reminders_are_warned_of(reminds: str, times: int) -> None:
    entry = "{form: day, for: once, id: later, opens: on day-1 at 08:00, closes: 10 days later at 20:00, reminds: [%s]}"

    found = warnings(LAST, f"rounds:\n  - {entry % reminds}\n")

    told = f"`later` reminds up to {times} times: once or twice is enough, like `2 days before it closes at 08:00`"
    assert [warning.partition(": ")[2] for warning in found] == ([told] if times else [])
    assert all(warning.startswith("programme.yaml:") for warning in found)


def test_statements_are_no_questions() -> None:
    assert warnings(several(NUMBER, 12) + several(STATEMENT, 3)) == []


def test_more_than_two_minutes_on_a_course_day_are_warned_of() -> None:
    (warning,) = warnings(several(NUMBER, 12) + several(STATEMENT, 7))

    assert warning == "day.yaml:4:3: `day-1` takes about 124 seconds: after a course day people give at most 120"


def test_a_round_asked_once_may_take_longer() -> None:
    assert warnings(several(NUMBER, 20), "rounds:\n  - {form: day, for: once, id: later, opens: 2 weeks after day-1 at 09:00}\n") == []


def test_more_than_three_questions_for_words_are_warned_of_except_in_what_people_write_for_themselves() -> None:
    assert warnings(several(TEXT, 3)) == []
    assert warnings(several(TEXT, 4)) == ["day.yaml:4:3: 4 questions of `day-1` ask for words: most people write in at most 3"]
    assert warnings(several(TEXT, 4), mode="personal") == []


def test_a_point_without_a_label_is_warned_of() -> None:
    (warning,) = warnings(RATING % ("How useful?", "Not at all, '2', Very"))

    assert warning.startswith("day.yaml:4:79: the point `2` has no label")


@pytest.mark.parametrize(
    "points",
    [
        "Disagree, Neither, Agree",
        "Uenig, Hverken eller, Enig",
        "Heilt usamd, Litt samd, Heilt samd",
        "Instämmer inte, Delvis, Instämmer helt",
        "Håller inte med, Delvis, Håller med",
    ],
)
def test_agreement_is_warned_of_in_every_language(points: str) -> None:
    assert any("people tend to agree with anything" in warning for warning in warnings(RATING % ("The day was useful", points)))


def test_a_question_that_asks_whether_one_agrees_is_warned_of() -> None:
    (warning,) = warnings(RATING % ("Do you agree that the day was useful?", "No, Partly, Yes"))

    assert warning.startswith("day.yaml:4:37: “agree”")


@pytest.mark.parametrize(
    "points", ["Not at all, Somewhat, Very", "Ein einziges Mal, Noen ganger, Ofte", "Eneste gang, Enighed er fin, Samdrift"]
)
def test_other_words_are_left_alone(points: str) -> None:
    assert warnings(RATING % ("How useful?", points)) == []
