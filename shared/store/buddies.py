"""Buddies on the roster: among whom they are drawn, and storing a draw."""

from collections.abc import Iterable, Mapping

from shared.programmes import Programme
from shared.rosters import buddy_draw
from shared.rosters.buddies import Group, groups
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


def _is_shared(programme_id: str, form_id: str) -> bool:
    form = published.form(programme_id, form_id)
    return form is not None and form.shared_with == "buddy"


def without(programme: Programme, people: Mapping[str, Participant]) -> list[str]:
    """List who has no buddy, of those whom a draw would be for."""
    taken, roles = {name for group in groups(people) for name in group}, sharing_roles(programme)
    return [name for name, person in people.items() if name not in taken and person.role in roles]


def put(programme_id: str, seen: int, drawn: Iterable[Group]) -> int:
    """Store who are buddies, in the roster that was read at a version; tell how many people. Raise `ImportUnderWay` as the roster does."""
    people = {person.id: person.participant for person in roster.people(programme_id)}
    changed = buddy_draw.changed(people, drawn)
    return roster.put_people(programme_id, seen, [Person(name, person) for name, person in changed.items()])
