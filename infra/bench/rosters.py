"""What previewing a long roster takes, beside reading the same cells with openpyxl alone."""

import io
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook, load_workbook

from infra.bench.figures import Figure, Samples, Section
from infra.bench.measuring import in_turns
from shared.declarations.declared import Declared, declared
from shared.library import library
from shared.programmes import Programme
from shared.rosters.changes import changes
from shared.rosters.files import table
from shared.rosters.people import MAX_ROWS

ROOT = Path(__file__).resolve().parents[2]

MOST_MEGABYTES = 512
KILOBYTES = 1024

SCHOOLS = 240
TODAY = "2026-11-22"


def previewing(repetitions: int) -> Section:
    """Preview a workbook of as many rows as a roster may have, every second of them on file already."""
    workbook = _workbook()
    preview, floor = _preview(workbook), _floor(workbook)
    ours, bare = in_turns([("previewing 20,000 rows", preview), ("openpyxl reading their cells", floor)], repetitions, 1)
    memory = Figure("MB at most", _memory("preview", workbook), _memory("floor", workbook), most=MOST_MEGABYTES)
    return Section("A long roster in Excel", [Figure("ms CPU", ours, bare), memory])


def _workbook() -> bytes:
    book, content = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    sheet.append(["email", "name", "language", "role", "region", "school"])
    for number in range(MAX_ROWS):
        sheet.append([f"p{number}@example.org", f"Åse Øygarden {number}", "nb", "leader", "Follo", f"Skole {number % SCHOOLS}"])
    book.save(content)
    return content.getvalue()


def _programme() -> Programme:
    files = {path.name: path.read_bytes() for path in (ROOT / "forms/kollegasamarbeid").glob("*.yaml")}
    found = declared("kollegasamarbeid", files, library())
    if not isinstance(found, Declared):
        raise TypeError("forms/kollegasamarbeid has faults")
    return found.programme


def _preview(workbook: bytes) -> Callable[[], object]:
    programme = _programme()
    held = {str(row.number): row.participant for row in table(workbook, programme).rows[::2]}
    units = [person.units for person in held.values()]
    return lambda: changes(held, table(workbook, programme, on_file=units), programme, TODAY)


def _floor(workbook: bytes) -> Callable[[], object]:
    def read() -> int:
        sheet = load_workbook(io.BytesIO(workbook), read_only=True, data_only=True).worksheets[0]
        return sum(1 for _ in sheet.iter_rows(values_only=True))

    return read


def _memory(what: str, workbook: bytes) -> Samples:
    """Let a process of its own do it once; return the most memory that it had, all of Python included."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "roster.xlsx")
        file.write_bytes(workbook)
        said = subprocess.run([sys.executable, "-m", __name__, what, file], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return Samples({"preview": "previewing, the whole process", "floor": "openpyxl alone, the whole process"}[what], (float(said),))


def _main(what: str, file: str) -> None:
    workbook = Path(file).read_bytes()
    {"preview": _preview, "floor": _floor}[what](workbook)()
    # What getrusage tells begins with the memory of the process that started this one.
    told = Path("/proc/self/status").read_text(encoding="ascii")
    print(int(told.partition("VmHWM:")[2].split()[0]) / KILOBYTES)


if __name__ == "__main__":
    _main(*sys.argv[1:])
