"""Who is invited to a round, with which link and which cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from shared import letters, link_keys, links
from shared.programmes import Day
from shared.protection.cells import Path, cell_of_newcomer, cells
from shared.rosters.attendance import as_attending, attended
from shared.rosters.people import has_left
from shared.rounds import Round
from shared.schedule import wall_clock
from shared.store.invitations import Invitation
from shared.store.roster import Person


def attending(people: Iterable[Person], day: Day) -> Iterator[Person]:
    """Find who attends a day, each with the role and units that she has then."""
    for person in people:
        found = as_attending(person.participant, day)
        if found:
            yield replace(person, participant=found)


def staying(people: Iterable[Person], now: int, timezone: str) -> Iterator[Person]:
    """Leave out who has left by now, be it after the day that she attended: nothing is mailed to her any more."""
    today = wall_clock(now, timezone).date().isoformat()
    return (person for person in people if not has_left(person.participant, today))


def is_asked(person: Person, due: Round) -> bool:
    """Tell whether a round is for somebody's role."""
    return not due.roles or person.participant.role in due.roles


def new_invitations(people: Sequence[Person], day: Day, gathering: str, invited: Iterable[Invitation], due: Round) -> list[Invitation]:
    """Plan an invitation to a round for everybody who attends a gathering and has none yet, at this gathering or another."""
    return [_invitation(person, cell, gathering, due) for person, cell in uninvited(people, day, gathering, invited)]


def uninvited(people: Sequence[Person], day: Day, gathering: str, invited: Iterable[Invitation]) -> list[tuple[Person, Path]]:
    """Find who attends a gathering and has no invitation yet, each with the cell that is hers."""
    held, elsewhere = _held(invited, gathering)
    here = [person for person in people if attended(person.participant, day) == gathering and person.id not in elsewhere]
    chosen = _cells(here, held)
    return [(person, chosen[person.id]) for person in here if person.id not in held]


def _held(invited: Iterable[Invitation], gathering: str) -> tuple[dict[str, Path], set[str]]:
    """Return the cells given at a gathering, by person, and who was invited at another one."""
    held = list(invited)
    here = {item.person: item.cell for item in held if item.gathering == gathering}
    return here, {item.person for item in held} - here.keys()


def _cells(attending: Iterable[Person], held: Mapping[str, Path]) -> Mapping[str, Path]:
    """Choose cells for all at once; where that would contradict cells already given, newcomers join those."""
    paths = {person.id: (*person.participant.units, person.participant.role) for person in attending}
    fresh = cells(paths)
    if all(fresh.get(person) == cell for person, cell in held.items()):
        return fresh
    used = set(held.values())
    return {person: cell_of_newcomer(path, used) for person, path in paths.items()}


def _invitation(person: Person, cell: Path, gathering: str, due: Round) -> Invitation:
    token = link_keys.token(due, person)
    return Invitation(
        fingerprint=links.invitation_name(token, seeded=due.is_seeded),
        person=person.id,
        cell=cell,
        gathering=gathering,
        language=person.participant.language,
        mail="pending",
        leased_until=0,
        answered=None,
        hint=person.participant.email[:1],
        public=letters.public_half(links.behind(token)).hex() if due.mode == "personal" else "",
        stop=links.fingerprint(links.stop_token(link_keys.link_key(due.ref), person.id)),
    )
