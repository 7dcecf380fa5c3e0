"""The closing report: the owner chooses comments, presses, and has a version that stays as it is, to print or to hand out as a file."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for

from functions.desk.pages import PROGRAMME, attached, common, in_language
from functions.desk.results.figures import decimal, words
from functions.desk.results.reading import with_result
from functions.desk.results.released import original, released
from functions.desk.staff import access, deeds
from functions.desk.staff.access import Seat
from functions.desk.staff.guard import page_time, require_own_form
from shared import bucket, rounds
from shared.dates import day_text
from shared.languages import NAMES
from shared.presentation import closing_reports, sentences
from shared.presentation.closing_reports import Part
from shared.presentation.sentences import question_text
from shared.rounds import Round
from shared.schedule import wall_clock
from shared.store import desk_reports, recent
from shared.web.look import STATIC
from shared.web.outcomes import PATTERN, Outcome, outcomes, say
from shared.web.pages import Page, language, speak

reports = Blueprint("reports", __name__)

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """A released comment that may stand in the report."""

    name: str
    """Made from the comment itself, so that it stays the same whatever else is decided."""
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a round with its released comments."""

    title: str
    heading: str
    choices: list[Choice]


@reports.get(f"{PROGRAMME}/report")
def choose(programme_id: str) -> Page:
    """Offer the released comments, and list the versions that were made."""
    return _page(access.owner(programme_id))


@reports.post(f"{PROGRAMME}/report")
def make(programme_id: str) -> Page:
    """Make a version of what is published now; it is shown to nobody before the owner hands it out."""
    seat = access.owner(programme_id)
    require_own_form(seat.visitor.secret)
    parts = list(_parts(seat, set(request.form.getlist("comment"))))
    number = request.form.get("next", "")
    if not parts or not (number.isascii() and number.isdigit()):
        abort(422)
    made = f"{datetime.fromtimestamp(page_time(), UTC):%Y-%m-%dT%H:%M:%SZ}"
    try:
        desk_reports.put(programme_id, int(number), closing_reports.document(seat.programme, parts, made))
    except desk_reports.Overtaken:
        return _page(seat, overtaken=True), 409
    deeds.note(seat, "reported", number)
    return redirect(url_for("reports.version", programme_id=programme_id, number=number), 303)


@reports.get(f"{PROGRAMME}/report/<int:number>")
def version(programme_id: str, number: int) -> str:
    """Show a version as it is printed."""
    seat, document = _version(programme_id, number)
    return _report(seat, document, number)


@reports.get(f"{PROGRAMME}/report/<int:number>.html")
def file(programme_id: str, number: int) -> Response:
    """Download a version as one file that needs nothing else."""
    seat, document = _version(programme_id, number)
    deeds.note_once_a_day(seat, "report_fetched", str(number))
    style = "\n".join((STATIC / name).read_text() for name in ("kursdag.css", "result.css"))
    content = _report(seat, document, number, style).encode()
    return attached(content, "text/html; charset=utf-8", f"{programme_id}-report-{number}-{language()}.html")


def _version(programme_id: str, number: int) -> tuple[Seat, Document]:
    seat = access.owner(programme_id)
    document = desk_reports.get(programme_id, number)
    if document is None:
        abort(404)
    chosen = request.args.get("in", document["languages"][0])
    speak(chosen if chosen in document["languages"] else document["languages"][0])
    return seat, document


def _page(seat: Seat, *, overtaken: bool = False) -> str:
    versions, ready = desk_reports.versions(seat.programme.id), with_result(seat.programme.id)
    newest = max(versions, default=0)
    chosen = request.form.getlist("comment") if overtaken else _chosen(desk_reports.get(seat.programme.id, newest))
    return render_template(
        "results/report.html",
        **common(seat),
        asked=list(_asked(seat, ready)),
        results=len(ready),
        versions=versions,
        next=newest + 1,
        chosen=set(chosen),
        overtaken=overtaken,
        made=lambda moment: _date(moment, seat.programme.timezone),
        names={spoken: NAMES[spoken] for spoken in seat.programme.languages},
    )


def _edition(held: Round, name: str = "edition") -> Document:
    found: Document = json.loads(bucket.get(f"{held.edition}/{name}.json"))
    return found


def _asked(seat: Seat, ready: Iterable[Round]) -> Iterator[Asked]:
    """List the questions that have released comments."""
    for held in ready:
        edition, title = _edition(held), in_language(recent.round_title(seat.programme, held))
        offered = _choices(held)
        for question in edition["questions"]:
            if choices := offered.get(question["id"]):
                yield Asked(title, question_text(question, language()), choices)


def _choices(held: Round) -> dict[str, list[Choice]]:
    found = released(held.ref, original(held.edition or ""))
    return {question: [Choice(_name(text), text) for text in texts] for question, texts in found.items() if texts}


def _name(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _chosen(document: Document | None) -> Iterable[str]:
    """Name the comments that a version has."""
    held = (asked for told in document["rounds"] for asked in told["comments"]) if document else ()
    return [_name(text) for asked in held for text in asked["comments"]]


def _parts(seat: Seat, chosen: set[str]) -> Iterator[Part]:
    """Gather what the report is made of: of comments, those that are chosen and released now."""
    known = with_result(seat.programme.id)
    for held in known:
        offered = _choices(held) if chosen else {}
        comments = {question: [item.text for item in items if item.name in chosen] for question, items in offered.items()}
        pairs = _edition(held, "pairs") if rounds.earlier_of_series(held, known) else None
        yield Part(recent.round_title(seat.programme, held), _edition(held), comments, pairs)


def _report(seat: Seat, document: Document, number: int, style: str = "") -> str:
    spoken = language()
    return render_template(
        "results/closing_report.html",
        document=document,
        number=number,
        style=style,
        programme_id=seat.programme.id,
        text=lambda found: say(found, spoken),
        made=_date(document["made"], document["timezone"]),
        date=lambda written: day_text(datetime.fromisoformat(written), spoken),
        told=[_told(held, title) for held, title in zip(document["rounds"], _titles(document), strict=True)],
        hidden=lambda why: sentences.hidden_because(why, words),
        decimal=decimal,
        pattern=PATTERN,
        names={code: NAMES[code] for code in document["languages"]},
    )


def _titles(document: Document) -> list[str]:
    """Write what the rounds are called in the page's language; those that are called the same, with their last day."""
    called = [say(held["title"], language()) for held in document["rounds"]]
    closed = [held.get("closed") for held in document["rounds"]]  # versions that were made earlier don't tell it
    pairs = zip(called, closed, strict=True)
    return [f"{title} ({_date(at, document['timezone'])})" if at and called.count(title) > 1 else title for title, at in pairs]


def _told(held: Mapping[str, Any], title: str) -> dict[str, Any]:
    """Say what came of a round in the page's language."""
    edition = held["edition"]
    found: list[Outcome] = outcomes(edition["questions"], edition, language())
    said = {"response": sentences.response(edition, words), "sure": sentences.precision(edition, words)}
    return {**held, **said, "title": title, "outcomes": found}


def _date(moment: str, timezone: str) -> str:
    return day_text(wall_clock(int(datetime.fromisoformat(moment).timestamp()), timezone), language())
