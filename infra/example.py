"""The example that `make run` shows: one day past and evaluated, one today with open forms, one to come."""

from __future__ import annotations

from collections.abc import Callable

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
    past = _past_round(programme_id, today)
    if not simulate.links_of(service, today.ref):
        _import(programme_id, progress)
        if past and past.edition is None:
            _evaluate(service, past, progress)
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


def _past_round(programme_id: str, today: Round) -> Round | None:
    """Return the last day's round that is over when today's opens."""
    past = [item for item in _of_days(programme_id) if closes(item) < opening(today)]
    return max(past, key=closes, default=None)


def _import(programme_id: str, progress: Progress) -> None:
    progress("Importing 60 generated participants …")
    programme: Programme = published.programme(programme_id)  # type: ignore[assignment]
    table = roster_import.as_table(list(participants(programme)))
    roster_import.carry_out(programme_id, roster_import.planned(programme, table))


def _evaluate(service: Service, past: Round, progress: Progress) -> None:
    progress("Inviting to the past day …")
    list(jobs.run(service, ["invite"], opening(past)))
    progress("Participants answer it through the real pages …")
    links = simulate.links_of(service, past.ref)
    stored = sum(result.status == simulate.STORED for result in simulate.generated(links, past.id))
    progress(f"{stored} of {len(links)} have answered; making the result …")
    list(jobs.run(service, ["aggregate"], closes(past) + SETTLE + 60))


def opening(found: Round) -> int:
    """Return when the example's jobs open a round."""
    return opens(found) + OPENING


def past_round(programme_id: str) -> str:
    """Return the id of a round whose result is there, or what to write in its place."""
    return next((item.id for item in published.rounds(programme_id).values() if item.edition), "ROUND")


def open_form(service: Service, programme_id: str) -> tuple[str, str]:
    """Return a participant's address and her link to today's form."""
    return min(simulate.links_of(service, todays_round(programme_id).ref).items())
