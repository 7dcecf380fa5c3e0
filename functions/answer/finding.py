"""Finding one's link: for who has lost the mail, scans a poster, or is not on the list. For every address the same is done and said."""

from flask import Blueprint, abort, render_template, request

from functions.answer import visits
from functions.answer.pages import FORM_TYPE
from functions.answer.spots import Spot, spot
from shared import addresses, queue
from shared.dates import date_text, time_text
from shared.entries import Entry, entry
from shared.logs import logger
from shared.queue import AnyErrand, EntryErrand, LostLinkErrand
from shared.schedule import wall_clock
from shared.store.invitations import PAUSE
from shared.web import form_page
from shared.web.pages import Page, language

finding = Blueprint("finding", __name__, template_folder="templates")

FIND = "/find/<string(maxlength=64):ref>"
ASK = f"{FIND}/let-me-in"


@finding.get(FIND)
def find(ref: str) -> Page:
    """Tell whether the form is open, and ask for the address to send her link to."""
    return _question(_met(ref), "")


@finding.post(FIND)
def send_link(ref: str) -> Page:
    """Have her links sent, if the address is on the list: that shows in the mailbox only."""
    met = _met(ref)
    _require_form()
    if met.state != "open":
        return _question(met, "")
    typed = request.form.get("address", "")
    address = addresses.normalised(typed)
    if address is None:
        return _question(met, typed, fault=True)
    _queue(LostLinkErrand(ref, address))
    logger.info("links asked for", programme=met.place.programme.id)
    return render_template("sought.html", **_common(met), address=address, minutes=PAUSE // 60)


@finding.get(ASK)
def ask(ref: str) -> Page:
    """Ask who she is who wants to be let in."""
    return _entrance(_met(ref), {}, {})


@finding.post(ASK)
def let_in(ref: str) -> Page:
    """Hand her request on to the organisers."""
    met = _met(ref)
    _require_form()
    if met.state == "closed":
        return _question(met, "")
    said = entry(request.form)
    if not isinstance(said, Entry):
        return _entrance(met, request.form, said)
    gathering = met.gathering or met.chosen(request.form.get("gathering", ""))
    if gathering is None:
        return _entrance(met, request.form, {"gathering": "empty"})
    _queue(EntryErrand(ref, gathering.id, said.address, said.name, said.belongs, language()))
    logger.info("entry asked for", programme=met.place.programme.id)
    return render_template("asked.html", **_common(met), address=said.address)


def _met(ref: str) -> Spot:
    """Look up the round that an address or a poster names, and speak the reader's language."""
    place = visits.place(ref)
    if place is None:
        abort(404)
    return spot(place, request.args.get("at", ""), request.args.get("lang", ""), visits.now())


def _require_form() -> None:
    if request.mimetype != FORM_TYPE:
        abort(415)


def _queue(errand: AnyErrand) -> None:
    if not queue.put([errand]):
        abort(503)


def _question(met: Spot, address: str, *, fault: bool = False) -> Page:
    return render_template("find.html", **_common(met), address=address, fault=fault), 422 if fault else 200


def _entrance(met: Spot, typed: object, faults: object) -> Page:
    page = render_template("let_in.html", **_common(met), typed_in=typed, faults=faults)
    return page, 422 if faults else 200


def _common(met: Spot) -> dict[str, object]:
    closes_date, closes = form_page.last_minute(met.place, met.window)
    opening = wall_clock(met.window.opens, met.place.programme.timezone)
    opens = {"opens_date": date_text(opening, language()), "opens": time_text(opening, language())}
    return {**form_page.common(met.place), **opens, "met": met, "closes_date": closes_date, "closes": closes}
