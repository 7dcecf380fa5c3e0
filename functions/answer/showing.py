"""How a link's pages are filled that say how things stand: used already, too early, too late."""

from collections.abc import Mapping
from typing import Any

from flask import render_template

from functions.answer.presses import BINDING, DO, binding
from shared import links
from shared.answers import Reading
from shared.dates import date_text, time_text
from shared.forms import other_id
from shared.rounds import Window
from shared.schedule import wall_clock
from shared.web import heard
from shared.web.form_page import Place, common, last_minute, others
from shared.web.pages import Page, language
from shared.web.recall import recalled


def answered(place: Place, token: str, unstored: Reading | None = None) -> Page:
    """Say that this link has been used, and show what was typed in vain."""
    page = render_template("answered.html", **_standing(place, unstored), own=_own(place, token, unstored))
    return page, 409 if unstored else 200


def told_back(place: Place, token: str, document: Mapping[str, Any]) -> Page:
    """Show what those who run the programme heard in the answers, and what came of them."""
    return render_template("heard_back.html", **_standing(place, None), own=_own(place, token, None), told=heard.told(document, language()))


def early(place: Place, window: Window) -> Page:
    """Say when the form opens."""
    opens = wall_clock(window.opens, place.programme.timezone)
    return render_template("early.html", **_standing(place, None), date=date_text(opens, language()), opens=time_text(opens, language()))


def closed(place: Place, token: str, window: Window, unstored: Reading | None = None) -> Page:
    """Say when the form closed, and show what was typed in vain."""
    date, closes = last_minute(place, window)
    own = _own(place, token, unstored)
    page = render_template("closed.html", **_standing(place, unstored), own=own, date=date, closes=closes)
    return page, 409 if unstored else 200


def _standing(place: Place, unstored: Reading | None) -> dict[str, object]:
    """Fill what all pages without a form show; where text is to be copied, no link leads away from it."""
    return {**common(place), "typed": _typed(place, unstored), "languages": {} if unstored else others(place)}


def _own(place: Place, token: str, unstored: Reading | None) -> dict[str, str]:
    """Fill the button that shows one's own copy of answers, where a round offers one and nothing on the page waits to be copied."""
    if unstored or not place.round.pairs:
        return {}
    return {"here": links.path(place.round.ref, token), "do": DO, "field": BINDING, "binding": binding(token)}


def _typed(place: Place, unstored: Reading | None) -> list[tuple[str, str]]:
    """List what was written and not stored, each with its question."""
    written = unstored.answers if unstored else {}
    names = ((question, name) for question in place.form.questions for name in _written_under(question.id, question.kind))
    texts = ((question, written.get(name)) for question, name in names)
    spoken = language()
    return [(recalled(place.form, written, spoken, question.text[spoken]), text) for question, text in texts if isinstance(text, str)]


def _written_under(name: str, kind: str) -> tuple[str, ...]:
    return (name,) if kind in ("text", "number") else (other_id(name),)
