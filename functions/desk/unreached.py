"""Who could not be reached by mail, why, and what to do. Nothing here tells who has answered: it is noted for mails that everybody gets."""

from flask import Blueprint, abort, render_template

from functions.desk import access
from functions.desk.pages import common
from functions.desk.rosters import PROGRAMME
from shared.store import deliverability

unreached = Blueprint("unreached", __name__, template_folder="templates")


def _(message: str) -> str:
    """Mark a message for the catalogues."""
    return message


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
STOPPED = {
    "bounces": _("No mails are sent at the moment, because too many have come back. Those who run Kursdag can resume."),
    "complaints": _("No mails are sent at the moment, because too many were marked as spam. Those who run Kursdag can resume."),
}


@unreached.get(f"{PROGRAMME}/unreached")
def listed(programme_id: str) -> str:
    """List the people who can't be reached at the address that they have now."""
    seat = access.seat(programme_id)
    if not seat.keeps_roster:
        abort(403)
    found = [(person, why) for person, why in deliverability.not_reached(programme_id) if seat.keeps(person.participant)]
    stopped = STOPPED.get(deliverability.stopped(), "")
    return render_template("unreached.html", **common(seat), found=found, stopped=stopped, why=WHY, to_do=TO_DO)
