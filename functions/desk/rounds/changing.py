"""Changing an open round: a reminder now, a later closing, a pause. Each is shown before it is done."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, render_template, request, url_for

from functions.desk import publishing
from functions.desk.pages import ROUND, common, latest, line
from functions.desk.staff import access, deeds
from functions.desk.staff.access import Seat
from functions.desk.staff.guard import page_time, require_own_form
from shared import jobs, rounds
from shared.languages import catalogue
from shared.phrases import _
from shared.round_changes import Change, changed, is_done, open_at, refusal
from shared.rounds import Round
from shared.schedule import wall_clock
from shared.web.pages import Page, language

changing = Blueprint("changing", __name__)

AT_ONCE = {"remind": Change("remind"), "pause": Change("pause"), "resume": Change("resume")}
"""The changes that need nothing but a press."""

PATH = f"{ROUND}/change"

REFUSED = {
    "not open": _("The form is not open now, so there is nothing to change."),
    "not later": _("Choose a time after the one at which the form closes now."),
    "too far": _("Choose a time at most sixty days after the one at which the form closes now."),
    "at rest": _("Between nine in the evening and seven in the morning nobody is reminded."),
    "too soon": _("A mail has gone out less than two hours ago, or goes out within two hours. Nobody gets two that close together."),
    "paused": _("Mails are paused. Resume them first."),
    "overtaken": _("Somebody else has changed the form's times just now. Look at them, and try again."),
    "not allowed": _("This is not allowed"),
    "failed": _("It could not be done just now. Nothing has changed; try again in a moment."),
}
"""What is said where a change is refused."""


@dataclass(frozen=True, slots=True)
class Place:
    """A round whose visitor may change it, and when she asks."""

    seat: Seat
    round: Round
    now: int


@changing.get(PATH)
def choose(programme_id: str, round_id: str) -> Page:
    """Offer what can be changed; where something is chosen, show what it would do."""
    place = _place(programme_id, round_id)
    if "do" not in request.args:
        return _page(place)
    change = _asked(place, request.args.get("do", ""), request.args.get("until", ""))
    if change is None:
        return _page(place, "not later"), 422
    why = refusal(place.round, change, place.now, place.seat.programme.timezone)
    return (_page(place, why), 409) if why else _page(place, change=change)


@changing.post(PATH)
def carry_out(programme_id: str, round_id: str) -> Page:
    """Have the change made; pressed again, it comes to the same."""
    place = _place(programme_id, round_id)
    require_own_form(place.seat.visitor.secret)
    change = _asked(place, request.form.get("do", ""), request.form.get("until", ""))
    if change is None:
        return _page(place, "not later"), 422
    said = _published(place, change)
    if why := said["refused"]:
        return _page(place, why), 409
    if said["changed"]:
        deeds.note(place.seat, *_noted(place, change))
    return redirect(url_for("overview.round_page", programme_id=programme_id, round_id=round_id, done=change.kind), 303)


def _published(place: Place, change: Change) -> dict[str, str]:
    asked = {"round": place.round.id, "kind": change.kind, "closes": change.closes}
    try:
        return jobs.publish(publishing.event(place.seat.visitor, place.seat.programme.id, round_change=asked))
    except jobs.Failed:
        return {"refused": "failed"}


def _noted(place: Place, change: Change) -> tuple[str, ...]:
    """Write a change for the account: its kind, the round, and the new last minute in the programme's zone."""
    until = wall_clock(change.closes - 60, place.seat.programme.timezone) if change.closes else None
    return (change.kind, place.round.id, f"{until:%Y-%m-%d %H:%M}") if until else (change.kind, place.round.id)


def _place(programme_id: str, round_id: str) -> Place:
    seat = access.author(programme_id)
    return Place(seat, access.round_of(seat, round_id), page_time())


def _asked(place: Place, kind: str, until: str) -> Change | None:
    """Read what was chosen; None where the time is none. Until 20:00 means: that minute included, as in the files."""
    if kind in AT_ONCE:
        return AT_ONCE[kind]
    if kind != "extend":
        abort(404)
    try:
        local = datetime.strptime(until, "%Y-%m-%dT%H:%M").replace(tzinfo=ZoneInfo(place.seat.programme.timezone))
    except ValueError:
        return None
    return Change("extend", int(local.timestamp()) + 60)


def _page(place: Place, why: str = "", change: Change | None = None) -> str:
    seat = place.seat
    timezone = seat.programme.timezone
    here = open_at(place.round, place.now)
    after = _after(place, change) if change else None
    return render_template(
        "rounds/changing.html",
        **common(seat),
        line=line(seat, place.round),
        sample=latest(seat, place.round),
        why=catalogue(language()).gettext(REFUSED[why]) if why else "",
        change=change,
        done=change is not None and is_done(place.round, change, place.now),
        after=after,
        reminds=[time for time in rounds.reminded(after) if time > place.now] if after else [],
        is_open=bool(here) and not place.round.edition,
        until=f"{wall_clock(rounds.closes(place.round) - 60, timezone):%Y-%m-%dT%H:%M}",
        typed=request.values.get("until", ""),
        refused=refusal(place.round, Change("remind"), place.now, timezone),
        words=lambda code: catalogue(language()).gettext(REFUSED[code]),
    )


def _after(place: Place, change: Change) -> Round:
    """Make the change in thought, to tell what it would do."""
    plan = next((plan for plan in place.seat.programme.rounds if plan.id == place.round.id), None)
    return changed(place.round, change, place.now, plan, place.seat.programme.timezone)
