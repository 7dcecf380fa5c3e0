"""The seminar's participants: leaders at 239 institutions of very different size, in the programme's municipalities."""

import random
from collections.abc import Sequence

from shared.programmes import Programme
from shared.rosters.people import Participant

INSTITUTIONS = 239
SIZES = (1, 2, 4, 8)
"""How many times as many people one institution has as another."""
TEAM = 5
"""Leaders who write one plan together."""
SECOND_LANGUAGE = 10
"""Every tenth reads the programme's second language."""

Place = tuple[str, str, str]
"""Municipality, institution, role."""


def participants(programme: Programme, count: int) -> list[Participant]:
    """Make up people, always the same ones; every institution has somebody if there are enough."""
    chance = random.Random(7)  # noqa: S311 – made-up people, no secret
    places = _places(programme, chance)
    weights = chance.choices(SIZES, k=len(places))
    chosen = [*places[:count], *chance.choices(places, weights, k=max(count - len(places), 0))]
    return [_participant(programme, number, place) for number, place in enumerate(sorted(chosen), 1)]


def _places(programme: Programme, chance: random.Random) -> list[Place]:
    """Spread the institutions over the municipalities, each of which has one at least; the last one invites its day-care centres too."""
    towns = [gathering.units[0] for gathering in programme.days[0].gatherings]
    schools, day_care = programme.roles
    of_towns = [*towns, *chance.choices(towns, k=INSTITUTIONS - len(towns))]
    return [_place(towns, town, number, (schools, day_care)) for number, town in enumerate(of_towns)]


def _place(towns: Sequence[str], town: str, number: int, roles: tuple[str, str]) -> Place:
    is_day_care = town == towns[-1] and number % 2 == 1
    return (town, f"{town} Børnehus {number}", roles[1]) if is_day_care else (town, f"{town} Skole {number}", roles[0])


def _participant(programme: Programme, number: int, place: Place) -> Participant:
    town, institution, role = place
    language = programme.languages[1 if number % SECOND_LANGUAGE == 0 else 0]
    team = f"{institution}, {number // TEAM}"
    return Participant(f"leder{number:05}@example.org", f"Leder {number}", language, role, (town, institution), team=team)
