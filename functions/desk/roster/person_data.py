"""One person's data: what the desk knows of her, for her or at her request, and its deletion in the coming night."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for

from functions.desk.pages import PROGRAMME, attached, common, in_language, today
from functions.desk.roster.people import carried_out
from functions.desk.roster.unreached import WHY
from functions.desk.staff import access, deeds
from functions.desk.staff.access import Seat
from functions.desk.staff.guard import require_own_form
from shared.dates import day_text
from shared.languages import NAMES, catalogue
from shared.logs import logger
from shared.phrases import _
from shared.rosters.people import Participant, places
from shared.store import deliverability, desk_erasures, erasing, former_addresses, published, recent
from shared.store.roster import ImportUnderWay, Person
from shared.untraceable import NOT_FOUND
from shared.web.pages import Page, language

person_data = Blueprint("person_data", __name__)

PLACE = f"{PROGRAMME}/people/<string(length=32):person_id>/data"

NOT_HERE = (
    _(
        "To which forms she was invited, which mails have reached her, and whether she has answered: the desk may not know that. "
        "An administrator can write it out."
    ),
    *NOT_FOUND,
)
"""What is stored, or was, and does not stand on this page, each with the reason."""


@person_data.get(PLACE)
def told(programme_id: str, person_id: str) -> str:
    """Show what the desk knows of somebody, and say what it can't know."""
    seat = access.owner(programme_id)
    found = access.kept(seat, person_id)
    words = catalogue(language()).gettext
    facts = {
        "lines": list(_lines(seat, found)),
        "not_here": list(map(words, NOT_HERE)),
        "asked": desk_erasures.is_asked(programme_id, person_id),
    }
    return render_template("roster/person_data.html", **common(seat), known=found, **facts)


@person_data.get(f"{PLACE}.json")
def file(programme_id: str, person_id: str) -> Response:
    """Give the same as a file, to be handed to her."""
    seat = access.owner(programme_id)
    found = access.kept(seat, person_id)
    document = {"programme": programme_id, "participant": {"id": found.id, **asdict(found.participant)}, **_beside(seat, found)}
    deeds.note_once_a_day(seat, "exported")
    content = json.dumps({**document, "not_found": NOT_HERE}, ensure_ascii=False, indent=2).encode()
    return attached(content, "application/json", f"{programme_id}-person.json")


@person_data.post(PLACE)
def erase(programme_id: str, person_id: str) -> Page:
    """Let somebody leave at once, take her out of what is noted under others' names, and have the rest deleted at night."""
    seat = access.owner(programme_id)
    require_own_form(seat.visitor.secret)
    found = access.kept(seat, person_id)
    if request.form.get("sure") != "yes":
        abort(422)
    carried_out(seat, lambda latest: [Person(person_id, replace(latest[person_id], left=today(seat)))])
    try:
        erasing.forget(programme_id, found)
    except ImportUnderWay:
        abort(503)
    desk_erasures.ask(programme_id, person_id)
    deeds.note(seat, "erased")
    logger.info("erasure asked for", programme=programme_id)
    return redirect(url_for("person_data.told", programme_id=programme_id, person_id=person_id), 303)


def _beside(seat: Seat, found: Person) -> dict[str, Any]:
    programme_id = seat.programme.id
    return {
        "absent_from": erasing.absent_from(programme_id, found.id),
        "asked_to_be_let_in": erasing.asked_to_be_let_in(programme_id, found.participant.email),
        "former_addresses": former_addresses.of(programme_id, found.id),
        "not_reached": deliverability.why_not_reached(programme_id, found),
        "suppressed": deliverability.suppressed(found.participant.email),
    }


def _lines(seat: Seat, found: Person) -> Iterator[tuple[str, str]]:
    """List what is known of somebody, each with what it is."""
    words, beside = catalogue(language()).gettext, _beside(seat, found)
    for label, text in _own(seat, found.participant):
        if text:
            yield words(label), text
    for address in beside["former_addresses"]:
        yield words(_("Earlier mail address")), address
    for marked in beside["absent_from"]:
        yield words(_("Marked as absent from")), _meeting(seat, marked)
    for asked in beside["asked_to_be_let_in"]:
        yield words(_("Asked to be let in")), ", ".join(filter(None, (_round(seat, asked["round"]), asked["name"], asked["belongs"])))
    for why in dict.fromkeys((beside["not_reached"], beside["suppressed"])):
        if why:
            yield words(_("Mails")), words(WHY[why])


def _round(seat: Seat, round_id: str) -> str:
    """Say which form is meant; one that is gone, as it is stored."""
    found = published.round_by_id(seat.programme.id, round_id)
    return in_language(recent.round_title(seat.programme, found)) if found else round_id


def _meeting(seat: Seat, marked: str) -> str:
    """Say which gathering a mark is about; one that the files no longer name, as it is stored."""
    name, _hash, gathering = marked.partition("#")
    for day in seat.programme.days:
        for held in day.gatherings:
            if (day.id, held.id) == (name, gathering):
                return f"{in_language(day.title)}: {held.place}, {day_text(datetime.fromisoformat(held.date), language())}"
    return marked


def _own(seat: Seat, person: Participant) -> Iterator[tuple[str, str]]:
    yield _("Name"), person.name
    yield _("Mail address"), person.email
    yield _("Language of the mails"), NAMES[person.language]
    for place in places(person):
        yield _("Where and as what"), " › ".join(filter(None, (place.since, *place.units, in_language(seat.programme.roles[place.role]))))
    yield _("Gatherings of her own"), ", ".join(person.gatherings)
    yield _("The buddy's address"), person.buddy
    yield _("Team"), person.team
    yield _("Has left on"), person.left
