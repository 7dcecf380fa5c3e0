"""The command about a whole programme's published result: trend."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from infra.publishing import Faulty
from infra.service import connect
from shared import bucket
from shared.results.runs import compared
from shared.store import programme_pointers


@click.command()
@click.argument("programme")
@click.option("--against", metavar="EARLIER", help="Set the result beside that of an earlier run, by questions that both asked alike.")
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the file.")
def trend(programme: str, against: str | None, output: Path | None) -> None:
    """Print a programme's published result as JSON: its rounds, each question day by day, and its units."""
    service = connect()
    document = _edition(programme)
    if against:
        document = compared(document, _edition(against))
    for name in filter(None, (programme, against)):
        service.note(name, "downloaded_whole", "JSON")
    content = json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
    if output:
        output.write_bytes(content)
    else:
        sys.stdout.buffer.write(content)


def _edition(programme: str) -> dict[str, Any]:
    prefix = programme_pointers.edition(programme)
    if prefix is None:
        raise Faulty([f"{programme} has no result yet: it is made by the job `aggregate` after the first of its rounds"])
    return bucket.document(f"{prefix}/edition.json")
