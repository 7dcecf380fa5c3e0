"""The example's participants: sixty generated people at nine invented schools of very different size."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from shared.programmes import Programme
from shared.rosters.people import Participant

SIZES = (14, 6, 2, 9, 5, 1, 12, 8, 3)
"""How many take part from each school: sixty people in all."""

NORWEGIAN = (
    *("Bjerkås skole", "Fjordvang skole", "Lilleås skole", "Granlia skole", "Nordvik skole"),
    *("Solhaug skole", "Elvebakken skole", "Myrvoll skole", "Åsgrenda skole"),
)
DANISH = (
    *("Birkeskolen", "Fjordvangskolen", "Lilleåskolen", "Granlyskolen", "Nordvigskolen"),
    *("Solhøjskolen", "Elbækskolen", "Mosevangskolen", "Åbakkeskolen"),
)
SCHOOLS = {"da": DANISH}
"""What the schools are called, by the programme's first language; Norwegian in all others."""

NAMES = {"da": "Deltager", "en": "Participant"}
"""What participants are called, likewise."""

LEADERS = 3
"""Every third participant of a school has the programme's first role."""

SECOND_LANGUAGE = 10
"""Every tenth participant reads the programme's second language, where it has one."""


def participants(programme: Programme) -> Iterator[Participant]:
    """Generate the roster of a programme: its own units where its files name some, its roles, its languages."""
    number, name = 0, NAMES.get(programme.languages[0], "Deltaker")
    for units, size in _schools(programme):
        for place in range(size):
            number += 1
            language = programme.languages[0 if number % SECOND_LANGUAGE else -1]
            yield Participant(
                f"deltaker{number:02}@example.org",
                f"{name} {number}",
                language,
                _role(programme, place),
                units,
                team=units[-1] if units else "",
            )


def _role(programme: Programme, place: int) -> str:
    first, *others = programme.roles
    return first if place % LEADERS == 0 or not others else others[(place - place // LEADERS - 1) % len(others)]


def _schools(programme: Programme) -> Iterator[tuple[tuple[str, ...], int]]:
    """Place the schools in the programme's unit columns, spread evenly over its top-level units in their order."""
    tops = list(dict.fromkeys(unit for day in programme.days for gathering in day.gatherings for unit in gathering.units))
    schools = SCHOOLS.get(programme.languages[0], NORWEGIAN)
    for at, (school, size) in enumerate(zip(schools, SIZES, strict=True)):
        path = [school] * len(programme.units)
        if tops and path:
            path[0] = tops[at * min(len(tops), len(SIZES)) // len(SIZES)]
        yield tuple(path), size


def with_buddies(people: Sequence[Participant], roles: Collection[str]) -> list[Participant]:
    """Let those of some roles be buddies, two and two in the order of the roster; of an odd number the last has none."""
    able = [person.email for person in people if person.role in roles]
    pairs = dict(zip(able[::2], able[1::2], strict=False))
    pairs |= {other: one for one, other in pairs.items()}
    return [replace(person, buddy=pairs.get(person.email, "")) for person in people]
