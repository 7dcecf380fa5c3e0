"""The figures that a page shows, and those that a document gives it to show."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from shared.results.editions import Document

CONFIDENCE = {"95"}
LEAST_COMMENTS = {"3"}
"""Numbers of the rules, which are no figures of a result."""


def numbers(text: str, language: str = "en") -> set[str]:
    """List the numbers in a text, with a point before their decimals."""
    return {found if language == "en" else found.replace(",", ".") for found in re.findall(r"\d+(?:[.,]\d+)?", text)}


def figures(value: object) -> set[str]:
    """Write out every number of a document as pages round it, the texts' own, and shares of its counts."""
    if isinstance(value, dict):
        return set().union(*map(figures, value.values()), *(numbers(str(key)) for key in value), percentages(value))
    if isinstance(value, list):
        return set().union(*map(figures, value))
    if isinstance(value, float):
        return {f"{value:g}", f"{value:.1f}", f"{value:.2f}", str(round(100 * value))}
    return {*numbers(str(value)), f"{value:.2f}"} if isinstance(value, int) else numbers(str(value))


def percentages(document: Document) -> set[str]:
    """Write the shares that follow from a document's own counts."""
    n, everyone = document.get("n"), document.get("N")
    counts = (document.get("counts") or {}).values()
    response = {str(round(100 * n / everyone))} if n is not None and everyone else set()
    return response | {str(round(100 * count / n)) for count in counts if n}


def closing(edition: Document, timezone: str = "Europe/Oslo") -> set[str]:
    """Write the numbers in the last minute in which an edition's round could be answered."""
    last = datetime.fromisoformat(edition["closed"]).timestamp() - 60
    return numbers(f"{datetime.fromtimestamp(last, ZoneInfo(timezone)):%d %Y %H %M %H.%M}")
