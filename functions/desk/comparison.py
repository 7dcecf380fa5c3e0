"""A series' comparison as its page: the same people before and after, goal by goal."""

import json

from flask import Blueprint, Response, abort, render_template
from markupsafe import Markup

from functions.desk import account
from functions.desk.pages import common, in_language, line
from functions.desk.reading import ROUND, Document, Reading, attached, decimal, reading, tools, words
from shared import bucket
from shared.dumbbells import Dumbbell, dumbbell
from shared.sentences import comparison_cautions, comparison_hidden

comparison = Blueprint("comparison", __name__, template_folder="templates")


@comparison.get(f"{ROUND}/before-and-after")
def page(programme_id: str, round_id: str) -> str:
    """Show how those who answered both times have moved."""
    read = reading(programme_id, round_id)
    compared = _document(read)
    account.note_once_a_day(read.seat, "looked", read.round.id)
    return render_template(
        "comparison.html",
        **common(read.seat),
        **tools(read.edition),
        line=line(read.seat, read.round),
        compared=compared,
        cautions=list(comparison_cautions(compared, words)),
        why=lambda hidden: comparison_hidden(hidden, words),
        drawn=_drawn,
        scale_ends=lambda question: [in_language(question["options"][at]["label"]) for at in (0, -1)],
        signed=lambda value: decimal(f"{value:+.2f}").replace("-", "−"),
        asked=lambda question: in_language(question["text"]),
        unit=" › ".join,
    )


@comparison.get(f"{ROUND}/before-and-after.json")
def file(programme_id: str, round_id: str) -> Response:
    """Download a comparison as a file."""
    read = reading(programme_id, round_id)
    content = json.dumps(_document(read), ensure_ascii=False, indent=1)
    account.note_once_a_day(read.seat, "downloaded", read.round.id, "JSON")
    return attached(content.encode(), "application/json", f"{read.round.programme}-{read.round.id}-before-and-after.json")


def _document(read: Reading) -> Document:
    """Read the comparison that lies beside an edition."""
    if not read.round.pairs:
        abort(404)
    found: Document | None = json.loads(bucket.get(f"{read.prefix}/pairs.json"))
    return found or abort(404)


def _drawn(question: Document) -> Markup:
    """Draw the means before and after of a question's pairs, or else of everyone."""
    found = question["figures"] or question["unpaired"]
    before, after = found["mean_before"], found["mean_after"]
    texts = (decimal(f"{before:.1f}"), decimal(f"{after:.1f}"))
    return Markup(dumbbell(Dumbbell(before, after, len(question["options"]), texts)))  # noqa: S704 – drawn by us from numbers
