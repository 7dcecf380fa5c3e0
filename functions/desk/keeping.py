"""What is deleted when: the same list by which the job of the night deletes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, render_template

from functions.desk import access
from functions.desk.access import Seat
from functions.desk.pages import common, in_language, titles
from shared import retention, rounds
from shared.dates import day_text
from shared.languages import catalogue
from shared.retention import Step
from shared.rounds import Round
from shared.schedule import wall_clock
from shared.store import desk_heartbeats, published
from shared.web.pages import language

keeping = Blueprint("keeping", __name__, template_folder="templates")


def _(message: str) -> str:
    """Mark a message for the catalogues."""
    return message


WHAT: Mapping[str, str] = {
    "link key": _("the key of its links"),
    "pair key": _("the key that pairs answers"),
    "letter key": _("the key of the links to personal forms"),
    "box key": _("the key that opens its answers"),
    "answers": _("sealed answers"),
    "comments": _("the comments, released or not"),
    "letters": _("what people wrote to themselves"),
    "copies": _("the copies of their own answers that people kept"),
    "invitations": _("the list of who was invited and has answered"),
    "replies": _("the list of whom later mails about it have reached"),
    "messages": _("the list of whom it has reached"),
    "participants": _("the list of participants; who was absent, not reached, or stopped reminders"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What is deleted of one thing on one day."""

    title: str
    what: tuple[str, ...]
    day: str
    waits: bool
    """A result is to be made first."""
    gone: bool


@keeping.get("/programmes/<string(maxlength=200):programme_id>/retention")
def plan(programme_id: str) -> str:
    """Show what is deleted when, and what is deleted already."""
    seat = access.permitted(programme_id, lambda seat: seat.sees_response)
    lines = _lines(seat, desk_heartbeats.last("retire") or 0)
    facts = {"ahead": [line for line in lines if not line.gone], "gone": [line for line in lines if line.gone]}
    return render_template("keeping.html", **common(seat), days=retention.days(seat.programme), said=seat.programme.retention, **facts)


def _lines(seat: Seat, last_run: int) -> list[Line]:
    known = published.rounds(seat.programme.id).values()
    named, steps = _named(seat, known), retention.steps(seat.programme, known)
    found = []
    for (title, at, waits), together in groupby(steps, key=lambda step: (_title(step, named), step.at, step.waits_for)):
        what = tuple(catalogue(language()).gettext(WHAT[step.what]) for step in together)
        gone = not waits and at <= last_run
        found.append(Line(title, what, day_text(wall_clock(at, seat.programme.timezone), language()), bool(waits), gone))
    return found


def _named(seat: Seat, known: Iterable[Round]) -> dict[tuple[str, str], str]:
    """Write what rounds, series and messages are called."""
    found, in_order = titles(seat, known), sorted(known, key=rounds.closes)
    series = {("series", one.series): ", ".join(found[each.id] for each in in_order if each.series == one.series) for one in in_order}
    forms = {("round", name): title for name, title in found.items()}
    return series | forms | {("messages", message.id): in_language(message.title) for message in seat.programme.messages}


def _title(step: Step, named: Mapping[tuple[str, str], str]) -> str:
    """Say of what something is deleted; empty for the programme."""
    if step.what == "letter key" and step.of:
        return catalogue(language()).gettext("Personal forms of the school year %(name)s") % {"name": step.of}
    kind = {"messages": "messages", "pair key": "series"}.get(step.what, "round")
    return named.get((kind, step.of), step.of)
