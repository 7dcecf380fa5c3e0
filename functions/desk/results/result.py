"""A round's published result: its page, its files, and each question's chart as a picture."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirection

from functions.desk.pages import ROUND, attached, common, in_language, line
from functions.desk.results.figures import Document, bars_within, heading, quieter_told, reach, rows, tools, words
from functions.desk.results.reading import Reading, place, reading
from functions.desk.results.released import held_back, original, released
from functions.desk.staff import deeds
from shared import bucket
from shared.dates import time_text
from shared.exports.comments import comments_file
from shared.exports.kinds import KINDS
from shared.languages import Text
from shared.phrases import _
from shared.presentation import pictures, readings
from shared.presentation.charts import WHOLE
from shared.presentation.pictures import Line, Picture
from shared.presentation.scales import reliability
from shared.presentation.sentences import answered, assumption, cautions, figure, method, mode, response
from shared.store import recent
from shared.web.pages import language

results = Blueprint("results", __name__)


@results.get(f"{ROUND}/result")
def result(programme_id: str, round_id: str) -> str | Redirection:
    """Show a round's result; who is limited to units is led to hers."""
    read = reading(programme_id, round_id, lambda seat: seat.sees_groups)
    if not read.seat.sees_results:
        return redirect(url_for("groups.by_unit", programme_id=programme_id, round_id=round_id, number=0), 303)
    deeds.note_once_a_day(read.seat, "looked", read.round.id)
    rated = [question for question in read.edition["questions"] if question["kind"] != "text"]
    texts = original(read.prefix)
    shown = released(read.round.ref, texts)
    return render_template(
        "results/result.html",
        **common(read.seat),
        **tools(read.edition),
        line=line(read.seat, read.round),
        closed=read.closed,
        chapters=[*_chapters(rated)],
        agenda=_agenda(rated, read.edition),
        written=[question for question in read.edition["questions"] if question["kind"] == "text"],
        comments=shown,
        held_back=held_back(texts, shown),
        response=response(read.edition, words),
        cautions=[*cautions(read.edition, words), assumption(read.edition, words), *quieter_told(read.edition)],
        mode=mode(read.edition, words),
        method=[*method(read.edition, words), *reliability(read.edition, language())],
        measured=[question for question in rated if question["mean"] is not None],
        bar=bars_within(reach(rated)),
        clock=lambda time: time_text(datetime.strptime(time, "%H:%M"), language()),  # noqa: DTZ007 – a time of day, as it was announced
        files=KINDS,
    )


@results.get(f"{ROUND}/result.<any({', '.join(KINDS)}):kind>")
def file(programme_id: str, round_id: str, kind: str) -> Response:
    """Download a result as a file."""
    seat, found, prefix = place(programme_id, round_id)
    deeds.note_once_a_day(seat, "downloaded", found.id, kind.upper())
    return attached(bucket.get(f"{prefix}/edition.{kind}"), KINDS[kind], f"{found.programme}-{found.id}.{kind}")


@results.get(f"{ROUND}/result/comments.xlsx")
def comments(programme_id: str, round_id: str) -> Response:
    """Download the comments that are released."""
    read = reading(programme_id, round_id)
    shown = released(read.round.ref, original(read.prefix))
    if not any(shown.values()):
        abort(404)
    deeds.note_once_a_day(read.seat, "downloaded", read.round.id, "COMMENTS")
    file = comments_file(read.edition, shown, language())
    return attached(file, KINDS["xlsx"], f"{read.round.programme}-{read.round.id}-comments.xlsx")


@results.get(f"{ROUND}/result/<string(maxlength=200):question_id>.svg")
def picture(programme_id: str, round_id: str, question_id: str) -> Response:
    """Download a question's chart as a picture."""
    read = reading(programme_id, round_id)
    question = read.question(question_id)
    if not rows(question):
        abort(404)
    deeds.note_once_a_day(read.seat, "downloaded", read.round.id, "SVG")
    drawn = pictures.svg(_picture(question, read, recent.round_title(read.seat.programme, read.round))).encode()
    return attached(drawn, "image/svg+xml; charset=utf-8", f"{read.round.programme}-{read.round.id}-{question_id}.svg")


def _chapters(rated: Sequence[Document]) -> Iterator[tuple[str, list[Document]]]:
    """Put the questions that are not about a session under the headings that they have in the form."""
    about = (question for question in rated if question["session"] is None)
    for section, found in groupby(about, key=lambda question: question["section"]):
        yield in_language(section) if section else words(_("Questions")), list(found)


def _agenda(rated: Sequence[Document], edition: Document) -> list[tuple[Document, list[Document]]]:
    """List the day's sessions in their order, each with the questions about it."""
    found = ((session, [question for question in rated if question["session"] == session["id"]]) for session in edition["sessions"])
    return [(session, questions) for session, questions in found if questions]


def _picture(question: Document, read: Reading, title: Text) -> Picture:
    """Make a picture of a question: one bar for a scale, one for each option of a choice."""
    found = rows(question)
    if readings.is_scale(question):
        lines, far = [Line("", readings.segments(found), "")], reach([question])
    else:
        lines, far = [Line(row.label, [row.segment], f"{row.percent} %") for row in found], WHOLE
    about = f"{in_language(title)} · {in_language(read.edition['programme_title'])}"
    foot = (figure(question, words), answered(question, words), about)
    legend = [(row.tone, f"{row.label}: {row.segment.text}") for row in found] if readings.is_scale(question) else []
    return Picture(heading(question, read.edition), lines, far, legend, [told for told in foot if told], language())
