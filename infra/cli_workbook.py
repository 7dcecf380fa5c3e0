"""Commands about workbooks: a new one, and from files to a workbook and back."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click
from rich.console import Console

from infra.publishing import PROGRAMME, WORKBOOK, Faulty, check_all, files_in, folder_of, is_workbook, placed
from shared.languages import NAMES

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
    if not is_workbook(source) and not (source / PROGRAMME).exists():
        raise Faulty([f"{source}: there is no {PROGRAMME} in this folder; one programme is converted at a time"])
    check_all(source)
    (_to_files if is_workbook(source) else _to_workbook)(source, target, force)


def _to_files(source: Path, target: Path, force: bool) -> None:
    from infra.workbook_conversion import as_files  # noqa: PLC0415 – reading workbooks loads slowly, and other commands don't need it

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
    from infra.workbook_conversion import as_workbook  # noqa: PLC0415 – see above

    files = files_in(source)
    data = as_workbook(files)
    if isinstance(data, list):
        raise Faulty([placed(source, str(fault)) for fault in data])
    _write(target, data, force)
    if any(COMMENT.search(content) for content in files.values()):
        errors.print("The comments in the files are not in the workbook.")


def _write(target: Path, data: bytes, force: bool) -> None:
    if target.exists() and not force:
        raise Faulty([f"{target}: this file is there already; --force writes over it"])
    target.write_bytes(data)
    screen.print(str(target), soft_wrap=True)


@click.group()
def workbook() -> None:
    """Programmes as Excel workbooks."""


@workbook.command("new")
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--language", "languages", type=click.Choice(list(NAMES)), multiple=True, default=("nb", "en"), show_default=True)
@click.option("--force", is_flag=True, help="Write over what is there.")
def new_workbook(target: Path, languages: tuple[str, ...], force: bool) -> None:
    """Write a workbook to fill in: drop-downs, hints, and an example in every sheet.

    The name of the FILE without .xlsx is the programme's id.
    """
    if not is_workbook(target):
        raise click.UsageError(f"the file's name must end in {WORKBOOK}")
    write_template(target, languages, force=force)


def write_template(target: Path, languages: tuple[str, ...], *, force: bool = False) -> None:
    """Write a new workbook with an example in some languages."""
    from infra.workbook_example import example  # noqa: PLC0415 – see above
    from infra.workbook_tables import tables  # noqa: PLC0415
    from infra.workbook_writing import workbook as written  # noqa: PLC0415

    named = tuple(dict.fromkeys(languages))
    _write(target, written(tables(example(named, date.today()), named), named), force)  # noqa: DTZ011 – the days of an example
