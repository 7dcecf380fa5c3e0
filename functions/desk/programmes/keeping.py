"""What is deleted when: the same list by which the job of the night deletes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from flask import Blueprint, render_template

from functions.desk.pages import PROGRAMME, common, in_language, titles
from functions.desk.staff import access
from functions.desk.staff.access import Seat
from shared import retention, rounds
from shared.dates import day_text
from shared.languages import catalogue
from shared.phrases import _
from shared.retention import Step
from shared.rounds import Round
from shared.schedule import wall_clock
from shared.store import desk_heartbeats, published
from shared.web.pages import language

keeping = Blueprint("keeping", __name__)

KEYS = _("the keys")

WHAT: Mapping[str, str] = {
    "letters": _("what people wrote to themselves"),
    "copies": _("the copies of their own answers that people kept"),
    "answers": _("the sealed answers"),
    "comments": _("the comments, released or not"),
    "invitations": _("who was invited and has answered"),
    "replies": _("who has got later mails about it"),
    "link key": KEYS,
    "box key": KEYS,
    "pair key": _("the key that pairs answers"),
    "letter key": _("the key of the links to personal forms"),
    "messages": _("who has got the mail"),
    "participants": _("the list of participants; who was absent, not reached, or stopped reminders"),
}
"""What is deleted, in the order in which it is told."""


class Line(NamedTuple):
    """What is deleted of several things on one day: of all of them the same."""

    titles: tuple[str, ...]
    what: tuple[str, ...]
    waits: bool
    """A result is to be made first."""


class Date(NamedTuple):
    """A day on which something is deleted."""

    day: str
    lines: tuple[Line, ...]


@keeping.get(f"{PROGRAMME}/retention")
def plan(programme_id: str) -> str:
    """Show what is deleted when, and what is deleted already."""
    seat = access.permitted(programme_id, lambda seat: seat.sees_response)
    known = published.rounds(seat.programme.id).values()
    named, last_run = _named(seat, known), desk_heartbeats.last("retire") or 0
    gone: list[Step] = []
    ahead: list[Step] = []
    for step in retention.steps(seat.programme, known):
        (gone if step.is_due(last_run) else ahead).append(step)
    facts = {"ahead": _dates(seat, ahead, named), "gone": _dates(seat, gone, named)[::-1]}
    return render_template(
        "programmes/keeping.html", **common(seat), days=retention.days(seat.programme), said=seat.programme.retention, **facts
    )


Names = Mapping[tuple[str, str], str]


def _dates(seat: Seat, steps: Iterable[Step], named: Names) -> list[Date]:
    """Put together what is deleted on the same day."""
    by_day: dict[str, list[Step]] = {}
    for step in steps:
        by_day.setdefault(day_text(wall_clock(step.at, seat.programme.timezone), language()), []).append(step)
    return [Date(day, tuple(_lines(found, named))) for day, found in by_day.items()]


def _lines(steps: Iterable[Step], named: Names) -> Iterator[Line]:
    """Say what goes of each thing, once for all of which the same goes."""
    of: dict[tuple[str, bool], set[str]] = {}
    for step in steps:
        of.setdefault((_title(step, named), bool(step.waits_for)), set()).add(step.what)
    alike: dict[tuple[tuple[str, ...], bool], list[str]] = {}
    for (title, waits), kinds in of.items():
        what = tuple(dict.fromkeys(text for kind, text in WHAT.items() if kind in kinds))
        alike.setdefault((what, waits), []).append(title)
    for (what, waits), names in alike.items():
        yield Line(tuple(names), tuple(map(catalogue(language()).gettext, what)), waits)


def _named(seat: Seat, known: Iterable[Round]) -> Names:
    """Write what rounds, series and messages are called."""
    found, in_order = titles(seat, known), sorted(known, key=rounds.closes)
    series = {("series", one.series): ", ".join(found[each.id] for each in in_order if each.series == one.series) for one in in_order}
    forms = {("round", name): title for name, title in found.items()}
    return series | forms | {("messages", message.id): in_language(message.title) for message in seat.programme.messages}


def _title(step: Step, named: Names) -> str:
    """Say of what something is deleted; empty for the programme."""
    if step.what == "letter key" and step.of:
        return catalogue(language()).gettext("Personal forms of the school year %(name)s") % {"name": step.of}
    kind = {"messages": "messages", "pair key": "series"}.get(step.what, "round")
    return named.get((kind, step.of), step.of)
