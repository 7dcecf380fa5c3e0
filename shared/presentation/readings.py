"""What a reader is shown of a question: its options as rows, each with its tone, its count and its share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from shared.languages import Text
from shared.presentation.charts import Segment, tones
from shared.presentation.sentences import Words

Document = dict[str, Any]
Say = Callable[[Text], str]
"""Chooses a text's language."""


@dataclass(frozen=True, slots=True)
class Row:
    """One option as a table and a chart show it."""

    label: str
    tone: str
    share: float
    count: int | None = None
    positive: bool = False

    @property
    def percent(self) -> int:
        """Its share, rounded."""
        return round(100 * self.share)

    @property
    def segment(self) -> Segment:
        """Its part of a bar: the count is written in it, or the share where counts are not shown."""
        return Segment(self.tone, self.share, f"{self.percent} %" if self.count is None else str(self.count))


def rows(question: Document, say: Say, _: Words) -> list[Row]:
    """List a question's options in the form's order; what has no options, or is not shown, has no rows."""
    if question.get("counts"):
        return _counted(question, say)
    return _thirds(question["shares"], _) if question.get("shares") else []


def segments(found: Sequence[Row]) -> list[Segment]:
    """Lay rows side by side, the positive end of the scale to the right, wherever the form put it."""
    parts = [row.segment for row in found]
    return parts if not parts or not parts[0].tone.startswith("high") else parts[::-1]


def is_scale(question: Document) -> bool:
    """Tell whether a question's answers lie on a scale, and so around a middle."""
    return bool(question["kind"] == "scale")


def _counted(question: Document, say: Say) -> list[Row]:
    positive = question["positive"]["codes"] if question.get("positive") else []
    toned = _tones(question, positive) if is_scale(question) else ["plain"] * len(question["options"])
    n = question["n"] or 1
    return [
        Row(say(option["label"]), tone, count / n, count, option["code"] in positive)
        for option, tone in zip(question["options"], toned, strict=True)
        for count in [question["counts"][option["code"]]]
    ]


def _tones(question: Document, positive: Sequence[str]) -> list[str]:
    """Name the tones of a scale's points; where its first ones are the positive ones, it is turned round."""
    codes = [option["code"] for option in question["options"]]
    found = tones(len(codes))
    return found[::-1] if positive and codes[0] in positive and codes[-1] not in positive else found


def _thirds(shares: Document, _: Words) -> list[Row]:
    """Show a scale in three groups, where few have answered a sensitive question."""
    labels = {"below": _("Below the middle"), "middle": _("In the middle"), "above": _("Above the middle")}
    tone = {"below": "low-strong", "middle": "middle", "above": "high-strong"}
    return [Row(label, tone[part], shares[part]) for part, label in labels.items() if shares[part] is not None]
