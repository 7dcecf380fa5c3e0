"""The closing report of a programme: made of published results alone, for readers outside it, and so more cautious than those."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shared.languages import Text
from shared.presentation.sentences import question_text
from shared.programmes import Programme
from shared.protection import disclosure
from shared.replies import for_all
from shared.results.figures import UNKNOWN

SCHEMA = 1

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One round: its title, what is published of it, and the comments that the owner has chosen of those released."""

    title: Text
    edition: Document
    comments: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By question."""
    pairs: Document | None = None
    """The comparison with the first round of its series, where there is one."""


def document(programme: Programme, parts: Iterable[Part], made: str) -> Document:
    """Make the report: all that it will ever show."""
    told = list(parts)
    return {
        "schema": SCHEMA,
        "made": made,
        "programme": programme.id,
        "title": dict(programme.title),
        "languages": list(programme.languages),
        "timezone": programme.timezone,
        "contact": {"name": programme.contact.name, "email": programme.contact.email},
        "goals": [dict(goal.title) for goal in programme.goals],
        "days": [_day(day) for day in programme.days],
        "attention": [dict(point) for point in programme.continues.attention] if programme.continues else [],
        "from": disclosure.OUTSIDE_FROM,
        "rounds": [_round(part) for part in told],
        "changes": [change for part in told for change in _changes(part)],
    }


def _day(day: Any) -> Document:
    held = [{"date": item.date, "place": item.place} for item in day.gatherings]
    return {"title": dict(day.title), "aims": [dict(aim) for aim in day.aims], "held": held}


def _round(part: Part) -> Document:
    """Tell of a round who has answered; and what, where enough have."""
    edition = for_all(part.edition)
    hidden = disclosure.hidden_outside(edition["n"], edition["N"])
    questions = [] if hidden else [_question(question) for question in edition["questions"]]
    return {
        "title": dict(part.title),
        "closed": part.edition["closed"],
        "hidden": hidden and {"reason": hidden.reason, "k": hidden.k},
        "edition": edition | {"questions": questions},
        "comments": [] if hidden else list(_comments(part)),
    }


def _question(question: Document) -> Document:
    """Take a question's figures away where too few have answered it for readers outside."""
    hidden = None if question["hidden"] else disclosure.hidden_outside(question["n"], question["N"])
    return question | dict(UNKNOWN) | {"hidden": {"reason": hidden.reason, "k": hidden.k}} if hidden else question


def _comments(part: Part) -> Iterator[Document]:
    for question in part.edition["questions"]:
        if texts := part.comments.get(question["id"]):
            yield {"text": {spoken: question_text(question, spoken) for spoken in question["text"]}, "comments": list(texts)}


def _changes(part: Part) -> Iterator[Document]:
    """Tell of a comparison what enough pairs stand behind, and which round is compared."""
    for question in (part.pairs or {"questions": ()})["questions"]:
        figures = question["figures"]
        if figures and not question["hidden"] and not disclosure.hidden_outside(figures["n"], figures["N"]):
            kept = ("N", "n", "mean_before", "mean_after", "mean_change", "interval", "directions")
            points = len(question["options"])
            yield {"later": dict(part.title), "text": question["text"], "points": points, **{name: figures[name] for name in kept}}
