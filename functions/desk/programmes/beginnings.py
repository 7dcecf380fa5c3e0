"""Ways to begin a programme without files: a few questions, or a copy of an earlier run."""

from collections.abc import Iterator
from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for

from functions.desk.pages import PROGRAMME, common
from functions.desk.programmes.drafts import author, begun
from functions.desk.staff import access, guard
from functions.desk.staff.guard import Visitor
from shared import new_programmes, new_words
from shared.copying import copied, first_date
from shared.languages import NAMES
from shared.new_programmes import NewDay, Wish
from shared.programmes import Contact, Staff
from shared.slugs import slug
from shared.store import sources
from shared.web.pages import Page, language

beginnings = Blueprint("beginnings", __name__)

MOST_DAYS = 12
"""Days that the questions ask for; more are added in the files."""
LONGEST = 200
MOST_POINTS = 20

COPY = f"{PROGRAMME}/copy"


@beginnings.get("/new/questions")
def asking() -> str:
    """Ask what has to be known of a programme."""
    return _asked(author())


@beginnings.post("/new/questions")
def answered() -> Page:
    """Write the files of a programme that was asked about."""
    visitor = author()
    guard.require_own_form(visitor.secret)
    wish = _wish(visitor)
    if not (_field("title") and wish.days and wish.contact.name and wish.contact.email):
        return _asked(visitor, lacking=True), 422
    files = {name: text.encode() for name, text in new_programmes.files(wish).items()}
    name = _field("programme") or slug(_field("title"))
    return redirect(url_for("drafts.draft", draft_id=begun(visitor, name, files)), 303)


@beginnings.get(COPY)
def copying(programme_id: str) -> str:
    """Ask for the id and the first date of the next run."""
    return _copying(programme_id)


@beginnings.post(COPY)
def copy(programme_id: str) -> Page:
    """Write the files of the next run."""
    seat = access.author(programme_id)
    guard.require_own_form(seat.visitor.secret)
    kept = sources.sources(programme_id) or abort(404)
    first, name = _date(_field("first")), _field("programme")
    if first is None or not name:
        return _copying(programme_id, lacking=True), 422
    points = [line for line in (" ".join(line.split()) for line in request.form.get("attention", "").splitlines()) if line]
    files = copied(kept.files, first, programme_id, seat.programme.languages, points[:MOST_POINTS])
    return redirect(url_for("drafts.draft", draft_id=begun(seat.visitor, name, files)), 303)


def _asked(visitor: Visitor, *, lacking: bool = False) -> str:
    return render_template(
        "programmes/questions.html",
        visitor=visitor,
        names=NAMES,
        rows=range(1, MOST_DAYS + 1),
        lacking=lacking,
        typed=request.form,
        spoken=language(),
    )


def _copying(programme_id: str, *, lacking: bool = False) -> str:
    seat = access.author(programme_id)
    kept = sources.sources(programme_id) or abort(404)
    was = first_date(kept.files)
    changed = bool(sources.changes(programme_id))
    return render_template(
        "programmes/copy.html", **common(seat), lacking=lacking, typed=request.form, first=was and was.isoformat(), changed=changed
    )


def _wish(visitor: Visitor) -> Wish:
    main = _field("main") if _field("main") in NAMES else "en"
    languages = tuple(dict.fromkeys([main, *(code for code in request.form.getlist("also") if code in NAMES)]))
    contact = Contact(_field("contact-name"), _field("contact-email"))
    officer = Contact(_field("officer-name"), _field("officer-email"))
    return Wish(
        title=new_programmes.spoken([_field("title")], languages),
        languages=languages,
        days=tuple(_days(languages)),
        contact=contact,
        controller=_field("controller") or contact.name,
        data_protection=officer if officer.name and officer.email else contact,
        staff=(Staff(visitor.email, "owner"),),
    )


def _days(languages: tuple[str, ...]) -> Iterator[NewDay]:
    """Read the days that have a date and a place."""
    held = [number for number in range(1, MOST_DAYS + 1) if _field(f"date-{number}") and _field(f"place-{number}")]
    for number, row in enumerate(held, 1):
        given = _field(f"day-{row}")
        title = {code: given or new_words.DAY[code].format(number) for code in languages}
        yield NewDay(_field(f"date-{row}"), _field(f"place-{row}"), title)


def _field(name: str) -> str:
    return " ".join(request.form.get(name, "").split())[:LONGEST]


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
