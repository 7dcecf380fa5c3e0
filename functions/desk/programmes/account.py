"""The account: who of the staff did what and when, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request

from functions.desk.pages import PROGRAMME, common, moment, titles
from functions.desk.staff import access
from shared.languages import catalogue
from shared.phrases import _
from shared.store import desk_account, published
from shared.store.desk_account import NAME, Deed
from shared.web.pages import language

account = Blueprint("account", __name__)

SHOWN = 50
"""Deeds on one page."""

WORDS = {
    "published": _("Published the programme"),
    "changed": _("Changed a day: {0}"),
    "fetched": _("Downloaded the programme’s files ({0})"),
    "imported": _("Imported a list of participants: {0} new, {1} changed"),
    "added": _("Added somebody to the list of participants"),
    "substituted": _("Added somebody to the list of participants, in the place of somebody else, at {0} on {1}"),
    "corrected": _("Corrected somebody on the list of participants"),
    "paired": _("Drew buddies: {0} people have another one than before"),
    "left": _("Let somebody leave the list of participants"),
    "returned": _("Took somebody back on the list of participants"),
    "exported": _("Handed out what is stored about somebody"),
    "erased": _("Deleted somebody’s data at her request"),
    "resent": _("Had somebody’s link sent again"),
    "allowed": _("Let mails go again to an address from which they had come back"),
    "absent": _("Attendance at {0} on {1}: {2} marked absent, {3} taken back"),
    "let_in": _("Let somebody in who was not on the list: {round}"),
    "not_let_in": _("Did not let somebody in who was not on the list: {round}"),
    "remind": _("Reminded: {round}"),
    "extend": _("Kept open until {1}: {round}"),
    "pause": _("Paused the mails: {round}"),
    "resume": _("Resumed the mails: {round}"),
    "tried": _("Had a test mail sent to oneself: {round}"),
    "looked": _("Looked at the result: {round}"),
    "moderated": _("Decided about comments: {round}"),
    "released": _("Released the comments: {round}"),
    "withdrew": _("Took back the release of the comments: {round}"),
    "replied": _("Published an answer back: {round}"),
    "reported": _("Made version {0} of the closing report"),
    "report_fetched": _("Downloaded version {0} of the closing report"),
    "speaker": _("Sent a speaker a link to the results of her sessions: {0}"),
    "speaker_ended": _("Took back a speaker’s link: {0}"),
    "looked_over": _("Looked at the programme’s result"),
    "downloaded_whole": _("Downloaded the programme’s result ({0})"),
    "downloaded": _("Downloaded the result: {round} ({1})"),
}
"""What was done, by its name in the store; ``{round}`` is the title of the round that is named first, numbers are the parts."""


@dataclass(frozen=True, slots=True)
class Line:
    """One deed as the page shows it."""

    when: str
    who: str
    what: str


@account.get(f"{PROGRAMME}/account")
def done(programme_id: str) -> str:
    """List what was done, the newest first, so many at a time."""
    seat = access.permitted(programme_id, lambda seat: seat.sees_response)
    before = request.args.get("before", "")
    if before and not NAME.fullmatch(before):
        abort(404)
    found = desk_account.deeds(programme_id, SHOWN + 1, before)
    older = found[SHOWN - 1].name if len(found) > SHOWN else ""
    named = titles(seat, published.rounds(programme_id).values())
    lines = [Line(moment(seat, deed.at), deed.who, told(deed, named)) for deed in found[:SHOWN]]
    return render_template("programmes/account.html", **common(seat), lines=lines, older=older, before=before)


def told(deed: Deed, titles: Mapping[str, str]) -> str:
    """Say what was done; a later version's deed that has no words here yet is named as it is stored."""
    pattern = WORDS.get(deed.what)
    if pattern is None:
        return " ".join([deed.what, *deed.about])
    first = deed.about[0] if deed.about else ""
    return catalogue(language()).gettext(pattern).format(*deed.about, round=titles.get(first, first))
