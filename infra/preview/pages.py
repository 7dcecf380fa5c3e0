"""The preview's pages: what there is to see, each form, what sending it would store, and the mail that invites to it."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request, url_for

from functions.answer import accessibility, visits
from infra.preview.fresh import Fresh, Look
from infra.preview.shown import Held, held, left_out, mailed, stored
from infra.start.mailbox_pages import IN_FRAME, SANDBOX, WITH_FRAME
from infra.start.reading import framed
from shared import answers
from shared.answers import Malformed
from shared.declarations.declared import Declared
from shared.envelopes import Answer
from shared.languages import NAMES
from shared.mail_message import Message
from shared.mail_texts.messages import invitation_mail
from shared.mail_texts.phrases import Asked
from shared.mail_texts.specimens import message_specimen, reader
from shared.programmes import Programme, day_of
from shared.web import form_page, slips
from shared.web.form_page import Sent
from shared.web.pages import STATEMENT, Page, speak

pages = Blueprint("preview", __name__, template_folder="templates")

NAME = "kursdag preview"
FORM = "/rounds/<round_id>/<gathering>"
MESSAGE = "/messages/<message_id>/mail"
LINK = secrets.token_hex()
"""Stands for the token of a personal link, which binds what travels along in a form."""

CHANGED = "Nothing of this is a form as its file is now: it has changed since you opened the page. Open the form again."


class Broken(Exception):
    """The files have faults."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look


@pages.get("/")
def index() -> str:
    """List the rounds, with the form and the mail of each in every language."""
    declared = _declared()
    return render_template(
        "preview.html",
        programme=declared.programme,
        rounds=list(held(declared)),
        messages=list(mailed(declared.programme)),
        warnings=declared.warnings,
        names=NAMES,
    )


@pages.get(FORM)
def form(round_id: str, gathering: str) -> Page:
    """Show a form as its participants get it."""
    found = _held(round_id, gathering)
    return form_page.form(found.place, LINK, slips.new_slip(found.place.round.form, (), gathering, _speak(found)), None)


@pages.post(FORM)
def send(round_id: str, gathering: str) -> Page:
    """Show what sending a form would store, or the form again with what must be mended."""
    found = _held(round_id, gathering)
    try:
        sent = _sent(found)
    except Malformed:
        abort(422, CHANGED)
    speak(sent.slip.language)
    if sent.switched:
        return form_page.form_again(sent.with_slip(slips.spoken(sent.slip, visits.speak(found.place, sent.switched))), "", 200)
    if sent.reading.faults or not sent.reading.answers:
        return form_page.form_again(sent, "" if sent.reading.faults else "empty", 422)
    speak("en")
    sealed = Answer(sent.slip.form, sent.reading.answers, sent.slip.cell_path(), sent.slip.gathering)
    return render_template(
        "preview_sent.html", held=found, sent=sent, lines=stored(sent), left_out=left_out(sent), sealed=_readable(sealed)
    )


def _sent(found: Held) -> Sent:
    """Read a form as the product does; raise `Malformed` where it is not this one."""
    given = answers.fields(request.get_data())
    switched = slips.switched(given)
    slip = slips.taken(given, LINK)
    if (slip.form, slip.gathering) != (found.place.round.form, found.gathering.id):
        raise Malformed
    return Sent(found.place, LINK, slip, given, answers.read(found.place.form, given), switched)


def _readable(sealed: Answer) -> str:
    return json.dumps(asdict(sealed), ensure_ascii=False, indent=2)


@pages.get(FORM + "/received")
def received(round_id: str, gathering: str) -> Page:
    """Show the receipt."""
    found = _held(round_id, gathering)
    _speak(found)
    return form_page.received(found.place, found.place.round.windows[gathering], LINK)


@pages.get(FORM + "/mail")
def mail(round_id: str, gathering: str) -> Response:
    """Show the mail that invites to a form."""
    found = _held(round_id, gathering)
    language = _wanted(found.place.programme)
    frame = url_for("preview.mail_html", round_id=round_id, gathering=gathering, lang=language)
    return _mail_page(found.place.programme, _mail(found, language), language, frame)


@pages.get(FORM + "/mail/html")
def mail_html(round_id: str, gathering: str) -> Response:
    """Give the frame its mail."""
    found = _held(round_id, gathering)
    return _in_frame(_mail(found, _wanted(found.place.programme)))


@pages.get(MESSAGE)
def message(message_id: str) -> Response:
    """Show the mail of a task or text of the programme."""
    programme = _declared().programme
    language = _wanted(programme)
    frame = url_for("preview.message_html", message_id=message_id, lang=language)
    return _mail_page(programme, _message(programme, message_id, language), language, frame)


@pages.get(MESSAGE + "/html")
def message_html(message_id: str) -> Response:
    """Give the frame its mail."""
    programme = _declared().programme
    return _in_frame(_message(programme, message_id, _wanted(programme)))


def _mail_page(programme: Programme, written: Message, language: str, frame: str) -> Response:
    """Show a mail: its HTML in a frame, and its text."""
    page = make_response(
        render_template(
            "preview_mail.html", programme=programme, mail=written, language=language, names=NAMES, frame=frame, sandbox=SANDBOX
        )
    )
    page.headers["Content-Security-Policy"] = WITH_FRAME
    return page


def _in_frame(written: Message) -> Response:
    return Response(framed(written.html), content_type="text/html; charset=utf-8", headers=IN_FRAME)


def _message(programme: Programme, message_id: str, language: str) -> Message:
    found = next((item for item in programme.messages if item.id == message_id), None)
    if found is None:
        abort(404, "The programme has no such message, as its files are now.")
    return message_specimen(programme, reader(programme, language), found, _written_at(programme, found.returns, language))


def _written_at(programme: Programme, returned: str, language: str) -> str:
    """Write the address of the form whose text a message returns."""
    plan = next((plan for plan in programme.rounds if plan.id == returned), None)
    if plan is None:
        return ""
    gathering = day_of(programme, plan.day).gatherings[0].id
    return url_for("preview.form", round_id=returned, gathering=gathering, lang=language, _external=True)


@pages.get(STATEMENT)
def statement() -> str:
    """Show the statement that forms link to."""
    return accessibility.page("contact@example.org")


def _mail(found: Held, language: str) -> Message:
    """Write the mail, with the form's own page for its link."""
    place, gathering = found.place, found.gathering.id
    address = url_for("preview.form", round_id=place.round.id, gathering=gathering, lang=language, _external=True)
    asked = [Asked(place.round, place.form, gathering, address)]
    return invitation_mail(place.programme, reader(place.programme, language), asked)


def _declared() -> Declared:
    """Return what the files declare now; raise `Broken` where they have faults."""
    fresh: Fresh = current_app.extensions[NAME]
    look = fresh.look()
    if isinstance(look.found, list):
        raise Broken(look)
    return look.found


def _held(round_id: str, gathering: str) -> Held:
    rounds = (found for found in held(_declared()) if (found.place.round.id, found.gathering.id) == (round_id, gathering))
    return next(rounds, None) or abort(404, "The programme has no such round at such a gathering, as its files are now.")


def _wanted(programme: Programme) -> str:
    """Choose the language that the address asks for, else the programme's first."""
    offered, asked = programme.languages, request.args.get("lang", "")
    return asked if asked in offered else offered[0]


def _speak(found: Held) -> str:
    chosen = _wanted(found.place.programme)
    speak(chosen)
    return chosen
