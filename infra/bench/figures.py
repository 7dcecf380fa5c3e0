"""Figures: what was measured several times, beside the least that the same would take."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Samples:
    """One thing, measured several times."""

    what: str
    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """Return the middle value."""
        return median(self.values)

    def document(self) -> dict[str, Any]:
        """Write the samples for a file."""
        spread = {"median": self.median, "least": min(self.values), "most": max(self.values)}
        return {"what": self.what, **spread, "repetitions": len(self.values)}


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the bench: ours, its floor, and how far apart they may be."""

    unit: str
    ours: Samples
    floor: Samples
    most_ratio: float | None = None
    """The target, as a multiple of the floor; None where none is set."""
    most: float | None = None
    """The target, in the figure's own unit; None where none is set."""

    @property
    def ratio(self) -> float | None:
        """Divide the medians; None where the floor is nothing."""
        return self.ours.median / self.floor.median if self.floor.median else None

    @property
    def met(self) -> bool | None:
        """Tell whether the target is met; None where there is none."""
        if self.most is not None:
            return self.ours.median <= self.most
        if self.most_ratio is not None:
            return self.ratio is not None and self.ratio <= self.most_ratio
        return None

    def document(self) -> dict[str, Any]:
        """Write the figure for a file."""
        target = {"most_ratio": self.most_ratio, "most": self.most, "met": self.met}
        return {"unit": self.unit, "ours": self.ours.document(), "floor": self.floor.document(), "ratio": self.ratio, **target}


@dataclass(frozen=True, slots=True)
class Section:
    """Figures that belong together."""

    title: str
    figures: Sequence[Figure]
