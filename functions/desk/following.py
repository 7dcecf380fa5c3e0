"""A follow-up weeks later beside the day that it follows: two published results side by side, nobody's answers joined."""

from flask import Blueprint, abort, render_template
from markupsafe import Markup

from functions.desk import account
from functions.desk.pages import common, line
from functions.desk.reading import ROUND, Document, Reading, reach, reading, rows, tools, words
from shared import bucket
from shared.presentation import charts, readings
from shared.presentation.sentences import response
from shared.store import published

following = Blueprint("following", __name__, template_folder="templates")


@following.get(f"{ROUND}/beside-the-day")
def page(programme_id: str, round_id: str) -> str:
    """Show what has been used beside what people meant to do on the day."""
    read = reading(programme_id, round_id)
    day = _day(read)
    account.note_once_a_day(read.seat, "looked", read.round.id)
    shown = [*_meant(day), *_asked(read.edition)]
    far = reach([question for question in shown if readings.is_scale(question)])
    return render_template(
        "following.html",
        **common(read.seat),
        **tools(read.edition),
        line=line(read.seat, read.round),
        parts=[(day, _meant(day)), (read.edition, _asked(read.edition))],
        response=lambda edition: response(edition, words),
        bar=lambda question: Markup(charts.bar(readings.segments(rows(question)), far)),  # noqa: S704 – drawn by us, texts escaped
    )


def _day(read: Reading) -> Document:
    """Open the result of the round that this one follows."""
    followed = next((plan.follows for plan in read.seat.programme.rounds if plan.id == read.round.id), "")
    found = published.round_by_id(read.round.programme, followed) if followed else None
    if found is None or found.edition is None:
        abort(404)
    return bucket.document(f"{found.edition}/edition.json")


def _meant(day: Document) -> list[Document]:
    """List what was asked of the day as a whole: what it was good for, and what people meant to do with it."""
    return [
        question for question in day["questions"] if question["kind"] == "scale" and not question["session"] and not question["bipolar"]
    ]


def _asked(later: Document) -> list[Document]:
    return [question for question in later["questions"] if question["kind"] != "text"]
