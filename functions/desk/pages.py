"""What the pages of a programme share: their addresses, what every one of them shows, and how they write titles and times."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import Response

from functions.desk.moments import moment_in
from functions.desk.response import pieces
from functions.desk.sections import sections
from functions.desk.staff.access import Seat
from functions.desk.staff.guard import page_time
from shared import rounds
from shared.dates import date_text, day_text
from shared.languages import Text
from shared.phrases import _
from shared.programmes import Day, Gathering, Programme
from shared.rounds import Round
from shared.schedule import wall_clock
from shared.store import desk_samples, published, recent
from shared.store.desk_samples import Sample
from shared.web.pages import language

PROGRAMME = "/programmes/<string(maxlength=200):programme_id>"
ROUND = PROGRAMME + "/rounds/<string(maxlength=200):round_id>"
"""Where the pages of a programme and of a round lie."""

STOPPED = {
    "bounces": _("No mails are sent at the moment, because too many have come back. Those who run Kursdag can resume."),
    "complaints": _("No mails are sent at the moment, because too many were marked as spam. Those who run Kursdag can resume."),
}
"""Why no mails are sent at all."""


@dataclass(frozen=True, slots=True)
class Line:
    """A round as a list shows it."""

    round: Round
    title: Text
    state: str
    opens: str
    closes: str


def line(seat: Seat, found: Round) -> Line:
    """Gather what is shown of a round."""
    return Line(
        found,
        recent.round_title(seat.programme, found),
        rounds.state(found, page_time()),
        moment(seat, rounds.opens(found)),
        moment(seat, rounds.closes(found) - 60),
    )


def latest(seat: Seat, found: Round) -> Sample | None:
    """Read a round's response for who may see it: the latest sample, never a count made now."""
    return desk_samples.latest(found.ref) if seat.sees_response else None


def gatherings_of(seat: Seat, found: Round) -> list[Gathering]:
    """List the gatherings at which a round is held."""
    day = day_of(seat, found)
    return [held for held in day.gatherings if held.id in found.windows] if day else []


def day_of(seat: Seat, found: Round) -> Day | None:
    """Find a round's day; the files may have dropped it since the round was held."""
    return next((day for day in seat.programme.days if day.id == found.day), None)


def today(seat: Seat) -> str:
    """Return the date in the programme's zone."""
    return wall_clock(page_time(), seat.programme.timezone).date().isoformat()


def moment(seat: Seat, instant: int) -> str:
    """Write a point in time in the programme's zone."""
    return moment_in(seat.programme.timezone, instant)


def common(seat: Seat) -> dict[str, object]:
    """Return what all pages of a programme show."""
    return {
        "visitor": seat.visitor,
        "seat": seat,
        "programme": seat.programme,
        "sections": sections(seat),
        "pieces": pieces,
        "date_of": lambda date: date_text(datetime.fromisoformat(date), language()),
        "moment": lambda instant: moment(seat, instant),
        "in_language": in_language,
        "is_compared": _is_compared,
        "followed": lambda found: followed(seat, found),
    }


def followed(seat: Seat, found: Round) -> Round | None:
    """Find the round that one follows, once it has a result."""
    name = next((plan.follows for plan in seat.programme.rounds if plan.id == found.id), "")
    other = published.round_by_id(found.programme, name) if name else None
    return other if other and other.edition else None


def _is_compared(found: Round) -> bool:
    """Tell whether a round is compared with an earlier one of its series."""
    return bool(found.pairs and rounds.earlier_of_series(found, published.rounds(found.programme).values()))


def titles(seat: Seat, known: Iterable[Round]) -> dict[str, str]:
    """Write what rounds are called, by their ids; where several are called the same, with the day on which each closes."""
    held = {found.id: (found, in_language(recent.round_title(seat.programme, found))) for found in known}
    often = Counter(title for _, title in held.values())
    return {name: f"{title} ({_last_day(seat, found)})" if often[title] > 1 else title for name, (found, title) in held.items()}


def _last_day(seat: Seat, found: Round) -> str:
    return day_text(wall_clock(rounds.closes(found) - 60, seat.programme.timezone), language())


def role_title(programme: Programme) -> Callable[[str], str]:
    """Return what tells how a programme calls a role, as the page speaks."""
    return lambda role: in_language(programme.roles.get(role, {"": role}))


def in_language(text: Text) -> str:
    """Return a text as the page speaks, or in its first language: a result keeps those that its programme had then."""
    return text.get(language()) or next(iter(text.values()))


def attached(content: bytes | str, content_type: str, name: str) -> Response:
    """Give a file to be kept."""
    response = Response(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
