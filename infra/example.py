"""The example that `make run` shows: one day past and evaluated, one today with open forms, one to come."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from infra import jobs, roster_import, simulate
from infra.publishing import published_plan
from infra.service import ROOT, Service
from shared import rosters
from shared.programmes import Programme
from shared.rounds import SETTLE, Round, closes
from shared.store import published

Progress = Callable[[str], None]

SCHOOLS = {
    ("Asker og Bærum", "Bjerkås videregående skole"): 14,
    ("Asker og Bærum", "Fjordvang videregående skole"): 6,
    ("Asker og Bærum", "Lilleås videregående skole"): 2,
    ("Follo", "Granlia videregående skole"): 9,
    ("Follo", "Nordvik videregående skole"): 5,
    ("Follo", "Solhaug videregående skole"): 1,
    ("Romerike", "Elvebakken nye videregående skole"): 12,
    ("Romerike", "Myrvoll videregående skole"): 8,
    ("Romerike", "Åsgrenda videregående skole"): 3,
}
"""Invented schools by region, with how many take part: nine of very different size, sixty people in all."""

LEADERS = 3
"""Every third participant of a school is a leader, the others are middle leaders."""

ENGLISH = 10
"""Every tenth participant reads English."""

OPENING = 5 * 60
"""Seconds after a round's opening at which the example's jobs run."""


def roster_file() -> str:
    """Write the example's roster as a CSV file: sixty generated participants."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["email", "name", "language", "role", "region", "school"])
    writer.writerows(_participants())
    return file.getvalue()


def _participants() -> Iterator[tuple[str, ...]]:
    number = 0
    for (region, school), size in SCHOOLS.items():
        for place in range(size):
            number += 1
            role = "middle-leader" if place % LEADERS else "leader"
            language = "nb" if number % ENGLISH else "en"
            yield f"deltaker{number:02}@example.org", f"Deltaker {number}", language, role, region, school


def prepare(service: Service, programme_id: str, progress: Progress) -> None:
    """Bring the example to where a newcomer meets it; steps that are done already are left alone."""
    if published.programme(programme_id) is None:
        progress("Publishing the example programme …")
        published_plan(service, ROOT / "forms" / programme_id, plan_only=False, today=MIDDLE)
    past, today = _rounds(programme_id)
    if past.edition is None:
        _import(programme_id, progress)
        _evaluate(service, past, progress)
    if not simulate.links_of(service, today.ref):
        progress("Sending today's mails …")
        list(jobs.run(service, ["invite"], _opening(today)))


MIDDLE = "day-2"
"""The example's day that is held today."""


def _rounds(programme_id: str) -> tuple[Round, Round]:
    found = sorted(published.rounds(programme_id).values(), key=closes)
    return found[0], found[1]


def _import(programme_id: str, progress: Progress) -> None:
    progress("Importing 60 generated participants …")
    programme: Programme = published.programme(programme_id)  # type: ignore[assignment]
    participants = rosters.participants(roster_file().encode(), programme)
    roster_import.carry_out(programme_id, roster_import.planned(programme_id, participants))  # type: ignore[arg-type]


def _evaluate(service: Service, past: Round, progress: Progress) -> None:
    progress("Inviting to the past day …")
    list(jobs.run(service, ["invite"], _opening(past)))
    progress("Participants answer it through the real pages …")
    links = simulate.links_of(service, past.ref)
    stored = sum(result.status == simulate.STORED for result in simulate.generated(links, past.id))
    progress(f"{stored} of {len(links)} have answered; making the result …")
    list(jobs.run(service, ["aggregate"], closes(past) + SETTLE + 60))


def _opening(found: Round) -> int:
    return min(window.opens for window in found.windows.values()) + OPENING


def open_form(service: Service, programme_id: str) -> tuple[str, str]:
    """Return a participant's address and her link to today's form."""
    _, today = _rounds(programme_id)
    return min(simulate.links_of(service, today.ref).items())
