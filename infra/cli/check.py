"""The commands that look at files alone: check and schema."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from infra.checking import Looked, by_role, by_round, looked_at
from infra.publishing import Faulty
from infra.schemas.files import SCHEMAS, json_schema
from infra.schemas.results import result_schema

FAULTY = 1
screen, errors = Console(highlight=False), Console(stderr=True, highlight=False)


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to tell it.")
def check(path: Path, form: str) -> None:
    """Check the files of a programme, or of every programme in a folder.

    Tells every fault, warns of what evidence advises against, and says how many seconds each round asks of a participant.
    """
    looked = looked_at(path)
    if form == "json":
        click.echo(json.dumps({"programmes": [_document(item) for item in looked]}, ensure_ascii=False, indent=2))
        sys.exit(FAULTY if any(item.faults for item in looked) else 0)
    _print(looked)


def _print(looked: Sequence[Looked]) -> None:
    """Print the warnings, and what each programme asks for; raise `Faulty` where there are faults."""
    for warning in (warning for item in looked for warning in item.warnings):
        errors.print(_warned(warning.line), markup=False, soft_wrap=True)
    if faults := [fault.line for item in looked for fault in item.faults]:
        raise Faulty(faults)
    for line in (line for item in looked for line in _told(item)):
        screen.print(line, markup=False, soft_wrap=True)
    names = ", ".join(item.name for item in looked)
    screen.print(f"{len(looked)} {'programme' if len(looked) == 1 else 'programmes'} without a fault: {names}", soft_wrap=True)


def _warned(line: str) -> str:
    place, separator, message = line.partition(": ")
    return f"{place}{separator}warning: {message}"


def _document(item: Looked) -> dict[str, Any]:
    return {
        "programme": item.name,
        "faults": [fault.parts for fault in item.faults],
        "warnings": [warning.parts for warning in item.warnings],
        "seconds": {"rounds": by_round(item.declared), "participants": by_role(item.declared)} if item.declared else None,
    }


def _told(item: Looked) -> Iterator[str]:
    if item.declared is None:
        return
    yield f"{item.name}:"
    rounds = by_round(item.declared)
    width = max(map(len, rounds))
    for name, takes in rounds.items():
        yield f"  {name:<{width}}  {takes:>4} seconds"
    yield f"  Each participant is asked for {_everybody(by_role(item.declared))} in all."


def _everybody(by_role: Mapping[str, int]) -> str:
    """Say it once where it is the same for all, and by role where it differs."""
    if len(set(by_role.values())) == 1:
        return _time(next(iter(by_role.values())))
    return ", ".join(f"{_time(takes)} ({role})" for role, takes in by_role.items())


def _time(takes: int) -> str:
    minutes, rest = divmod(takes, 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


@click.command()
@click.argument("what", type=click.Choice([*SCHEMAS, "result"]))
def schema(what: str) -> None:
    """Print the JSON Schema of a file, with which editors complete and check it; or that of results in JSON."""
    described = result_schema() if what == "result" else json_schema(what)
    click.echo(json.dumps(described, ensure_ascii=False, indent=2))
