"""The example's participants: sixty generated people at nine invented schools of very different size."""

from __future__ import annotations

from collections.abc import Iterator

from shared.programmes import Programme
from shared.rosters import Participant

SCHOOLS = {
    "Bjerkås skole": 14,
    "Fjordvang skole": 6,
    "Lilleås skole": 2,
    "Granlia skole": 9,
    "Nordvik skole": 5,
    "Solhaug skole": 1,
    "Elvebakken skole": 12,
    "Myrvoll skole": 8,
    "Åsgrenda skole": 3,
}
"""How many take part from each school: sixty people in all."""

LEADERS = 3
"""Every third participant of a school has the programme's first role."""

SECOND_LANGUAGE = 10
"""Every tenth participant reads the programme's second language, where it has one."""


def participants(programme: Programme) -> Iterator[Participant]:
    """Generate the roster of a programme: its own units where its files name some, its roles, its languages."""
    number = 0
    for units, size in _schools(programme):
        for place in range(size):
            number += 1
            language = programme.languages[0 if number % SECOND_LANGUAGE else -1]
            yield Participant(f"deltaker{number:02}@example.org", f"Deltaker {number}", language, _role(programme, place), units)


def _role(programme: Programme, place: int) -> str:
    first, *others = programme.roles
    return first if place % LEADERS == 0 or not others else others[(place - place // LEADERS - 1) % len(others)]


def _schools(programme: Programme) -> Iterator[tuple[tuple[str, ...], int]]:
    """Place the schools in the programme's unit columns, spread evenly over its top-level units in their order."""
    tops = list(dict.fromkeys(unit for day in programme.days for gathering in day.gatherings for unit in gathering.units))
    for at, (school, size) in enumerate(SCHOOLS.items()):
        path = [school] * len(programme.units)
        if tops and path:
            path[0] = tops[at * min(len(tops), len(SCHOOLS)) // len(SCHOOLS)]
        yield tuple(path), size
