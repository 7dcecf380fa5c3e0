"""Speakers: the owner mails each a link to a page of her own; it shows what the results say of her sessions, and nothing else."""

import json
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from functions.desk.moments import date_at
from functions.desk.pages import PROGRAMME, common, in_language
from functions.desk.results.figures import Document
from functions.desk.results.reading import with_result
from functions.desk.results.released import original, released
from functions.desk.staff import access, deeds, guard
from functions.desk.staff.access import Seat
from functions.desk.staff.guard import require_own_form
from shared import addresses, bucket, queue, sessions
from shared.languages import Text, catalogue
from shared.logs import logger
from shared.moderation import Comments
from shared.phrases import _
from shared.presentation.sentences import question_text, response
from shared.programmes import Day, Programme, Session
from shared.queue import SpeakerErrand
from shared.rounds import Round
from shared.store import deliverability, desk_speakers, published, recent
from shared.store.desk_speakers import KEPT, Invited
from shared.web.outcomes import PATTERN, Outcome, outcomes
from shared.web.pages import Page, language, speak_one_of

speakers = Blueprint("speakers", __name__)

PATH = f"{PROGRAMME}/speakers"

FAULTS = {
    "address": _("Write one address, such as name@example.org."),
    "speaker": _("Choose a speaker."),
    "suppressed": _("Mails to this address have come back, so nothing more is sent to it."),
    "stopped": _("No mails are sent at the moment."),
}
"""Why no link is sent."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who holds sessions, as the programme names her."""

    name: Text
    held: tuple[tuple[Day, Session], ...]


@dataclass(frozen=True, slots=True)
class SessionHeard:
    """What came of the questions about one session."""

    title: str
    outcomes: list[Outcome]
    comments: list[tuple[str, list[str]]]
    """Those that are released, by the question that they answer."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a day's result says of some of its sessions."""

    title: Text
    response: str
    sessions: list[SessionHeard]


@speakers.get(PATH)
def listed(programme_id: str) -> Page:
    """List a programme's speakers, and the links that were sent."""
    return _page(access.owner(programme_id))


@speakers.post(PATH)
def invite(programme_id: str) -> Page:
    """Send a speaker a link to the results of her sessions."""
    seat = access.owner(programme_id)
    require_own_form(seat.visitor.secret)
    known, typed = dict(enumerate(_speakers(seat.programme))), request.form.get("address", "")
    chosen, address = known.get(_number(request.form.get("speaker", ""))), addresses.normalised(typed)
    if chosen is None or address is None:
        return _page(seat, "speaker" if chosen is None else "address"), 422
    if deliverability.suppressed(address):
        return _page(seat, "suppressed"), 422
    if deliverability.stopped():
        return _page(seat, "stopped"), 409
    token = sessions.new_secret()
    held = tuple((day.id, session.id) for day, session in chosen.held)
    desk_speakers.put(programme_id, token, Invited(chosen.name, address, held, guard.now() + KEPT))
    if not queue.put([SpeakerErrand(programme_id, token)]):
        abort(503)
    deeds.note(seat, "speaker", in_language(chosen.name))
    logger.info("speaker's link to be sent", programme=programme_id)
    return redirect(url_for("speakers.listed", programme_id=programme_id, sent="yes"), 303)


@speakers.post(f"{PATH}/<string(length=64):hashed>/end")
def end(programme_id: str, hashed: str) -> Response:
    """Take a link back; pressed again, it comes to the same."""
    seat = access.owner(programme_id)
    require_own_form(seat.visitor.secret)
    found = desk_speakers.everyone(programme_id, guard.now()).get(hashed)
    if found:
        desk_speakers.drop(programme_id, hashed)
        deeds.note(seat, "speaker_ended", in_language(found.name))
    return redirect(url_for("speakers.listed", programme_id=programme_id), 303)


@speakers.get("/speaker/<string(maxlength=200):programme_id>/<string(length=43):token>")
def page(programme_id: str, token: str) -> Page:
    """Show a speaker what the results say of her sessions; whoever has the link may read it."""
    invited = desk_speakers.by_token(programme_id, token, guard.now())
    programme = published.programme(programme_id) if invited else None
    if invited is None or programme is None:
        abort(404)
    speak_one_of(programme.languages)
    heard = [found for held in with_result(programme_id) if (found := _heard(programme, held, invited))]
    return render_template(
        "results/speaker.html",
        programme=programme,
        invited=invited,
        heard=heard,
        pattern=PATTERN,
        until=date_at(invited.expires),
        in_language=in_language,
    )


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() else -1


def _page(seat: Seat, fault: str = "") -> str:
    return render_template(
        "results/speakers.html",
        **common(seat),
        speakers=list(_speakers(seat.programme)),
        invited=desk_speakers.everyone(seat.programme.id, guard.now()),
        fault=catalogue(language()).gettext(FAULTS[fault]) if fault else "",
        field=fault,
        chosen=request.form,
        sent="sent" in request.args,
        date_at=date_at,
        days=KEPT // 86_400,
    )


def _speakers(programme: Programme) -> list[Speaker]:
    """List who speaks, in the order of the days; who is named alike is the same."""
    found: dict[tuple[tuple[str, str], ...], list[tuple[Day, Session]]] = {}
    for day in programme.days:
        for session in day.sessions:
            if session.speaker:
                found.setdefault(tuple(sorted(session.speaker.items())), []).append((day, session))
    return [Speaker(dict(name), tuple(held)) for name, held in found.items()]


def _heard(programme: Programme, held: Round, invited: Invited) -> Heard | None:
    """Take out of a round's result what it says of a speaker's sessions: figures as they are published, comments as they are released."""
    hers = [session for day, session in invited.sessions if day == held.day]
    if not hers or held.edition is None:
        return None
    edition = json.loads(bucket.get(f"{held.edition}/edition.json"))
    shown = released(held.ref, original(held.edition))
    told = [_told(session, edition, shown) for session in edition["sessions"] if session["id"] in hers]
    sessions_heard = [one for one in told if one.outcomes or one.comments]
    if not sessions_heard:
        return None
    return Heard(recent.round_title(programme, held), response(edition, catalogue(language()).gettext), sessions_heard)


def _told(session: Document, edition: Document, shown: Comments) -> SessionHeard:
    asked = [question for question in edition["questions"] if question["session"] == session["id"]]
    rated = [question for question in asked if question["kind"] != "text"]
    comments = [(question_text(question, language()), list(shown[question["id"]])) for question in asked if shown.get(question["id"])]
    return SessionHeard(in_language(session["title"]), outcomes(rated, edition, language()), comments)
