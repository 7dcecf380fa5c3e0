"""One's own copy of answers in a series: kept where she ticked it, and shown and deleted by her own links to the series alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request

from functions.answer import visits
from functions.answer.presses import BINDING, DO, binding, pressed
from shared import letters, links, rounds
from shared.answers import Given
from shared.conditions import Answers
from shared.forms import Form, Question
from shared.languages import catalogue
from shared.letters import Letter, Unopenable
from shared.phrases import _
from shared.presentation.sentences import figure
from shared.rounds import Round
from shared.store import letters as store
from shared.store import published
from shared.web import form_page
from shared.web.form_page import Place, Sent
from shared.web.pages import Page, language
from shared.web.recall import in_full

STAGES = {"before": _("Before"), "midway": _("Midway"), "after": _("After"), "follow-up": _("Later")}


@dataclass(frozen=True, slots=True)
class Copy:
    """What somebody answered at one stage, with the form that asked it and what was published of everybody's answers."""

    stage: str
    form: Form
    answers: Answers
    published: Mapping[str, Any]
    """The questions of the published result by id."""


@dataclass(frozen=True, slots=True)
class Line:
    """One question's answer at one stage."""

    stage: str
    own: str
    everyone: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question at all stages that asked it."""

    text: str
    lines: list[Line]

    @property
    def everyone(self) -> bool:
        """Tell whether something was published of everybody's answers to it."""
        return any(line.everyone for line in self.lines)


def keep(sent: Sent) -> bool:
    """Keep a copy of stored answers where their writer wants it; raise `NotSaved` where that fails.

    A write of its own, after the answer's transaction: nothing that records transactions could name a copy and an envelope together.
    """
    ref, seed = sent.place.round.ref, links.copy_seed(sent.token)
    if not (sent.copied and sent.place.round.pairs and seed):
        return False
    sealed = letters.sealed(seed, ref, Letter(sent.slip.form, sent.reading.answers), store.overhead(ref))
    store.put_own_copy(letters.name(seed, ref), sealed, ref)
    return True


def do(place: Place, token: str, given: Given) -> Page:
    """Show or delete what is kept."""
    invitation = visits.invitation(place.round.ref, token) or abort(404)
    visits.speak(place, request.args.get("lang", invitation.language))
    what = pressed(given, token)
    if what == "open":
        return _shown(place, token)
    if what == "delete":
        return _page("own_copy_delete.html", place, token)
    if what != "delete-now":
        abort(422)
    for found in _series(place):
        store.delete_own_copy(letters.name(links.copy_seed(token), found.ref))
    return _page("own_copy_deleted.html", place, token)


def _series(place: Place) -> list[Round]:
    """List the rounds of a series by their time."""
    named = [plan.id for plan in place.programme.rounds if plan.series == place.round.series and plan.id != place.round.id]
    others = (published.round_by_id(place.programme.id, name) for name in named)
    return sorted([place.round, *(found for found in others if found and found.pairs == place.round.pairs)], key=rounds.closes)


def _shown(place: Place, token: str) -> Page:
    kept = [copy for found in _series(place) if (copy := _copy(found, token))]
    asked = list(_asked(kept))
    return _page("own_copy.html", place, token, asked=asked, everyone=any(question.everyone for question in asked))


def _copy(found: Round, token: str) -> Copy | None:
    """Open the copy that is kept of a round's answers."""
    seed, place = links.copy_seed(token), visits.place(found.ref)
    stored = store.letter(letters.name(seed, found.ref))
    if place is None or stored is None:
        return None
    try:
        letter = letters.opened(seed, found.ref, stored.sealed)
    except Unopenable:
        return None
    shown = visits.as_shown(place, letter.form)
    stage = catalogue(language()).gettext(STAGES[found.stage])
    return Copy(stage, shown.form, letter.answers, _published(shown)) if shown else None


def _published(place: Place) -> Mapping[str, Any]:
    told = visits.told_back(place)
    return {question["id"]: question for question in told["edition"]["questions"]} if told else {}


def _asked(kept: list[Copy]) -> Iterator[Asked]:
    """Set the answers to each question side by side, in the order of the forms."""
    questions = {question.id: question for copy in kept for question in copy.form.questions}
    for name, question in questions.items():
        if any(name in copy.answers for copy in kept):
            yield Asked(question.text[language()], [_line(copy, name) for copy in kept if _asks(copy.form, name)])


def _line(copy: Copy, name: str) -> Line:
    question = _asks(copy.form, name)
    found = copy.published.get(name)
    everyone = figure(found, catalogue(language()).gettext) if found and found["n"] else ""
    return Line(copy.stage, in_full(question, copy.answers, language()) if question else "", everyone)


def _asks(form: Form, name: str) -> Question | None:
    return next((question for question in form.questions if question.id == name), None)


def _page(template: str, place: Place, token: str, **more: object) -> Page:
    buttons = {"here": links.path(place.round.ref, token), "do": DO, "field": BINDING, "binding": binding(token)}
    return render_template(template, **form_page.common(place), **buttons, **more)
