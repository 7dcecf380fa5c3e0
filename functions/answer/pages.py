"""The pages behind a personal link."""

import json
from dataclasses import replace

from flask import Blueprint, abort, request

from functions.answer import copies, letters, recalling, showing, visits
from functions.answer.presses import DO
from shared import answers, envelopes, links
from shared.answers import Malformed
from shared.logs import logger
from shared.store import box
from shared.store.invitations import Invitation, Ticket
from shared.web import form_page, slips
from shared.web.form_page import Place, Sent
from shared.web.pages import Page

pages = Blueprint("answer", __name__, template_folder="templates")

LINK = "/e/<string(maxlength=64):ref>/<token>"
"""The path of personal links; a longer ref can't be one of ours, nor a key in our tables."""

FORM_TYPE = "application/x-www-form-urlencoded"


@pages.get(LINK)
def show(ref: str, token: str) -> Page:
    """Show the form behind a link, or how things stand; a look changes nothing."""
    token = links.tidy(token)
    place, invitation = visits.place(ref), visits.invitation(ref, token)
    if place is None or invitation is None:
        abort(404)
    spoken = visits.speak(place, request.args.get("lang", invitation.language))
    if place.form.mode == "personal":
        return letters.show(place, token, invitation)
    if told := visits.told_back(place):
        return showing.told_back(place, token, told)
    if invitation.answered:
        return showing.answered(place, token)
    window = place.round.windows[invitation.gathering]
    state = visits.state(window, visits.now())
    if state == "early":
        return showing.early(place, window)
    if state == "closed":
        return showing.closed(place, token, window)
    slip = slips.new_slip(place.round.form, invitation.cell, invitation.gathering, spoken)
    return form_page.form(place, token, slip, invitation)


@pages.post(LINK)
def take(ref: str, token: str) -> Page:
    """Take an answer: checked against its form, sealed, and stored in one transaction."""
    if request.mimetype != FORM_TYPE:
        abort(415)
    token = links.tidy(token)
    place = visits.place(ref)
    if place is None:
        abort(404)
    try:
        given = answers.fields(request.get_data())
        if DO in given:
            return _done(place, token, given)
        sent = _sent(place, token, given)
    except Malformed:
        _admit(place, token)
        abort(422)
    visits.speak(place, sent.slip.language)
    if sent.switched:
        return _switched(sent)
    if sent.recalls:
        return _recalled(sent)
    if sent.reading.dropped:
        logger.info("answers to questions that were not asked are left out", dropped=sent.reading.dropped)
    return _taken(sent)


def _done(place: Place, token: str, given: dict[str, list[str]]) -> Page:
    """Do what a page's button is for."""
    if place.form.mode == "personal":
        return letters.do(place, token, given)
    if not place.round.pairs:
        raise Malformed
    return copies.do(place, token, given)


def _sent(place: Place, token: str, given: dict[str, list[str]]) -> Sent:
    """Read what was sent in; raise `Malformed` where it is no form of this round and this link."""
    switched, seen = slips.switched(given), slips.seen(given)
    copied, shares, recalls = slips.copied(given), slips.shares(given), slips.recalled(given)
    slip = slips.taken(given, token)
    shown = visits.as_shown(place, slip.form)
    if shown is None or slip.gathering not in shown.round.windows:
        raise Malformed
    reading = answers.read(shown.form, given)
    return Sent(shown, token, slip, given, reading, switched, seen=seen, copied=copied, shares=shares, recalls=recalls)


def _taken(sent: Sent) -> Page:
    """Store an answer that is well formed, unless it is too late or something is missing."""
    if not _is_taken(sent):
        return _closed(sent)
    if sent.reading.faults or not sent.reading.answers:
        admitted = sent.of(_admit(sent.place, sent.token))
        return form_page.form_again(admitted, "" if sent.reading.faults else "empty", 422)
    if sent.place.form.mode == "personal":
        return letters.keep(sent)
    try:
        refused = _store(sent)
    except box.NotSaved:
        logger.warning("answer not saved")
        return form_page.form_again(sent, "unsaved", 503)
    return _outcome(sent, refused)


def _switched(sent: Sent) -> Page:
    """Show the form in another language with all that is typed; nothing is checked and nothing stored."""
    if not _is_taken(sent):
        return _closed(sent)
    admitted, spoken = sent.of(_admit(sent.place, sent.token)), visits.speak(sent.place, sent.switched)
    return form_page.form_again(admitted.with_slip(slips.spoken(sent.slip, spoken)), "", 200)


def _recalled(sent: Sent) -> Page:
    """Show the form with what was written in an earlier round, and with all that is typed; nothing is stored."""
    if not _is_taken(sent):
        return _closed(sent)
    invitation = _admit(sent.place, sent.token)
    return form_page.form_again(replace(sent.of(invitation), recalled=recalling.earlier(sent.place, sent.token, invitation)), "", 200)


def _is_taken(sent: Sent) -> bool:
    return visits.is_taken(sent.place.round.windows[sent.slip.gathering], visits.now())


def _closed(sent: Sent) -> Page:
    """Say that it is too late, and show what was typed in vain."""
    _admit(sent.place, sent.token)
    return showing.closed(sent.place, sent.token, sent.place.round.windows[sent.slip.gathering], sent.reading)


def _store(sent: Sent) -> box.Refused | None:
    """Seal an answer and put it into the box."""
    slip, found = sent.slip, sent.place.round
    ref, pair = found.ref, links.pseudonym(sent.token) if found.pairs else ""
    answer = envelopes.Answer(slip.form, sent.reading.answers, slip.cell_path(), slip.gathering, pair)
    sealed = envelopes.sealed(found.public_key, answer, box.overhead(ref))
    return box.accept(Ticket(ref, visits.fingerprint(ref, sent.token), slip.cell, slip.gathering, _mark(sent)), sealed)


def _mark(sent: Sent) -> str:
    """Mark what is sent: the same form with the same answers is a repeat, with others it is a second answer."""
    return links.mark(sent.slip.nonce, json.dumps(sent.reading.answers, sort_keys=True))


def _outcome(sent: Sent, refused: box.Refused | None) -> Page:
    """Say what became of an answer."""
    if refused is None or refused.mark == _mark(sent):
        return _received(sent)
    if refused.unknown:
        abort(404)
    if refused.mark:
        return showing.answered(sent.place, sent.token, sent.reading)
    return _moved(sent)


def _received(sent: Sent) -> Page:
    """Show the receipt, once a copy is kept too where one is wanted; sent again, the form stores what is missing of the two."""
    try:
        copied = copies.keep(sent)
    except box.NotSaved:
        logger.warning("copy not saved")
        return form_page.form_again(sent, "uncopied", 503)
    return form_page.received(sent.place, sent.place.round.windows[sent.slip.gathering], sent.token, copied=copied)


def _moved(sent: Sent) -> Page:
    """Show the form again, with all that was typed, to somebody whose group was changed meanwhile."""
    invitation = visits.invitation(sent.place.round.ref, sent.token)
    if invitation is None:
        abort(404)
    slip = slips.moved(sent.slip, invitation.cell, invitation.gathering)
    return form_page.form_again(sent.with_slip(slip).of(invitation), "unsaved", 409)


def _admit(place: Place, token: str) -> Invitation:
    """Return an invitation; who has none sees the same page as for any unknown link, whatever was sent."""
    return visits.invitation(place.round.ref, token) or abort(404)
