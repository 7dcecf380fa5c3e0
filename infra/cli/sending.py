"""Commands about mails to single people, and mails that were stopped: resend, sending."""

from __future__ import annotations

import click
from rich.console import Console

from infra.known import known_programme, known_round
from infra.publishing import Faulty
from infra.roster_import import today
from infra.service import connect
from shared import queue
from shared.addresses import normalised
from shared.clock import wall_time
from shared.queue import ResendErrand
from shared.round_changes import open_at
from shared.store import deliverability, published, roster, tallies
from shared.store.roster import Person

screen = Console(highlight=False)

TOLD = {"bounced": "bounced", "complained": "complained of spam", "refused": "been refused by the mail service"}
"""What an address had done, by the reason that is noted of it."""


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
    found = deliverability.not_reached(programme, today(known_programme(programme)))
    for person, why in found:
        screen.print(f"{person.participant.name}  {person.participant.email}  {why}", markup=False, soft_wrap=True)
    if not found:
        screen.print("No mail has come back.")


@sending.command()
@click.argument("address")
def allow(address: str) -> None:
    """Send to an address again, from which mails had come back, or where one was marked as spam.

    Do it only where its owner says that it is right and that she wants the mails: what comes back once more counts
    against us. What waits for her in open rounds goes out with the next run of `invite`.
    """
    service = connect()
    plain = normalised(address)
    why = deliverability.suppressed(plain) if plain else ""
    if plain is None or not why:
        raise Faulty(["nothing keeps mails from this address"])
    if not deliverability.allow(plain, why):
        raise Faulty(["somebody or something else has changed this meanwhile; run the command again"])
    for programme in sorted({due.programme for due in published.rounds_due(wall_time())}):
        if roster.person_at(programme, plain):
            roster.look_anew(programme)
            service.note(programme, "allowed")
    screen.print(f"Mails go to this address again; nothing was sent to it because it had {TOLD[why]}.")


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


@click.command()
@click.argument("programme")
@click.argument("address")
@click.option("--round", "name", metavar="ROUND", default="", help="Only the link to this round; to all that is open for her unless said.")
def resend(programme: str, address: str, name: str) -> None:
    """Send one person her link again, the same as before, because she asks for it.

    Whoever has answered already is told so in the mail, and nobody else learns it. One mail goes out in ten minutes.
    """
    service = connect()
    person = roster.person_at(programme, normalised(address) or "")
    if person is None:
        raise Faulty([f"nobody with this address takes part in {programme}"])
    _require_open(programme, name)
    _require_sending(programme, person)
    queue.put([ResendErrand(programme, person.id, name)])
    service.note(programme, "resent")
    screen.print("The mail is on its way. If one went out less than ten minutes ago, no other does.")


def _require_open(programme: str, name: str) -> None:
    asked = [known_round(programme, name)] if name else published.rounds(programme).values()
    if not any(open_at(found, wall_time()) for found in asked):
        raise Faulty(["no form is open now, so there is no link to send"])


def _require_sending(programme: str, person: Person) -> None:
    if why := deliverability.stopped():
        raise Faulty([f"no mail is sent: too many {why}; see `kursdag sending --help`"])
    if why := deliverability.why_not_reached(programme, person):
        raise Faulty([f"she is not reached at this address: {why}; see `kursdag sending allow --help`"])
