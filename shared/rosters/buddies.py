"""Buddies and teams: who belongs with whom, by what the roster says of each one."""

from collections.abc import Iterable, Mapping
from itertools import combinations

from shared.rosters.people import Participant

Group = tuple[str, ...]
"""The ids of people who belong together: two or three who are one another's buddies, or a team."""


def groups(people: Mapping[str, Participant]) -> list[Group]:
    """Find pairs and triads among people, by their ids.

    Two are a pair who name one another, or of whom one names the other, who names nobody here; three are a triad who name one another in
    a ring. Who names somebody that has another buddy has none.
    """
    by_address = {person.email.casefold(): name for name, person in people.items()}
    named = {name: by_address[person.buddy.casefold()] for name, person in people.items() if person.buddy.casefold() in by_address}
    named = {name: other for name, other in named.items() if other != name}
    found = [*_triads(named), *_pairs(named)]
    return sorted(found + _followed(named, taken={name for group in found for name in group}))


def _triads(named: Mapping[str, str]) -> list[Group]:
    rings = {(name, other, named[other]) for name, other in named.items() if other in named}
    return [ring for ring in rings if named.get(ring[2]) == ring[0] == min(ring) and len(set(ring)) == len(ring)]


def _pairs(named: Mapping[str, str]) -> list[Group]:
    return [(name, other) for name, other in named.items() if named.get(other) == name and name < other]


def _followed(named: Mapping[str, str], taken: set[str]) -> list[Group]:
    """Pair people with those who name nobody; of several who name the same one, the first has her."""
    found: list[Group] = []
    for name, other in sorted(named.items()):
        if other not in named and not {name, other} & taken:
            found.append((name, other) if name < other else (other, name))
            taken |= {name, other}
    return found


def choice(person: Participant, other: Participant) -> str:
    """Tell by whose choice two are buddies: "mine", of the first, or "theirs"; empty where each has named the other."""
    mine, theirs = (one.buddy.casefold() == two.email.casefold() for one, two in ((person, other), (other, person)))
    return "" if mine == theirs else "mine" if mine else "theirs"


def mates(people: Mapping[str, Participant]) -> dict[str, list[str]]:
    """List the others of each one's team; teams of the same name in different units are different ones."""
    teams: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for name, person in people.items():
        if person.team:
            teams.setdefault((person.team.casefold(), person.units), []).append(name)
    return buddies_of(map(tuple, teams.values()))


def buddies_of(found: Iterable[Group]) -> dict[str, list[str]]:
    """List with whom each one belongs together."""
    listed: dict[str, list[str]] = {}
    for group in found:
        for one, other in combinations(group, 2):
            listed.setdefault(one, []).append(other)
            listed.setdefault(other, []).append(one)
    return listed
