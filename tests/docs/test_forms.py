"""Every example of docs/forms.md is taken out and run; the word behind its language says what it is an example of."""

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent

import pytest

from shared.declarations.declared import Declared, declared
from shared.declarations.questions import QUESTION_KINDS
from shared.library import library
from shared.rosters.files import table

PAGE = Path(__file__).parents[2].joinpath("docs", "forms.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples(kind: str) -> list[str]:
    return [text for language, what, text in EXAMPLE.findall(PAGE) if kind == (what or language)]


PROGRAMME = examples("programme.yaml")[0]
FORM = examples("day.yaml")[0]
TODAYS = PROGRAMME[PROGRAMME.index("rounds:") :]


def built(programme: str = PROGRAMME, **form_files: str) -> Declared:
    texts = {"programme": programme, **(form_files or {"day": FORM})}
    found = declared("walks", {f"{name}.yaml": text.encode() for name, text in texts.items()}, library())
    assert isinstance(found, Declared), [str(fault) for fault in found]
    return found


def entry(text: str) -> str:
    """Make a text the entry of a list."""
    return "  -" + indent(text, "    ")[3:]


def programme_with(days: list[str], rounds: str | None = None) -> str:
    head, _, tail = PROGRAMME.partition("days:\n")
    rest = f"rounds:\n{indent(rounds, '  ')}" if rounds else tail[tail.index("rounds:") :]
    return head + "units: [region]\ndays:\n" + "".join(map(entry, days)) + rest


def kinds() -> Iterator[str]:
    return (what or language for language, what, _ in EXAMPLE.findall(PAGE))


def test_every_example_is_of_a_kind_that_is_run_here() -> None:
    assert set(kinds()) == {
        "programme.yaml",
        "day.yaml",
        "text",
        "day",
        "rounds",
        "staff",
        "message",
        "programme",
        "question",
        "form",
        "uses",
        "csv",
    }


def test_the_shortest_useful_programme_has_under_25_lines() -> None:
    plan = built().programme.rounds[0]

    assert len(PROGRAMME.splitlines()) < 25
    assert (plan.id, plan.opens, plan.closes) == ("day-1", "12:00", "23:59")


@pytest.mark.parametrize("day", examples("day"))
def test_each_day_is_valid(day: str) -> None:
    assert len(built(programme_with([day])).programme.days) == 1


def test_the_rounds_are_called_as_the_page_says() -> None:
    found = built(programme_with(examples("day"), examples("rounds")[0]), day=FORM, food=FORM)

    assert [plan.id for plan in found.programme.rounds] == ["day-1", "day-2", "day-1-food"]


def test_the_staff_are_as_the_page_says() -> None:
    staff = built(programme_with(examples("day")) + "staff:\n" + examples("staff")[0]).programme.staff

    assert [(member.role, member.units) for member in staff] == [("organiser", ()), ("owner", ()), ("observer", ("Follo", "Romerike"))]


@pytest.mark.parametrize("question", examples("question"))
def test_each_question_is_valid(question: str) -> None:
    form = built(PROGRAMME + examples("programme")[0], day=FORM + entry(question)).forms["day-1"]

    assert len(form.questions) > 1


def test_every_kind_of_question_has_an_example() -> None:
    shown = {word for question in [*examples("question"), *examples("form")] for word in re.findall(r"kind: ([a-z-]+)", question)}

    assert shown == set(QUESTION_KINDS)


def test_each_phrase_of_the_page_is_understood() -> None:
    rounds = built(PROGRAMME.replace(TODAYS, "rounds:\n" + indent(examples("rounds")[1], "  "))).programme.rounds

    assert [(plan.id, plan.opens_after, plan.closes_after, plan.stage) for plan in rounds] == [
        ("ways-before", -10, -1, "before"),
        ("ways-after", 14, 24, "after"),
    ]


def test_goals_tracks_messages_and_the_earlier_run_are_as_the_page_says() -> None:
    programme = built(PROGRAMME + examples("programme")[0]).programme

    assert [goal.id for goal in programme.goals] == ["maps"]
    assert [(message.day, message.after) for message in programme.messages] == [("day-1", -7)]
    assert (programme.retention, programme.continues is not None, list(programme.tracks)) == (365, True, ["guides"])


def test_a_form_of_the_library_is_adapted_as_the_page_says() -> None:
    form = built(day=examples("uses")[0]).forms["day-1"]

    assert form.title == {"en": "What did the walk give you?"}
    assert [question.id for question in form.questions][-2:] == ["weather", "takeaway"]
    assert "improvement" not in [question.id for question in form.questions]


def test_conditions_and_recalled_answers_are_as_the_page_says() -> None:
    used, often, helped, hindered = built(day=examples("form")[1]).forms["day-1"].questions

    assert used.shown_if is None
    assert all(question.shown_if for question in (often, helped, hindered))


def test_the_form_is_valid() -> None:
    use, exercise, expectations = built(day=examples("form")[0]).forms["day-1"].questions

    assert use.positive == ("3", "4", "5")
    assert exercise.not_relevant == {"en": "Did not take part"}
    assert expectations.bipolar


def test_a_text_stands_in_each_language() -> None:
    translated = PROGRAMME.replace("languages: [en]", "languages: [nb, en]")
    form = FORM.replace("text: What will you take with you?", "text:\n" + indent(examples("text")[0], "      "))

    found = declared("walks", {"programme.yaml": translated.encode(), "day.yaml": form.encode()})

    assert isinstance(found, list)
    assert [fault.line for fault in found if fault.file == "day.yaml"] == [1]


def test_the_roster_can_be_imported() -> None:
    programme = built(PROGRAMME.replace("languages: [en]", "units: [region, school]\nlanguages: [en]")).programme

    found = table(examples("csv")[0].encode(), programme)

    assert (len(found.rows), found.faults) == (2, ())
