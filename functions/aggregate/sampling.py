"""Sampling: an open round's totals, at most once an hour, for the staff who follow how many have answered."""

from collections import defaultdict
from collections.abc import Iterable

from shared import response, rounds
from shared.protection import disclosure
from shared.response import Totals
from shared.results.editions import Document
from shared.rounds import Round
from shared.store import desk_samples, invitations, published
from shared.store.desk_samples import Sample
from shared.store.invitations import Invitation

HOUR = 3600
"""Seconds between two samples: closer ones would tell who answered, to somebody who saw her do so."""


def hour_due(sampled: Round, last: int | None, now: int) -> int | None:
    """Tell in which hour since its opening a round is to be sampled now; None where it isn't open or was sampled lately."""
    is_fresh = last is not None and now - last < HOUR
    return (now - rounds.opens(sampled)) // HOUR if rounds.state(sampled, now) == "open" and not is_fresh else None


def sample(sampled: Round, now: int) -> None:
    """Store a round's totals if that is due and somebody is invited."""
    if rounds.state(sampled, now) != "open":
        return
    latest = desk_samples.latest(sampled.ref)
    hour = hour_due(sampled, latest.at if latest else None, now)
    if hour is None:
        return
    held = list(invitations.invited(sampled.ref))
    totals = response.totals(held, closed=False)
    if totals.invited:
        desk_samples.put_sample(sampled.ref, hour, Sample(now, totals, groups(sampled, held)))


def put_last(closed: Round, edition: Document) -> None:
    """Store the totals that a round's edition tells, and those of the groups that it shows: from then on they are what is shown."""
    opens, closing = rounds.opens(closed), rounds.closes(closed)
    held = list(invitations.invited(closed.ref))
    counted = response.totals(held)
    totals = Totals(edition["N"], edition["n"], counted.declined, counted.unreached, counted.absent)
    shown = {name: group for name, group in _parted(closed, held, closed=True).items() if name in _shown(edition)}
    desk_samples.put_sample(closed.ref, (closing - opens) // HOUR + 1, Sample(closing, totals, shown))


def _shown(edition: Document) -> set[str]:
    """Name the groups at the top of an edition's breakdown that it shows."""
    nodes = edition["breakdown"]["nodes"] if edition["breakdown"] else []
    return {node["path"][0] for node in nodes if len(node["path"]) == 1 and node["shown"] and not node["rest"]}


def groups(sampled: Round, held: Iterable[Invitation]) -> dict[str, Totals]:
    """Count by gathering, or by unit where there is one gathering: those groups that may be shown beside the round's totals.

    One of the two and never both, since where they cross, each could tell what the other hides.
    """
    counted = _parted(sampled, held, closed=False)
    shown = disclosure.shown_groups({group: totals.answered for group, totals in counted.items()})
    return {group: counted[group] for group in sorted(shown)}


def _parted(sampled: Round, held: Iterable[Invitation], *, closed: bool) -> dict[str, Totals]:
    name = _gathering if len(sampled.windows) > 1 else _unit if _has_units(sampled) else None
    parted: dict[str, list[Invitation]] = defaultdict(list)
    for item in held:
        if name:
            parted[name(item)].append(item)
    return {group: response.totals(items, closed=closed) for group, items in sorted(parted.items())}


def _gathering(item: Invitation) -> str:
    return item.gathering


def _unit(item: Invitation) -> str:
    """Return the top-level unit that an invitation's cell tells; "" where the cell was shortened to nothing."""
    return next(iter(item.cell), "")


def _has_units(sampled: Round) -> bool:
    programme = published.programme(sampled.programme)
    return programme is not None and bool(programme.units)
