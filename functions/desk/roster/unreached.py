"""Who could not be reached by mail, why, and what to do. Nothing here tells who has answered: it is noted for mails that everybody gets."""

from flask import Blueprint, abort, redirect, render_template, request, url_for

from functions.desk.pages import PROGRAMME, STOPPED, common, today
from functions.desk.staff import access, deeds
from functions.desk.staff.access import Seat
from functions.desk.staff.guard import require_own_form
from shared.logs import logger
from shared.phrases import _
from shared.store import deliverability, roster
from shared.store.roster import Person
from shared.web.pages import Page

unreached = Blueprint("unreached", __name__)

WHY = {
    "bounced": _("Mails to this address come back: it does not exist, or takes nothing from us."),
    "complained": _("A mail from us was marked as spam there, so nothing more is sent to this address."),
    "refused": _("The mail service does not take this address."),
    "rejected": _("The mail service stopped this mail."),
}
TO_DO = {
    "bounced": _("Ask for the right address and correct it. If a form is open, the mail goes there within a few minutes."),
    "complained": _("Ask which address may be used, and store that one."),
    "refused": _("Look for a typing mistake and correct it. If a form is open, the mail goes there within a few minutes."),
    "rejected": _("Tell those who run Kursdag. The next form's mail is sent as usual."),
}
MAY_BE_ALLOWED = {
    "bounced": _("Only if the mailbox takes mails again."),
    "complained": _("Only if she has asked for it herself: the next time, her mail service may hold it against all our mails."),
    "refused": _("Only if those who run Kursdag say that it is mended."),
}
"""When an address may be used again, by the reason why it is not."""


@unreached.get(f"{PROGRAMME}/unreached")
def listed(programme_id: str) -> str:
    """List the people who can't be reached at the address that they have now."""
    seat = access.keeper(programme_id)
    said = request.args.get("said", "")
    return _page(seat, said if said == "allowed" else "")


@unreached.post(f"{PROGRAMME}/unreached")
def allow(programme_id: str) -> Page:
    """Let mails go out again to the address of somebody who is not reached, if the reason is still the one that was shown."""
    seat = access.keeper(programme_id)
    require_own_form(seat.visitor.secret)
    person = next((item for item, why in _lost(seat) if item.id == request.form.get("person") and why == request.form.get("why")), None)
    if request.form.get("why") not in MAY_BE_ALLOWED:
        abort(422)
    if person is None or not deliverability.allow(person.participant.email, deliverability.noted(person.participant.email)):
        return _page(seat, "overtaken"), 409
    for other in access.seats(seat.visitor):
        if roster.person_at(other.programme.id, person.participant.email):
            roster.look_anew(other.programme.id)
    deeds.note(seat, "allowed")
    logger.info("address allowed again", programme=programme_id)
    return redirect(url_for("unreached.listed", programme_id=programme_id, said="allowed"), 303)


def _lost(seat: Seat) -> list[tuple[Person, str]]:
    return [(person, why) for person, why in deliverability.not_reached(seat.programme.id, today(seat)) if seat.keeps(person.participant)]


def _page(seat: Seat, said: str) -> str:
    stopped = STOPPED.get(deliverability.stopped(), "")
    facts = {"why": WHY, "to_do": TO_DO, "may_be_allowed": MAY_BE_ALLOWED}
    return render_template("roster/unreached.html", **common(seat), found=_lost(seat), stopped=stopped, said=said, **facts)
