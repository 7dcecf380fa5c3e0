"""Commands about one person's data: person export, person erase."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

import click
from rich.console import Console

from infra.publishing import Faulty
from infra.service import Service, connect
from shared.addresses import normalised, pointer
from shared.store import deliverability, erasing, former_addresses, retiring, roster
from shared.store.roster import Person
from shared.untraceable import NOT_FOUND

screen = Console(highlight=False)


@click.group()
def person() -> None:
    """What is stored about one person, for her or at her request.

    It takes an administrator: the desk is not told who has answered. What it knows, its owners write out and have deleted there.
    """


@person.command()
@click.argument("address")
def export(address: str) -> None:
    """Write all that is stored about somebody, as JSON; with what can't be found by her address, and why."""
    service = connect()
    told = {name: _exported(service, name, found, _plain(address)) for name, found in _found(address)}
    for name in told:
        service.note(name, "exported")
    document = {"programmes": told, "suppressed": deliverability.suppressed(_plain(address)), "not_found": NOT_FOUND}
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


@person.command()
@click.argument("address")
@click.option("--yes", is_flag=True, help="Don't ask first.")
def erase(address: str, yes: bool) -> None:
    """Delete somebody from every participant list, with her invitations and what is noted of her mails.

    Invitations to forms that have no result yet stay until they have one, since they are counted in it; they go in the night
    after. Answers stay in their results: nobody can tell which are hers.
    """
    service = connect()
    found = list(_found(address))
    if not yes:
        click.confirm(f"Delete {_plain(address)} from {', '.join(name for name, _ in found)}? Nobody can bring it back", abort=True)
    for name, held in found:
        if held is None:
            erasing.withdraw(name, _plain(address))
            service.note(name, "erased")
            screen.print(f"{name}: what she said of herself to be let in is deleted")
            continue
        erasing.forget(name, held)
        said = service.invoke("retire", {"do": "erase", "programme": name, "person": held.id})
        roster.look_anew(name)
        service.note(name, "erased")
        later = f"; after their results: her invitations to {', '.join(said['later'])}" if said["later"] else ""
        screen.print(f"{name}: {said['deleted']} items deleted{later}", soft_wrap=True)
    screen.print("What is not found by an address:")
    for line in NOT_FOUND:
        screen.print(f"- {line}", soft_wrap=True)


def _found(address: str) -> Iterator[tuple[str, Person | None]]:
    """Find the programmes in which an address takes part, or did before it was changed; None where somebody only asks to be let in."""
    plain = _plain(address)
    known = [(name, _person(name, plain)) for name in retiring.programmes()]
    found = [(name, held) for name, held in known if held or erasing.asked_to_be_let_in(name, plain)]
    if not found:
        raise Faulty(["nobody with this address takes part in anything; what is left of others without it can't be found"])
    yield from found


def _person(programme: str, address: str) -> Person | None:
    """Find who has an address, or else who had it before."""
    had = (person_id for person_id, before in former_addresses.held(programme).items() if pointer(address) in map(pointer, before))
    return roster.person_at(programme, address) or next(filter(None, (roster.person(programme, person_id) for person_id in had)), None)


def _plain(address: str) -> str:
    plain = normalised(address)
    if plain is None:
        raise Faulty(["this is not one plain address"])
    return plain


def _exported(service: Service, programme: str, held: Person | None, address: str) -> dict[str, object]:
    if held is None:
        return {"participant": None, "asked_to_be_let_in": erasing.asked_to_be_let_in(programme, address)}
    noted = service.invoke("retire", {"do": "export", "programme": programme, "person": held.id})
    beside = {
        "not_reached": deliverability.why_not_reached(programme, held),
        "absent_from": erasing.absent_from(programme, held.id),
        "asked_to_be_let_in": erasing.asked_to_be_let_in(programme, held.participant.email),
        "former_addresses": former_addresses.of(programme, held.id),
    }
    return {"participant": {"id": held.id, **asdict(held.participant)}, **beside, **noted}
