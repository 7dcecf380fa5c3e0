"""What staff may see: their programmes, and in them what their role is for."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort

from functions.desk.staff.guard import Visitor, signed_in
from shared.programmes import Programme, Staff, staff_of
from shared.rosters.people import Participant, places
from shared.rounds import Round
from shared.store import published, roster
from shared.store.roster import Person
from shared.web.pages import speak_one_of


@dataclass(frozen=True, slots=True)
class Seat:
    """A visitor's place in one programme."""

    visitor: Visitor
    programme: Programme
    staff: Staff

    @property
    def sees_response(self) -> bool:
        """Organisers and owners see how many have answered."""
        return self.staff.role in ("organiser", "owner")

    @property
    def lets_in(self) -> bool:
        """Organisers and owners decide who is let in, and hang up posters."""
        return self.staff.role in ("organiser", "owner")

    @property
    def sees_results(self) -> bool:
        """Owners and observers see all that is published, unless they are limited to units."""
        return self.sees_groups and not self.staff.units

    @property
    def sees_groups(self) -> bool:
        """Owners and observers see what is published of their units."""
        return self.staff.role in ("owner", "observer")

    @property
    def moderates(self) -> bool:
        """Owners of the whole decide about comments."""
        return self.staff.role == "owner" and not self.staff.units

    @property
    def keeps_roster(self) -> bool:
        """Organisers and owners say who takes part, within their units."""
        return self.staff.role in ("organiser", "owner")

    @property
    def keeps_whole_roster(self) -> bool:
        """Whoever is limited to units brings no file: it would say nothing of the others."""
        return self.keeps_roster and not self.staff.units

    def keeps(self, person: Participant) -> bool:
        """Tell whether somebody belongs, now or later, to the visitor's units."""
        return not self.staff.units or any(place.units[:1] and place.units[0] in self.staff.units for place in places(person))

    @property
    def is_author(self) -> bool:
        """Organisers and owners say what the programme is, unless they are limited to units."""
        return self.staff.role in ("organiser", "owner") and not self.staff.units


May = Callable[[Seat], bool]
"""What somebody's role is for, or not."""


def seats(visitor: Visitor) -> list[Seat]:
    """List the programmes that a visitor is staff of, by id."""
    found = [seat_of(visitor, name) for name in published.programmes_of(visitor.email)]
    return sorted((seat for seat in found if seat), key=lambda seat: seat.programme.id)


def seat(programme_id: str) -> Seat:
    """Return the visitor's place in a programme; where there is none, the programme does not exist for her."""
    visitor = signed_in()
    found = seat_of(visitor, programme_id)
    if found is None:
        abort(404)
    speak_one_of(found.programme.languages)
    return found


def permitted(programme_id: str, may: May) -> Seat:
    """Return the place of a visitor whose role is for something."""
    found = seat(programme_id)
    if not may(found):
        abort(403)
    return found


def keeper(programme_id: str) -> Seat:
    """Return the place of a visitor who may change who takes part."""
    return permitted(programme_id, lambda seat: seat.keeps_roster)


def reader(programme_id: str) -> Seat:
    """Return the place of a visitor who may see what is published, or what of it is about her units."""
    return permitted(programme_id, lambda seat: seat.sees_groups)


def author(programme_id: str) -> Seat:
    """Return the place of a visitor who may change the whole of a programme."""
    return permitted(programme_id, lambda seat: seat.is_author)


def owner(programme_id: str) -> Seat:
    """Return the place of an owner of the whole."""
    return permitted(programme_id, lambda seat: seat.moderates)


def kept(place: Seat, person_id: str) -> Person:
    """Return one of the people whom a visitor keeps."""
    found = roster.person(place.programme.id, person_id)
    if found is None or not place.keeps(found.participant):
        abort(404)
    return found


def seat_of(visitor: Visitor, programme_id: str) -> Seat | None:
    """Find a visitor's place in a programme, if she has one."""
    programme = published.programme(programme_id)
    staff = staff_of(programme, visitor.email) if programme else None
    return Seat(visitor, programme, staff) if programme and staff else None


def round_of(place: Seat, round_id: str) -> Round:
    """Return one of a programme's rounds."""
    found = published.round_by_id(place.programme.id, round_id)
    if found is None:
        abort(404)
    return found
