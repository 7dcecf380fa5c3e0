"""The answer back: what was heard and what will change, drafted beside a result, looked at, and mailed to those who were invited."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for

from functions.desk import publishing
from functions.desk.pages import ROUND, common, line
from functions.desk.results.reading import Reading, reading
from functions.desk.staff import deeds
from functions.desk.staff.guard import require_own_form
from shared.languages import NAMES
from shared.replies import Reply, document
from shared.store import desk_replies
from shared.store import replies as published_replies
from shared.store.desk_replies import Draft, Overtaken
from shared.web.heard import told
from shared.web.pages import Page, language, speak

replies = Blueprint("replies", __name__)

LONGEST = 4000
"""Characters of one text."""


@replies.get(f"{ROUND}/reply")
def draft(programme_id: str, round_id: str) -> Page:
    """Show the draft."""
    read = _owned(programme_id, round_id)
    return _form(read, desk_replies.draft(read.round.ref))


@replies.post(f"{ROUND}/reply")
def save(programme_id: str, round_id: str) -> Page:
    """Keep the draft; on to its preview where that is asked for."""
    read = _owned(programme_id, round_id)
    require_own_form(read.seat.visitor.secret)
    standing = desk_replies.draft(read.round.ref)
    typed = _typed(request.form, read.seat.programme.languages)
    if typed != standing.reply:
        seen = request.form.get("number", "")
        try:
            desk_replies.put_draft(read.round.ref, Draft(int(seen) if seen.isascii() and seen.isdigit() else 0, typed))
        except Overtaken:
            return _form(read, Draft(desk_replies.draft(read.round.ref).number, typed), "overtaken"), 409
    page = "replies.preview" if "preview" in request.form else "replies.draft"
    return redirect(url_for(page, programme_id=programme_id, round_id=round_id, saved="yes"), 303)


@replies.get(f"{ROUND}/reply/preview")
def preview(programme_id: str, round_id: str) -> Page:
    """Show the page as participants will see it, in each language, with the button that publishes it."""
    read = _owned(programme_id, round_id)
    return _preview(read, desk_replies.draft(read.round.ref))


@replies.post(f"{ROUND}/reply/publish")
def publish(programme_id: str, round_id: str) -> Page:
    """Have it published and mailed; pressed again, nobody gets a second mail."""
    read = _owned(programme_id, round_id)
    require_own_form(read.seat.visitor.secret)
    standing = desk_replies.draft(read.round.ref)
    if request.form.get("number") != str(standing.number) or standing.reply.missing(read.seat.programme.languages):
        return _preview(read, standing, "changed"), 409
    asked = {"round": read.round.id, "document": document(standing.reply, read.edition)}
    if publishing.asked(read.seat.visitor, programme_id, reply=asked)["refused"]:
        abort(403)
    deeds.note(read.seat, "replied", read.round.id)
    return redirect(url_for("replies.draft", programme_id=programme_id, round_id=round_id, published="yes"), 303)


def _owned(programme_id: str, round_id: str) -> Reading:
    return reading(programme_id, round_id, lambda seat: seat.moderates)


def _typed(form: Mapping[str, str], languages: Sequence[str]) -> Reply:
    """Read what is typed: line ends as everywhere, nothing around it, never more than there is room for."""
    heard, change = ({spoken: _tidy(form.get(f"{name}-{spoken}", "")) for spoken in languages} for name in ("heard", "change"))
    return Reply(heard, change)


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()[:LONGEST]


def _form(read: Reading, standing: Draft, fault: str = "") -> str:
    languages = read.seat.programme.languages
    return render_template(
        "results/reply.html",
        **common(read.seat),
        line=line(read.seat, read.round),
        standing=standing,
        languages={spoken: NAMES[spoken] for spoken in languages},
        fault=fault,
        saved="saved" in request.args,
        published=published_replies.get(read.round.ref) is not None,
        just_now="published" in request.args,
        longest=LONGEST,
    )


def _preview(read: Reading, standing: Draft, fault: str = "") -> str:
    languages = read.seat.programme.languages
    chosen = request.args.get("in", "")
    if chosen in languages:
        speak(chosen)
    missing = standing.reply.missing(languages)
    return render_template(
        "results/reply_preview.html",
        **common(read.seat),
        line=line(read.seat, read.round),
        standing=standing,
        told=None if missing else told(document(standing.reply, read.edition), language()),
        languages={spoken: NAMES[spoken] for spoken in languages},
        missing=[NAMES[spoken] for spoken in missing],
        fault=fault,
        published=published_replies.get(read.round.ref) is not None,
    )
