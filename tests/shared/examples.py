"""One small course day for tests: a scale of each sort and a text, a round of it, and answers to it."""

from collections.abc import Iterable, Mapping
from typing import Any

from shared.envelopes import Answer
from shared.forms import Form, Option, Question, form_id
from shared.programmes import Contact, Programme
from shared.response import Totals
from shared.results.counting import Invited, Tally, tallied
from shared.results.editions import Document, comments, edition
from shared.rounds import Round, Window

CLOSES = 1_793_660_340
"""2 November 2026, 22:59 UTC, in epoch seconds."""

ORDER_KEY = b"k" * 32

POINTS = tuple(Option(str(point), {"en": f"Point {point}", "nb": f"Trinn {point}"}) for point in range(1, 6))

BENEFIT = Question("benefit", "scale", {"en": "How useful?", "nb": "Hvor nyttig?"}, options=POINTS, positive=("4", "5"))
SESSION = Question(
    "session",
    "scale",
    {"en": "And the walk?", "nb": "Og turen?"},
    options=POINTS,
    positive=("4", "5"),
    not_relevant={"en": "Did not attend", "nb": "Deltok ikke"},
)
EXPECTED = Question("expected", "scale", {"en": "As expected?", "nb": "Som ventet?"}, options=POINTS, bipolar=True)
TAKEAWAY = Question("takeaway", "text", {"en": "What do you take along?", "nb": "Hva tar du med deg?"}, max_length=2000)

FORM = Form({"en": "Day 1", "nb": "Dag 1"}, "anonymous", (BENEFIT, SESSION, EXPECTED, TAKEAWAY))

ROUND = Round(
    programme="walks",
    id="day-1",
    ref="abcdefgh",
    form=form_id(FORM),
    mode="anonymous",
    day="day-1",
    windows={"day-1": Window(CLOSES - 28_800, CLOSES)},
    public_key=bytes(32),
)


def programme(*languages: str) -> Programme:
    """Make a programme in these languages, English alone if none is given."""
    contact = Contact("The office", "office@example.org")
    return Programme(
        id="walks",
        title={"en": "Walks", "nb": "Turer"},
        languages=languages or ("en",),
        timezone="Europe/Oslo",
        sender_name="Walks",
        contact=contact,
        controller="The town",
        data_protection=contact,
        legal_basis={"en": "Consent", "nb": "Samtykke"},
        complaints="The authority",
        units=("school",),
        roles={},
        days=(),
        rounds=(),
    )


def answer(**answers: str) -> Answer:
    """Make an answer to the form above."""
    return Answer(ROUND.form, answers, (), "day-1")


def answers(benefit: str, **others: str) -> list[Answer]:
    """Make an answer for each digit given, alike in everything else."""
    return [answer(benefit=code, **others) for code in benefit]


def tally(given: Iterable[Answer | None]) -> Tally:
    """Count answers, each under an envelope name of its own."""
    return tallied([FORM], ((f"{number:032x}", found) for number, found in enumerate(given)), ORDER_KEY)


def invited(number: int) -> Invited:
    """Say that so many were invited, none of whom is told apart."""
    return Invited(Totals(number, 0))


def documents(given: Iterable[Answer | None], everyone: int, *languages: str) -> tuple[Document, Document]:
    """Make the edition of answers, and the comments beside it."""
    counted = tally(given)
    return edition(ROUND, programme(*languages), [FORM], counted, invited(everyone)), comments([FORM], counted)


def question(document: Document, name: str) -> Mapping[str, Any]:
    """Find a question in an edition."""
    return next(found for found in document["questions"] if found["id"] == name)
