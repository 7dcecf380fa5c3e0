"""The command that shows what was published when and by whom: history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise

import click
from rich.console import Console

from infra.history import Version, differences
from infra.publishing import Faulty
from infra.service import connect
from shared.schedule import wall_clock
from shared.store import publications, published
from shared.store.publications import Publication

screen = Console(highlight=False)


@click.command()
@click.argument("programme")
def history(programme: str) -> None:
    """Show what was published when and by whom, and what each publication changed; the latest first."""
    connect()
    noted = list(publications.publications(programme))
    if not noted:
        raise Faulty([f"{programme}: nothing is noted about it; `kursdag publish` notes what it publishes"])
    for line in told(noted):
        screen.print(line, markup=False, soft_wrap=True)


def told(noted: Iterable[Publication]) -> Iterator[str]:
    """Write publications, given the oldest first, for a reader: the latest first, each with what it changed."""
    earlier_and_later = [*pairwise([None, *noted])]
    for earlier, later in reversed(earlier_and_later):
        if later:
            yield from _publication(earlier, later)


def _publication(earlier: Publication | None, later: Publication) -> Iterator[str]:
    when = wall_clock(later.at, later.programme.timezone)
    yield f"{when:%Y-%m-%d %H:%M:%S}  {later.by}"
    for step in later.changes:
        yield f"  {step['change']:<8} {step['round']}  {_minute(step['opens'])} – {_minute(step['closes'])}"
    for line in differences(_version(earlier), _version(later)) if earlier else ():
        yield f"  {line}"


def _minute(moment: str) -> str:
    return f"{datetime.fromisoformat(moment):%Y-%m-%d %H:%M}"


def _version(published_then: Publication) -> Version:
    """Read the forms that a publication names; a form version is never changed and never deleted."""
    found = {name: published.form(published_then.programme.id, form) for name, form in published_then.forms.items()}
    return Version(published_then.programme, {name: form for name, form in found.items() if form})
