"""Sampling: an open round's totals, at most once an hour, for the staff who follow how many have answered."""

from shared import response, rounds
from shared.rounds import Round
from shared.store import desk_samples, invitations
from shared.store.desk_samples import Sample

HOUR = 3600
"""Seconds between two samples: closer ones would tell who answered, to somebody who saw her do so."""


def hour_due(sampled: Round, last: int | None, now: int) -> int | None:
    """Tell in which hour since its opening a round is to be sampled now; None where it isn't open or was sampled lately."""
    opens = rounds.opens(sampled)
    is_open = opens <= now < rounds.closes(sampled)
    is_fresh = last is not None and now - last < HOUR
    return (now - opens) // HOUR if is_open and not is_fresh else None


def sample(sampled: Round, now: int) -> None:
    """Store a round's totals if that is due and somebody is invited."""
    latest = desk_samples.latest(sampled.ref)
    hour = hour_due(sampled, latest.at if latest else None, now)
    if hour is None:
        return
    totals = _totals(sampled.ref, now)
    if totals.invited:
        desk_samples.put_sample(sampled.ref, hour, totals)


def put_last(closed: Round, invited: int, answered: int) -> None:
    """Store the totals that a round's edition tells: from then on they are what is shown."""
    opens, closing = rounds.opens(closed), rounds.closes(closed)
    desk_samples.put_sample(closed.ref, (closing - opens) // HOUR + 1, Sample(closing, invited, answered))


def _totals(ref: str, now: int) -> Sample:
    counted = response.totals(invitations.invited(ref))
    return Sample(now, counted.invited, counted.answered)
