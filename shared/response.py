"""Response: who counts among a round's invited, and how many of them have answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Standing(Protocol):
    """How somebody's invitation stands."""

    @property
    def answered(self) -> str | None:
        """Something where she has answered."""

    @property
    def declined(self) -> str:
        """Which of `absent` and `unwilling` she has said she is; empty where neither."""


@dataclass(frozen=True, slots=True)
class Totals:
    """A round's figures: N and n of every result and response rate."""

    invited: int
    answered: int


def counts(standing: Standing) -> bool:
    """Tell whether somebody belongs to N: who wasn't there doesn't, unless she answered; who doesn't want to answer does."""
    return standing.answered is not None or standing.declined != "absent"


def totals(standings: Iterable[Standing]) -> Totals:
    """Count a round's invited and answered."""
    counted = [standing.answered is not None for standing in standings if counts(standing)]
    return Totals(len(counted), sum(counted))
