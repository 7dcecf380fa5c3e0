"""A programme's files as they are now: read at each look, checked anew only where they have changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from infra.publishing import declared_by, files_in
from shared.declarations.declared import Declared, Fault


@dataclass(frozen=True, slots=True)
class Look:
    """The files at one moment, and what they declare, or their faults."""

    files: Mapping[str, bytes]
    found: Declared | list[Fault]

    def line_of(self, fault: Fault) -> str:
        """Return the line of a file in which a fault lies; a workbook has none, and the library's are not at hand."""
        lines = self.files.get(fault.file, b"").decode(errors="replace").splitlines()
        return lines[fault.line - 1] if 0 < fault.line <= len(lines) else ""


@dataclass(slots=True)
class Fresh:
    """A folder that is always read as it is now."""

    folder: Path
    _last: Look | None = None
    _lock: Lock = field(default_factory=Lock)

    def look(self) -> Look:
        """Read the folder."""
        files = files_in(self.folder)
        with self._lock:
            if self._last is None or self._last.files != files:
                self._last = Look(files, declared_by(self.folder, files))
            return self._last
