"""Personal links after a change of address: which keys they make now, and who is first asked at her earlier address."""

from collections.abc import Iterable, Iterator
from itertools import islice

from shared import letters, link_keys, links, queue
from shared.addresses import pointer
from shared.queue import MovedErrand
from shared.rounds import Round
from shared.store import former_addresses, invitations, roster
from shared.store.invitations import Invitation
from shared.store.roster import Person

MOST = 1000
"""Mails to earlier addresses that one run asks for: whole schools can get new addresses in one night, and other mails must go out too."""


def rekey(due: Round, held: Iterable[Invitation]) -> bool:
    """Note which keys the links to a personal round make now; tell whether some are left to `send`, which asks at an earlier address."""
    people = {person.id: person for person in roster.people(due.programme)}
    known = ((item, people[item.person]) for item in held if item.person in people)
    moved = [(item, person) for item, person in known if _public(due, person) != item.public]
    errands = list(islice(_errands(due, moved), MOST)) if moved else []
    queue.put(errands)
    return bool(errands)


def _errands(due: Round, moved: Iterable[tuple[Invitation, Person]]) -> Iterator[MovedErrand]:
    former = former_addresses.held(due.programme)
    for item, person in moved:
        address = _wrote_at(due, item, person, former.get(person.id, ()))
        if address:
            yield MovedErrand(due.ref, item.fingerprint, pointer(address))
        else:
            invitations.put_public(due.ref, item.fingerprint, _public(due, person), item.public)


def _wrote_at(due: Round, item: Invitation, person: Person, former: Iterable[str]) -> str:
    """Find the earlier address whose link somebody has written by; empty where she has not, or her team has, whose writing stays open."""
    if item.answered is None or item.team:
        return ""
    return next((address for address in former if _public(due, person.at(address)) == item.public), "")


def _public(due: Round, person: Person) -> str:
    return letters.public_half(links.behind(link_keys.token(due, person))).hex()
