"""Declining: who was not there, or doesn't want to answer, says so, and is not reminded."""

from flask import Blueprint, abort, render_template, request

from functions.answer import showing, visits
from functions.answer.pages import FORM_TYPE, LINK
from shared import links
from shared.rounds import Window
from shared.store import invitations
from shared.store.invitations import Decline
from shared.web import form_page
from shared.web.form_page import Place
from shared.web.pages import Page

declining = Blueprint("declining", __name__, template_folder="templates")

PATH = f"{LINK}/<any(absent, unwilling):why>"

BINDING = "_binding"
"""A field of the page's form: a post without it comes from no page of ours, but from a mail scanner for example."""


@declining.get(PATH)
def ask(ref: str, token: str, why: Decline) -> Page:
    """Ask whether that is meant; a look changes nothing."""
    token = links.tidy(token)
    place, window, standing = _visit(ref, token, why)
    if standing:
        return standing
    return _page("decline.html", place, token, window, why=why, field=BINDING, binding=links.binding(token, why))


@declining.post(PATH)
def decline(ref: str, token: str, why: Decline) -> Page:
    """Note it on the invitation, unless she has answered meanwhile."""
    if request.mimetype != FORM_TYPE:
        abort(415)
    token = links.tidy(token)
    place, window, standing = _visit(ref, token, why)
    if standing:
        return standing
    if not links.is_bound(token, request.form.get(BINDING, ""), why):
        abort(422)
    if not invitations.decline(ref, visits.fingerprint(ref, token), why):
        return showing.answered(place, token)
    return _page("declined.html", place, token, window, why=why)


def _visit(ref: str, token: str, why: Decline) -> tuple[Place, Window, Page | None]:
    """Look up what a link leads to, and the page that says so where there is nothing to decline any more."""
    place, invitation = visits.place(ref), visits.invitation(ref, token)
    if place is None or invitation is None or (why == "absent" and not place.round.evaluates):
        abort(404)
    visits.speak(place, request.args.get("lang", invitation.language))
    window = place.round.windows[invitation.gathering]
    if invitation.answered:
        return place, window, showing.answered(place, token)
    state = visits.state(window, visits.now())
    if state == "early":
        return place, window, showing.early(place, window)
    return place, window, showing.closed(place, token, window) if state == "closed" else None


def _page(template: str, place: Place, token: str, window: Window, **more: object) -> Page:
    date, closes = form_page.last_minute(place, window)
    here = links.path(place.round.ref, token)
    return render_template(template, **form_page.common(place), here=here, date=date, closes=closes, **more)
