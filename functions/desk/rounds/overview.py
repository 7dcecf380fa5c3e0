"""My programmes, a programme's days and rounds, a round's response."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from functions.desk.pages import PROGRAMME, ROUND, STOPPED, common, gatherings_of, in_language, latest, line, moment
from functions.desk.response import curve
from functions.desk.rounds.upcoming import upcoming
from functions.desk.staff import access
from functions.desk.staff.access import Seat
from functions.desk.staff.guard import page_time, signed_in
from shared import rounds
from shared.rounds import Round
from shared.store import deliverability, desk_requests, desk_samples, desk_waiting, published

overview = Blueprint("overview", __name__)

DONE = ("remind", "extend", "pause", "resume")
"""What may have been changed of a round just before its page is shown."""


@overview.get("/")
def home() -> Response:
    """Lead to the programmes."""
    return redirect(url_for("overview.programmes"), 303)


@overview.get("/programmes")
def programmes() -> str | Response:
    """List the programmes that the visitor is staff of."""
    visitor = signed_in()
    found = access.seats(visitor)
    if len(found) == 1 and not request.args:
        return redirect(url_for("overview.programme", programme_id=found[0].programme.id), 303)
    return render_template("rounds/programmes.html", visitor=visitor, seats=found, in_language=in_language)


@overview.get(PROGRAMME)
def programme(programme_id: str) -> str:
    """Show a programme's days with their rounds."""
    seat = access.seat(programme_id)
    known = sorted(published.rounds(programme_id).values(), key=rounds.closes)
    ahead = upcoming(seat, known, page_time()) if seat.sees_response else []
    lines = [(line(seat, found), latest(seat, found)) for found in known]
    return render_template("rounds/programme.html", **common(seat), **_mails(seat), lines=lines, upcoming=ahead)


@overview.get(ROUND)
def round_page(programme_id: str, round_id: str) -> str:
    """Show one round: when it is open, and how many have answered."""
    seat = access.seat(programme_id)
    found = access.round_of(seat, round_id)
    waiting = len(desk_requests.requests(programme_id, round_id, page_time())) if seat.lets_in else 0
    samples = desk_samples.samples(found.ref) if seat.sees_response else []
    held = gatherings_of(seat, found)
    return render_template(
        "rounds/round.html",
        **common(seat),
        line=line(seat, found),
        windows=list(_windows(seat, found)),
        sample=samples[-1] if samples else None,
        curve=curve(samples),
        changes=seat.is_author,
        done=request.args.get("done", "") if request.args.get("done", "") in DONE else "",
        held=held,
        names={item.id: item.place for item in held},
        waiting=waiting,
    )


def _mails(seat: Seat) -> dict[str, object]:
    """Say whether mails go out: who sees the response learns why not, and how many of this programme's wait."""
    if not seat.sees_response:
        return {}
    return {"stopped": STOPPED.get(deliverability.stopped(), ""), "waits": desk_waiting.waiting(seat.programme.id, page_time())}


def _windows(seat: Seat, found: Round) -> list[tuple[str, str, list[str], str]]:
    """List where a round is held, from when it can be answered there, when it reminds, and the last minute for answers."""
    return [(held.place, *_times(seat, found, held.id)) for held in gatherings_of(seat, found)]


def _times(seat: Seat, found: Round, gathering: str) -> tuple[str, list[str], str]:
    window = found.windows[gathering]
    reminds = [moment(seat, time.opens) for time in found.reminders.get(gathering, ())]
    return moment(seat, window.opens), reminds, moment(seat, window.closes - 60)
