"""What is to be published: files that come with the event, or those that are on file."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from functions.publish import changing
from functions.publish.plan import Impossible
from shared import schedule
from shared.declarations.declared import Declared, declared
from shared.declarations.drafts import Fault
from shared.library import library
from shared.overrides import Override
from shared.packing import MOST_PACKED, fit
from shared.phrases import N_
from shared.programmes import Programme, day_of, shifted
from shared.store import sources
from shared.store.publishing import Standing
from shared.store.sources import Sources

WORKBOOK = ".xlsx"


class Faulty(Exception):
    """The files have faults."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Material:
    """Files without a fault, and what they declare on the dates that are meant, with what was changed in the desk."""

    declared: Declared
    sources: Sources
    overrides: tuple[Override, ...]
    misfits: Mapping[str, str]
    """Why changes are on file that are not carried out, by their names."""


def material(event: Mapping[str, Any], seen: Standing, now: int) -> Material:
    """Read what an event is about; raise `Faulty`, or `Impossible`."""
    if "files" in event:
        given, found = _given(event["programme"], {name: base64.b64decode(content) for name, content in event["files"].items()})
    elif seen.sources:
        given, found = seen.sources, _without_faults(declared(event["programme"], seen.sources.files, library()))
    else:
        raise Impossible(N_("the files of this programme are not kept yet: publish them once from where they are"))
    if "today" in event:
        given = replace(given, shift=_shift(found.programme, event["today"], now))
    if not fit(given.files):
        raise Impossible(N_("these files can't be kept: packed they may have {most} bytes", most=MOST_PACKED))
    changes = changing.wanted(event, seen.overrides)
    found, misfits = changing.changed(found, given, changes, newest=changes[-1].name if "change" in event and changes else "")
    return Material(replace(found, programme=shifted(found.programme, given.shift)), given, changes, misfits)


def _given(programme_id: str, files: Mapping[str, bytes]) -> tuple[Sources, Declared]:
    """Read given files, or a workbook, of which the files are kept that say the same."""
    if [name.lower()[-len(WORKBOOK) :] for name in files] != [WORKBOOK]:
        return Sources(files), _without_faults(declared(programme_id, files, library()))
    # Reading workbooks loads slowly, and most programmes are files.
    from shared.workbook.reading import as_files, declared_in  # noqa: PLC0415

    (workbook,) = files.values()
    found = _without_faults(declared_in(programme_id, workbook, library()))
    return Sources(as_files(workbook)), found


def _without_faults(found: Declared | list[Fault]) -> Declared:
    if isinstance(found, list):
        raise Faulty(found)
    return found


def _shift(programme: Programme, today: str, now: int) -> int:
    """Count the days by which the first gathering of one day comes to be today."""
    if today not in (day.id for day in programme.days):
        raise Impossible(N_("there is no day {today}", today=today))
    first = date.fromisoformat(day_of(programme, today).gatherings[0].date)
    return (schedule.wall_clock(now, programme.timezone).date() - first).days


def as_workbook(programme_id: str, words: Callable[[str], str]) -> dict[str, Any]:
    """Write the files on file as a workbook; or say what of them none can hold."""
    from shared.workbook.conversion import as_workbook as converted  # noqa: PLC0415 – see above

    kept = sources.sources(programme_id)
    written = converted(kept.files) if kept else []
    if isinstance(written, bytes):
        return {"workbook": base64.b64encode(written).decode()}
    return {"faults": [fault.told(words) for fault in written]}
