"""Publish: take a programme's files, report every fault or the plan, and store what is new."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from functions.publish.noting import CARRIED_OUT, noted
from functions.publish.plan import Impossible, Step, steps, with_kept_days
from shared import clock, envelopes, keys, links, rounds, schedule
from shared.declarations import Declared, declared
from shared.library import library
from shared.logs import logger
from shared.programmes import Programme, day_of, shifted
from shared.store import publications, published, publishing, secrets
from shared.store.publications import Publication
from shared.store.published import Moment
from shared.store.publishing import BESIDE_ROUNDS, MOST_AT_ONCE, Overtaken, Standing, Writes


def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Check, plan and publish one programme.

    The event holds ``time``, ``programme`` (its id), ``files`` (name to base64), and optionally ``plan_only``, ``by`` (who
    publishes), ``replace`` (give open rounds the changed form) and ``today`` (the id of a day to which all dates are shifted
    so that it falls on this event's date).
    """
    now = clock.event_time(event)
    files = {name: base64.b64decode(content) for name, content in event["files"].items()}
    found = declared(event["programme"], files, library())
    if isinstance(found, list):
        return {"faults": list(map(str, found))}
    try:
        return _handled(event, found, now)
    except Impossible as error:
        return {"faults": [f"programme.yaml:1:1: {error}"]}


def _handled(event: Mapping[str, Any], declared_now: Declared, now: int) -> dict[str, Any]:
    """Plan what was declared against what stands, and publish it unless only the plan is asked for; raise `Impossible`."""
    seen = publishing.standing(declared_now.programme.id)
    dated = _dated(declared_now, event.get("today"), now)
    planned = steps(dated, seen.rounds, now, replacing=event.get("replace", False))
    found = replace(dated, programme=with_kept_days(dated.programme, planned, seen.programme))
    told = [_told(found.programme, step) for step in planned]
    writes = _writes(planned)
    publication = None if event.get("plan_only") else noted(event, found, told, publications.newest(found.programme.id))
    _publish(found, seen, publication, writes)
    messages = _messages_told(found.programme)
    return {"published": not event.get("plan_only"), "changed": publication is not None, "rounds": told, "messages": messages}


def _writes(planned: Iterable[Step]) -> Writes:
    """Sort a plan's rounds by what is written of them; raise `Impossible` for more than can be written at once."""
    by_change = {change: [step.round for step in planned if step.change == change] for change in CARRIED_OUT}
    writes = Writes(by_change["new"], by_change["changed"] + by_change["replaced"], by_change["removed"])
    if not writes.fit:
        most = MOST_AT_ONCE - BESIDE_ROUNDS
        raise Impossible(
            f"these files add, change or remove more than {most} rounds, the most that can be published at once; do it in two steps"
        )
    return writes


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


def _publish(found: Declared, seen: Standing, publication: Publication | None, writes: Writes) -> None:
    """Store first what harms nobody if the rest never comes, then all the rest in one step; nothing where nothing has changed."""
    if publication is None:
        return
    for form in found.forms.values():
        published.put_form(found.programme.id, form)
    published.put_staff(found.programme)
    published.put_moments(found.programme.id, _moments(found.programme))
    writes = replace(writes, new=list(map(_prepared, writes.new)))
    try:
        publishing.carry_out(seen, publication, writes)
    except Overtaken as error:
        raise Impossible("the programme has changed while this was planned, so nothing is published; publish again") from error
    logger.info("published", programme=found.programme.id, changed=len(publication.changes))


def _moments(programme: Programme) -> list[Moment]:
    """Work out when each message is due at each gathering of its day."""
    return [
        Moment(programme.id, message.id, gathering, at)
        for message in programme.messages
        for gathering, at in schedule.message_times(message, day_of(programme, message.day), programme.timezone).items()
    ]


def _prepared(new: rounds.Round) -> rounds.Round:
    """Make a new round's secrets and its name in links, and store them: a round without them can't be answered."""
    ref = links.new_ref()
    private, public = envelopes.key_pair()
    secrets.put_secret(ref, "link", keys.wrapped("link", ref, links.new_key()))
    secrets.put_secret(ref, "box", keys.wrapped("box", ref, private))
    prepared = replace(new, ref=ref, public_key=public)
    published.put_ref(prepared)
    return prepared


def _told(programme: Programme, step: Step) -> dict[str, str]:
    opens, closes = rounds.opens(step.round), rounds.closes(step.round)
    return {
        "round": step.round.id,
        "change": step.change,
        "opens": schedule.wall_clock(opens, programme.timezone).isoformat(),
        "closes": schedule.wall_clock(closes, programme.timezone).isoformat(),
        "why": step.why,
    }


def _messages_told(programme: Programme) -> list[dict[str, str]]:
    found = sorted(_moments(programme), key=lambda moment: moment.at)
    return [{"message": moment.id, "at": schedule.wall_clock(moment.at, programme.timezone).isoformat()} for moment in found]
