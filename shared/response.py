"""Response: who counts among a round's invited, how many of them have answered, and what of the rest."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from shared.arrivals import is_lost

State = Literal["answered", "declined", "absent", "unreached", "waiting"]


class Standing(Protocol):
    """How somebody's invitation stands."""

    @property
    def answered(self) -> str | None:
        """Something where she has answered."""

    @property
    def declined(self) -> str:
        """Which of `absent` and `unwilling` she has said she is; empty where neither."""

    @property
    def absent(self) -> bool:
        """Whether staff have marked her as absent."""

    @property
    def mail(self) -> str:
        """How far her mail has come."""

    @property
    def arrival(self) -> str:
        """What came of it."""


@dataclass(frozen=True, slots=True)
class Totals:
    """A round's figures: N and n of every result and response rate, and what of those who have not answered."""

    invited: int
    answered: int
    declined: int = 0
    unreached: int = 0
    absent: int = 0
    """Those who are not among the invited because they were not there."""

    @property
    def waiting(self) -> int:
        """Count those who may still answer."""
        return self.invited - self.answered - self.declined - self.unreached


def state(standing: Standing, *, closed: bool) -> State:
    """Say how somebody is counted: who wasn't there leaves N, unless she answered; who doesn't want to answer stays in it.

    Until a round has closed, what staff mark is not counted: one mark more would tell them whether she has answered.
    """
    if standing.answered is not None:
        return "answered"
    if standing.declined == "absent" or (closed and standing.absent):
        return "absent"
    if standing.declined:
        return "declined"
    # Who takes a mail for spam has got it, and may have answered before: staff see her among the unreached people, and not here.
    lost = is_lost(standing.mail, standing.arrival) and standing.arrival != "complained"
    return "unreached" if lost else "waiting"


def totals(standings: Iterable[Standing], *, closed: bool = True) -> Totals:
    """Count a round's invited and answered."""
    return added(Counter(state(standing, closed=closed) for standing in standings))


def added(counted: Counter[State]) -> Totals:
    """Make totals of how many stand how."""
    invited = counted.total() - counted["absent"]
    return Totals(invited, counted["answered"], counted["declined"], counted["unreached"], counted["absent"])
