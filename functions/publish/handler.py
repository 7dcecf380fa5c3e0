"""Publish: take a programme's files, report every fault or the plan, and store what is new."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from functions.publish import authors, replying, round_changing
from functions.publish.noting import CARRIED_OUT, noted
from functions.publish.plan import Impossible, Step, steps, with_kept_days
from functions.publish.reading import Faulty, as_workbook, material
from functions.publish.telling import plan_name, told_declared, told_forms, told_messages, told_overrides, told_questions, told_step
from shared import clock, envelopes, keys, links, phrases, retention, rounds, schedule
from shared.declarations.declared import Declared
from shared.declarations.drafts import Fault
from shared.languages import catalogue
from shared.logs import logger
from shared.packing import PROGRAMME_FILE
from shared.phrases import N_
from shared.programmes import Programme, day_of
from shared.store import moments, nights, publications, published, publishing, secrets
from shared.store.moments import Moment
from shared.store.publications import Publication
from shared.store.publishing import MOST_ROUNDS, Overtaken, Standing, Writes
from shared.store.secrets import SETTLING, Purpose


class Refused(Exception):
    """Not from the desk, or not by this author; the word says why."""


OTHERWISE: Mapping[str, Callable[[Mapping[str, Any], int], dict[str, Any]]] = {
    "round_change": round_changing.carried_out,
    "reply": replying.carried_out,
}
"""What the desk may ask for that plans nothing, by what the event holds then."""


def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Check, plan and publish one programme.

    The event holds ``time``, ``programme`` (its id), and optionally ``files`` (name to base64; those on file if there are none),
    ``change`` (one that is made in the desk, see `shared.overrides`) or ``forget`` (the name of one to be taken back),
    ``plan_only``, ``preview`` (give back what the files declare, too), ``by`` (who publishes), ``replace`` (give open rounds the
    changed form), ``today`` (the id of a day to which all dates are shifted so that it falls on this event's date). The desk names
    its ``author``, who must be among the staff, her ``language``, and the ``plan`` that she was shown: what is no longer the same is
    not published.
    With ``workbook`` nothing is planned: the files on file are given back as one.
    """
    now = clock.event_time(event)
    words = catalogue(event.get("language", "en")).gettext
    if event.get("workbook"):
        return as_workbook(event["programme"], words)
    for name, carry_out in OTHERWISE.items():
        if name in event:
            return carry_out(event, now)
    try:
        return _handled(event, now, words)
    except Faulty as faulty:
        return {"faults": [fault.told(words) for fault in faulty.faults]}
    except Impossible as error:
        return {"faults": [Fault(PROGRAMME_FILE, 1, 1, error.message).told(words)]}
    except Refused as refused:
        return {"faults": [], "refused": str(refused)}


def _handled(event: Mapping[str, Any], now: int, words: Callable[[str], str]) -> dict[str, Any]:
    """Plan what is declared against what stands, and publish it unless only the plan is asked for."""
    seen = publishing.standing(event["programme"])
    asked = material(event, seen, now)
    _refuse(event, seen, asked.declared)
    planned = steps(asked.declared, seen.rounds, now, replacing=event.get("replace", False))
    _keep_readers(planned, seen, asked.declared)
    found = replace(asked.declared, programme=with_kept_days(asked.declared.programme, planned, seen.programme))
    told = [told_step(found.programme, step, seen) for step in planned]
    writes = replace(_writes(planned), sources=asked.sources, overrides=asked.overrides)
    name = plan_name(seen, asked, told)
    if event.get("plan", name) != name:
        raise Refused("overtaken")
    last = publications.newest(found.programme.id)
    same_files = (seen.sources, seen.overrides) == (asked.sources, asked.overrides)
    publication = None if event.get("plan_only") else noted(event, found, told, last, same_files=same_files)
    if not event.get("plan_only"):
        _note_nights(found.programme, planned, now)
    _publish(found, seen, publication, writes, now)
    return {
        "published": not event.get("plan_only"),
        "changed": publication is not None,
        "plan": name,
        "rounds": [step | {"why": phrases.told(step["why"], words)} for step in told],
        "messages": told_messages(found.programme, _moments(found.programme)),
        "forms": told_forms(found),
        "warnings": [warning.told(words) for warning in found.warnings],
        "overrides": told_overrides(asked, words),
        "questions": told_questions(found, planned, seen) if event.get("plan_only") else {},
        **({"declared": told_declared(asked.declared)} if event.get("preview") else {}),
    }


def _note_nights(programme: Programme, planned: Iterable[Step], now: int) -> None:
    """Note when `retire` has to look at a programme."""
    removed = [step for step in planned if step.change == "removed"]
    # Files without a change too: a programme that was published before nights were noted has them noted so.
    nights.put(programme.id, retention.moments(programme, [step.round for step in planned if step.change != "removed"]))
    if removed:
        # By then nobody can be about to use what they leave.
        nights.put(programme.id, [now + SETTLING])


def _refuse(event: Mapping[str, Any], seen: Standing, wanted: Declared) -> None:
    """Refuse an author of the desk who may not do this."""
    if "author" in event and (why := authors.refusal(event["author"], seen.programme, wanted.programme)):
        raise Refused(why)


def _keep_readers(planned: Iterable[Step], seen: Standing, wanted: Declared) -> None:
    """Refuse another form for a round whose writing others could read by it than people were told, or nobody any more."""
    for step in planned:
        if step.change == "replaced":
            shown = published.form(wanted.programme.id, seen.rounds[step.round.id].form)
            if shown and shown.shared_with != wanted.forms[step.round.id].shared_with:
                raise Impossible(
                    N_(
                        "{id}: it has opened, and people were told who can read what they write there, so `shared_with` can't be changed",
                        id=step.round.id,
                    )
                )


def _writes(planned: Iterable[Step]) -> Writes:
    """Sort a plan's rounds by what is written of them; raise `Impossible` for more than can be written at once."""
    by_change = {change: [step.round for step in planned if step.change == change] for change in CARRIED_OUT}
    writes = Writes(by_change["new"], by_change["changed"] + by_change["replaced"], by_change["removed"])
    if not writes.fit:
        raise Impossible(
            N_(
                "these files add, change or remove more than {most} rounds, the most that can be published at once; do it in two steps",
                most=MOST_ROUNDS,
            )
        )
    return writes


def _publish(found: Declared, seen: Standing, publication: Publication | None, writes: Writes, now: int) -> None:
    """Store first what harms nobody if the rest never comes, then all the rest in one step; nothing where nothing has changed."""
    if publication is None:
        return
    for form in found.forms.values():
        published.put_form(found.programme.id, form)
    published.put_staff(found.programme)
    moments.put(found.programme.id, _moments(found.programme))
    for wanted in (*writes.new, *writes.changed):
        _secure(wanted, now)
    writes = replace(writes, new=[_prepared(new, now) for new in writes.new])
    try:
        publishing.carry_out(seen, publication, writes)
    except Overtaken as error:
        raise Impossible(N_("the programme has changed while this was planned, so nothing is published; publish again")) from error
    logger.info("published", programme=found.programme.id, changed=len(publication.changes))


def _moments(programme: Programme) -> list[Moment]:
    """Work out when each message is due at each gathering of its day."""
    return [
        Moment(programme.id, message.id, gathering, at)
        for message in programme.messages
        for gathering, at in schedule.message_times(message, day_of(programme, message.day), programme.timezone).items()
    ]


def _prepared(new: rounds.Round, now: int) -> rounds.Round:
    """Make a new round's secrets and its name in links, and store them: a round without them can't be answered."""
    ref = links.new_ref()
    private, public = envelopes.key_pair()
    secrets.note(new.programme, secrets.place(ref, "link"), now)
    secrets.put_secret(ref, "link", keys.wrapped("link", ref, links.new_key()))
    secrets.put_secret(ref, "box", keys.wrapped("box", ref, private))
    prepared = replace(new, ref=ref, public_key=public)
    published.put_ref(prepared)
    return prepared


def _secure(wanted: rounds.Round, now: int) -> None:
    """Make the secrets that a round shares with others, unless they are there: a series' pair key, a school year's letter key."""
    if wanted.pairs:
        _make(wanted.programme, wanted.pairs, "pair", now)
    if wanted.mode == "personal":
        _make(wanted.programme, wanted.letters, "letter", now)


def _make(programme_id: str, holder: str, purpose: Purpose, now: int) -> None:
    secrets.note(programme_id, secrets.place(holder, purpose), now)
    secrets.put_first_secret(holder, purpose, keys.wrapped(purpose, holder, links.new_key()))
