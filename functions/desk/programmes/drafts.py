"""Programmes in the making: files that were brought, the report on them, the plan, and publishing on a press."""

import re
import secrets
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for

from functions.desk import moments, publishing
from functions.desk.pages import attached, in_language
from functions.desk.programmes import uploads
from functions.desk.staff import access, guard
from functions.desk.staff.guard import Visitor, signed_in
from shared.excel import Unreadable
from shared.languages import catalogue
from shared.logs import logger
from shared.packing import packed
from shared.phrases import Phrase, _
from shared.store import desk_account, desk_drafts, sources
from shared.store.desk_drafts import Draft
from shared.web.pages import Page, language

drafts = Blueprint("drafts", __name__)
drafts.add_app_template_filter(publishing.placed)
drafts.add_app_template_filter(publishing.coded)

ID = re.compile("[0-9a-f]{32}")
LONGEST = 100
"""Letters of a programme's id that are passed on; what an id may be, the check says."""

DRAFT = "/drafts/<string(length=32):draft_id>"


@drafts.get("/new")
def new() -> str:
    """Offer the ways to a new programme, and what has been begun."""
    return _choosing(author(), None)


@drafts.post("/new/files")
def bring() -> Page:
    """Begin a programme with files."""
    visitor = author()
    guard.require_own_files(visitor.secret)
    read = _brought(Draft("", "", {}, 0))
    name = request.form.get("programme", "").strip() or uploads.guessed(request.files.getlist("files"))
    if isinstance(read, Phrase):
        return _choosing(visitor, read), 422
    if not name or not read:
        return _choosing(visitor, NAMELESS if read else EMPTY), 422
    return redirect(url_for("drafts.draft", draft_id=begun(visitor, name, read)), 303)


@drafts.get(DRAFT)
def draft(draft_id: str) -> str:
    """Show what a draft's files declare, or what is wrong with them."""
    visitor = author()
    return _shown(visitor, own(visitor, draft_id))


@drafts.post(f"{DRAFT}/files")
def mend(draft_id: str) -> Page:
    """Put other files into a draft."""
    visitor = author()
    guard.require_own_files(visitor.secret)
    found = own(visitor, draft_id)
    read = _brought(found)
    if isinstance(read, Phrase):
        return _shown(visitor, found, read), 422
    _keep(visitor, found.id, request.form.get("programme", "").strip() or found.programme, read)
    return redirect(url_for("drafts.draft", draft_id=draft_id), 303)


@drafts.post(f"{DRAFT}/publish")
def publish(draft_id: str) -> Page:
    """Publish what was shown, if it is still the same."""
    visitor = author()
    guard.require_own_form(visitor.secret)
    found = own(visitor, draft_id)
    said = publishing.asked(visitor, found.programme, files=publishing.encoded(found.files), plan=request.form.get("plan", ""))
    if not said.get("published"):
        return _shown(visitor, found, said=said), 409
    if said["changed"]:
        desk_account.note(found.programme, guard.now(), visitor.email, "published")
    desk_drafts.drop_draft(visitor.email, draft_id)
    logger.info("published from the desk", programme=found.programme)
    return redirect(url_for("overview.programme", programme_id=found.programme), 303)


@drafts.post(f"{DRAFT}/drop")
def drop(draft_id: str) -> Page:
    """Forget a draft."""
    visitor = author()
    guard.require_own_form(visitor.secret)
    desk_drafts.drop_draft(visitor.email, own(visitor, draft_id).id)
    return redirect(url_for("drafts.new"), 303)


@drafts.get(f"{DRAFT}/files.zip")
def files(draft_id: str) -> Response:
    """Download a draft's files."""
    visitor = author()
    found = own(visitor, draft_id)
    # What was typed as the programme's id may be anything yet.
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", f"{found.programme}.zip")
    return attached(packed(found.files), "application/zip", name)


EMPTY = Phrase(_("no file was chosen"))
NAMELESS = Phrase(_("say which id the programme is to have: the letters a-z, digits and hyphens, like autumn-course"))


def author() -> Visitor:
    """Return who is signed in, if she decides on a whole programme somewhere."""
    visitor = signed_in()
    if not any(seat.is_author for seat in access.seats(visitor)):
        abort(403)
    return visitor


def begun(visitor: Visitor, programme_id: str, brought: dict[str, bytes]) -> str:
    """Keep a new draft; return its id."""
    draft_id = secrets.token_hex(16)
    _keep(visitor, draft_id, programme_id, brought)
    return draft_id


def _keep(visitor: Visitor, draft_id: str, programme_id: str, brought: dict[str, bytes]) -> None:
    desk_drafts.put_draft(visitor.email, Draft(draft_id, programme_id[:LONGEST], brought, guard.now() + desk_drafts.KEPT))


def own(visitor: Visitor, draft_id: str) -> Draft:
    """Return a draft of the visitor's own."""
    found = desk_drafts.draft(visitor.email, draft_id, guard.now()) if ID.fullmatch(draft_id) else None
    return found or abort(404)


def _brought(before: Draft) -> dict[str, bytes] | Phrase:
    """Read the files of an upload into a draft, or say why they can't be."""
    try:
        new = uploads.brought(request.files.getlist("files"))
    except Unreadable as unreadable:
        return unreadable.phrase
    return uploads.joined(before.files, new, only=bool(request.form.get("only")))


def _choosing(visitor: Visitor, fault: Phrase | None) -> str:
    waiting = desk_drafts.drafts(visitor.email, guard.now())
    earlier = [seat for seat in access.seats(visitor) if seat.is_author and sources.sources(seat.programme.id)]
    return render_template(
        "programmes/new.html", visitor=visitor, drafts=waiting, earlier=earlier, in_language=in_language, fault=fault and said_of(fault)
    )


def _shown(visitor: Visitor, found: Draft, fault: Phrase | None = None, said: dict[str, Any] | None = None) -> str:
    """Show a draft with what the check says of it now."""
    plan = publishing.asked(visitor, found.programme, files=publishing.encoded(found.files), plan_only=True)
    return render_template(
        "programmes/draft.html",
        visitor=visitor,
        draft=found,
        said=plan,
        refused=(said or {}).get("refused") or plan.get("refused"),
        fault=fault and said_of(fault),
        minute=moments.minute,
        in_words=moments.in_words,
        in_language=in_language,
        date=moments.date,
        date_at=moments.date_at,
    )


def said_of(phrase: Phrase) -> str:
    """Tell a sentence as the page speaks, beginning like one."""
    text = phrase.told(catalogue(language()).gettext)
    return text[:1].upper() + text[1:]
