"""The command that shows mails."""

from __future__ import annotations

import click
from rich.console import Console

from infra import mailbox
from infra.service import connect

screen = Console(highlight=False)


@click.command()
@click.option("--to", metavar="ADDRESS", help="Only this reader's mails.")
def mails(to: str | None) -> None:
    """Show the mails that the local stack has sent, as text; the start page's mailbox shows their HTML too."""
    found = list(mailbox.mails(connect(), to))
    for mail in found:
        head = f"To: {mail.to}\nFrom: {mail.sender}\nSubject: {mail.subject}"
        screen.print(f"{head}\n\n{mail.text}\n{'─' * 40}", markup=False, soft_wrap=True)
    if not found:
        screen.print("No mail has been sent to this address." if to else "No mail has been sent yet.")
