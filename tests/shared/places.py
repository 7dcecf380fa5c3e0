"""A course day with regions and schools, and with two gatherings where asked: answers by where they come from."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from shared.envelopes import Answer
from shared.forms import Form, form_id
from shared.programmes import Day, Gathering, Programme, Session
from shared.response import Totals
from shared.results.counting import Invited, Place, tallied
from shared.results.editions import Document, edition
from shared.rounds import Round, Window
from tests.shared.examples import CLOSES, FORM, ORDER_KEY, ROUND
from tests.shared.examples import programme as smaller

SESSION = Session("walk", {"en": "A walk", "nb": "En tur"}, "10:00", "11:00")
GATHERINGS = (Gathering("north", {"en": "North"}, "2026-11-05", "Hill"), Gathering("south", None, "2026-11-02", "Shore"))


def programme(*, gatherings: Sequence[Gathering] = (), units: tuple[str, ...] = ("region", "school")) -> Programme:
    """Make a programme with one day and these unit columns."""
    held = tuple(gatherings) or (Gathering("day-1", None, "2026-11-02", "Hall"),)
    day = Day("day-1", {"en": "Day 1"}, (), (SESSION,), held)
    roles = {"leader": {"en": "Leader"}, "teacher": {"en": "Teacher"}}
    return replace(smaller("en", "nb"), units=units, days=(day,), roles=roles)


def given(cell: Sequence[str], ratings: str, gathering: str = "day-1", form: Form = FORM, **others: Any) -> list[Answer]:
    """Make an answer from one place for each digit given."""
    return [Answer(form_id(form), {"benefit": code, **others}, tuple(cell), gathering) for code in ratings]


def invited(places: Mapping[Place, int], absent: int = 0) -> Invited:
    """Say that so many were invited at each place."""
    return Invited(Totals(sum(places.values()), 0, absent=absent), dict(places), dict(places))


def twice(answers: Iterable[Answer]) -> Invited:
    """Say that twice as many were invited as have answered, everywhere."""
    found = Counter(Place(answer.gathering, answer.cell) for answer in answers)
    return invited({place: 2 * number for place, number in found.items()})


def made(
    answers: Sequence[Answer], asked: Invited | None = None, held_in: Programme | None = None, versions: Sequence[Form] = (FORM,)
) -> Document:
    """Make the edition of answers."""
    held_in = held_in or programme()
    windows = {item.id: Window(CLOSES - 28_800, CLOSES) for item in held_in.days[0].gatherings}
    closed: Round = replace(ROUND, windows=windows)
    tally = tallied(versions, ((f"{number:032x}", answer) for number, answer in enumerate(answers)), ORDER_KEY)
    return edition(closed, held_in, versions, tally, asked or twice(answers))


def nodes(document: Document) -> list[tuple[Any, ...]]:
    """List a breakdown's rows: path, N, n and why it is hidden."""
    return [(tuple(node["path"]), node["N"], node["n"], node["reason"]) for node in document["breakdown"]["nodes"]]
