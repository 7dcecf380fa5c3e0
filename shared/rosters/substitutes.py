"""Substitutes: who comes instead of somebody, for one day or from then on."""

from dataclasses import replace
from datetime import date, timedelta

from shared.programmes import Day, Gathering
from shared.rosters.attendance import as_attending
from shared.rosters.people import Participant


def in_place_of(absent: Participant, newcomer: Participant, day: Day, gathering: Gathering, *, for_good: bool) -> Participant:
    """Give a newcomer the units, role and gathering of whom she replaces at a gathering; she leaves on the next day, or takes over."""
    now = as_attending(absent, day) or absent
    here = {item.id for item in day.gatherings}
    return replace(
        newcomer,
        role=now.role,
        units=now.units,
        since=gathering.date,
        later=tuple(place for place in absent.later if for_good and place.since > gathering.date),
        gatherings=tuple(name for name in absent.gatherings if for_good or name in here),
        left="" if for_good else _next(gathering.date),
    )


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
