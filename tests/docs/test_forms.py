"""Every example of docs/forms.md is taken out and run; the word behind its language says what it is an example of."""

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent

import pytest

from shared.declarations import Declared, declared
from shared.rosters import Participant, participants

PAGE = Path(__file__).parents[2].joinpath("docs", "forms.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples(kind: str) -> list[str]:
    return [text for language, what, text in EXAMPLE.findall(PAGE) if kind == (what or language)]


PROGRAMME = examples("programme.yaml")[0]
FORM = examples("day.yaml")[0]


def built(programme: str = PROGRAMME, **form_files: str) -> Declared:
    texts = {"programme": programme, **(form_files or {"day": FORM})}
    found = declared("walks", {f"{name}.yaml": text.encode() for name, text in texts.items()})
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
    assert set(kinds()) == {"programme.yaml", "day.yaml", "text", "day", "rounds", "staff", "question", "form", "csv"}


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
    form = FORM[: FORM.index("questions:")] + "questions:\n" + entry(question)

    assert built(day=form).forms["day-1"].questions


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

    found = participants(examples("csv")[0].encode(), programme)

    assert [type(item) for item in found] == [Participant, Participant]
