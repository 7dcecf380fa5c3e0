"""A programme's published result: day by day, unit by unit, and beside the run that it continues."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as Redirection

from functions.desk.pages import PROGRAMME, attached, common, in_language, titles
from functions.desk.results.figures import Document, bars_within, chosen, closing_day, minute_text, reach, tools, words
from functions.desk.staff import access, deeds
from functions.desk.staff.access import Seat
from shared import bucket
from shared.exports.kinds import KINDS
from shared.exports.programme import csv_file
from shared.phrases import _
from shared.presentation import charts, pictures, trends
from shared.presentation.pictures import Line, Picture
from shared.presentation.sentences import question_text
from shared.results import runs
from shared.store import programme_pointers, published
from shared.web.pages import language, speak_one_of

over_time = Blueprint("over_time", __name__)

TOGETHER = f"{PROGRAMME}/results/together"


@dataclass(frozen=True, slots=True)
class Whole:
    """Somebody of the staff with a programme's edition before her."""

    seat: Seat
    edition: Document
    titles: Mapping[str, str]
    """What the rounds are called, by id."""

    def name(self, point: Document) -> str:
        """Name a point of a series: its round, and its session where it is about one."""
        title = self.titles.get(point["round"], point["round"])
        return f"{title}: {self._session(point['session'])}" if point["session"] else title

    def _session(self, session_id: str) -> str:
        sessions = (item for day in self.seat.programme.days for item in day.sessions)
        return next((in_language(item.title) for item in sessions if item.id == session_id), session_id)

    @property
    def closed(self) -> str:
        """Write when the last of its rounds closed."""
        return minute_text(self.edition["closed"], self.edition["timezone"])


@over_time.get(TOGETHER)
def rounds(programme_id: str) -> str | Redirection:
    """Show a programme's result day by day; who is limited to units is led to hers."""
    seat = access.reader(programme_id)
    if not seat.sees_results:
        return redirect(url_for("over_time.units", programme_id=programme_id), 303)
    whole = _opened(seat)
    questions = whole.edition["questions"]
    shown = chosen(questions, sum(len(question["series"]) for question in questions))
    drawn = [trends.merged(question, question["together"]) for question in shown if question["together"]]
    return _page("results/over_time.html", whole, "over_time.rounds", drawn, chosen=shown)


@over_time.get(f"{TOGETHER}/units")
def units(programme_id: str) -> str:
    """Show a programme's result unit by unit, as far as the visitor may see them."""
    whole = _opened(access.reader(programme_id))
    nodes = [node for node in (whole.edition["breakdown"] or {"nodes": []})["nodes"] if _sees(whole.seat, node)]
    questions = whole.edition["questions"]
    shown = chosen(questions, len(nodes) * len(questions))
    parts = {question["id"]: _parts(whole, question) for question in shown}
    drawn = [found for those in parts.values() for _path, found in those]
    return _page("results/over_time_units.html", whole, "over_time.units", drawn, chosen=shown, nodes=nodes, parts=parts)


@over_time.get(f"{TOGETHER}/earlier")
def earlier(programme_id: str) -> str:
    """Show a programme's result beside that of the run that it continues, to who may see both."""
    whole = _whole(programme_id)
    if whole.edition["continues"] is None:
        abort(404)
    before = access.seat_of(whole.seat.visitor, whole.edition["continues"]["programme"])
    found = _edition(before.programme.id) if before and before.sees_results else None
    told = _with_changes(runs.compared(whole.edition, found)) if found else None
    asked = {question["id"]: question for question in whole.edition["questions"]}
    pairs = told["questions"] if told else []
    drawn = [trends.merged(asked[pair["id"]], side) for pair in pairs for side in (pair["before"], pair["now"]) if side]
    return _page("results/over_time_runs.html", whole, "over_time.earlier", drawn, told=told, asked=asked)


@over_time.get(f"{TOGETHER}.json")
def file(programme_id: str) -> Response:
    """Download a programme's result."""
    whole = _whole(programme_id)
    deeds.note_once_a_day(whole.seat, "downloaded_whole", "JSON")
    return attached(json.dumps(whole.edition, ensure_ascii=False).encode(), "application/json", f"{programme_id}.json")


@over_time.get(f"{TOGETHER}.csv")
def table(programme_id: str) -> Response:
    """Download a programme's result as a table."""
    whole = _whole(programme_id)
    deeds.note_once_a_day(whole.seat, "downloaded_whole", "CSV")
    return attached(csv_file(whole.edition), KINDS["csv"], f"{programme_id}.csv")


@over_time.get(f"{TOGETHER}/<string(maxlength=200):question_id>.svg")
def picture(programme_id: str, question_id: str) -> Response:
    """Download how a question went over the rounds as a picture."""
    whole = _whole(programme_id)
    question = next((item for item in whole.edition["questions"] if item["id"] == question_id), None)
    if question is None or question["kind"] != "scale":
        abort(404)
    deeds.note_once_a_day(whole.seat, "downloaded_whole", "SVG")
    lines = [Line(whole.name(point), (), trends.standing(question, point, words), trends.span(point)) for point in question["series"]]
    foot = [words(_("The line goes from nobody to everybody.")), in_language(whole.edition["title"])]
    drawn = pictures.svg(Picture(_title(question), lines, charts.WHOLE, (), foot, language()))
    return attached(drawn.encode(), "image/svg+xml; charset=utf-8", f"{programme_id}-{question_id}.svg")


def _edition(programme_id: str) -> Document | None:
    prefix = programme_pointers.edition(programme_id)
    return json.loads(bucket.get(f"{prefix}/edition.json")) if prefix else None


def _whole(programme_id: str) -> Whole:
    """Open a programme's result for a visitor who may see all of it."""
    return _opened(access.permitted(programme_id, lambda seat: seat.sees_results))


def _opened(seat: Seat) -> Whole:
    """Open a programme's result; its pages speak one of the languages that it has."""
    edition = _edition(seat.programme.id)
    if edition is None:
        abort(404)
    speak_one_of(edition["languages"])
    return Whole(seat, edition, titles(seat, published.rounds(seat.programme.id).values()))


def _sees(seat: Seat, unit: Document) -> bool:
    """Tell whether a unit is one of those that a visitor is limited to, if she is."""
    return not seat.staff.units or unit["path"][0] in seat.staff.units


def _with_changes(told: Document) -> Document:
    """Say at each round of this run what changed since the earlier one, and nothing at the earlier one's."""
    for pair in told["questions"]:
        for found in pair["rounds"]:
            found["before"] = found["before"] | {"change": None}
            found["now"] = found["now"] | {"change": found["change"]}
    return told


def _page(template: str, whole: Whole, here: str, drawn: Sequence[Document], **shown: object) -> str:
    deeds.note_once_a_day(whole.seat, "looked_over")
    return render_template(
        template,
        **common(whole.seat),
        **tools(whole.edition),
        whole=whole,
        here=here,
        title=_title,
        merged=trends.merged,
        bar=bars_within(reach(drawn)),
        interval=_interval,
        standing=lambda question, point: trends.standing(question, point, words),
        together=lambda found: trends.together(found, words),
        closing_day=lambda found: closing_day(found["closed"], whole.edition["timezone"]),
        change=lambda point: trends.change(point, words),
        **shown,
    )


def _title(question: Document) -> str:
    """Name a question; one that was asked about each session bears the latest one's name."""
    text = question_text(question, language())
    about_sessions = any(point["session"] for point in question["series"])
    return words(_("For each session, such as: {question}")).format(question=text) if about_sessions else text


def _interval(point: Document) -> Markup:
    found = trends.span(point)
    return Markup(charts.interval(found) if found else "")  # noqa: S704 – drawn by us, without texts


def _parts(whole: Whole, question: Document) -> list[tuple[Sequence[str], Document]]:
    """List the units whose answers to a question are shown, each with what they add up to."""
    return [(unit["path"], trends.merged(question, unit)) for unit in question["units"] if _sees(whole.seat, unit)]
