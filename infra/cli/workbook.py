"""From files to an Excel workbook and back, and a new one."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click
from rich.console import Console

from infra.publishing import WORKBOOK, Faulty, check_all, files_in, folder_of, is_workbook, placed
from shared.packing import PROGRAMME_FILE

COMMENT = re.compile(rb"^\s*#|\s#\s", re.MULTILINE)

screen, errors = Console(highlight=False), Console(stderr=True, highlight=False)


@click.command()
@click.argument("source", metavar="FROM", type=click.Path(exists=True, path_type=Path))
@click.argument("target", metavar="TO", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write over what is there.")
def convert(source: Path, target: Path, force: bool) -> None:
    """Turn a programme's folder into an Excel workbook (TO ends in .xlsx), or a workbook into a folder.

    Nothing is lost on the way but comments and layout: what a workbook can't hold is told, and nothing is written then.
    """
    source = folder_of(source)
    if is_workbook(source) == is_workbook(target):
        raise click.UsageError(f"one of the two must be a workbook, whose name ends in {WORKBOOK}, and the other a folder")
    if not is_workbook(source) and not (source / PROGRAMME_FILE).exists():
        raise Faulty([f"{source}: there is no {PROGRAMME_FILE} in this folder; one programme is converted at a time"])
    check_all(source)
    (_to_files if is_workbook(source) else _to_workbook)(source, target, force)


def _to_files(source: Path, target: Path, force: bool) -> None:
    from shared.workbook.reading import as_files  # noqa: PLC0415 – reading workbooks loads slowly, and other commands don't need it

    files = as_files(source.read_bytes())
    there = sorted(path.name for path in target.glob("*.yaml"))
    if there and not force:
        raise Faulty([f"{target}: there are files already: {', '.join(there)}; --force writes over them"])
    if strangers := [name for name in there if name not in files]:
        raise Faulty([f"{target / name}: this file would become part of the programme: remove it" for name in strangers])
    target.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (target / name).write_bytes(content)
    screen.print(f"{target}: {', '.join(files)}", soft_wrap=True)


def _to_workbook(source: Path, target: Path, force: bool) -> None:
    from shared.workbook.conversion import as_workbook  # noqa: PLC0415 – see above

    files = files_in(source)
    data = as_workbook(files)
    if isinstance(data, list):
        raise Faulty([placed(source, str(fault)) for fault in data])
    _write(target, data, force=force)
    if any(COMMENT.search(content) for content in files.values()):
        errors.print("The comments in the files are not in the workbook.")


def _write(target: Path, data: bytes, *, force: bool) -> None:
    if target.exists() and not force:
        raise Faulty([f"{target}: this file is there already; --force writes over it"])
    target.write_bytes(data)
    screen.print(str(target), soft_wrap=True)


def write_template(target: Path, languages: tuple[str, ...]) -> None:
    """Write a new workbook with an example in some languages."""
    from infra.workbook_example import example  # noqa: PLC0415 – see above
    from shared.workbook.tables import tables  # noqa: PLC0415
    from shared.workbook.writing import workbook as written  # noqa: PLC0415

    if target.exists():
        raise Faulty([f"{target} exists already; nothing was written"])
    named = tuple(dict.fromkeys(languages))
    _write(target, written(tables(example(named, date.today()), named), named), force=False)  # noqa: DTZ011 – the days of an example
