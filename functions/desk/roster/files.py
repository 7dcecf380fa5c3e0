"""Rosters as files: upload, preview of everything that would change, import on a press; and a table to fill in."""

import re
import secrets
import time
from collections import Counter
from dataclasses import dataclass

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for

from functions.desk.pages import PROGRAMME, attached, common, role_title, today
from functions.desk.staff import access, deeds, guard
from functions.desk.staff.access import Seat
from shared.exports.kinds import KINDS
from shared.languages import catalogue
from shared.logs import logger
from shared.phrases import Phrase
from shared.rosters import drafts as roster_drafts
from shared.rosters.attendance import left_out
from shared.rosters.changes import Changes, changes, differences, written_place
from shared.rosters.columns import known_fields
from shared.rosters.files import table
from shared.rosters.headings import heading
from shared.rosters.people import Participant, Row, Table, places
from shared.store import desk_uploads, roster
from shared.store.roster import ImportUnderWay
from shared.web.pages import Page, language

rosters = Blueprint("rosters", __name__)

PATIENCE = 15
"""Seconds after which a press begins to store nobody more: the function has 29, and storing the last piece may take some."""
SHOWN = 50
"""Rows of each kind that a preview shows."""
UPLOAD = re.compile("[0-9a-f]{32}")


@rosters.get(f"{PROGRAMME}/people/file")
def choose(programme_id: str) -> str:
    """Ask for a file."""
    return _choosing(whole_roster(programme_id), None)


@rosters.post(f"{PROGRAMME}/people/file")
def upload(programme_id: str) -> Page:
    """Read a file and keep what it says for a preview; a file that is no roster is explained at once."""
    seat = whole_roster(programme_id)
    guard.require_own_files(seat.visitor.secret)
    file = request.files.get("file")
    content = file.read() if file else b""
    read = table(content, seat.programme, _by_hand(seat), [place.units for person in held(seat).values() for place in places(person)])
    if not read.rows:
        return _choosing(seat, read), 422
    upload_id = secrets.token_hex(16)
    desk_uploads.put_upload(programme_id, upload_id, roster_drafts.written(read), guard.now())
    return redirect(url_for("rosters.preview", programme_id=programme_id, upload_id=upload_id), 303)


@rosters.get(f"{PROGRAMME}/people/file/<string(length=32):upload_id>")
def preview(programme_id: str, upload_id: str) -> Page:
    """Show what a file would change."""
    seat = whole_roster(programme_id)
    found = _waiting(seat, upload_id)
    return _previewed(seat, upload_id, found) if found else _gone(seat)


@rosters.post(f"{PROGRAMME}/people/file/<string(length=32):upload_id>")
def carry_out(programme_id: str, upload_id: str) -> Page:
    """Import what was previewed, if the roster is still the one that it was compared with."""
    begun = time.monotonic()
    seat = whole_roster(programme_id)
    guard.require_own_form(seat.visitor.secret)
    found = _waiting(seat, upload_id)
    if found is None:
        return _gone(seat)
    if found.faults and not request.form.get("valid"):
        return _previewed(seat, upload_id, found, unconfirmed=True), 422
    seen = roster.version(programme_id)
    if request.form.get("version") != str(seen):
        return _previewed(seat, upload_id, found, overtaken=True), 409
    planned = _changes(seat, found, same=_same(), leave=bool(request.form.get("leave")))
    try:
        stored = roster.put_changes(programme_id, seen, planned, PATIENCE - (time.monotonic() - begun))
    except ImportUnderWay as error:
        _note(seat, planned, error.stored)
        return _previewed(seat, upload_id, found, overtaken=True), 409
    told = _note(seat, planned, stored)
    if stored < len(planned.new) + len(planned.stored):
        return _going_on(seat, told, len(planned.new) + len(planned.stored) - stored)
    desk_uploads.drop_upload(programme_id, upload_id)
    return redirect(url_for("people.everybody", programme_id=programme_id, new=told["new"], changed=told["changed"]), 303)


@rosters.get(f"{PROGRAMME}/people/template.xlsx")
def template(programme_id: str) -> Response:
    """Download a table to fill in."""
    # Writing Excel takes longer to load than a page takes to make.
    from shared.rosters.template import template as written  # noqa: PLC0415

    seat = whole_roster(programme_id)
    units = [place.units for person in held(seat).values() for place in places(person)]
    return attached(written(seat.programme, language(), units), KINDS["xlsx"], f"{programme_id}-roster.xlsx")


def whole_roster(programme_id: str) -> Seat:
    """Return the place of a visitor who may bring a whole roster."""
    return access.permitted(programme_id, lambda seat: seat.keeps_whole_roster)


def held(seat: Seat) -> dict[str, Participant]:
    """Read everybody on file, by id."""
    return {person.id: person.participant for person in roster.people(seat.programme.id)}


def _by_hand(seat: Seat) -> dict[str, str]:
    """Read which headings were named for fields."""
    named = {field: request.form.get(f"column-{field}", "").strip() for field in known_fields(seat.programme)}
    return {field: heading for field, heading in named.items() if heading}


def _same() -> frozenset[int]:
    return frozenset(int(row) for row in request.form.getlist("same") if row.isascii() and row.isdigit())


def _waiting(seat: Seat, upload_id: str) -> Table | None:
    if not UPLOAD.fullmatch(upload_id):
        abort(404)
    content = desk_uploads.upload(seat.programme.id, upload_id, guard.now())
    return roster_drafts.read(content) if content else None


def _changes(seat: Seat, found: Table, *, same: frozenset[int] = frozenset(), leave: bool = False) -> Changes:
    return changes(held(seat), found, seat.programme, today(seat), same=same, leave=leave)


def _note(seat: Seat, planned: Changes, stored: int) -> Counter[str]:
    """Note what a press has stored, the new first; tell what all presses for this file have."""
    new = min(stored, len(planned.new))
    changed = stored - new
    if stored or not planned.new + planned.stored:
        deeds.note(seat, "imported", str(new), str(changed))
    logger.info("roster imported", programme=seat.programme.id, new=new, changed=changed)
    return Counter(new=new + _before("new"), changed=changed + _before("changed"))


def _before(name: str) -> int:
    """Read what earlier presses have stored, as their page told."""
    text = request.form.get(f"stored-{name}", "")
    return int(text) if re.fullmatch(r"\d{1,5}", text, re.ASCII) else 0


def _going_on(seat: Seat, told: Counter[str], left: int) -> str:
    """Show how far a long import has come, with a button for the rest: what it was told to do goes along."""
    said = [(name, request.form[name]) for name in ("valid", "leave") if request.form.get(name)]
    same = [("same", str(row)) for row in sorted(_same())]
    hidden = [("version", str(roster.version(seat.programme.id))), *((f"stored-{name}", str(count)) for name, count in told.items())]
    return render_template("roster/roster_going_on.html", **common(seat), hidden=[*hidden, *said, *same], done=told.total(), left=left)


def _gone(seat: Seat) -> tuple[str, int]:
    return render_template("roster/roster_gone.html", **common(seat), minutes=desk_uploads.KEPT // 60), 404


def _choosing(seat: Seat, read: Table | None) -> str:
    return render_template(
        "roster/roster_file.html",
        **common(seat),
        faults=list(read.faults[:SHOWN]) if read else [],
        headings=[heading for heading in read.headings if heading] if read else [],
        fields=[(field, heading(field, language())) for field in known_fields(seat.programme)],
        told=told,
        megabytes=guard.LARGEST_UPLOAD // 1024**2,
    )


@dataclass(frozen=True, slots=True)
class Some:
    """The first of many lines, and how many more there are."""

    lines: list[object]
    more: int


def some(lines: list[object]) -> Some:
    """Take as many lines as a page shows."""
    return Some(lines[:SHOWN], max(0, len(lines) - SHOWN))


def _previewed(seat: Seat, upload_id: str, found: Table, *, overtaken: bool = False, unconfirmed: bool = False) -> str:
    # The version is read first: what is compared below is that version or a later one, which the press then refuses.
    seen = roster.version(seat.programme.id)
    planned = _changes(seat, found)
    return render_template(
        "roster/roster_preview.html",
        **common(seat),
        upload_id=upload_id,
        version=seen,
        rows=len(found.rows),
        changes=planned,
        asking=[doubt for doubt in planned.doubts if doubt.asks],
        doubts=some([doubt for doubt in planned.doubts if not doubt.asks]),
        left_out=[told(missed.phrase) for missed in left_out((row.participant for row in found.rows), seat.programme)],
        faults=some(list(found.faults)),
        unread=found.unread,
        new=some(list(planned.new)),
        changed=some([(item, differences(item.before, item.after, role_title(seat.programme))) for item in planned.changed]),
        missing=some(list(planned.missing)),
        told=told,
        placed=lambda row: placed(seat, row),
        overtaken=overtaken,
        unconfirmed=unconfirmed,
    )


def told(phrase: Phrase) -> str:
    """Tell a sentence as the page speaks, beginning like one."""
    text = phrase.told(catalogue(language()).gettext).replace("`", "")
    # What begins with a name keeps its letters as they are.
    return text if phrase.text.startswith(("{", "`")) else text[:1].upper() + text[1:]


def placed(seat: Seat, row: Row) -> str:
    """Write where a row's participant belongs."""
    return "; ".join(written_place(place, role_title(seat.programme)) for place in places(row.participant))
