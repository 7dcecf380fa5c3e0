"""What a run has taken: seconds on the wall and of this process's CPU, by kind of work."""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

PIECE = 1_000
"""Answers of which each piece is told apart, so that it shows whether the later ones take longer."""


@dataclass(slots=True)
class Spent:
    """What has been spent on one kind of work."""

    times: int = 0
    wall: float = 0
    cpu: float = 0

    @contextmanager
    def on(self, times: int = 1) -> Iterator[None]:
        """Add what is done meanwhile."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.add(times, time.perf_counter() - wall, time.process_time() - cpu)

    def add(self, times: int, wall: float, cpu: float) -> None:
        """Add what was measured elsewhere."""
        self.times += times
        self.wall += wall
        self.cpu += cpu


@dataclass(frozen=True, slots=True)
class Edition:
    """What the making of one edition took."""

    round: str
    """Empty for the programme's own."""
    answers: int
    spent: Spent


@dataclass(slots=True)
class Run:
    """The whole way of so many people, and what it took."""

    people: int
    publishing: Spent = field(default_factory=Spent)
    importing: Spent = field(default_factory=Spent)
    inviting: Spent = field(default_factory=Spent)
    mailing: Spent = field(default_factory=Spent)
    letters: Spent = field(default_factory=Spent)
    answers: list[Spent] = field(default_factory=lambda: [Spent()])
    """In pieces of a thousand, in the order in which they came."""
    editions: list[Edition] = field(default_factory=list)
    peak: float = 0
    """The most memory that the process had which made the editions, in MB."""
    pages: Spent = field(default_factory=Spent)
    deleting: Spent = field(default_factory=Spent)
    shown: int = 0
    """Municipalities that the seminar's result shows apart."""

    @property
    def answer(self) -> Spent:
        """Return the piece that the next answer belongs to."""
        if self.answers[-1].times == PIECE:
            self.answers.append(Spent())
        return self.answers[-1]

    def parts(self) -> Mapping[str, Spent]:
        """Name the kinds of work in the order in which they are done, all answers together."""
        return {
            "publishing": self.publishing,
            "a participant imported": self.importing,
            "an invitation": self.inviting,
            "a mail": self.mailing,
            "a plan written": self.letters,
            "an answer: page and form": together(self.answers),
            "an answer in an edition": together(edition.spent for edition in self.editions if edition.round),
            "the programme's edition": together(edition.spent for edition in self.editions if not edition.round),
            "a result's page": self.pages,
            "deleting all, a participant": self.deleting,
        }

    @property
    def wall(self) -> float:
        """Add up all seconds on the wall."""
        return sum(spent.wall for spent in self.parts().values())


def together(pieces: Iterable[Spent]) -> Spent:
    """Add up what was spent."""
    whole = Spent()
    for piece in pieces:
        whole.add(piece.times, piece.wall, piece.cpu)
    return whole
