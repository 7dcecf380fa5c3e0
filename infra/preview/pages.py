"""The preview's pages: what there is to see, each form, what sending it would store, and the mail that invites to it."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request, url_for

from functions.answer import accessibility, showing, slips, visits
from functions.answer.showing import Page, Sent
from functions.send.message import invitation_mail
from functions.send.phrases import Asked
from infra.preview.fresh import Fresh, Look
from infra.preview.shown import Held, held, left_out, reader, stored
from infra.start.mailbox_pages import IN_FRAME, SANDBOX, WITH_FRAME
from infra.start.reading import framed
from shared import answers
from shared.answers import Malformed
from shared.declarations import Declared
from shared.envelopes import Answer
from shared.languages import NAMES
from shared.mail import Message
from shared.web.pages import STATEMENT, speak

pages = Blueprint("preview", __name__, template_folder="templates")

NAME = "kursdag preview"
FORM = "/rounds/<round_id>/<gathering>"
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
        "preview.html", programme=declared.programme, rounds=list(held(declared)), warnings=declared.warnings, names=NAMES
    )


@pages.get(FORM)
def form(round_id: str, gathering: str) -> Page:
    """Show a form as its participants get it."""
    found = _held(round_id, gathering)
    return showing.form(found.place, LINK, slips.new_slip(found.place.round.form, (), gathering, _speak(found)), None)


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
        return showing.form_again(sent.with_slip(slips.spoken(sent.slip, visits.speak(found.place, sent.switched))), "", 200)
    if sent.reading.faults or not sent.reading.answers:
        return showing.form_again(sent, "" if sent.reading.faults else "empty", 422)
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
    return showing.received(found.place, found.place.round.windows[gathering], LINK)


@pages.get(FORM + "/mail")
def mail(round_id: str, gathering: str) -> Response:
    """Show the mail that invites to a form: its HTML in a frame, and its text."""
    found = _held(round_id, gathering)
    language = _wanted(found)
    page = make_response(
        render_template("preview_mail.html", held=found, mail=_mail(found, language), language=language, names=NAMES, sandbox=SANDBOX)
    )
    page.headers["Content-Security-Policy"] = WITH_FRAME
    return page


@pages.get(FORM + "/mail/html")
def mail_html(round_id: str, gathering: str) -> Response:
    """Give the frame its mail."""
    found = _held(round_id, gathering)
    html = _mail(found, _wanted(found)).html
    return Response(framed(html), content_type="text/html; charset=utf-8", headers=IN_FRAME)


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


def _wanted(found: Held) -> str:
    """Choose the language that the address asks for, else the programme's first."""
    offered, asked = found.place.programme.languages, request.args.get("lang", "")
    return asked if asked in offered else offered[0]


def _speak(found: Held) -> str:
    chosen = _wanted(found)
    speak(chosen)
    return chosen
