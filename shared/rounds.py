"""Rounds: one form opened to one group, with a window for each gathering."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

GRACE = 120
"""Seconds after closing in which a form that was already open is still taken."""

SETTLE = GRACE + 180
"""Seconds after closing before a round may be aggregated: the grace, a minute of cached rounds, and posts under way."""

State = Literal["planned", "open", "closed", "published"]


@dataclass(frozen=True, slots=True)
class Window:
    """When a gathering's participants may answer: epoch seconds, from ``opens`` until before ``closes``."""

    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Round:
    """A published round."""

    programme: str
    id: str
    ref: str
    """The short opaque name in links; unique over all programmes."""
    form: str
    """The form version that the round's pages show, see `shared.forms.form_id`."""
    mode: str
    day: str
    windows: Mapping[str, Window]
    """By gathering id."""
    public_key: bytes
    """The public half of the round's box key pair."""
    once: bool = False
    """The round is about the programme and not about the day it is anchored to."""
    roles: tuple[str, ...] = ()
    """The roles that are asked; empty for all who attend."""
    edition: str | None = None
    """The key prefix of the frozen edition in the bucket, once there is one."""
    reminders: Mapping[str, tuple[Window, ...]] = field(default_factory=dict)
    """By gathering id, where there are any: from when to when each reminder may go out."""
    earlier: tuple[str, ...] = ()
    """The form versions that its pages have shown before, the oldest first; answers to them count."""
    opened: bool = False
    """It has been open before, although its windows were moved since."""
    extended: Mapping[str, int] = field(default_factory=dict)
    """By gathering, where staff have moved it: the closing that files published later don't bring forward."""
    extra: Mapping[str, tuple[Window, ...]] = field(default_factory=dict)
    """By gathering: the reminders that staff have added; they are among ``reminders`` too."""
    paused: bool = False
    """No mails go out about it for now; it can be answered."""
    series: str = ""
    """The name that pairs rounds of a programme, if it is one of several."""
    stage: str = ""
    """Its place in the series: "before", "midway", "after" or "follow-up"."""
    recalls: str = ""
    """The id of the personal round whose writing its form shows to who presses a button."""
    school_year: str = ""
    """Of what is written or recalled, the school year in which it is written; empty where nothing is, or before keys were made by year."""

    retention: int = 0
    """For how many days after its use what it leaves is kept, as its form tells; 0 where that was not noted, see `shared.retention`."""

    @property
    def is_seeded(self) -> bool:
        """Tell whether its links carry the seed of what people write to themselves: to write it, or to see it again."""
        return self.mode == "personal" or bool(self.recalls)

    @property
    def letters(self) -> str:
        """Name whose letter key its links are made with: the programme's of a school year."""
        return f"{self.programme}#{self.school_year}" if self.school_year else self.programme

    @property
    def evaluates(self) -> bool:
        """Tell whether it asks about its day: it is not about the programme, nor what people write to themselves."""
        return not self.once and self.mode != "personal"

    @property
    def pairs(self) -> str:
        """Name whose pair key its links are made with; empty where its answers are not paired with another round's."""
        return f"{self.programme}#{self.series}" if self.series and self.mode == "confidential" else ""

    @property
    def versions(self) -> tuple[str, ...]:
        """All form versions that answers may be to, the oldest first."""
        return (*self.earlier, self.form)


def opens(published: Round) -> int:
    """Tell when the first of a round's windows opens."""
    return min(window.opens for window in published.windows.values())


def closes(published: Round) -> int:
    """Tell when the last of a round's windows closes."""
    return max(window.closes for window in published.windows.values())


def earlier_of_series(of: Round, known: Iterable[Round]) -> list[Round]:
    """List the rounds of a series that a round is paired with, the first one first."""
    return sorted((other for other in known if of.pairs and other.pairs == of.pairs and opens(other) < opens(of)), key=opens)


def reminded(published: Round) -> list[int]:
    """List the moments at which a round reminds somebody, at whichever gathering."""
    return sorted({time.opens for times in published.reminders.values() for time in times})


def is_settled(published: Round, now: int) -> bool:
    """Tell whether nothing more can come in to a round."""
    return closes(published) + SETTLE <= now


def state(published: Round, now: int) -> State:
    """Tell how far a round has come."""
    if published.edition:
        return "published"
    return "planned" if now < opens(published) else "open" if now < closes(published) else "closed"
