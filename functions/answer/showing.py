"""How a link's pages are filled: the form, the receipt, and the pages that say how things stand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from flask import render_template

from functions.answer import slips, visits
from functions.answer.recall import only_if, recalled
from functions.answer.slips import Slip
from functions.answer.visits import Place
from shared.answers import OTHER_LENGTH, Given, Reading
from shared.dates import date_text, time_text
from shared.forms import NOT_RELEVANT, OTHER, minutes
from shared.languages import NAMES
from shared.notices import notice
from shared.rounds import Window
from shared.schedule import wall_clock
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

    def with_slip(self, slip: Slip) -> "Sent":
        """Return the same form with another slip."""
        return replace(self, slip=slip)


def form(place: Place, token: str, slip: Slip) -> Page:
    """Show an empty form."""
    return form_again(Sent(place, token, slip, {}, Reading({})), {}, 200)


def form_again(sent: Sent, faults: Mapping[str, str], status: int) -> Page:
    """Show a form with what was typed and what must be mended; a fault under "" concerns the whole form."""
    place, spoken = sent.place, sent.slip.language
    programme, window = place.programme, place.round.windows[sent.slip.gathering]
    gathering = visits.gathering_of(place.day, sent.slip.gathering)
    page = render_template(
        "form.html",
        **common(place),
        form=place.form,
        given=sent.given,
        faults=faults,
        hidden=slips.fields(sent.slip, sent.token),
        not_relevant=NOT_RELEVANT,
        other=OTHER,
        other_length=OTHER_LENGTH,
        any_required=any(question.required for question in place.form.questions),
        recall=partial(recalled, place.form, sent.reading.answers, spoken),
        only_if=partial(only_if, place.form, language=spoken),
        gathering=gathering,
        date=date_text(datetime.fromisoformat(gathering.date), spoken),
        closes=last_minute(place, window)[1],
        closes_date=_other_date(place, window),
        minutes=minutes(place.form),
        notice=notice(programme, place.form.mode, spoken),
        languages={code: NAMES[code] for code in programme.languages if code != spoken},
    )
    return page, status


def received(place: Place, window: Window) -> Page:
    """Show the receipt."""
    return render_template("received.html", **common(place), closes=last_minute(place, window)[1])


def answered(place: Place, unstored: Reading | None = None) -> Page:
    """Say that this link has been used, and show what was typed in vain."""
    page = render_template("answered.html", **common(place), typed=_typed(place, unstored))
    return page, 409 if unstored else 200


def early(place: Place, window: Window) -> Page:
    """Say when the form opens."""
    opens = wall_clock(window.opens, place.programme.timezone)
    return render_template("early.html", **common(place), date=date_text(opens, language()), opens=time_text(opens))


def closed(place: Place, window: Window, unstored: Reading | None = None) -> Page:
    """Say when the form closed, and show what was typed in vain."""
    date, closes = last_minute(place, window)
    page = render_template("closed.html", **common(place), typed=_typed(place, unstored), date=date, closes=closes)
    return page, 409 if unstored else 200


def last_minute(place: Place, window: Window) -> tuple[str, str]:
    """Write the date and the time until which a form is open, both included."""
    last = wall_clock(window.closes - 60, place.programme.timezone)
    return date_text(last, language()), time_text(last)


def _other_date(place: Place, window: Window) -> str:
    """Write the date on which a form closes where that is not the date on which it opens."""
    zone = place.programme.timezone
    last = wall_clock(window.closes - 60, zone)
    return "" if last.date() == wall_clock(window.opens, zone).date() else date_text(last, language())


def _typed(place: Place, unstored: Reading | None) -> list[tuple[str, str]]:
    """List what was written and not stored, each with its question."""
    written = unstored.answers if unstored else {}
    texts = ((question, written.get(question.id)) for question in place.form.questions if question.kind in ("text", "number"))
    return [(question.text[language()], text) for question, text in texts if isinstance(text, str)]


def common(place: Place) -> dict[str, object]:
    """Return what all pages of a round show."""
    spoken, once = language(), place.round.once
    heading = place.form.title if once else place.day.title
    return {"programme": place.programme, "day": place.day, "spoken": spoken, "once": once, "heading": heading[spoken]}
