"""What is said of questions that are to measure one thing, on a result's page and in its files alike."""

from collections.abc import Iterator
from typing import Any

from shared.languages import catalogue, decimal
from shared.measures.reliability import ANSWERS_FROM
from shared.presentation.sentences import question_text

Document = dict[str, Any]


def reliability(edition: Document, language: str) -> Iterator[str]:
    """Say how far the questions of each declared scale go together."""
    _ = catalogue(language).gettext
    texts = {question["id"]: question_text(question, language) for question in edition["questions"]}
    for scale in edition.get("scales", ()):
        asked = " · ".join(texts[name] for name in scale["questions"])
        yield f"{_('Meant to measure one thing:')} {asked}"
        yield _judged(scale, language)


def _judged(scale: Document, language: str) -> str:
    _ = catalogue(language).gettext
    if scale["alpha"] is None:
        return _("Whether they do is told from {least} people on who have answered all of them, and not all alike.").format(
            least=ANSWERS_FROM
        )
    limits = {key: decimal(f"{scale[key]:.2f}", language).replace("-", "−") for key in ("alpha", "low", "high")}
    return _(
        "Cronbach’s alpha is {alpha} (95 per cent: {low} to {high}), by the {n} who have answered all of them. "
        "1 would mean that the questions rise and fall together, 0 that they have nothing in common."
    ).format(n=scale["n"], **limits)
