"""Attendance: who was absent from a gathering, by ticks in a list at the door or by pasted addresses."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for

from functions.desk.pages import PROGRAMME, common
from functions.desk.staff import access, deeds
from functions.desk.staff.access import Seat
from functions.desk.staff.guard import page_time, require_own_form
from shared.logs import logger
from shared.programmes import Day, Gathering
from shared.rosters.attendance import as_attending, attended
from shared.store import absences, published, roster
from shared.store.roster import Person
from shared.web.pages import Page

attendance = Blueprint("attendance", __name__)

ATTENDANCE = f"{PROGRAMME}/attendance"
GATHERING = ATTENDANCE + "/<string(maxlength=200):day_id>/<string(maxlength=200):gathering_id>"

SHOWN = 100
"""People on one page of the list."""

ADDRESS = re.compile(r"[^\s,;<>()\"']+@[^\s,;<>()\"']+")


@dataclass(frozen=True, slots=True)
class Meeting:
    """One gathering as the visitor meets it."""

    seat: Seat
    day: Day
    gathering: Gathering
    people: tuple[Person, ...]
    """Who of the visitor's units was to attend, by name."""
    absent: frozenset[str]
    """Who of them is marked as absent, by their ids on the roster."""


@dataclass(frozen=True, slots=True)
class Told:
    """What came of pasted addresses."""

    marked: int
    unknown: tuple[str, ...]


@attendance.get(ATTENDANCE)
def gatherings(programme_id: str) -> str:
    """List the programme's gatherings with how many are marked as absent."""
    seat = access.keeper(programme_id)
    held = [(day, gathering) for day in seat.programme.days for gathering in day.gatherings]
    return render_template("roster/attendance.html", **common(seat), meetings=meetings_at(seat, held, list(roster.people(programme_id))))


@attendance.get(GATHERING)
def gathering(programme_id: str, day_id: str, gathering_id: str) -> str:
    """Show who was to attend a gathering, with a box for each to tick."""
    return _page(_place(programme_id, day_id, gathering_id))


@attendance.post(GATHERING)
def mark(programme_id: str, day_id: str, gathering_id: str) -> Page:
    """Mark those whose boxes were ticked or whose addresses were pasted, and take back what was unticked."""
    meeting = _place(programme_id, day_id, gathering_id)
    require_own_form(meeting.seat.visitor.secret)
    if is_over(meeting.seat, meeting.day, meeting.gathering):
        return _page(meeting), 409
    if request.form.get("addresses", "").strip():
        return _pasted(meeting, request.form["addresses"])
    shown, ticked = set(request.form.getlist("was")), set(request.form.getlist("absent"))
    marked, unmarked = _change(meeting, ticked - shown, shown - ticked)
    told: dict[str, Any] = {**_query(), "marked": marked, "unmarked": unmarked}
    return redirect(url_for("attendance.gathering", programme_id=programme_id, day_id=day_id, gathering_id=gathering_id, **told), 303)


def _pasted(meeting: Meeting, text: str) -> Page:
    """Mark those whose addresses were pasted; tell at once which addresses belong to nobody here."""
    typed = list(dict.fromkeys(address.strip(".").casefold() for address in ADDRESS.findall(text)))
    known = {person.participant.email.casefold(): person.id for person in meeting.people}
    marked, _unmarked = _change(meeting, {known[address] for address in typed if address in known}, set())
    told = Told(marked, tuple(address for address in typed if address not in known))
    return _page(_place(meeting.seat.programme.id, meeting.day.id, meeting.gathering.id), told, text if not typed else "")


def _change(meeting: Meeting, mark: set[str], unmark: set[str]) -> tuple[int, int]:
    """Store what was changed of the visitor's own people; tell how many were marked and how many taken back."""
    everybody = {person.id for person in meeting.people}
    marked, unmarked = (mark & everybody) - meeting.absent, unmark & meeting.absent
    if marked or unmarked:
        programme = meeting.seat.programme.id
        absences.change(programme, meeting.day.id, meeting.gathering.id, mark=marked, unmark=unmarked)
        deeds.note(meeting.seat, "absent", meeting.gathering.place, meeting.gathering.date, str(len(marked)), str(len(unmarked)))
        logger.info("absences changed", programme=programme)
    return len(marked), len(unmarked)


def is_over(seat: Seat, day: Day, gathering: Gathering) -> bool:
    """Tell whether the forms about a gathering have all closed: then absences no longer change anything."""
    now = page_time()
    about = [found for found in published.rounds(seat.programme.id).values() if found.day == day.id and found.evaluates]
    windows = [found.windows[gathering.id] for found in about if gathering.id in found.windows]
    return bool(windows) and all(window.closes <= now for window in windows)


def _place(programme_id: str, day_id: str, gathering_id: str) -> Meeting:
    seat = access.keeper(programme_id)
    days = [day for day in seat.programme.days if day.id == day_id]
    found = [(day, gathering) for day in days for gathering in day.gatherings if gathering.id == gathering_id]
    if not found:
        abort(404)
    return meetings_at(seat, found, list(roster.people(programme_id)))[0]


def meetings_at(seat: Seat, held: Iterable[tuple[Day, Gathering]], everybody: Sequence[Person]) -> list[Meeting]:
    """Find who of a visitor's people was to attend gatherings, and who is marked as absent."""
    absent = cache(partial(absences.absent, seat.programme.id))
    return [_meeting(seat, day, gathering, everybody, absent(day.id).get(gathering.id, frozenset())) for day, gathering in held]


def _meeting(seat: Seat, day: Day, gathering: Gathering, everybody: Iterable[Person], marked: frozenset[str]) -> Meeting:
    here = [person for person in everybody if seat.keeps(person.participant) and _was_to_attend(person, day, gathering)]
    named = sorted(here, key=lambda person: person.participant.name.casefold())
    return Meeting(seat, day, gathering, tuple(named), marked & {person.id for person in named})


def _was_to_attend(person: Person, day: Day, gathering: Gathering) -> bool:
    found = as_attending(person.participant, day)
    return found is not None and attended(person.participant, day) == gathering.id and (not day.roles or found.role in day.roles)


def _query() -> dict[str, str]:
    """Return what the visitor looked for, so that she stays where she is."""
    return {name: value[:200] for name in ("q", "from") if (value := request.values.get(name, ""))}


def _page(meeting: Meeting, told: Told | None = None, typed: str = "") -> str:
    query = _query()
    wanted = query.get("q", "").casefold().split()
    found = [person for person in meeting.people if matches(person, wanted)]
    start = int(query["from"]) if re.fullmatch(r"\d{1,5}", query.get("from", "")) else 0
    return render_template(
        "roster/gathering.html",
        **common(meeting.seat),
        meeting=meeting,
        found=found[start : start + SHOWN],
        wanted=query.get("q", ""),
        start=start,
        earlier=max(0, start - SHOWN) if start else None,
        later=start + SHOWN if start + SHOWN < len(found) else None,
        over=is_over(meeting.seat, meeting.day, meeting.gathering),
        told=told,
        typed=typed,
        counts={name: value for name in ("marked", "unmarked") if re.fullmatch(r"\d{1,5}", value := request.args.get(name, ""))},
    )


def matches(person: Person, wanted: Iterable[str]) -> bool:
    """Tell whether parts, in small letters, are all in somebody's name or address."""
    text = f"{person.participant.name} {person.participant.email}".casefold()
    return all(part in text for part in wanted)
