"""One person's mails: her link sent again when she asks for it. Nothing here tells whether she has answered."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from functions.desk.pages import PROGRAMME, today
from functions.desk.staff import access, deeds
from functions.desk.staff.access import Seat
from functions.desk.staff.guard import page_time, require_own_form
from shared import queue
from shared.logs import logger
from shared.queue import ResendErrand
from shared.rosters.people import has_left
from shared.round_changes import open_at
from shared.store import deliverability, published
from shared.store.roster import Person

mailing = Blueprint("mailing", __name__)


@dataclass(frozen=True, slots=True)
class Mails:
    """What a person's page says of her mails."""

    may_be_sent: bool
    """A form is open, and she still takes part."""
    resent: bool
    """Her link has just been sent again."""
    why_not: str
    """Why nothing is sent to her: "stopped", or why she is not reached; empty else.

    Only what mails tell that everybody gets: of a reminder that came back, it would tell that she had not answered.
    """


def mails_of(seat: Seat, person: Person) -> Mails:
    """Gather what a person's page says of her mails."""
    is_open = any(open_at(found, page_time()) for found in published.rounds(seat.programme.id).values())
    why_not = "stopped" if deliverability.stopped() else deliverability.why_not_reached(seat.programme.id, person)
    return Mails(is_open and not has_left(person.participant, today(seat)), "sent" in request.args, why_not)


@mailing.post(f"{PROGRAMME}/people/<string(length=32):person_id>/link")
def resend(programme_id: str, person_id: str) -> Response:
    """Have somebody's link sent again; `send` sees to it that she gets one mail in ten minutes, however often this is pressed."""
    seat = access.keeper(programme_id)
    require_own_form(seat.visitor.secret)
    person = access.kept(seat, person_id)
    if not queue.put([ResendErrand(programme_id, person.id, "")]):
        abort(503)
    deeds.note(seat, "resent")
    logger.info("link to be sent again", programme=programme_id)
    return redirect(url_for("people.person", programme_id=programme_id, person_id=person_id, sent="yes"), 303)
