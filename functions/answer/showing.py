"""How a link's pages are filled: the form, the receipt, and the pages that say how things stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache, partial

from flask import render_template

from functions.answer import slips, visits
from functions.answer.mending import bounds, faults_in_words
from functions.answer.recall import live, only_if, recalled
from functions.answer.slips import Slip
from functions.answer.visits import Place
from shared import disclosure, links
from shared.answers import Given, Reading
from shared.conditions import as_json
from shared.dates import date_text, time_text
from shared.forms import NOT_RELEVANT, OTHER, Form, Question, minutes, other_id
from shared.languages import NAMES
from shared.notices import notice
from shared.rounds import Window
from shared.schedule import wall_clock
from shared.store.invitations import Invitation
from shared.web.pages import language

Page = str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent in: where it belongs, what travelled along, what was typed, and how it reads."""

    place: Place
    token: str
    slip: Slip
    given: Given
    reading: Reading
    switched: str = ""
    """The language that the reader goes on in; empty where she sends her answer."""
    invitation: Invitation | None = None
    """Whose link it is, where that was looked up."""

    def with_slip(self, slip: Slip) -> "Sent":
        """Return the same form with another slip."""
        return replace(self, slip=slip)

    def of(self, invitation: Invitation) -> "Sent":
        """Return the same form of somebody who was looked up."""
        return replace(self, invitation=invitation)


def form(place: Place, token: str, slip: Slip, invitation: Invitation | None) -> Page:
    """Show an empty form."""
    return form_again(Sent(place, token, slip, {}, Reading({}), invitation=invitation), "", 200)


def form_again(sent: Sent, fault: str, status: int) -> Page:
    """Show a form with what was typed and what must be mended: "empty" or "unsaved" as a whole, or at its questions."""
    place, slip, spoken = sent.place, sent.slip, sent.slip.language
    programme, gathering = place.programme, visits.gathering_of(place.day, slip.gathering)
    faults = {} if sent.switched or fault else faults_in_words(_by_id(place.form), sent.reading, spoken)
    page = render_template(
        "form.html",
        **common(place),
        form=place.form,
        fault=fault,
        faults=list(_linked(sent, faults)),
        questions=_questions(sent, faults),
        hidden=slips.fields(slip, sent.token),
        invitation=sent.invitation,
        here=links.path(place.round.ref, sent.token),
        draft=links.draft_name(place.round.ref, sent.token),
        typed=bool(sent.given),
        any_required=any(question.required for question in place.form.questions),
        gathering=gathering,
        date=date_text(datetime.fromisoformat(gathering.date), spoken),
        closes=last_minute(place, place.round.windows[slip.gathering])[1],
        closes_date=_other_date(place, place.round.windows[slip.gathering]),
        minutes=minutes(place.form),
        notice=notice(programme, place.form.mode, spoken),
        languages=_others(place),
    )
    return page, status


def _by_id(form: Form) -> Mapping[str, Question]:
    return {question.id: question for question in form.questions}


def _linked(sent: Sent, faults: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """List the questions to mend, in the form's order: each with its text and what is wrong."""
    spoken, form = sent.slip.language, sent.place.form
    for question in form.questions:
        if question.id in faults:
            yield question.id, recalled(form, sent.reading.answers, spoken, question.text[spoken]), faults[question.id]


def _questions(sent: Sent, faults: Mapping[str, str]) -> str:
    """Show a form's questions; those of an empty form are the same for everybody."""
    asked = Asked(sent.slip.form, sent.slip.language, sent.place.form)
    return _filled(asked, sent.given, sent.reading, faults) if sent.given else _empty(asked)


@dataclass(frozen=True, slots=True)
class Asked:
    """A form in one language; two of the same name are the same."""

    name: str
    language: str
    form: Form = field(compare=False)


@lru_cache(maxsize=200)
def _empty(asked: Asked) -> str:
    return _filled(asked, {}, Reading({}), {})


def _filled(asked: Asked, given: Given, reading: Reading, faults: Mapping[str, str]) -> str:
    form, spoken = asked.form, asked.language
    return render_template(
        "questions.html",
        form=form,
        spoken=spoken,
        given=given,
        faults=faults,
        parts=_parts(form),
        not_relevant=NOT_RELEVANT,
        other=OTHER,
        other_id=other_id,
        recall=partial(live, form, reading.answers, spoken),
        only_if=partial(only_if, form, language=spoken),
        rule=as_json,
        bounds=partial(bounds, language=spoken),
    )


def _parts(form: Form) -> int:
    """Count the parts of a form that is divided whole; 0 where conditions may leave nothing of one and numbers would mislead."""
    parts: list[list[Question]] = []
    for question in form.questions:
        if question.section or not parts:
            parts.append([])
        parts[-1].append(question)
    divided = all(part[0].section and any(question.shown_if is None for question in part) for part in parts)
    return len(parts) if divided else 0


def received(place: Place, window: Window, token: str) -> Page:
    """Show the receipt."""
    date, closes = last_minute(place, window)
    draft = links.draft_name(place.round.ref, token)
    return render_template("received.html", **common(place), date=date, closes=closes, draft=draft, shown_from=disclosure.RATINGS_FROM)


def answered(place: Place, unstored: Reading | None = None) -> Page:
    """Say that this link has been used, and show what was typed in vain."""
    page = render_template("answered.html", **_standing(place, unstored))
    return page, 409 if unstored else 200


def early(place: Place, window: Window) -> Page:
    """Say when the form opens."""
    opens = wall_clock(window.opens, place.programme.timezone)
    return render_template("early.html", **_standing(place, None), date=date_text(opens, language()), opens=time_text(opens, language()))


def closed(place: Place, window: Window, unstored: Reading | None = None) -> Page:
    """Say when the form closed, and show what was typed in vain."""
    date, closes = last_minute(place, window)
    page = render_template("closed.html", **_standing(place, unstored), date=date, closes=closes)
    return page, 409 if unstored else 200


def _standing(place: Place, unstored: Reading | None) -> dict[str, object]:
    """Fill what all pages without a form show; where text is to be copied, no link leads away from it."""
    return {**common(place), "typed": _typed(place, unstored), "languages": {} if unstored else _others(place)}


def last_minute(place: Place, window: Window) -> tuple[str, str]:
    """Write the date and the time until which a form is open, both included."""
    last = wall_clock(window.closes - 60, place.programme.timezone)
    return date_text(last, language()), time_text(last, language())


def _other_date(place: Place, window: Window) -> str:
    """Write the date on which a form closes where that is not the date on which it opens."""
    zone = place.programme.timezone
    last = wall_clock(window.closes - 60, zone)
    return "" if last.date() == wall_clock(window.opens, zone).date() else date_text(last, language())


def _typed(place: Place, unstored: Reading | None) -> list[tuple[str, str]]:
    """List what was written and not stored, each with its question."""
    written = unstored.answers if unstored else {}
    names = ((question, name) for question in place.form.questions for name in _written_under(question.id, question.kind))
    texts = ((question, written.get(name)) for question, name in names)
    spoken = language()
    return [(recalled(place.form, written, spoken, question.text[spoken]), text) for question, text in texts if isinstance(text, str)]


def _written_under(name: str, kind: str) -> tuple[str, ...]:
    return (name,) if kind in ("text", "number") else (other_id(name),)


def _others(place: Place) -> dict[str, str]:
    """List the languages that the programme offers besides this one."""
    return {code: NAMES[code] for code in place.programme.languages if code != language()}


def common(place: Place) -> dict[str, object]:
    """Return what all pages of a round show."""
    spoken, once = language(), place.round.once
    heading = place.form.title if once else place.day.title
    return {"programme": place.programme, "day": place.day, "spoken": spoken, "once": once, "heading": heading[spoken]}
