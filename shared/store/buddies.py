"""Buddies on the roster: among whom they are drawn, and storing a draw."""

from collections.abc import Iterable

from shared.addresses import pointer
from shared.programmes import Programme
from shared.rosters import buddy_draw
from shared.rosters.buddies import Group
from shared.rosters.people import Participant
from shared.store import published, roster
from shared.store.roster import Person


def standing(programme_id: str, today: str) -> tuple[int, dict[str, Participant]]:
    """Read the roster's version, and who takes part."""
    seen = roster.version(programme_id)
    return seen, buddy_draw.staying({person.id: person.participant for person in roster.people(programme_id)}, today)


def sharing_roles(programme: Programme) -> list[str]:
    """List the roles that get a form which buddies share; all where there is none, or where one is for everybody."""
    shared = [found for found in published.rounds(programme.id).values() if _is_shared(programme.id, found.form)]
    asked = {role for found in shared for role in found.roles or programme.roles}
    return [role for role in programme.roles if role in asked or not asked]


def of(programme_id: str, person: Participant) -> list[Participant]:
    """Find somebody's buddies by the addresses that she and they name, without reading the roster.

    Who names nobody is found by nobody here, though another one may name her.
    """
    first = _named(programme_id, person)
    second = _named(programme_id, first) if first else None
    if first is None or second is None or pointer(second.email) == pointer(person.email):
        return [first] if first else []
    return [first, second] if pointer(second.buddy) == pointer(person.email) else []


def _named(programme_id: str, person: Participant) -> Participant | None:
    """Find whom somebody names who takes part, if it is not herself."""
    found = roster.person_at(programme_id, person.buddy) if person.buddy and pointer(person.buddy) != pointer(person.email) else None
    return found.participant if found and not found.participant.left else None


def _is_shared(programme_id: str, form_id: str) -> bool:
    form = published.form(programme_id, form_id)
    return form is not None and form.shared_with == "buddy"


def put(programme_id: str, seen: int, drawn: Iterable[Group]) -> int:
    """Store who are buddies, in the roster that was read at a version; tell how many people. Raise `ImportUnderWay` as the roster does."""
    people = {person.id: person.participant for person in roster.people(programme_id)}
    changed = buddy_draw.changed(people, drawn)
    return roster.put_people(programme_id, seen, [Person(name, person) for name, person in changed.items()])
