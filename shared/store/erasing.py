"""What others' items say of one person, and its removal: absences, buddies, her requests to be let in."""

import json
from dataclasses import replace

from shared.settings import setting
from shared.store import absences, desk_requests, roster
from shared.store.client import partition
from shared.store.roster import Person


def absent_from(programme_id: str, person_id: str) -> list[str]:
    """Name the gatherings from which somebody is marked as absent, each as its day and itself."""
    found = partition(setting("ROSTER_TABLE"), f"PROGRAMME#{programme_id}", "ABSENT#")
    return [item["sk"]["S"].removeprefix("ABSENT#") for item in found if person_id in json.loads(item["people"]["S"])]


def asked_to_be_let_in(programme_id: str, address: str) -> list[dict[str, str]]:
    """Tell what somebody says of herself where she asks to be let in."""
    found = desk_requests.of(programme_id, address)
    return [{"round": item.round, "gathering": item.gathering, "name": item.entry.name, "belongs": item.entry.belongs} for item in found]


def forget(programme_id: str, person: Person) -> None:
    """Take somebody out of what is noted under others' names; done again, it changes nothing. Raise `ImportUnderWay` as the roster does."""
    for marked in absent_from(programme_id, person.id):
        day, _, gathering = marked.partition("#")
        absences.change(programme_id, day, gathering, mark=set(), unmark={person.id})
    _part(programme_id, person.participant.email)
    withdraw(programme_id, person.participant.email)


def withdraw(programme_id: str, address: str) -> None:
    """Delete what somebody has asked for."""
    for asked in desk_requests.of(programme_id, address):
        desk_requests.delete(programme_id, asked)


def _part(programme_id: str, address: str) -> None:
    """Let nobody have her as a buddy."""
    seen = roster.version(programme_id)
    paired = [other for other in roster.people(programme_id) if other.participant.buddy.casefold() == address.casefold()]
    if paired:
        roster.put_people(programme_id, seen, [Person(other.id, replace(other.participant, buddy="")) for other in paired])
