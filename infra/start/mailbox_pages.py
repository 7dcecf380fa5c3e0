"""The mailbox: every mail that the stack has sent, as its reader sees it."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, render_template, request

from infra.start.reading import Letter, framed, letters, parts, readers
from infra.start.running import running
from shared.web.pages import HEADERS

mailbox_pages = Blueprint("mailbox", __name__, template_folder="templates")

SHOWN = 50
"""How many mails one page lists."""

SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
"""What a mail may do in its frame: open its links in tabs of their own, and nothing else."""

WITH_FRAME = HEADERS["Content-Security-Policy"] + "; frame-src 'self'"

IN_FRAME = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
        f"frame-ancestors 'self'; sandbox {SANDBOX}"
    ),
    "X-Frame-Options": "SAMEORIGIN",
}


@mailbox_pages.get("/mails")
def mails() -> str:
    """List the mails, the newest first: everybody's or one reader's."""
    sent, reader = running().mails(), request.args.get("to", "").strip()
    found = letters(sent, reader)
    page = max(1, request.args.get("page", 1, type=int))
    shown = found[(page - 1) * SHOWN : page * SHOWN]
    older = page + 1 if len(found) > page * SHOWN else None
    return render_template(
        "mails.html", letters=shown, count=len(found), any=bool(sent), reader=reader, readers=readers(sent), page=page, older=older
    )


@mailbox_pages.get("/mails/<name>")
def mail(name: str) -> Response:
    """Show one mail: its HTML in a frame, and its text."""
    found = _letter(name)
    page = make_response(render_template("mail.html", letter=found, parts=list(parts(found.text)), sandbox=SANDBOX))
    page.headers["Content-Security-Policy"] = WITH_FRAME
    return page


@mailbox_pages.get("/mails/<name>/html")
def mail_html(name: str) -> Response:
    """Give the frame its mail: inline styles work as in a mail program, scripts don't."""
    found = _letter(name)
    if not found.html:
        abort(404)
    return Response(framed(found.html), content_type="text/html; charset=utf-8", headers=IN_FRAME)


def _letter(name: str) -> Letter:
    found = next((letter for letter in letters(running().mails()) if letter.id == name), None)
    return found or abort(404, "There is no such mail. It may have been sent before the data was reset.")
