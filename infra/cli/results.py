"""Commands about what came of a programme: status, results."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table

from infra.known import known_programme, known_round
from infra.publishing import Faulty
from infra.service import connect
from infra.states import told_state
from infra.times import written
from shared import bucket, clock, rounds
from shared.arrivals import is_lost
from shared.exports.kinds import KINDS, SPOKEN
from shared.presentation.pair_sentences import Speech, cover
from shared.presentation.sentences import heading
from shared.rounds import Round
from shared.store import deliverability, invitations, published

screen = Console(highlight=False)


@click.command()
@click.argument("programme")
def status(programme: str) -> None:
    """Show a programme's rounds: windows, invitations, mails, results."""
    connect()
    declared = known_programme(programme)
    table = Table(
        "round", "opens", "last minute", "state", "invited", "mails sent", "not reached", title=f"{programme} ({declared.timezone})"
    )
    for found in sorted(published.rounds(programme).values(), key=rounds.closes):
        table.add_row(*_row(found, ZoneInfo(declared.timezone)))
    screen.print(table)
    if why := deliverability.stopped():
        screen.print(f"No mail is sent: too many {why}. See `kursdag sending --help`.", soft_wrap=True)


def _row(found: Round, zone: ZoneInfo) -> tuple[str, ...]:
    held = list(invitations.invited(found.ref))
    lost = sum(is_lost(item.mail, item.arrival) for item in held)
    sent = sum(item.mail == "sent" for item in held)
    state = told_state(found, clock.wall_time())
    if found.earlier:
        state += f", version {len(found.versions)} of its form"
    window = written(rounds.opens(found), zone), written(rounds.closes(found) - 60, zone)
    return found.id, *window, state, str(len(held)), str(sent), str(lost)


@click.command()
@click.argument("programme")
@click.argument("round", metavar="ROUND")
@click.option("--format", "kind", type=click.Choice(tuple(KINDS)), help="A file instead of a table on the screen.")
@click.option("--before-and-after", "paired", is_flag=True, help="The comparison with the first round of its series instead.")
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the file.")
def results(programme: str, round: str, kind: str | None, output: Path | None, *, paired: bool) -> None:  # noqa: A002 – the word of the domain
    """Show or download the published result of a round."""
    service = connect()
    edition = _edition(programme, round)
    service.note(programme, "downloaded", round, (kind or "json").upper())
    compared = _compared(programme, round, edition) if paired else None
    if kind is None and output is None:
        _show_pairs(compared) if compared else _show(json.loads(_whole(edition)))
        return
    if kind and kind not in SPOKEN and output is None and sys.stdout.isatty():
        raise click.UsageError(f"a {kind.upper()} file can't be shown on the screen; name a file with -o")
    content = bucket.get(f"{edition}/pairs.{kind or 'json'}") if compared else _file(edition, kind or "json")
    if output:
        output.write_bytes(content)
    else:
        sys.stdout.buffer.write(content)


def _file(edition: str, kind: str) -> bytes:
    return _whole(edition) if kind == "json" else bucket.get(f"{edition}/edition.{kind}")


def _edition(programme: str, name: str) -> str:
    known_programme(programme)
    edition = known_round(programme, name).edition
    if edition is None:
        raise Faulty([f"{name} has no result yet: it is made by the job `aggregate` some minutes after the round has closed"])
    return edition


def _compared(programme: str, name: str, edition: str) -> dict[str, Any]:
    found = json.loads(bucket.get(f"{edition}/pairs.json")) if published.rounds(programme)[name].pairs else None
    if found is None:
        raise Faulty([f"{name} is compared with no earlier round: it is in no series, or the first of one"])
    return dict(found)


def _whole(edition: str) -> bytes:
    """Join an edition's figures and its comments, which lie beside them."""
    document = bucket.document(f"{edition}/edition.json")
    written = bucket.found(f"{edition}/comments.json")
    comments = json.loads(written)["questions"] if written else {}
    for question in document["questions"]:
        if question["id"] in comments:
            question["comments"] = comments[question["id"]]
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _show(document: dict[str, Any]) -> None:
    language = document["languages"][0]
    screen.print(f"[bold]{document['title'][language]}[/bold]: {document['n']} of {document['N']} have answered", soft_wrap=True)
    for version in document["versions"] if len(document.get("versions", ())) > 1 else ():
        screen.print(f"version {version['number']} of the form: {version['n']} have answered", soft_wrap=True)
    table = Table("question", "n", "median", "mean", "positive", "among all N")
    for question in document["questions"]:
        table.add_row(heading(question, document, language, str), *_figures(question))
    screen.print(table)


def _figures(question: dict[str, Any]) -> tuple[str, ...]:
    if question["hidden"]:
        return f"not shown ({question['hidden']['reason']})", "", "", "", ""
    positive = question.get("positive")
    interval = positive and positive["interval"]
    shares = (f"{positive['share']:.0%}" if positive else "", f"{interval[0]}–{interval[1]}" if interval else "")
    return str(question["n"]), _number(question.get("median")), _number(question.get("mean")), *shares


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"


def _show_pairs(compared: dict[str, Any]) -> None:
    """Show how those who answered both times have moved."""
    speech = Speech(str, "en")
    for sentence in cover(compared, speech):
        screen.print(sentence, soft_wrap=True)
    table = Table("question", "pairs", "before", "after", "change", "95 %", "higher/same/lower")
    for question in compared["questions"]:
        table.add_row(question["text"][compared["languages"][0]], *_moved(question, speech))
    screen.print(table)


def _moved(question: dict[str, Any], speech: Speech) -> tuple[str, ...]:
    found = question["figures"]
    if not found:
        return (f"not shown ({question['hidden']['reason']})",)
    low, high = map(speech.signed, found["interval"])
    means = (speech.number(found["mean_before"]), speech.number(found["mean_after"]), speech.signed(found["mean_change"]))
    ways = "/".join(map(str, (found["directions"] or {}).values()))
    return str(found["n"]), *means, f"{low} – {high}", ways
