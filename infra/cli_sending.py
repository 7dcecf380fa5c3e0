"""Commands about mails that were stopped: sending."""

from __future__ import annotations

import click
from rich.console import Console

from infra.service import connect
from shared.store import deliverability, tallies

screen = Console(highlight=False)


@click.group()
def sending() -> None:
    """Mails that Kursdag has stopped by itself.

    It stops when 4 % of the mails of a week bounce (of 50 at least), or 0.08 % are taken for spam: AWS would soon stop
    them for good. Mails wait meanwhile. Look at who could not be reached, correct those addresses, then resume.
    """


@sending.command()
@click.argument("programme")
def unreached(programme: str) -> None:
    """Show who can't be reached by mail, and why. It tells nothing about who has answered."""
    connect()
    found = deliverability.not_reached(programme)
    for person, why in found:
        screen.print(f"{person.participant.name}  {person.participant.email}  {why}", markup=False, soft_wrap=True)
    if not found:
        screen.print("No mail has come back.")


@sending.command()
def resume() -> None:
    """Send again; bounces and complaints are counted anew."""
    connect()
    if not deliverability.stopped():
        screen.print("Nothing to do: sending is not stopped.")
        return
    tallies.forget()
    deliverability.resume()
    screen.print("Mails go out again with the next run of `invite`.")
