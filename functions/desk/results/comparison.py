"""A series' comparison as its page: the same people before and after, goal by goal."""

import json

from flask import Blueprint, Response, abort, render_template
from markupsafe import Markup

from functions.desk.pages import ROUND, attached, common, in_language, line
from functions.desk.results.figures import Document, decimal, tools, words
from functions.desk.results.reading import Reading, reading
from functions.desk.staff import deeds
from shared import bucket
from shared.exports.kinds import KINDS
from shared.presentation import pair_sentences
from shared.presentation.dumbbells import Dumbbell, dumbbell
from shared.presentation.pair_sentences import Speech
from shared.web.pages import language

comparison = Blueprint("comparison", __name__)


@comparison.get(f"{ROUND}/before-and-after")
def page(programme_id: str, round_id: str) -> str:
    """Show how those who answered both times have moved."""
    read = reading(programme_id, round_id)
    compared = _document(read)
    deeds.note_once_a_day(read.seat, "looked", read.round.id)
    return render_template(
        "results/comparison.html",
        **common(read.seat),
        **tools(read.edition),
        line=line(read.seat, read.round),
        compared=compared,
        speech=Speech(words, language()),
        said=pair_sentences,
        files=KINDS,
        drawn=_drawn,
        scale_ends=lambda question: [in_language(question["options"][at]["label"]) for at in (0, -1)],
        asked=lambda question: in_language(question["text"]),
        unit=" › ".join,
    )


@comparison.get(f"{ROUND}/before-and-after.<any({', '.join(KINDS)}):kind>")
def file(programme_id: str, round_id: str, kind: str) -> Response:
    """Download a comparison as a file."""
    read = reading(programme_id, round_id)
    _document(read)
    deeds.note_once_a_day(read.seat, "downloaded", read.round.id, kind.upper())
    name = f"{read.round.programme}-{read.round.id}-before-and-after.{kind}"
    return attached(bucket.get(f"{read.prefix}/pairs.{kind}"), KINDS[kind], name)


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
