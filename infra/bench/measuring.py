"""Measures CPU time, in turns: whatever slows the machine meanwhile slows ours and its floor alike."""

import gc
import time
from collections.abc import Callable, Sequence

from infra.bench.figures import Samples

MILLI = 1000.0

WARMING = 10
"""Turns before requests are measured."""

Work = Callable[[], object]


def in_turns(works: Sequence[tuple[str, Work]], repetitions: int, each: int) -> list[Samples]:
    """Do pieces of work in turn; return the milliseconds of CPU that one of each took, a sample for every ``each`` of them.

    Turns change after every single one, so that all of them find the processor's caches as cold as a request does.
    """
    turns = [_spent([work for _, work in works], each) for _ in range(repetitions)]
    return [Samples(what, tuple(MILLI * turn[number] / each for turn in turns)) for number, (what, _) in enumerate(works)]


def warm(works: Sequence[tuple[str, Work]]) -> None:
    """Let connections, templates and caches come to what they are in a function that has been used before."""
    in_turns(works, 1, WARMING)


def _spent(works: Sequence[Work], each: int) -> list[float]:
    """Add up the seconds that pieces of work take: the CPU of this process alone, all its threads, user and system."""
    spent = [0.0] * len(works)
    gc.collect()
    for _ in range(each):
        for number, work in enumerate(works):
            began = time.process_time()
            work()
            spent[number] += time.process_time() - began
    return spent
