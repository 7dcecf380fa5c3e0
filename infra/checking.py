"""What is found in programmes' files: faults, warnings, and the time that is asked of participants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from infra.publishing import Faulty, declared_by, files_in, folder_of, is_workbook, named, placed, programmes_in
from shared.declarations.declared import Declared, Fault
from shared.forms import seconds
from shared.packing import PROGRAMME_FILE
from shared.programmes import RoundPlan, day_of


@dataclass(frozen=True, slots=True)
class Told:
    """A fault or warning: as a line for the screen, and with its parts."""

    line: str
    parts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in one programme."""

    name: str
    faults: list[Told]
    warnings: list[Told]
    declared: Declared | None


def looked_at(path: Path) -> list[Looked]:
    """Check a programme, or every programme in a folder."""
    folders = programmes_in(folder_of(path))
    if not folders:
        raise Faulty([f"{path}: there is no {PROGRAMME_FILE} in this folder or in the folders in it"])
    return list(map(_looked_at, folders))


def _looked_at(folder: Path) -> Looked:
    found = declared_by(folder, files_in(folder))
    if isinstance(found, list):
        return Looked(named(folder), _told(folder, found), [], None)
    return Looked(named(folder), [], _told(folder, found.warnings), found)


def _told(folder: Path, found: Iterable[Fault]) -> list[Told]:
    return [Told(placed(folder, str(fault)), _parts(folder, asdict(fault))) for fault in found]


def _parts(folder: Path, parts: dict[str, Any]) -> dict[str, Any]:
    """Name the file; of a workbook the sheet too, in which a line is a row."""
    within = {"file": str(folder), "sheet": parts["file"]} if is_workbook(folder) else {"file": str(folder / parts["file"])}
    return {**parts, **within}


def by_round(declared: Declared) -> dict[str, int]:
    """Estimate the seconds that each round asks of a participant."""
    return {plan.id: seconds(declared.forms[plan.id]) for plan in declared.programme.rounds}


def by_role(declared: Declared) -> dict[str, int]:
    """Add up the seconds that a whole programme asks of somebody with each role."""
    programme, takes = declared.programme, by_round(declared)

    def asked(plan: RoundPlan, role: str) -> bool:
        attend = day_of(programme, plan.day).roles
        return role in (plan.roles or (role,)) and role in (attend or (role,))

    return {role: sum(takes[plan.id] for plan in programme.rounds if asked(plan, role)) for role in programme.roles}
