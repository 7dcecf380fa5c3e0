"""A follow-up beside the day that it follows: both published results, side by side; nobody's answers are joined."""

from typing import Any

SCHEMA = 1

Document = dict[str, Any]

EVERYONE = {"blocks": None, "blocks_hidden": None, "roles": None, "roles_hidden": None}
"""What is left of a question's groups: the two results need not be of the same people, so only everyone's figures stand side by side."""


def beside(day: Document, later: Document) -> Document:
    """Set a follow-up's result beside that of the round that it follows."""
    meant = [question for question in day["questions"] if _is_of_the_day(question)]
    asked = [question for question in later["questions"] if question["kind"] != "text"]
    return {"schema": SCHEMA, "kind": "follow-up", "programme": later["programme"], "day": _part(day, meant), "later": _part(later, asked)}


def _is_of_the_day(question: Document) -> bool:
    """Tell whether the day as a whole is asked about: what it was good for, and what people meant to do with it."""
    return question["kind"] == "scale" and not question["session"] and not question["bipolar"]


def _part(edition: Document, questions: list[Document]) -> Document:
    everyone = [question | EVERYONE for question in questions]
    return edition | {"breakdown": None, "roles": None, "hidden_rows": {"small": 0, "protect": 0}, "questions": everyone}
