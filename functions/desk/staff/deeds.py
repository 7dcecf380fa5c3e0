"""What somebody of the staff did, noted in the account of the programme."""

from flask import request

from functions.desk.staff import guard
from functions.desk.staff.access import Seat
from shared.store import desk_account


def note(seat: Seat, what: str, *about: str) -> None:
    """Note what the visitor did."""
    desk_account.note(seat.programme.id, guard.now(), seat.visitor.email, what, *about)


def note_once_a_day(seat: Seat, what: str, *about: str) -> None:
    """Note what the visitor looked at, once however often she looks that day; asking for headers alone is no looking."""
    if request.method == "GET":
        desk_account.note_once_a_day(seat.programme.id, guard.now(), seat.visitor.email, what, *about)
