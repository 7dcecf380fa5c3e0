"""Who asks to be let in to a round, and what an organiser decides."""

import json
from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for

from functions.desk.pages import PROGRAMME, common, day_of, line
from functions.desk.staff import access, deeds
from functions.desk.staff.access import Seat
from functions.desk.staff.guard import page_time, require_own_form
from shared.rosters.people import Participant
from shared.rounds import Round
from shared.store import desk_requests, published, roster
from shared.store.desk_requests import Request
from shared.store.roster import ImportUnderWay
from shared.web.pages import Page

requests = Blueprint("requests", __name__)

PATH = f"{PROGRAMME}/rounds/<string(maxlength=200):round_id>/requests"

Units = tuple[str, ...]


@requests.get(f"{PROGRAMME}/requests")
def everything(programme_id: str) -> str:
    """List the rounds to which somebody asks to be let in."""
    seat = access.permitted(programme_id, lambda seat: seat.lets_in)
    counts = desk_requests.counts(programme_id, page_time())
    known = published.rounds(programme_id)
    asked = [(line(seat, known[round_id]), count) for round_id, count in sorted(counts.items()) if round_id in known]
    return render_template("rounds/requests_of_all.html", **common(seat), asked=asked)


@requests.get(PATH)
def waiting(programme_id: str, round_id: str) -> Page:
    """List who asks to be let in."""
    return _page(*_place(programme_id, round_id))


@requests.post(PATH)
def decide(programme_id: str, round_id: str) -> Page:
    """Let somebody in, or not; she is told by the invitation alone. Decided already, it comes to the same."""
    seat, found = _place(programme_id, round_id)
    require_own_form(seat.visitor.secret)
    asked = next((item for item in _waiting(seat, found) if item.id == request.form.get("request")), None)
    if request.form.get("decision") not in ("accept", "refuse"):
        abort(422)
    if asked and request.form["decision"] == "accept":
        participant = _participant(seat, asked, request.form)
        if participant is None:
            return _page(seat, found, fault=asked.id, why="missing"), 422
        if not _admitted(seat, participant):
            return _page(seat, found, fault=asked.id, why="changed"), 409
    if asked:
        desk_requests.delete(programme_id, asked)
        deeds.note(seat, "let_in" if request.form["decision"] == "accept" else "not_let_in", round_id)
    return redirect(url_for("requests.waiting", programme_id=programme_id, round_id=round_id), 303)


def _place(programme_id: str, round_id: str) -> tuple[Seat, Round]:
    seat = access.permitted(programme_id, lambda seat: seat.lets_in)
    return seat, access.round_of(seat, round_id)


def _page(seat: Seat, found: Round, fault: str = "", why: str = "") -> str:
    asked = _waiting(seat, found)
    day = day_of(seat, found)
    return render_template(
        "rounds/requests.html",
        **common(seat),
        line=line(seat, found),
        waiting=asked,
        places={item.id: item.place for item in day.gatherings} if day and len(day.gatherings) > 1 else {},
        units=[(json.dumps(units), " › ".join(units)) for units in _units(seat)] if asked and seat.programme.units else [],
        fault=fault,
        why=why,
        chosen=request.form,
    )


def _waiting(seat: Seat, found: Round) -> list[Request]:
    return desk_requests.requests(seat.programme.id, found.id, page_time())


def _units(seat: Seat) -> list[Units]:
    """List where people on the roster belong; who is limited to units is offered hers."""
    known = {person.participant.units for person in roster.people(seat.programme.id)}
    return sorted(units for units in known if not seat.staff.units or units[0] in seat.staff.units)


def _participant(seat: Seat, asked: Request, chosen: Mapping[str, str]) -> Participant | None:
    """Put together who is let in; None where her place or her role is not one of those offered."""
    units = {json.dumps(units): units for units in _units(seat)} if seat.programme.units else {"": ()}
    place, role = units.get(chosen.get("units", "")), chosen.get("role", "")
    if place is None or role not in seat.programme.roles:
        return None
    return Participant(asked.entry.address, asked.entry.name, asked.language, role, place)


def _admitted(seat: Seat, participant: Participant) -> bool:
    """Put somebody on the roster unless her address is there; tell whether nobody else changed the roster meanwhile."""
    seen = roster.version(seat.programme.id)
    if roster.person_at(seat.programme.id, participant.email):
        return True
    try:
        roster.put_people(seat.programme.id, seen, [roster.new_person(participant)])
    except ImportUnderWay:
        return False
    return True
