"""The command line: ``kursdag``."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console

from infra import simulate
from infra.cli.buddies import buddies
from infra.cli.check import check, schema
from infra.cli.doctor import doctor
from infra.cli.history import history
from infra.cli.jobs import clock, jobs
from infra.cli.mails import mails
from infra.cli.new import new, preview
from infra.cli.person import person
from infra.cli.poster import poster
from infra.cli.results import results, status
from infra.cli.roster import roster
from infra.cli.sending import resend, sending
from infra.cli.trend import trend
from infra.cli.workbook import convert
from infra.known import known_round
from infra.publishing import Faulty, folder_of, published_plan, told_change
from infra.service import Unavailable, connect
from shared.store.client import Overloaded
from shared.store.roster import ImportUnderWay

FAULTS, SERVICE = 1, 3
"""Exit codes: faults in what was given; the service can't be reached or failed. 0 is done, 2 is wrong usage."""

PATH = click.Path(exists=True, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
screen, errors = Console(highlight=False), Console(stderr=True, highlight=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kursdag")
def kursdag() -> None:
    """Feedback on professional-development programmes.

    Commands speak to the service that runs on this machine (`make run`), or to AWS where the usual AWS environment
    variables say so; KURSDAG_STACK names the stack there, "kursdag" if unset.

    Exit codes: 0 done, 1 faults in what was given, 2 wrong usage, 3 the service can't be reached or failed.
    """


@kursdag.command()
@click.argument("path", type=PATH)
@click.option("--plan", is_flag=True, help="Only show what would change.")
@click.option("--replace", is_flag=True, help="Give rounds that are open the changed form too; results tell its versions apart.")
@click.option("--today", metavar="DAY", help="Shift all dates so that this course day is today.")
def publish(path: Path, plan: bool, replace: bool, today: str | None) -> None:
    """Publish a programme: check its files, then store what is new or changed, all or nothing."""
    said = published_plan(connect(), folder_of(path), plan_only=plan, today=today, replace=replace)
    for step in said["rounds"]:
        why = f" ({step['why']})" if step["why"] else ""
        reminds = f", reminds {step['reminds']}" if step["reminds"] else ""
        screen.print(f"{step['change']:<10} {step['round']}  {step['opens']} – {step['closes']}{reminds}{why}", soft_wrap=True)
    if not replace and any(step["change"] == "kept" for step in said["rounds"]):
        screen.print("--replace gives rounds that are open the changed form.")
    for message in said["messages"]:
        screen.print(f"{'message':<10} {message['message']}  {message['at']}", soft_wrap=True)
    for change in said["overrides"]:
        screen.print(f"{'desk':<10} {told_change(change)}", soft_wrap=True, markup=False)
    screen.print("Nothing was stored: this is the plan." if plan else "Published.")


@kursdag.command("simulate")
@click.argument("programme")
@click.argument("round", metavar="ROUND")
@click.option("--answers", type=FILE, help="CSV: a column email, then one for each question; empty is not answered.")
def simulate_answers(programme: str, round: str, answers: Path | None) -> None:  # noqa: A002 – the word of the domain
    """Answer a round as its participants would, through the real pages (local stack only)."""
    service = connect()
    links = simulate.links_of(service, known_round(programme, round).ref)
    outcome = list(_answering(links, answers, f"{programme} {round}"))
    refused = [result for result in outcome if result.status not in (simulate.STORED, simulate.EMPTY)]
    stored = sum(result.status == simulate.STORED for result in outcome)
    screen.print(f"{stored} answered, {len(links)} invited by mail")
    if refused:
        raise Faulty([f"{result.email}: {simulate.EXPLAINED.get(result.status, result.status)}" for result in refused])


def _answering(links: dict[str, str], file: Path | None, seed: str) -> list[simulate.Result]:
    """Give the answers of a file, or made-up ones."""
    if file is None:
        return list(simulate.generated(links, seed))
    rows = _rows(file)
    if strangers := sorted(rows.keys() - links.keys()):
        raise Faulty([f"{file}: {email} has no mail about this round" for email in strangers])
    return list(simulate.given(links, rows))


def _rows(file: Path) -> dict[str, dict[str, str]]:
    try:
        return simulate.answers_in(file)
    except (KeyError, ValueError, AttributeError) as error:
        raise Faulty([f"{file}:1:1: this is not a CSV file in UTF-8 with a column email and an address in each row"]) from error


COMMANDS = (
    check,
    schema,
    new,
    preview,
    convert,
    roster,
    jobs,
    clock,
    mails,
    sending,
    resend,
    status,
    results,
    trend,
    history,
    person,
    buddies,
    poster,
    doctor,
)

for command in COMMANDS:
    kursdag.add_command(command)


def main() -> None:
    """Run the command line; faults, usage and service failures have exit codes of their own."""
    try:
        kursdag()
    except Faulty as faulty:
        for fault in faulty.faults:
            errors.print(fault, markup=False, soft_wrap=True)
        sys.exit(FAULTS)
    except simulate.UnknownColumns as unknown:
        errors.print(f"the form has no such questions: {unknown}", markup=False)
        sys.exit(FAULTS)
    except (Unavailable, ImportUnderWay, Overloaded, ClientError, BotoCoreError) as error:
        errors.print(_explained(error), markup=False, soft_wrap=True)
        sys.exit(SERVICE)


def _explained(error: Exception) -> str:
    if isinstance(error, ImportUnderWay):
        return "somebody else is changing this roster; run the import again"
    if isinstance(error, Overloaded):
        return "the service could not take everything at once; run the command again"
    return str(error)


if __name__ == "__main__":
    main()
