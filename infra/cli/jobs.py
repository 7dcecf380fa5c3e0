"""Commands about time: jobs, clock."""

from __future__ import annotations

import time

import click
from rich.console import Console
from rich.table import Table

from infra import jobs as runner
from infra import planning
from infra.publishing import Faulty
from infra.service import connect
from infra.times import Moment, written
from shared.clock import wall_time
from shared.store import published

screen = Console(highlight=False)

TOLD = {
    "answered": "have answered",
    "declined": "don't want to answer",
    "absent": "were absent",
    "stopped": "stopped reminders",
    "team has written": "are in a team that has written",
    "not reached": "can't be reached",
    "not invited yet": "are not invited yet",
    "has it": "have it, or were invited less than two hours before",
}
"""Why somebody gets no mail, as it is told."""


@click.group()
def jobs() -> None:
    """The scheduled jobs."""


@jobs.command("run")
@click.argument("names", nargs=-1, type=click.Choice((*runner.JOBS, *runner.NIGHTLY)), metavar="[invite|aggregate|retire]...")
@click.option(
    "--at", type=Moment(), help="Run as of this time (Europe/Oslo unless it says otherwise). The local stack's clock goes on from there."
)
def run_jobs(names: tuple[str, ...], at: int | None) -> None:
    """Run jobs now, and wait until every mail they queued is sent.

    Unless named, the two that run every five minutes. `retire`, the job of the night, deletes what has been kept long enough:
    on this machine, a clock that is far ahead makes it delete nearly everything.
    """
    service = connect()
    if at is not None and not service.is_local and at > time.time():
        raise Faulty(["that time has not come yet; only the local stack's clock can be moved forward"])
    for name, said in runner.run(service, names or runner.JOBS, at):
        told = ", ".join(
            f"{key} {', '.join(map(str, value)) or 'none' if isinstance(value, list) else value}" for key, value in said.items()
        )
        screen.print(f"{name}: {told}", soft_wrap=True)


@jobs.command("plan")
@click.option("--at", type=Moment(), help="Plan as of this time (Europe/Oslo unless it says otherwise), as things stand now.")
def plan_jobs(at: int | None) -> None:
    """Show what `invite` would send: to how many, and why not to how many. Nothing is sent."""
    connect()
    now = wall_time()
    planned = planning.lines(now if at is None else at, now)
    table = Table("programme", "about", "gathering", "mail", "to", "not to")
    for line in planned:
        others = ", ".join(f"{count} {TOLD[reason]}" for reason, count in sorted(line.others.items()))
        table.add_row(line.programme, line.what, line.gathering, line.kind, str(len(line.people)), others)
    if planned:
        screen.print(table)
    screen.print(f"{planning.mails(planned)} mails at {written(now if at is None else at)}: what is due for a person comes in one.")


@click.group(invoke_without_command=True)
@click.pass_context
def clock(context: click.Context) -> None:
    """Show the local stack's clock, set it, or let it follow the real time again."""
    if context.invoked_subcommand is None:
        _connect_to_clock()
        offset = published.clock_offset()
        moved = "the real time" if not offset else f"moved {'forward' if offset > 0 else 'back'} by {_duration(abs(offset))}"
        screen.print(f"{written(int(time.time()) + offset)} Europe/Oslo ({moved})")


@clock.command("set")
@click.argument("moment", type=Moment(), metavar="TIME")
def set_clock(moment: int) -> None:
    """Move the clock; it goes on from there."""
    _connect_to_clock()
    published.put_clock_offset(moment - int(time.time()))
    screen.print(f"{written(moment)} Europe/Oslo")


@clock.command("reset")
def reset_clock() -> None:
    """Let the clock follow the real time again."""
    _connect_to_clock()
    published.put_clock_offset(0)
    screen.print(f"{written(int(time.time()))} Europe/Oslo (the real time)")


def _connect_to_clock() -> None:
    if not connect().is_local:
        raise Faulty(["only the local stack has a clock of its own"])


def _duration(seconds: int) -> str:
    days, rest = divmod(seconds, 86400)
    hours, minutes = divmod(rest // 60, 60)
    return f"{days} days, {hours} hours and {minutes} minutes"
