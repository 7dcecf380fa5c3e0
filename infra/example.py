"""The example that `make run` shows: where people stood before, one day past, one today with open forms, one to come."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from infra import jobs, roster_import, simulate
from infra.example_roster import participants
from infra.publishing import Faulty, declared_by, files_in, published_plan
from infra.service import ROOT, Service
from shared.declarations.declared import Declared
from shared.programmes import Programme
from shared.rounds import SETTLE, Round, closes, opens
from shared.store import published

Progress = Callable[[str], None]

OPENING = 5 * 60
"""Seconds after a round's opening at which the example's jobs run."""


def prepare(service: Service, programme_id: str, progress: Progress) -> None:
    """Bring the example to where a newcomer meets it; steps that are done already are left alone."""
    if published.programme(programme_id) is None:
        progress("Publishing the example programme …")
        folder = ROOT / "forms" / programme_id
        published_plan(service, folder, plan_only=False, today=_middle_day(programme_id))
    today = todays_round(programme_id)
    if not simulate.links_of(service, today.ref):
        _import(programme_id, progress)
        _evaluate(service, _past_rounds(programme_id, today), progress)
        progress("Sending today's mails …")
        list(jobs.run(service, ["invite"], opening(today)))


def _middle_day(programme_id: str) -> str:
    """Choose the day that is held today: the second, where there are several."""
    folder = ROOT / "forms" / programme_id
    if not folder.is_dir():
        raise Faulty([f"there is no programme {programme_id} in forms/"])
    found = declared_by(folder, files_in(folder))
    if not isinstance(found, Declared):
        raise Faulty([f"forms/{programme_id} has faults: see `kursdag check forms/{programme_id}`"])
    days = sorted(found.programme.days, key=lambda day: day.gatherings[0].date)
    return days[min(1, len(days) - 1)].id


def todays_round(programme_id: str) -> Round:
    """Return the round of the day that the example holds today."""
    middle = _middle_day(programme_id)
    return next(item for item in _of_days(programme_id) if item.day == middle)


def _of_days(programme_id: str) -> list[Round]:
    """List the rounds in which days are evaluated; what people write to themselves on a day has no result."""
    return [item for item in published.rounds(programme_id).values() if item.evaluates]


def _past_rounds(programme_id: str, today: Round) -> list[Round]:
    """List, in their order, the last day that is over when today's opens, and where people stood before."""
    over = [item for item in published.rounds(programme_id).values() if closes(item) < opening(today)]
    day = max((item for item in over if item.evaluates), key=closes, default=None)
    return sorted([item for item in over if item.pairs or item is day], key=opens)


def _import(programme_id: str, progress: Progress) -> None:
    progress("Importing 60 generated participants …")
    programme: Programme = published.programme(programme_id)  # type: ignore[assignment]
    table = roster_import.as_table(list(participants(programme)))
    roster_import.carry_out(programme_id, roster_import.planned(programme, table))


def _evaluate(service: Service, past: Sequence[Round], progress: Progress) -> None:
    """Let the participants answer rounds that are over, those without a result, and have the results made."""
    for found in past:
        if found.edition is None:
            progress(f"Inviting to {found.id} …")
            list(jobs.run(service, ["invite"], opening(found)))
            _answer(service, found, progress)
    if past:
        progress("Making the results …")
        list(jobs.run(service, ["aggregate"], max(map(closes, past)) + SETTLE + 60))


def _answer(service: Service, found: Round, progress: Progress) -> None:
    links = simulate.links_of(service, found.ref)
    stored = sum(result.status == simulate.STORED for result in simulate.generated(links, found.id))
    progress(f"{stored} of {len(links)} have answered it through the real pages")


def opening(found: Round) -> int:
    """Return when the example's jobs open a round."""
    return opens(found) + OPENING


def past_round(programme_id: str) -> str:
    """Return the id of a round whose result is there, or what to write in its place."""
    return next((item.id for item in _of_days(programme_id) if item.edition), "ROUND")


def open_form(service: Service, programme_id: str) -> tuple[str, str]:
    """Return a participant's address and her link to today's form."""
    return min(simulate.links_of(service, todays_round(programme_id).ref).items())
