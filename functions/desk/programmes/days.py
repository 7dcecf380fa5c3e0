"""A programme's days as staff change them: a date, a place, a session; what moves is shown before anything is published."""

import json
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for

from functions.desk import moments, publishing
from functions.desk.pages import PROGRAMME, common, titles
from functions.desk.staff import access, guard
from functions.desk.staff.access import Seat
from functions.desk.staff.deeds import note
from shared.languages import NAMES, Text
from shared.programmes import Day, Session
from shared.slugs import free, slug
from shared.store import published, sources
from shared.web.pages import Page

days = Blueprint("days", __name__)

DAYS = f"{PROGRAMME}/days"
DAY = f"{DAYS}/<string(maxlength=200):day_id>"

LONGEST = 500
"""Letters of a field that are passed on; what a text may be, the check says."""


@days.get(DAYS)
def everything(programme_id: str) -> str:
    """List the days, and what was changed in the desk."""
    seat = access.author(programme_id)
    return render_template("programmes/days.html", **common(seat), changes=sources.changes(programme_id), date=moments.date)


@days.get(DAY)
def day(programme_id: str, day_id: str) -> str:
    """Show a day's gatherings and sessions, each to be changed."""
    seat = access.author(programme_id)
    return _day_page(seat, _day(seat, day_id))


@days.post(f"{DAY}/preview")
def preview(programme_id: str, day_id: str) -> Page:
    """Show what a change would move."""
    seat = access.author(programme_id)
    guard.require_own_form(seat.visitor.secret)
    found = _day(seat, day_id)
    change = _change(seat, found)
    if change is None:
        return _day_page(seat, found, unchanged=True), 422
    return _previewed(seat, found, change)


@days.post(f"{DAY}/change")
def carry_out(programme_id: str, day_id: str) -> Page:
    """Publish a change that was shown, if it still does the same."""
    seat = access.author(programme_id)
    guard.require_own_form(seat.visitor.secret)
    found = _day(seat, day_id)
    change = _asked_for(day_id)
    said = publishing.asked(seat.visitor, programme_id, change=change, plan=request.form.get("plan", ""))
    if not said.get("published"):
        return _previewed(seat, found, change, refused=said.get("refused", "")), 409
    note(seat, "changed", day_id)
    return redirect(url_for("days.everything", programme_id=programme_id), 303)


@days.post(f"{DAYS}/forget")
def forget(programme_id: str) -> Page:
    """Take a change back: from now on it is as the files say. Pressed for the first time, show what that moves."""
    seat = access.author(programme_id)
    guard.require_own_form(seat.visitor.secret)
    name = request.form.get("name", "")
    if name not in {change.name for change in sources.changes(programme_id)}:
        return redirect(url_for("days.everything", programme_id=programme_id), 303)
    shown = request.form.get("plan")
    said = publishing.asked(seat.visitor, programme_id, forget=name, **({"plan": shown} if shown else {"plan_only": True}))
    if said.get("published"):
        note(seat, "changed", name.partition("/")[0])
        return redirect(url_for("days.everything", programme_id=programme_id), 303)
    if shown:
        again = publishing.asked(seat.visitor, programme_id, forget=name, plan_only=True)
        return _forgetting(seat, name, again | {"refused": said.get("refused", "")}), 409
    return _forgetting(seat, name, said)


def _forgetting(seat: Seat, name: str, said: dict[str, Any]) -> str:
    return _moves(seat, said, back=True, action=url_for("days.forget", programme_id=seat.programme.id), fields={"name": name})


def _previewed(seat: Seat, found: Day, change: dict[str, Any], refused: str = "") -> str:
    said = publishing.asked(seat.visitor, seat.programme.id, change=change, plan_only=True)
    action = url_for("days.carry_out", programme_id=seat.programme.id, day_id=found.id)
    fields = {"change": json.dumps(change, ensure_ascii=False)}
    return _moves(seat, said | ({"refused": refused} if refused else {}), back=False, action=action, fields=fields)


def _moves(seat: Seat, said: dict[str, Any], **more: Any) -> str:
    named = titles(seat, published.rounds(seat.programme.id).values())
    return render_template("programmes/moves.html", **common(seat), said=said, named=named, minute=moments.minute, **more)


def _day_page(seat: Seat, found: Day, *, unchanged: bool = False) -> str:
    return render_template("programmes/day.html", **common(seat), day=found, names=NAMES, unchanged=unchanged)


def _day(seat: Seat, day_id: str) -> Day:
    return next((day for day in seat.programme.days if day.id == day_id), None) or abort(404)


def _asked_for(day_id: str) -> dict[str, Any]:
    """Read the change that a preview's form carries; whatever it holds, the function that publishes judges it."""
    try:
        change = json.loads(request.form.get("change", ""))
    except ValueError:
        abort(422)
    return {**change, "day": day_id} if isinstance(change, dict) else abort(422)


def _change(seat: Seat, found: Day) -> dict[str, Any] | None:
    """Read what somebody wants to be otherwise; None where all is as it is."""
    what, name, action = request.form.get("what", ""), request.form.get("id", ""), request.form.get("action", "change")
    change = {"day": found.id, "what": what, "id": name, "action": action}
    if action == "drop":
        return change | {"values": {}}
    if action == "add":
        values = {key: value for key, value in _session_values(seat).items() if value}
        title = values.get("title", {})
        return change | {"id": free(slug(_first(title), "session"), {item.id for item in found.sessions}), "values": values}
    current = _current(found, what, name)
    wanted = _session_values(seat) if what == "session" else {key: _field(key) for key in ("date", "place")}
    values = {key: value for key, value in wanted.items() if value != current[key]}
    return change | {"values": values} if values else None


def _first(text: Text) -> str:
    return next(iter(text.values()), "")


def _current(found: Day, what: str, name: str) -> dict[str, Any]:
    """Return what a gathering or session is now, as its form would say it."""
    if what == "gathering":
        held = next((item for item in found.gatherings if item.id == name), None) or abort(404)
        return {"date": held.date, "place": held.place}
    session: Session = next((item for item in found.sessions if item.id == name), None) or abort(404)
    return {"title": dict(session.title), "speaker": session.speaker and dict(session.speaker), "start": session.start, "end": session.end}


def _session_values(seat: Seat) -> dict[str, Any]:
    return {"title": _text(seat, "title"), "speaker": _text(seat, "speaker"), "start": _field("start"), "end": _field("end")}


def _text(seat: Seat, key: str) -> Text | None:
    """Read a text in each of the programme's languages; what is empty in all of them is none, in some it stands in for those."""
    given = {language: _field(f"{key}-{language}") for language in seat.programme.languages}
    first = next((text for text in given.values() if text), "")
    return {language: text or first for language, text in given.items()} if first else None


def _field(name: str) -> str:
    return " ".join(request.form.get(name, "").split())[:LONGEST]
