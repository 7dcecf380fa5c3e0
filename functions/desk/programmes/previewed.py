"""What can be previewed: a published programme, or a draft as the function that publishes reads it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import abort, redirect, url_for

from functions.desk import publishing
from functions.desk.programmes import drafts
from functions.desk.programmes.drafts import author
from functions.desk.staff import access
from functions.desk.staff.access import Seat
from functions.desk.staff.guard import Visitor
from shared import forms, programmes, rounds
from shared.forms import Form
from shared.planned_rounds import planned_round
from shared.programmes import Gathering, Message, Programme, day_of
from shared.rounds import Round
from shared.schedule import message_times
from shared.store import published
from shared.web.form_page import Place


@dataclass(frozen=True, slots=True)
class Held:
    """A round at one of its day's gatherings."""

    place: Place
    gathering: Gathering


@dataclass(frozen=True, slots=True)
class Mailed:
    """A message of the programme, and the moments at which it is due."""

    message: Message
    when: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Previewed:
    """A programme with its forms, and who looks at it."""

    source: str
    """"programme" or "draft"."""
    id: str
    """The programme's or the draft's."""
    visitor: Visitor
    programme: Programme
    places: tuple[Place, ...]
    seat: Seat | None
    """The visitor's place in a published programme; a draft is her own."""

    @property
    def held(self) -> Iterator[Held]:
        """List the rounds at each of their gatherings."""
        for place in self.places:
            yield from (Held(place, gathering) for gathering in place.day.gatherings if gathering.id in place.round.windows)

    @property
    def mailed(self) -> Iterator[Mailed]:
        """List the messages."""
        for message in self.programme.messages:
            times = message_times(message, day_of(self.programme, message.day), self.programme.timezone)
            yield Mailed(message, tuple(sorted(set(times.values()))))

    def round_at(self, round_id: str, gathering: str) -> Held:
        """Find a round at one of its gatherings, the first where none is named."""
        found = [held for held in self.held if held.place.round.id == round_id and gathering in ("", held.gathering.id)]
        return found[0] if found else abort(404)

    def message(self, message_id: str) -> Message:
        """Find a message."""
        return next((message for message in self.programme.messages if message.id == message_id), None) or abort(404)


def previewed(source: str, source_id: str) -> Previewed:
    """Find what the visitor may preview: a programme that she runs, or her own draft."""
    return _programme(source_id) if source == "programme" else _draft(source_id)


def _programme(name: str) -> Previewed:
    seat = access.seat(name)
    if not seat.keeps_roster:
        abort(403)
    known = sorted(published.rounds(name).values(), key=rounds.opens)
    found = {item.form: published.form(name, item.form) for item in known}
    return Previewed("programme", name, seat.visitor, seat.programme, tuple(_places(seat.programme, known, found)), seat)


def _places(programme: Programme, known: list[Round], found: Mapping[str, Form | None]) -> Iterator[Place]:
    days = {day.id: day for day in programme.days}
    for item in known:
        form = found[item.form]
        if form and item.day in days:
            yield Place(item, programme, form, days[item.day])


def _draft(name: str) -> Previewed:
    visitor = author()
    draft = drafts.own(visitor, name)
    said = publishing.asked(visitor, draft.programme, files=publishing.encoded(draft.files), plan_only=True, preview=True)
    if "declared" not in said:
        # The draft's own page tells what is wrong with it.
        abort(redirect(url_for("drafts.draft", draft_id=name), 303))
    programme = programmes.from_document(json.loads(said["declared"]["programme"]))
    asked = {round_id: forms.from_document(json.loads(text)) for round_id, text in said["declared"]["forms"].items()}
    planned = [planned_round(programme, plan, asked[plan.id]) for plan in programme.rounds]
    by_form = {item.form: asked[item.id] for item in planned}
    return Previewed("draft", name, visitor, programme, tuple(_places(programme, planned, by_form)), None)
