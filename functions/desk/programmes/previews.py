"""Previews: every form as its participants will see it, and the mails. Nothing is stored, and nothing is sent to anybody else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from functions.desk.moments import in_words, minute, moment_in
from functions.desk.pages import in_language
from functions.desk.programmes.previewed import Held, Previewed, previewed
from functions.desk.sections import sections
from functions.desk.staff import guard
from functions.desk.staff.deeds import note
from shared import answers, queue
from shared.answers import Malformed
from shared.forms import seconds
from shared.languages import NAMES
from shared.mail_message import Message
from shared.mail_texts.phrases import Asked
from shared.mail_texts.specimens import message_specimen, reader, specimen
from shared.programmes import Programme
from shared.queue import TrialErrand
from shared.schedule import wall_clock
from shared.sessions import fingerprint
from shared.settings import setting
from shared.store import desk_sessions
from shared.web import form_page, slips
from shared.web.form_page import Sent
from shared.web.pages import Page, language, speak, speak_one_of

previews = Blueprint("previews", __name__)

PREVIEW = "/preview/<any(programme, draft):source>/<string(maxlength=200):source_id>"
FORM = f"{PREVIEW}/rounds/<string(maxlength=200):round_id>"
MAIL = f"{PREVIEW}/mails/<any(invitation, reminder, message):which>/<string(maxlength=200):item>"

BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
FOR_MAIL_PROGRAMS = re.compile(r"<!--.*?-->|<div style=\"display:none.*?</div>| style=\"[^\"]*\"", re.DOTALL)
"""What a mail says to mail programs alone. Text can't look like it: quotation marks and brackets in it are written as entities."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail of what is previewed."""

    of: Previewed
    which: str
    item: str
    """The round's or the message's id."""
    at: str
    """The gathering; the round's first where none is named."""

    @property
    def held(self) -> Held:
        """Find the round that an invitation or reminder is about."""
        return self.of.round_at(self.item, self.at)


@previews.context_processor
def _marked() -> dict[str, object]:
    """Tell the form's page that it is a preview."""
    return {"preview": True}


@previews.get(PREVIEW)
def index(source: str, source_id: str) -> str:
    """List the forms, their mails and the messages, in every language."""
    found = previewed(source, source_id)
    speak_one_of(found.programme.languages)
    return render_template(
        "programmes/preview.html",
        **_common(found),
        held=list(found.held),
        mailed=list(found.mailed),
        seconds=seconds,
        in_words=in_words,
        minute=lambda due: minute(wall_clock(due, found.programme.timezone).isoformat()),
    )


@previews.get(FORM)
def form(source: str, source_id: str, round_id: str) -> Page:
    """Show a form."""
    found = previewed(source, source_id)
    held = found.round_at(round_id, request.args.get("at", ""))
    slip = slips.new_slip(held.place.round.form, (), held.gathering.id, _spoken(found))
    return form_page.form(held.place, found.visitor.form_token, slip, None)


@previews.post(FORM)
def tried(source: str, source_id: str, round_id: str) -> Page:
    """Show what a participant would see after sending; whatever comes is stored nowhere."""
    found = previewed(source, source_id)
    try:
        sent = _sent(found, round_id)
    except Malformed:
        abort(422)
    speak(sent.switched if sent.switched in found.programme.languages else sent.slip.language)
    if sent.switched:
        return form_page.form_again(sent.with_slip(slips.spoken(sent.slip, language())), "", 200)
    if sent.reading.faults or not sent.reading.answers:
        return form_page.form_again(sent, "" if sent.reading.faults else "empty", 422)
    return form_page.received(sent.place, sent.place.round.windows[sent.slip.gathering], sent.token)


def _sent(found: Previewed, round_id: str) -> Sent:
    """Read a form as the real page does; raise `Malformed` where it is not this one, as it stands now."""
    given = answers.fields(request.get_data())
    switched = slips.switched(given)
    slip = slips.taken(given, found.visitor.form_token)
    place = found.round_at(round_id, slip.gathering).place
    if slip.form != place.round.form:
        raise Malformed
    return Sent(place, found.visitor.form_token, slip, given, answers.read(place.form, given), switched)


@previews.get(MAIL)
def mail(source: str, source_id: str, which: str, item: str) -> str:
    """Show the mail that invites to a form, or reminds of it, or that of a task or text of the programme."""
    return _mail_page(Mail(previewed(source, source_id), which, item, request.args.get("at", "")))


@previews.post(MAIL)
def try_out(source: str, source_id: str, which: str, item: str) -> Page | Response:
    """Have a mail sent to the visitor's own address; a draft's can't be, since only what is published can be sent."""
    shown = Mail(previewed(source, source_id), which, item, request.form.get("at", ""))
    found = shown.of
    guard.require_own_form(found.visitor.secret)
    seat, spoken = found.seat or abort(404), _wanted(found.programme, request.form)
    gathering = shown.held.gathering.id if which != "message" else ""
    _written(shown, spoken)
    if not desk_sessions.may_try(seat.visitor.email, f"{source_id} {which} {item} {gathering} {spoken}", guard.now()):
        return _mail_page(shown, "again"), 429
    whose = fingerprint(seat.visitor.email.casefold())
    queue.put([TrialErrand(source_id, which, item, gathering, spoken, whose)])
    note(seat, "tried", item)
    path = url_for(
        "previews.mail", source=source, source_id=source_id, which=which, item=item, at=gathering or None, lang=spoken, done="sent"
    )
    return redirect(path, 303)


def _written(shown: Mail, spoken: str) -> Message:
    """Write a mail to somebody invented."""
    programme = shown.of.programme
    to = reader(programme, spoken)
    if shown.which == "message":
        return message_specimen(programme, to, shown.of.message(shown.item))
    return specimen(programme, to, _asked(shown.of, shown.held, spoken), reminds=shown.which == "reminder")


def _asked(found: Previewed, held: Held, spoken: str) -> Asked:
    """Ask for a form by the address of its preview."""
    place, gathering = held.place, held.gathering.id
    path = url_for("previews.form", source=found.source, source_id=found.id, round_id=place.round.id, at=gathering, lang=spoken)
    return Asked(place.round, place.form, gathering, setting("BASE_ADDRESS") + path)


def _mail_page(shown: Mail, done: str = "") -> str:
    """Show a mail: what it says as mail programs show it, and as plain text."""
    spoken = _wanted(shown.of.programme, request.values)
    speak_one_of(shown.of.programme.languages)
    written = _written(shown, spoken)
    return render_template(
        "programmes/preview_mail.html",
        **_common(shown.of),
        mail=written,
        spoken=spoken,
        body=_within(written.html),
        at=shown.at,
        done=done or request.args.get("done", ""),
    )


def _within(html: str) -> Markup:
    """Take out of a mail what can stand within a page of ours, whose own styles take the place of the mail's."""
    body = BODY.search(html)
    return Markup(FOR_MAIL_PROGRAMS.sub("", body[1] if body else ""))  # noqa: S704 – our own template wrote it


def _common(found: Previewed) -> dict[str, object]:
    """Return what the pages around forms and mails show."""
    return {
        "visitor": found.visitor,
        "found": found,
        "programme": found.programme,
        "sections": sections(found.seat) if found.seat else [],
        "names": NAMES,
        "in_language": in_language,
        "moment": lambda instant: moment_in(found.programme.timezone, instant),
    }


def _spoken(found: Previewed) -> str:
    chosen = _wanted(found.programme, request.args)
    speak(chosen)
    return chosen


def _wanted(programme: Programme, given: Mapping[str, str]) -> str:
    """Choose the language that is asked for, else the programme's first."""
    asked = given.get("lang", "")
    return asked if asked in programme.languages else programme.languages[0]
