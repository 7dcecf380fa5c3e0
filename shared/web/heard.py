"""What participants are told of a result: the answer back with the figures for all together, on their own page and in its preview."""

from collections.abc import Mapping
from typing import Any

from shared.languages import catalogue
from shared.presentation.sentences import precision, response
from shared.web.outcomes import PATTERN, outcomes, say


def told(document: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Gather what the page says in a language."""
    edition, words = document["edition"], catalogue(language).gettext
    return {
        "heard": say(document["heard"], language),
        "change": say(document["change"], language),
        "response": response(edition, words),
        "sure": precision(edition, words),
        "outcomes": outcomes(edition["questions"], edition, language),
        "pattern": PATTERN,
    }
