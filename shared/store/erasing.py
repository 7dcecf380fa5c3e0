"""What others' items say of one person, and its removal: absences, buddies, her requests to be let in."""

import json
from dataclasses import replace

from shared.addresses import pointer
from shared.settings import setting
from shared.store import absences, retiring, roster
from shared.store.client import partition
from shared.store.retiring import Found
from shared.store.roster import Person


def absent_from(programme_id: str, person_id: str) -> list[str]:
    """Name the gatherings from which somebody is marked as absent, each as its day and itself."""
    found = partition(setting("ROSTER_TABLE"), f"PROGRAMME#{programme_id}", "ABSENT#")
    return [item["sk"]["S"].removeprefix("ABSENT#") for item in found if person_id in json.loads(item["people"]["S"])]


def forget(programme_id: str, person: Person) -> None:
    """Take somebody out of what is noted under others' names; done again, it changes nothing. Raise `ImportUnderWay` as the roster does."""
    for marked in absent_from(programme_id, person.id):
        day, _, gathering = marked.partition("#")
        absences.change(programme_id, day, gathering, mark=set(), unmark={person.id})
    _part(programme_id, person.participant.email)
    retiring.delete(_requests(programme_id, person.participant.email))


def _part(programme_id: str, address: str) -> None:
    """Let nobody have her as a buddy."""
    seen = roster.version(programme_id)
    paired = [other for other in roster.people(programme_id) if other.participant.buddy.casefold() == address.casefold()]
    if paired:
        roster.put_people(programme_id, seen, [Person(other.id, replace(other.participant, buddy="")) for other in paired])


def _requests(programme_id: str, address: str) -> list[Found]:
    asked = retiring.names("DESK", f"PROGRAMME#{programme_id}", "REQUEST#")
    return [item for item in asked if item.at["sk"]["S"].endswith(f"#{pointer(address)}")]
