"""A round's published result: its page, its files, and each question's chart as a picture."""

from flask import Blueprint, Response, abort, render_template
from markupsafe import Markup

from functions.desk import account
from functions.desk.pages import common, in_language, line
from functions.desk.reading import ROUND, Document, Reading, decimal, heading, place, reach, reading, rows, words
from functions.desk.released import held_back, original, released
from shared import bucket, charts, pictures, readings
from shared.charts import HATCH, TONES, WHOLE
from shared.languages import Text
from shared.pictures import Line, Picture
from shared.sentences import answered, assumption, cautions, figure, method, mode, note, precision, response
from shared.store import published
from shared.web.pages import language

results = Blueprint("results", __name__, template_folder="templates")


def _(message: str) -> str:
    """Mark a message for the catalogues."""
    return message


FILES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The files of an edition, by ending."""


@results.get(f"{ROUND}/result")
def result(programme_id: str, round_id: str) -> str:
    """Show a round's result."""
    read = reading(programme_id, round_id)
    account.note_once_a_day(read.seat, "looked", read.round.id)
    rated = [question for question in read.edition["questions"] if question["kind"] != "text"]
    far = reach(rated)
    texts = original(read)
    shown = released(read, texts)
    return render_template(
        "result.html",
        **common(read.seat),
        line=line(read.seat, read.round),
        edition=read.edition,
        closed=read.closed,
        groups=_groups(rated),
        rated=rated,
        written=[question for question in read.edition["questions"] if question["kind"] == "text"],
        comments=shown,
        held_back=held_back(texts, shown),
        response=response(read.edition, words),
        cautions=[*cautions(read.edition, words), assumption(read.edition, words)],
        precision=lambda found: precision(found, words),
        note=lambda question: note(question, words),
        figure=lambda question: figure(question, words),
        answered=lambda question: answered(question, words),
        heading=lambda question: heading(question, read.edition),
        mode=mode(read.edition, words),
        method=list(method(read.edition, words)),
        measured=[question for question in rated if question.get("mean") is not None],
        rows=rows,
        bar=lambda question: Markup(charts.bar(readings.segments(rows(question)), far)),  # noqa: S704 – drawn by us, texts escaped
        plain=lambda row: Markup(charts.bar([row.segment._replace(text="")], WHOLE)),  # noqa: S704
        fill=lambda row: TONES[row.tone][0],
        hatch=Markup(HATCH),  # noqa: S704
        decimal=decimal,
        files=FILES,
    )


@results.get(f"{ROUND}/result.<any(json, csv, xlsx):kind>")
def file(programme_id: str, round_id: str, kind: str) -> Response:
    """Download a result as a file."""
    seat, found, prefix = place(programme_id, round_id)
    account.note_once_a_day(seat, "downloaded", found.id, kind.upper())
    return _attached(bucket.get(f"{prefix}/edition.{kind}"), FILES[kind], f"{found.programme}-{found.id}.{kind}")


@results.get(f"{ROUND}/result/<string(maxlength=200):question_id>.svg")
def picture(programme_id: str, round_id: str, question_id: str) -> Response:
    """Download a question's chart as a picture."""
    read = reading(programme_id, round_id)
    question = read.question(question_id)
    if not rows(question):
        abort(404)
    account.note_once_a_day(read.seat, "downloaded", read.round.id, "SVG")
    drawn = pictures.svg(_picture(question, read, published.round_title(read.seat.programme, read.round))).encode()
    return _attached(drawn, "image/svg+xml; charset=utf-8", f"{read.round.programme}-{read.round.id}-{question_id}.svg")


def _groups(rated: list[Document]) -> list[tuple[str, list[Document]]]:
    """Put the questions about sessions after the others, session by session in the agenda's order."""
    about = [question for question in rated if not question.get("session")]
    sessions = dict.fromkeys(question["session"] for question in rated if question.get("session"))
    agenda = [question for session in sessions for question in rated if question.get("session") == session]
    return [(words(name), found) for name, found in ((_("Questions"), about), (_("Sessions"), agenda)) if found]


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


def _attached(content: bytes, content_type: str, name: str) -> Response:
    response = Response(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
