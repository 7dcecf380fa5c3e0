"""A rich course day for tests of files: every kind of question, sections, sessions, gatherings, schools, roles and what is hidden."""

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shared.envelopes import Answer
from shared.forms import NOT_RELEVANT, Form, Option, Question, form_id
from shared.languages import Text
from shared.programmes import Programme, Session
from shared.results.editions import Document
from tests.shared.examples import EXPECTED, POINTS, SESSION, TAKEAWAY
from tests.shared.places import GATHERINGS, made, programme, twice

AGENDA = (
    Session("walk", {"en": "A walk", "nb": "En tur"}, "10:00", "11:00"),
    Session("talk", {"en": "A talk", "nb": "En samtale"}, "11:00", "12:00"),
)
LIKED = tuple(Option(str(code), {"en": text, "nb": text}) for code, text in enumerate(("Not at all", "A little", "Much"), 1))
WAYS = tuple(Option(code, {"en": f"By {code}", "nb": f"Med {code}"}) for code in ("bus", "train", "foot"))

OTHERWISE = {"en": "Otherwise", "nb": "Annet"}
NOT_THERE = {"en": "Not there", "nb": "Ikke der"}
SECTION = {"en": "About [us]: */?\\", "nb": "Om [oss]: */?\\"}


def _said(english: str, norwegian: str) -> Text:
    return {"en": english, "nb": norwegian}


RICH = Form(
    _said("What did the day give you?", "Hva ga dagen deg?"),
    "anonymous",
    (
        Question("benefit", "scale", _said("How useful?", "Hvor nyttig?"), options=POINTS, positive=("4", "5")),
        EXPECTED,
        *(replace(SESSION, id=f"useful.{item.id}", text=_said(f"How was “{item.title['en']}”?", "Hvordan var det?")) for item in AGENDA),
        Question("liked", "scale", _said("Liked?", "Likt?"), section=SECTION, options=LIKED, positive=("3",), sensitive=True),
        Question("way", "choice", _said("Came how?", "Kom hvordan?"), options=WAYS, other=OTHERWISE, not_relevant=NOT_THERE),
        Question("ways", "choices", _said("How else?", "Hvordan ellers?"), options=WAYS),
        Question("minutes", "number", _said("How many minutes?", "Hvor mange minutter?"), low=0, high=300),
        Question("rare", "scale", _said("Rarely asked?", "Sjelden spurt?"), options=POINTS, positive=("5",)),
        TAKEAWAY,
        replace(TAKEAWAY, id="better", text=_said("What could be better?", "Hva kunne vært bedre?")),
    ),
)


def day() -> Programme:
    """Make a programme whose day is held twice, with an agenda."""
    found = programme(gatherings=GATHERINGS)
    return replace(found, days=(replace(found.days[0], sessions=AGENDA),))


SCHOOLS: Mapping[tuple[str, ...], int] = {
    ("Follo", "Åsen"): 9,
    ("Follo", "Bakken"): 3,
    ("Follo", "Dalen"): 6,
    ("Romerike", "Elva"): 12,
    ("Romerike", "Fossen"): 2,
}


def rich(seed: int = 7, schools: Mapping[tuple[str, ...], int] = SCHOOLS, form: Form = RICH, **others: Any) -> Document:
    """Make the edition of answers by chance."""
    chance = random.Random(seed)
    answers = [
        Answer(form_id(form), dict(_given(form, chance)), (*cell, chance.choice(["leader", "teacher"])), held.id)
        for held in GATHERINGS
        for cell, number in schools.items()
        for _ in range(number)
    ]
    return made(answers, twice(answers), day(), [form], **others)


def _given(form: Form, chance: random.Random) -> Any:
    for question in form.questions:
        if chance.random() < (0.02 if question.id == "rare" else 0.95):
            yield question.id, _answer(question, chance)


def _answer(question: Question, chance: random.Random) -> str | list[str]:
    codes = [option.code for option in question.options] + ([NOT_RELEVANT] if question.not_relevant else [])
    match question.kind:
        case "number":
            return str(chance.randint(5, 90))
        case "text":
            return chance.choice(["More time to practise", "The room was cold", "=1+1", "שלום 🎉"])
        case "choices":
            return [code for code in codes if chance.random() < 0.5] or codes[:1]
    return chance.choice(codes)
