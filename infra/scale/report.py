"""Tells what runs of several sizes took, side by side."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.box import SIMPLE_HEAD
from rich.table import Table

from infra.bench.measuring import MILLI
from infra.bench.report import number
from infra.scale.measuring import PIECE, Run, Spent, together


def table(runs: Sequence[Run]) -> Table:
    """Lay the runs out: milliseconds on the wall for each, and in brackets those of our own CPU."""
    told = Table(box=SIMPLE_HEAD, pad_edge=False, title="One seminar: ms on the wall (of our CPU)", title_justify="left")
    told.add_column("")
    for run in runs:
        told.add_column(f"{run.people:,} people", justify="right", no_wrap=True)
    for row in _rows(runs):
        told.add_row(*row)
    return told


def _rows(runs: Sequence[Run]) -> Iterator[tuple[str, ...]]:
    for what in runs[0].parts():
        yield (what, *(_each(run.parts()[what]) for run in runs))
    for at, pieces in enumerate(zip_longest(*(run.answers for run in runs), fillvalue=Spent())):
        yield (f"answers {at * PIECE + 1:,} to {(at + 1) * PIECE:,}, each", *map(_each, pieces))
    yield ("answers", *(f"{together(run.answers).times:,}" for run in runs))
    yield ("municipalities shown apart", *(str(run.shown) for run in runs))
    yield ("plans", *(f"{run.letters.times:,}" for run in runs))
    yield ("memory of the editions' process, MB at most", *(number(run.peak) for run in runs))
    yield ("all of this, minutes", *(number(run.wall / 60) for run in runs))
    yield ("for each answer, all of this", *(number(MILLI * run.wall / max(together(run.answers).times, 1)) for run in runs))


def _each(spent: Spent) -> str:
    if not spent.times:
        return ""
    return f"{number(MILLI * spent.wall / spent.times)} ({number(MILLI * spent.cpu / spent.times)})"
