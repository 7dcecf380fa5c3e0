"""A follow-up weeks later beside the day that it follows: two published results side by side, nobody's answers joined."""

from flask import Blueprint, Response, abort, render_template

from functions.desk.pages import ROUND, attached, common, followed, line
from functions.desk.results.figures import Document, bars_within, reach, tools, words
from functions.desk.results.reading import Reading, reading
from functions.desk.staff import deeds
from shared import bucket
from shared.exports.following import MAKERS
from shared.exports.kinds import KINDS
from shared.presentation.sentences import BESIDE, response
from shared.results.following import beside

following = Blueprint("following", __name__)


@following.get(f"{ROUND}/beside-the-day")
def page(programme_id: str, round_id: str) -> str:
    """Show what has been used beside what people meant to do on the day."""
    read = reading(programme_id, round_id)
    found = _beside(read)
    deeds.note_once_a_day(read.seat, "looked", read.round.id)
    parts = [found["day"], found["later"]]
    return render_template(
        "results/following.html",
        **common(read.seat),
        **tools(read.edition),
        line=line(read.seat, read.round),
        said=words(BESIDE),
        parts=parts,
        files=MAKERS,
        response=lambda edition: response(edition, words),
        bar=bars_within(reach([question for part in parts for question in part["questions"]])),
    )


@following.get(f"{ROUND}/beside-the-day.<any({', '.join(MAKERS)}):kind>")
def file(programme_id: str, round_id: str, kind: str) -> Response:
    """Download both results side by side as a file."""
    read = reading(programme_id, round_id)
    made = MAKERS[kind](_beside(read))
    deeds.note_once_a_day(read.seat, "downloaded", read.round.id, kind.upper())
    return attached(made, KINDS[kind], f"{read.round.programme}-{read.round.id}-beside-the-day.{kind}")


def _beside(read: Reading) -> Document:
    """Set a result beside that of the round that it follows."""
    day = followed(read.seat, read.round) or abort(404)
    return beside(bucket.document(f"{day.edition}/edition.json"), read.edition)
