"""What the start page's buttons do: run jobs, let participants answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from infra import jobs, simulate
from infra.service import Service
from infra.times import written
from shared.rounds import Round

NOT_TAKEN = {simulate.REFUSED: "had answered before, or came too late", simulate.EMPTY: "left everything empty"}


def run_jobs(service: Service, names: Sequence[str], at: int | None) -> Iterator[str]:
    """Run jobs, as of a time if one is given; the stack's clock goes on from there."""
    yield f"The stack's clock stands at {written(at)}." if at is not None else "The stack's clock is left as it is."
    for name, said in jobs.run(service, names, at):
        yield f"{name}: {_told(said)}"


def _told(said: dict[str, Any]) -> str:
    return ", ".join(f"{name} {', '.join(map(str, value)) or 'none' if isinstance(value, list) else value}" for name, value in said.items())


def let_answer(service: Service, answered: Round) -> Iterator[str]:
    """Let most of those invited to a round answer it, through the real pages."""
    links = simulate.links_of(service, answered.ref)
    yield f"{len(links)} have got a link by mail; some of them never answer."
    outcome = Counter(result.status for result in simulate.generated(links, f"{answered.programme} {answered.id}"))
    yield f"{outcome.pop(simulate.STORED, 0)} have answered."
    for status, count in sorted(outcome.items()):
        yield f"{count} {NOT_TAKEN.get(status, f'were answered with status {status}')}."
