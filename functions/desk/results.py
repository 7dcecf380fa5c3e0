"""A round's published result: its page and its files."""

import json
from typing import Any

from flask import Blueprint, Response, abort, render_template

from functions.desk import access, account
from functions.desk.access import Seat
from functions.desk.pages import common, in_language, line
from shared import bucket
from shared.languages import catalogue
from shared.rounds import Round
from shared.sentences import caveats, heading, note
from shared.web.pages import language, speak_one_of

results = Blueprint("results", __name__, template_folder="templates")

FILES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The files of an edition, by ending."""


@results.get("/programmes/<string(maxlength=200):programme_id>/rounds/<string(maxlength=200):round_id>/result")
def result(programme_id: str, round_id: str) -> str:
    """Show a round's result."""
    seat, found, prefix = _edition(programme_id, round_id)
    edition = json.loads(bucket.get(f"{prefix}/edition.json"))
    comments = json.loads(bucket.get(f"{prefix}/comments.json"))["questions"]
    account.note_once_a_day(seat, "looked", found.id)
    speak_one_of(edition["languages"])
    words = catalogue(language()).gettext
    return render_template(
        "result.html",
        **common(seat),
        line=line(seat, found),
        edition=edition,
        comments=comments,
        caveats=list(caveats(edition, words)),
        note=lambda question: note(question, words),
        heading=lambda question: heading(question, edition, language(), words),
        rows=_rows,
        decimal=_decimal,
        files=FILES,
    )


@results.get("/programmes/<string(maxlength=200):programme_id>/rounds/<string(maxlength=200):round_id>/result.<any(json, csv, xlsx):kind>")
def file(programme_id: str, round_id: str, kind: str) -> Response:
    """Download a result as a file."""
    seat, found, prefix = _edition(programme_id, round_id)
    account.note_once_a_day(seat, "downloaded", found.id, kind.upper())
    response = Response(bucket.get(f"{prefix}/edition.{kind}"), content_type=FILES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{found.programme}-{found.id}.{kind}"'
    return response


def _edition(programme_id: str, round_id: str) -> tuple[Seat, Round, str]:
    """Find a published result that the visitor may see."""
    seat = access.seat(programme_id)
    found = access.round_of(seat, round_id)
    if not seat.sees_results:
        abort(403)
    if found.edition is None:
        abort(404)
    return seat, found, found.edition


def _decimal(written: str) -> str:
    """Write a number's decimals after the mark that the page's language has for it."""
    return written if language() == "en" else written.replace(".", ",")


def _rows(question: dict[str, Any]) -> list[dict[str, Any]]:
    """List a shown question's options with their counts, and how long their bars are in per cent of all answers."""
    total = sum(question["counts"].values()) or 1
    positive = question["positive"]["codes"] if question["positive"] else []
    return [
        {
            "label": in_language(option["label"]),
            "count": question["counts"][option["code"]],
            "share": round(100 * question["counts"][option["code"]] / total),
            "positive": option["code"] in positive,
        }
        for option in question["options"]
    ]
