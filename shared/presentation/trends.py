"""Trends: what a programme's edition tells of a question round by round, as it is drawn and said."""

from typing import Any

from shared.presentation.charts import Span
from shared.presentation.sentences import Words, among, hidden_because, percent

Document = dict[str, Any]


def merged(question: Document, found: Document) -> Document:
    """Write down what answers add up to as a question's own figures, so that they are drawn and said like them."""
    return {**question, **found, "positive": {"codes": question["positive_codes"]} if question["positive_codes"] else None}


def span(point: Document) -> Span | None:
    """Place a round's share and its interval among all; None where there is none."""
    if point["interval"] is None or not point["N"]:
        return None
    low, high = point["interval"]
    return Span(point["share"], low / point["N"], high / point["N"])


def standing(question: Document, point: Document, _: Words) -> str:
    """Say what a round's answers to a question come to, or why that is not shown."""
    if point["hidden"]:
        return hidden_because(point["hidden"], _)
    if not point["n"]:
        return _("Nobody has answered this.")
    if point["x"] is not None:
        sentence = _share(question, _).format(x=point["x"], n=point["n"])
        return f"{sentence} · {among(point['interval'], point['N'], _)}" if point["interval"] else sentence
    return _("{n} of {everyone} invited have answered this.").format(n=point["n"], everyone=point["N"])


def _share(question: Document, _: Words) -> str:
    return _("{x} of {n} above the middle") if question["bipolar"] else _("{x} of {n} positive")


def together(found: Document, _: Words) -> str:
    """Say what the answers of several rounds come to."""
    if found.get("x") is not None:
        return _("{x} of {n} answers positive ({share})").format(x=found["x"], n=found["n"], share=percent(found["share"]))
    if shares := found.get("shares"):
        percents = {part: percent(share) for part, share in shares.items()}
        return _("{below} below, {middle} in the middle, {above} above").format(**percents)
    return _("{n} answers").format(n=found["n"])


def change(point: Document, _: Words) -> str:
    """Say which way a share moved, where that is more than chance explains."""
    told = {"up": _("Higher than before, by more than chance explains."), "down": _("Lower than before, by more than chance explains.")}
    return told.get(point["change"] or "", "")
