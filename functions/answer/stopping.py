"""Stopping: the address in each mail that stops a programme's reminders, for people and for mail programs (RFC 8058)."""

import hmac

from flask import Blueprint, abort, render_template, request

from functions.answer import visits
from shared import links
from shared.store import invitations
from shared.store.invitations import Invitation
from shared.web import form_page
from shared.web.form_page import Place
from shared.web.pages import Page

stopping = Blueprint("stopping", __name__, template_folder="templates")

PATH = "/stop/<string(maxlength=64):ref>/<string(maxlength=64):fingerprint>/<token>"

FIELD, VALUE = "List-Unsubscribe", "One-Click"
"""What a mail program posts by itself when its reader presses "unsubscribe"; our own page posts the same."""


@stopping.get(PATH)
def ask(ref: str, fingerprint: str, token: str) -> Page:
    """Show the button that stops reminders; looking, as mail scanners do, changes nothing."""
    place, _ = _visit(ref, fingerprint, token)
    return render_template("stop.html", **form_page.common(place), field=FIELD, value=VALUE)


@stopping.post(PATH)
def stop(ref: str, fingerprint: str, token: str) -> Page:
    """Stop reminders; mail programs may send either type of form."""
    place, invitation = _visit(ref, fingerprint, token)
    if request.form.get(FIELD) != VALUE:
        abort(422)
    invitations.stop_reminders(place.programme.id, invitation.person)
    return render_template("stopped.html", **form_page.common(place))


def _visit(ref: str, fingerprint: str, token: str) -> tuple[Place, Invitation]:
    """Look up whose reminders an address stops; a wrong one leads nowhere, like any other."""
    place, invitation = visits.place(ref), invitations.invitation(ref, fingerprint)
    given = links.fingerprint(links.tidy(token))
    if place is None or invitation is None or not hmac.compare_digest(invitation.stop.encode(), given.encode()):
        abort(404)
    visits.speak(place, request.args.get("lang", invitation.language))
    return place, invitation
