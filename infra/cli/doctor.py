"""The command that checks a service: doctor."""

from __future__ import annotations

import click
from rich.console import Console
from rich.text import Text

from infra.doctor import examining as judgement
from infra.doctor.examining import NOT_OK, OK, UNKNOWN, Verdict
from infra.doctor.facts import facts
from infra.service import connect

screen = Console(highlight=False)

COLOURS: dict[Verdict, str] = {OK: "green", NOT_OK: "bold red", UNKNOWN: "yellow"}


@click.command()
@click.pass_context
def doctor(context: click.Context) -> None:
    """Check the service: what should be on is on, what must be off is off, the jobs run, mails can be sent.

    Exit code 1 says that something is not as it should be.
    """
    found = judgement.findings(facts(connect()))
    for finding in found:
        line = Text.assemble(f"{finding.check:<24}", (f"{finding.verdict:<23}", COLOURS[finding.verdict]), finding.told)
        screen.print(line, soft_wrap=True)
    context.exit(0 if judgement.all_well(found) else 1)
