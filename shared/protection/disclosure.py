"""What may be shown. Whatever is published passes through here first: only `Ratings`, `Comments` or `Hidden` come out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

RATINGS_FROM = 5
"""Fewest respondents about whom a figure is shown: with fewer, one who knows the others' answers can tell the last one's."""

COMMENTS_FROM = 10
"""Fewest respondents to a round whose comments are shown: how somebody writes gives away more than a figure does."""

COMMENTS_LEAST = 3
"""Fewest comments on a question that are shown: a single one among many silent people is easily traced to its writer."""

COARSE_BELOW = 20
"""Fewest respondents to a sensitive question that is shown as finely as it was asked."""


OUTSIDE_FROM = 10
"""Fewest respondents to a question whose figures leave the programme; besides, they must be half of those invited."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What stands in a figure's place, and how many respondents it would have taken."""

    reason: Literal["small", "comments", "outside"]
    k: int


@dataclass(frozen=True, slots=True)
class Ratings:
    """The answers to a scale that may be shown."""

    counts: tuple[int, ...]
    """By point of the scale."""
    not_relevant: int


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments on a question that may be shown, in the order in which they are."""

    texts: tuple[str, ...]


def hidden_round(respondents: int) -> Hidden | None:
    """Tell why nothing of a round may be shown, if that is so."""
    return Hidden("small", RATINGS_FROM) if respondents < RATINGS_FROM else None


def hidden_outside(respondents: int, everyone: int) -> Hidden | None:
    """Tell why figures may not be shown to readers outside the programme, if that is so: a few are no picture of all."""
    return Hidden("outside", OUTSIDE_FROM) if respondents < OUTSIDE_FROM or 2 * respondents < everyone else None


def ratings(respondents: int, counts: Sequence[int], not_relevant: int) -> Ratings | Hidden:
    """Let a scale's answers through, unless the round or those who answered this question are too few."""
    if not is_shown(respondents, sum(counts) or not_relevant):
        return Hidden("small", RATINGS_FROM)
    return Ratings(tuple(counts), not_relevant)


def is_shown(respondents: int, group: int) -> bool:
    """Tell whether figures about those who answered a question may be shown."""
    return not hidden_round(respondents) and not 0 < group < RATINGS_FROM


def is_coarse(group: int, *, sensitive: bool) -> bool:
    """Tell whether a question is shown in coarser groups than it was asked, or not at all where it has none."""
    return sensitive and group < COARSE_BELOW


def comments(respondents: int, texts: Sequence[str]) -> Comments | Hidden:
    """Let a question's comments through, unless the round's respondents or the comments are too few."""
    if respondents < COMMENTS_FROM or len(texts) < COMMENTS_LEAST:
        return hidden_round(respondents) or Hidden("comments", COMMENTS_FROM)
    return Comments(tuple(texts))


def shown_groups(respondents: Mapping[str, int]) -> set[str]:
    """Name the groups whose figures may stand beside those of the whole that they make up, by how many answered in each.

    Each has enough respondents, and so have those that are left out, taken together: subtracting tells nothing of fewer.
    Whoever belongs to no group (named "") is among those left out.
    """
    smallest_first = sorted((name for name, count in respondents.items() if name and count >= RATINGS_FROM), key=respondents.__getitem__)
    for at in range(len(smallest_first)):
        hidden = respondents.keys() - set(smallest_first[at:])
        if not hidden or sum(respondents[name] for name in hidden) >= RATINGS_FROM:
            return set(smallest_first[at:]) if len(respondents) > 1 else set()
    return set()
