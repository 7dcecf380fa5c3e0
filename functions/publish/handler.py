"""Publish: take a programme's files, report every fault or the plan, and store what is new."""

import base64
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from functions.publish.noting import note
from functions.publish.plan import Impossible, Step, steps, with_kept_days
from shared import clock, envelopes, keys, links, rounds, schedule
from shared.declarations import Declared, declared
from shared.library import library
from shared.logs import logger
from shared.programmes import Programme, day_of, shifted
from shared.store import published, secrets


def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Check, plan and publish one programme.

    The event holds ``time``, ``programme`` (its id), ``files`` (name to base64), and optionally ``plan_only``, ``by`` (who
    publishes) and ``today`` (the id of a day to which all dates are shifted so that it falls on this event's date).
    """
    now = clock.event_time(event)
    files = {name: base64.b64decode(content) for name, content in event["files"].items()}
    found = declared(event["programme"], files, library())
    if isinstance(found, list):
        return {"faults": list(map(str, found))}
    try:
        found = _dated(found, event.get("today"), now)
        planned = steps(found, published.rounds(found.programme.id), now)
    except Impossible as error:
        return {"faults": [f"programme.yaml:1:1: {error}"]}
    kept = with_kept_days(found.programme, planned, published.programme(found.programme.id))
    found = replace(found, programme=kept)
    told = [_told(found.programme, step) for step in planned]
    if not event.get("plan_only"):
        _publish(found, planned)
        note(event, found, told)
    waiting = [message.id for message in found.programme.messages]
    return {"published": not event.get("plan_only"), "rounds": told, "messages_later": waiting}


def _dated(found: Declared, today: str | None, now: int) -> Declared:
    """Shift all dates so that the first gathering of one day is today."""
    if today is None:
        return found
    programme = found.programme
    if today not in (day.id for day in programme.days):
        raise Impossible(f"there is no day {today}")
    first = date.fromisoformat(day_of(programme, today).gatherings[0].date)
    days = (schedule.wall_clock(now, programme.timezone).date() - first).days
    return replace(found, programme=shifted(programme, days))


def _publish(found: Declared, planned: list[Step]) -> None:
    """Store forms and programme before the rounds that name them, so that jobs never meet half a programme."""
    for form in found.forms.values():
        published.put_form(found.programme.id, form)
    published.put_programme(found.programme)
    published.put_staff(found.programme)
    for step in planned:
        if step.change == "new":
            _open_up(step.round)
        elif step.change == "changed":
            published.update_round(step.round)
    changed = sum(step.change in ("new", "changed") for step in planned)
    logger.info("published", programme=found.programme.id, rounds=len(planned), changed=changed)


def _open_up(new: rounds.Round) -> None:
    """Store a new round with secrets of its own; they come first, since a round without them can't be answered."""
    ref = links.new_ref()
    private, public = envelopes.key_pair()
    secrets.put_secret(ref, "link", keys.wrapped("link", ref, links.new_key()))
    secrets.put_secret(ref, "box", keys.wrapped("box", ref, private))
    published.put_round(replace(new, ref=ref, public_key=public))


def _told(programme: Programme, step: Step) -> dict[str, str]:
    opens, closes = rounds.opens(step.round), rounds.closes(step.round)
    return {
        "round": step.round.id,
        "change": step.change,
        "opens": schedule.wall_clock(opens, programme.timezone).isoformat(),
        "closes": schedule.wall_clock(closes, programme.timezone).isoformat(),
        "why": step.why,
    }
