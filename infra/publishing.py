"""Reads programmes, in folders or workbooks, checks them here, and hands them to the function that publishes."""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from infra.service import Service
from infra.times import iso
from shared.declarations.declared import Declared, Fault, declared
from shared.library import library
from shared.packing import PROGRAMME_FILE

WORKBOOK = ".xlsx"
OPEN = "~$"
"""How the names of files begin that Excel puts beside workbooks that are open."""


class Faulty(Exception):
    """What was given has faults; each is a line for the screen."""

    def __init__(self, faults: list[str]) -> None:
        """Take the faults as lines."""
        super().__init__(*faults)
        self.faults = faults


def is_workbook(path: Path) -> bool:
    """Tell a workbook from a folder, or from a file in one, by its name."""
    return path.suffix.lower() == WORKBOOK


def folder_of(path: Path) -> Path:
    """Return the programme's folder, for the folder itself or one of its files; a workbook is a programme by itself."""
    return path if path.is_dir() or is_workbook(path) else path.parent


def named(folder: Path) -> str:
    """Return the id of a programme: the name of its folder, or of its workbook without the ending."""
    resolved = folder.resolve()
    return resolved.stem if is_workbook(folder) else resolved.name


def check_all(path: Path) -> list[str]:
    """Check a programme, or every programme in a folder; return their names, or raise `Faulty` with all faults."""
    folders = programmes_in(folder_of(path))
    if not folders:
        raise Faulty([f"{path}: there is no {PROGRAMME_FILE} in this folder or in the folders in it, and no workbook"])
    faults = [fault for folder in folders for fault in _faults(folder)]
    if faults:
        raise Faulty(faults)
    return [named(folder) for folder in folders]


def programmes_in(folder: Path) -> list[Path]:
    """List the programmes in a folder, or the one that it is."""
    if is_workbook(folder) or (folder / PROGRAMME_FILE).exists():
        return [folder]
    workbooks = (found for found in folder.glob(f"*{WORKBOOK}") if not found.name.startswith(OPEN))
    return sorted([*(found.parent for found in folder.glob(f"*/{PROGRAMME_FILE}")), *workbooks])


def files_in(folder: Path) -> dict[str, bytes]:
    """Read the files of a programme's folder, by their names; or a workbook."""
    files = [folder] if is_workbook(folder) else sorted(folder.glob("*.yaml"))
    return {file.name: file.read_bytes() for file in files}


def declared_by(folder: Path, files: Mapping[str, bytes]) -> Declared | list[Fault]:
    """Read what a folder's files or a workbook declare; its name is the programme's id."""
    if is_workbook(folder):
        from shared.workbook.reading import declared_in  # noqa: PLC0415 – it loads slowly, and most programmes are folders

        return declared_in(named(folder), files[folder.name], library())
    return declared(named(folder), files, library())


def _faults(folder: Path) -> list[str]:
    found = declared_by(folder, files_in(folder))
    return [placed(folder, str(fault)) for fault in found] if isinstance(found, list) else []


def placed(folder: Path, fault: str) -> str:
    """Say in which folder or workbook a fault is."""
    return f"{folder}: {fault}" if is_workbook(folder) else f"{folder}/{fault}"


def _as_files(folder: Path) -> dict[str, bytes]:
    """Read a programme as files, which is what is published."""
    files = files_in(folder)
    if is_workbook(folder):
        from shared.workbook.reading import as_files  # noqa: PLC0415 – see above

        return as_files(files[folder.name])
    return files


def published_plan(service: Service, folder: Path, *, plan_only: bool, today: str | None, replace: bool = False) -> dict[str, Any]:
    """Publish a programme, or plan it; return what the function says, or raise `Faulty`."""
    check_all(folder)
    files = {name: base64.b64encode(content).decode() for name, content in _as_files(folder).items()}
    event = {
        "time": iso(time.time()),
        "by": service.caller,
        "programme": named(folder),
        "files": files,
        "plan_only": plan_only,
        "replace": replace,
    }
    said = service.invoke("publish", event | ({"today": today} if today else {}))
    if "faults" in said:
        raise Faulty([placed(folder, fault) for fault in said["faults"]])
    if said["changed"]:
        service.note(named(folder), "published")
    return said


def told_change(change: Mapping[str, Any]) -> str:
    """Say what somebody has changed in the desk, and whether it still fits the files."""
    action = {"change": "", "drop": "dropped", "add": "added: "}[change["action"]]
    values = ", ".join(f"{key} {_value(value)}" for key, value in change["values"].items())
    when = f"changed in the desk on {datetime.fromtimestamp(change['at'], UTC):%Y-%m-%d %H:%M} UTC by {change['by']}"
    why = f"; not carried out: {change['why']}. It stays on file until somebody takes it back in the desk" if change["why"] else ""
    return f"{change['day']} {change['what']} {change['id']}: {action}{values} ({when}{why})"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return " / ".join(map(str, value.values()))
    return "none" if value is None else str(value)
