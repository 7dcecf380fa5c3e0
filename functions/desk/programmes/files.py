"""What a programme is made of, in one place: its files to be downloaded, and changed ones to be brought."""

import base64
from collections.abc import Sequence

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for

from functions.desk import publishing
from functions.desk.pages import PROGRAMME, attached, common, gatherings_of
from functions.desk.programmes import drafts, uploads
from functions.desk.results.outcomes import with_files
from functions.desk.staff import access, guard
from functions.desk.staff.access import Seat
from functions.desk.staff.deeds import note_once_a_day
from shared.excel import Unreadable
from shared.exports.kinds import KINDS
from shared.packing import packed
from shared.phrases import Phrase
from shared.rounds import opens
from shared.store import published, recent, sources
from shared.web.pages import Page

files = Blueprint("files", __name__)

FILES = f"{PROGRAMME}/files"


@files.get(FILES)
def everything(programme_id: str) -> str:
    """List what can be downloaded."""
    return _listed(access.author(programme_id), None)


@files.post(FILES)
def bring(programme_id: str) -> Page:
    """Begin a draft of the programme as it is published, with the files that have changed."""
    seat = access.author(programme_id)
    guard.require_own_files(seat.visitor.secret)
    kept = sources.sources(programme_id)
    try:
        new = uploads.brought(request.files.getlist("files"))
    except Unreadable as unreadable:
        return _listed(seat, unreadable.phrase), 422
    joined = uploads.joined(kept.files if kept else {}, new, only=bool(request.form.get("only")))
    if isinstance(joined, Phrase) or not new:
        return _listed(seat, joined if isinstance(joined, Phrase) else drafts.EMPTY), 422
    return redirect(url_for("drafts.draft", draft_id=drafts.begun(seat.visitor, programme_id, joined)), 303)


@files.get(f"{FILES}.zip")
def zipped(programme_id: str) -> Response:
    """Download the files that the programme was published from."""
    seat = access.author(programme_id)
    kept = sources.sources(programme_id)
    if kept is None:
        abort(404)
    note_once_a_day(seat, "fetched", "zip")
    return attached(packed(kept.files), "application/zip", f"{programme_id}.zip")


@files.get(f"{FILES}.xlsx")
def workbook(programme_id: str) -> Page:
    """Download the programme as a workbook, or learn what of its files none can hold."""
    seat = access.author(programme_id)
    if sources.sources(programme_id) is None:
        abort(404)
    said = publishing.asked(seat.visitor, programme_id, workbook=True)
    if "workbook" not in said:
        return _listed(seat, None, unheld=said["faults"]), 409
    note_once_a_day(seat, "fetched", "xlsx")
    return attached(base64.b64decode(said["workbook"]), KINDS["xlsx"], f"{programme_id}.xlsx")


def _listed(seat: Seat, fault: Phrase | None, unheld: Sequence[str] = ()) -> str:
    kept = sources.sources(seat.programme.id)
    names = sorted(kept.files) if kept else []
    rounds = [found for found in published.rounds(seat.programme.id).values() if found.evaluates and not found.edition]
    held = [
        (found, recent.round_title(seat.programme, found), gathering)
        for found in sorted(rounds, key=opens)
        for gathering in gatherings_of(seat, found)
    ]
    return render_template(
        "programmes/files.html",
        **common(seat),
        **with_files(seat),
        kept=names,
        fault=fault and drafts.said_of(fault),
        unheld=unheld,
        held=held,
    )
