"""What rounds of a series are called: they ask the same, so each says where in the series it stands."""

from collections.abc import Mapping

from shared.languages import Text, catalogue
from shared.phrases import _

STAGES: Mapping[str, str] = {
    "before": _("{title} (before)"),
    "midway": _("{title} (midway)"),
    "after": _("{title} (after)"),
    "follow-up": _("{title} (some time later)"),
}


def staged(title: Text, stage: str) -> Text:
    """Add its stage to a round's title; one that is in no series keeps it."""
    if stage not in STAGES:
        return title
    return {language: catalogue(language).gettext(STAGES[stage]).format(title=text) for language, text in title.items()}
