"""Somebody who stands at the door instead of somebody else: found by a part of the name, and marked absent in the same step."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import request

from functions.desk.pages import today
from functions.desk.roster.attendance import Meeting, is_over, matches, meetings_at
from functions.desk.staff.access import Seat
from shared.phrases import Phrase, _
from shared.rosters.attendance import as_attending
from shared.rosters.people import Participant
from shared.rosters.substitutes import in_place_of
from shared.store import absences, roster
from shared.store.roster import Person

MOST = 500
"""Names that a page offers to choose from; where there are more, a part of the name is typed."""


@dataclass(frozen=True, slots=True)
class Substitution:
    """What a visitor typed of whom somebody replaces, and what follows from it."""

    meeting: Meeting
    absent: Person | None
    """None where nobody, or more than one, is called that."""
    for_good: bool
    faults: Mapping[str, Phrase]

    @property
    def typed(self) -> dict[str, str]:
        """Return what need not be typed because it is as with whom she replaces."""
        if self.absent is None:
            return {}
        now = as_attending(self.absent.participant, self.meeting.day) or self.absent.participant
        return {"role": now.role, "gathering": ""} | {f"unit-{at}": unit for at, unit in enumerate(now.units)}

    def stored(self, latest: Mapping[str, Participant], given: Participant) -> list[Person]:
        """Make the newcomer of what was typed; where she takes over, the other leaves."""
        if self.absent is None:
            return []
        other = latest[self.absent.id]
        newcomer = in_place_of(other, given, self.meeting.day, self.meeting.gathering, for_good=self.for_good)
        leaving = [Person(self.absent.id, replace(other, left=self.meeting.gathering.date))] if self.for_good else []
        return [roster.new_person(newcomer), *leaving]

    def mark_absent(self) -> None:
        """Mark as absent whom she replaces; done again, it changes nothing."""
        if self.absent:
            place = self.meeting.seat.programme.id, self.meeting.day.id, self.meeting.gathering.id
            absences.change(*place, mark={self.absent.id}, unmark=set())


def meetings(seat: Seat, everybody: Mapping[str, Participant]) -> list[Meeting]:
    """List the gatherings at whose door somebody may stand: the one that is named, else those of today."""
    held = [(day, gathering) for day in seat.programme.days for gathering in day.gatherings]
    wanted = request.values.get("meeting", "")
    named = [(day, gathering) for day, gathering in held if f"{day.id}/{gathering.id}" == wanted]
    found = named or [(day, gathering) for day, gathering in held if gathering.date == today(seat)]
    people = [Person(name, person) for name, person in everybody.items()]
    return meetings_at(seat, found, people)


def substitution(seat: Seat, everybody: Mapping[str, Participant]) -> Substitution | None:
    """Read whom somebody replaces; None where she comes in nobody's place."""
    typed = request.form.get("instead", "").strip()[:254].casefold()
    doors = meetings(seat, everybody) if typed else []
    if not doors:
        return None
    meeting, for_good = doors[0], request.form.get("until") == "on"
    found = _called(meeting, typed)
    fault = _fault(meeting, found)
    return Substitution(meeting, found[0] if found and not fault else None, for_good, {"instead": fault} if fault else {})


def named(person: Person) -> str:
    """Write somebody so that nobody else is meant."""
    return f"{person.participant.name} {person.participant.email}"


def _called(meeting: Meeting, typed: str) -> list[Person]:
    """Find who is called what was typed: exactly, else in part."""
    exactly = [person for person in meeting.people if named(person).casefold() == typed]
    return exactly or [person for person in meeting.people if matches(person, typed.split())]


def _fault(meeting: Meeting, found: list[Person]) -> Phrase | None:
    if is_over(meeting.seat, meeting.day, meeting.gathering):
        return Phrase(_("The form about this gathering has closed, so marks no longer change anything."))
    if not found:
        return Phrase(_("Nobody who was to attend is called that."))
    return Phrase(_("Several are called that: write more of the name or the address.")) if len(found) > 1 else None
