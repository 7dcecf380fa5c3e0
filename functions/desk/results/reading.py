"""A published result before its reader: who may open it, and its documents."""

import json
from dataclasses import dataclass

from flask import abort

from functions.desk.results.figures import Document, minute_text
from functions.desk.staff import access
from functions.desk.staff.access import May, Seat
from shared import bucket
from shared.rounds import Round, closes
from shared.store import published
from shared.web.pages import speak_one_of


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody of the staff with a round's edition before her."""

    seat: Seat
    round: Round
    prefix: str
    edition: Document

    def question(self, question_id: str) -> Document:
        """Find a question by its id."""
        found: Document | None = next((item for item in self.edition["questions"] if item["id"] == question_id), None)
        if found is None:
            abort(404)
        return found

    @property
    def closed(self) -> str:
        """Write the last minute in which the round could be answered, in the programme's zone."""
        return minute_text(self.edition["closed"], self.edition["timezone"])


def place(programme_id: str, round_id: str, may: May = lambda seat: seat.sees_results) -> tuple[Seat, Round, str]:
    """Find a published result for a visitor who may see it whole, or whose role is for what else is asked, and where it lies."""
    seat = access.permitted(programme_id, may)
    found = access.round_of(seat, round_id)
    if found.edition is None:
        abort(404)
    return seat, found, found.edition


def reading(programme_id: str, round_id: str, may: May = lambda seat: seat.sees_results) -> Reading:
    """Open a published result for such a visitor; its pages speak one of the languages that it has."""
    seat, found, prefix = place(programme_id, round_id, may)
    edition = json.loads(bucket.get(f"{prefix}/edition.json"))
    speak_one_of(edition["languages"])
    return Reading(seat, found, prefix, edition)


def with_result(programme_id: str) -> list[Round]:
    """List the rounds whose result is published, in the order in which they closed."""
    known = published.rounds(programme_id).values()
    return sorted((found for found in known if found.edition), key=lambda found: (closes(found), found.id))
