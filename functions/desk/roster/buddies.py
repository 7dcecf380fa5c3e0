"""Buddies: who has whom, who has nobody, and a draw that is shown before it is stored."""

from collections.abc import Mapping
from secrets import randbelow

from flask import Blueprint, redirect, render_template, request, url_for

from functions.desk.pages import PROGRAMME, common, today
from functions.desk.roster.files import whole_roster
from functions.desk.staff import deeds
from functions.desk.staff.access import Seat
from functions.desk.staff.guard import require_own_form
from shared.logs import logger
from shared.rosters import buddy_draw
from shared.rosters.buddies import Group, choice, groups
from shared.rosters.buddy_draw import PAIR, TRIAD, Draw
from shared.rosters.people import Participant
from shared.store import buddies as pairs
from shared.store.roster import ImportUnderWay
from shared.web.pages import Page

buddies = Blueprint("buddies", __name__)

SHOWN = 200
"""Groups of each kind that a page shows."""
MANY = 1_000_000


@buddies.get(f"{PROGRAMME}/people/buddies")
def standing(programme_id: str) -> Page:
    """Show who has whom, and offer a draw."""
    seat = whole_roster(programme_id)
    _, people = pairs.standing(programme_id, today(seat))
    return _page(seat, people, Draw(tuple(groups(people)), (), tuple(pairs.without(seat.programme, people))))


@buddies.post(f"{PROGRAMME}/people/buddies")
def draw(programme_id: str) -> Page:
    """Draw, and show who would be whose; the second press stores just that, if the participant list is still the same."""
    seat = whole_roster(programme_id)
    require_own_form(seat.visitor.secret)
    if "seed" not in request.form:
        return _shown(seat, randbelow(MANY))
    number = _number("seed", range(MANY))
    seen, _, found = _drawn(seat, number)
    if request.form.get("version") != str(seen):
        return _shown(seat, number, overtaken=True)
    try:
        stored = pairs.put(programme_id, seen, found.drawn)
    except ImportUnderWay:
        return _shown(seat, number, overtaken=True)
    deeds.note(seat, "paired", str(stored))
    logger.info("roster changed", programme=programme_id)
    return redirect(url_for("buddies.standing", programme_id=programme_id, stored=stored), 303)


def _drawn(seat: Seat, number: int) -> tuple[int, Mapping[str, Participant], Draw]:
    """Draw from those who are on the list now; from the same people the same number draws the same."""
    seen, people = pairs.standing(seat.programme.id, today(seat))
    apart = _number("apart", range(len(seat.programme.units) + 1))
    roles = [role for role in request.form.getlist("role") if role in seat.programme.roles]
    return seen, people, buddy_draw.draw(people, roles, _number("size", range(PAIR, TRIAD + 1)), apart, number)


def _shown(seat: Seat, number: int, *, overtaken: bool = False) -> str:
    seen, people, found = _drawn(seat, number)
    return _page(seat, people, found, seed=number, version=seen, overtaken=overtaken)


def _number(name: str, known: range) -> int:
    """Read a number that a form sends; what it can't have sent is the least."""
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(MANY)) and int(text) in known else known[0]


def _page(seat: Seat, people: Mapping[str, Participant], found: Draw, **more: object) -> str:
    stored = request.args.get("stored", "")
    asked = request.form.getlist("role") if request.method == "POST" else pairs.sharing_roles(seat.programme)
    return render_template(
        "roster/buddies.html",
        **common(seat),
        drawn=_named(found.drawn, people),
        kept=_named(found.kept, people),
        alone=_named([(name,) for name in found.alone], people),
        more={"drawn": len(found.drawn) - SHOWN, "kept": len(found.kept) - SHOWN, "alone": len(found.alone) - SHOWN},
        asked=asked,
        size=_number("size", range(PAIR, TRIAD + 1)),
        apart=_number("apart", range(len(seat.programme.units) + 1)),
        one_sided=_one_sided,
        stored=stored if stored.isascii() and stored.isdigit() else "",
        **{"seed": None, "version": 0, "overtaken": False, **more},
    )


def _one_sided(group: list[Participant]) -> tuple[str, str] | None:
    """Name who has named whom, where only one of two has."""
    said = choice(*group) if len(group) == PAIR else ""
    first, *others = [person.name for person in (group if said == "mine" else group[::-1])]
    return (first, others[0]) if said else None


def _named(found: tuple[Group, ...] | list[Group], people: Mapping[str, Participant]) -> list[list[Participant]]:
    named = [sorted((people[name] for name in group), key=lambda person: person.name) for group in found]
    return sorted(named, key=lambda group: group[0].name)[:SHOWN]
