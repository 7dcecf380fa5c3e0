"""Who takes part, one by one: finding somebody, adding her at the door, correcting, moving, leaving and coming back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, url_for

from functions.desk.pages import PROGRAMME, common, role_title, today
from functions.desk.roster.files import held, some, told
from functions.desk.roster.mailing import mails_of
from functions.desk.roster.substituting import MOST, Substitution, meetings, named, substitution
from functions.desk.staff import access, deeds
from functions.desk.staff.access import Seat
from functions.desk.staff.guard import require_own_form
from shared.languages import NAMES
from shared.logs import logger
from shared.phrases import Phrase, _
from shared.programmes import Day, Programme
from shared.rosters import buddy_draw
from shared.rosters.changes import Changed, following, moved_on, written_place
from shared.rosters.columns import unit_heading
from shared.rosters.entry import Entry, entry
from shared.rosters.people import Participant, as_of, has_left, places
from shared.rosters.units import declared_units
from shared.store import buddies, roster
from shared.store.roster import ImportUnderWay, Person
from shared.web.pages import Page

people = Blueprint("people", __name__)

TRIES = 5
"""How often somebody is stored anew who met another change of the roster."""


@people.get(f"{PROGRAMME}/people")
def everybody(programme_id: str) -> str:
    """Find people by a part of their name or address."""
    seat = access.keeper(programme_id)
    wanted = request.args.get("q", "").strip()[:200]
    own = [person for person in roster.people(programme_id) if seat.keeps(person.participant)]
    found = sorted((person for person in own if _matches(person.participant, wanted)), key=lambda person: person.participant.name)
    return render_template(
        "roster/people.html",
        **common(seat),
        wanted=wanted,
        total=sum(not has_left(person.participant, today(seat)) for person in own),
        found=some(list(found) if wanted else []),
        alone=_without_buddy(seat, own) if seat.keeps_whole_roster else 0,
        placed=lambda participant: _placed(seat, participant),
        counts={name: int(text) for name in ("new", "changed") if (text := request.args.get(name, "")).isdigit() and text.isascii()},
    )


@people.get(f"{PROGRAMME}/people/new")
def adding(programme_id: str) -> str:
    """Show the form for somebody who stands at the door."""
    seat = access.keeper(programme_id)
    return _form(seat, Entry({"language": seat.programme.languages[0]}), held(seat))


@people.post(f"{PROGRAMME}/people/new")
def add(programme_id: str) -> Page:
    """Add somebody, perhaps in the place of somebody else; she gets her mail with the next run of `invite`."""
    seat = access.keeper(programme_id)
    require_own_form(seat.visitor.secret)
    everybody = held(seat)
    instead = substitution(seat, everybody)
    return _stored(seat, everybody, None, instead.stored if instead else lambda _latest, given: [roster.new_person(given)], instead)


@people.get(f"{PROGRAMME}/people/<string(length=32):person_id>")
def person(programme_id: str, person_id: str) -> str:
    """Show somebody, to be corrected."""
    seat = access.keeper(programme_id)
    found = access.kept(seat, person_id)
    return _form(seat, Entry(_fields(found.participant, today(seat))), held(seat), found)


@people.post(f"{PROGRAMME}/people/<string(length=32):person_id>")
def correct(programme_id: str, person_id: str) -> Page:
    """Correct somebody, or move her to another unit, role or gathering."""
    seat = access.keeper(programme_id)
    require_own_form(seat.visitor.secret)
    known = access.kept(seat, person_id)

    def corrected(latest: Mapping[str, Participant], given: Participant) -> list[Person]:
        change = Changed(person_id, latest[person_id], moved_on(latest[person_id], given, today(seat)))
        return [Person(item.id, item.after) for item in [change, *following(latest, [change])]]

    return _stored(seat, held(seat), known, corrected)


@people.post(f"{PROGRAMME}/people/<string(length=32):person_id>/leaving")
def leave(programme_id: str, person_id: str) -> Page:
    """Let somebody leave today, or take her back."""
    seat = access.keeper(programme_id)
    require_own_form(seat.visitor.secret)
    access.kept(seat, person_id)
    left = today(seat) if request.form.get("left") else ""
    carried_out(seat, lambda latest: [Person(person_id, replace(latest[person_id], left=left))])
    deeds.note(seat, "left" if left else "returned")
    logger.info("roster changed", programme=programme_id)
    return redirect(url_for("people.person", programme_id=programme_id, person_id=person_id), 303)


def _without_buddy(seat: Seat, everybody: Iterable[Person]) -> int:
    """Count who has no buddy, in a programme where people have some."""
    staying = buddy_draw.staying({person.id: person.participant for person in everybody}, today(seat))
    return len(buddies.without(seat.programme, staying)) if any(person.buddy for person in staying.values()) else 0


def _matches(person: Participant, wanted: str) -> bool:
    text = f"{person.name} {person.email}".casefold()
    return all(part in text for part in wanted.casefold().split())


def _placed(seat: Seat, person: Participant) -> str:
    return written_place(places(as_of(replace(person, left=""), today(seat)) or person)[0], role_title(seat.programme))


def _fields(person: Participant, day: str) -> dict[str, str]:
    """Write somebody as the form shows her: where she belongs today."""
    now = as_of(replace(person, left=""), day) or person
    units = {f"unit-{at}": unit for at, unit in enumerate(now.units)}
    seldom = {"gathering": ",".join(person.gatherings), "buddy": person.buddy, "team": person.team}
    return {"email": person.email, "name": person.name, "language": person.language, "role": now.role} | units | seldom


Storing = Callable[[Mapping[str, Participant], Participant], list[Person]]


def _stored(
    seat: Seat, everybody: Mapping[str, Participant], known: Person | None, storing: Storing, instead: Substitution | None = None
) -> Page:
    """Check what was typed, store it, and lead on; or show the form again with what is wrong."""
    typed = request.form.to_dict() | {"gathering": ",".join(filter(None, request.form.getlist("gathering")))}
    found = entry(
        typed | (instead.typed if instead else {}), seat.programme, [place.units for item in everybody.values() for place in places(item)]
    )
    given = found.participant
    done = redirect(url_for("people.everybody", programme_id=seat.programme.id, q=found.typed["email"].strip()), 303)
    if given and not known and _is_there(storing(everybody, given), everybody):
        # The button was pressed twice.
        return done
    faults = {**found.faults, **_own_faults(seat, found, everybody, known), **(instead.faults if instead else {})}
    if given is None or faults:
        return _form(seat, Entry(typed, None, faults), everybody, known), 422
    if instead:
        instead.mark_absent()
    carried_out(seat, lambda latest: storing(latest, given))
    _note(seat, known, instead)
    return done


def _is_there(wanted: Sequence[Person], everybody: Mapping[str, Participant]) -> bool:
    there = set(everybody.values())
    return bool(wanted) and all(person.participant in there for person in wanted)


def _note(seat: Seat, known: Person | None, instead: Substitution | None) -> None:
    if instead:
        deeds.note(seat, "substituted", instead.meeting.gathering.place, instead.meeting.gathering.date)
    else:
        deeds.note(seat, "corrected" if known else "added")
    logger.info("roster changed", programme=seat.programme.id)


def _own_faults(seat: Seat, found: Entry, everybody: Mapping[str, Participant], known: Person | None) -> dict[str, Phrase]:
    """Find what is wrong with a participant among the others, and for this visitor."""
    given, own = found.participant, known.id if known else ""
    if given is None:
        return {}
    if any(other.email.casefold() == given.email.casefold() for name, other in everybody.items() if name != own):
        return {"email": Phrase(_("Somebody with this address is on the list already."))}
    if seat.staff.units and given.units[:1] and given.units[0] not in seat.staff.units:
        return {"unit-0": Phrase(_("You keep the list of other units than this one."))}
    return {}


def carried_out(seat: Seat, change: Callable[[Mapping[str, Participant]], list[Person]]) -> None:
    """Store what a change makes of the roster; where somebody else was faster, make it of what is there then."""
    for _attempt in range(TRIES):
        seen = roster.version(seat.programme.id)
        latest = held(seat)
        try:
            roster.put_people(seat.programme.id, seen, change(latest), {name: person.email for name, person in latest.items()})
        except ImportUnderWay:
            continue
        return
    abort(503)


def _form(seat: Seat, shown: Entry, everybody: Mapping[str, Participant], known: Person | None = None) -> str:
    programme = seat.programme
    doors = [] if known else meetings(seat, everybody)
    return render_template(
        "roster/person.html",
        **common(seat),
        known=known,
        person=known.participant if known else None,
        shown=shown,
        told=told,
        names=NAMES,
        units=_choices(seat, everybody),
        unit_heading=unit_heading,
        doors=doors,
        absentees=[named(person) for door in doors for person in door.people][: MOST + 1],
        most=MOST,
        has_left=bool(known and has_left(known.participant, today(seat))),
        gatherings=_gatherings(programme),
        later=[written_place(place, role_title(programme)) for place in known.participant.later] if known else [],
        mails=mails_of(seat, known) if known else None,
    )


def _choices(seat: Seat, everybody: Mapping[str, Participant]) -> list[tuple[str, list[str]]]:
    """List each unit column with the units that there are; visitors with units of their own choose among these."""
    programme, own = seat.programme, seat.staff.units
    paths = {place.units for item in everybody.values() for place in places(item)} | declared_units(programme)
    theirs = [path for path in paths if not own or (path[:1] and path[0] in own)]
    return [(unit, sorted({path[at] for path in theirs if len(path) > at})) for at, unit in enumerate(programme.units)]


def _gatherings(programme: Programme) -> list[tuple[Day, list[tuple[str, str]]]]:
    """List the days that have several gatherings, and what each gathering is called."""
    several = [day for day in programme.days if len(day.gatherings) > 1]
    return [(day, [(gathering.id, f"{gathering.place}, {gathering.date}") for gathering in day.gatherings]) for day in several]
