"""Sharing what is written in a personal round: copies for those whose boxes are ticked, and what others have shared with oneself."""

from collections.abc import Iterator

from functions.answer import handing_over, presses
from functions.answer.presses import BINDING, DO
from shared import letters
from shared.companions import Companion
from shared.letters import Letter, Unopenable
from shared.store import letters as store
from shared.store.invitations import Invitation
from shared.store.letters import Copies
from shared.web.form_page import Place, Received, Sent
from shared.web.mates import companions_of

OF = "_of"
"""The field that names whose letter is to be read."""


def shared(sent: Sent, invitation: Invitation) -> tuple[str, ...]:
    """Name those with whom a letter that was sent in is shared: who is on the writer's list, whatever was posted."""
    known = companions_of(sent.place.form, sent.token, invitation)
    return tuple(one.public for one in known if one.public in (sent.shares.keep if one.former else sent.shares.share))


def copies(place: Place, token: str, invitation: Invitation, letter: Letter, seed: str) -> Copies:
    """Make the copies of a letter: the newest for who may read it, none for who may not; who was a companion keeps what she had."""
    return dict(_copies(place, token, invitation, letter, seed))


def _copies(place: Place, token: str, invitation: Invitation, letter: Letter, seed: str) -> Iterator[tuple[str, bytes | None]]:
    ref = place.round.ref
    for one in companions_of(place.form, token, invitation):
        reader = bytes.fromhex(one.public)
        if one.public not in letter.shared_with:
            yield letters.given_name(seed, reader, ref), None
        elif not one.former:
            # With whom else it is shared is the writer's to know.
            copy = Letter(letter.form, letter.answers)
            yield letters.given_name(seed, reader, ref), letters.sealed_for(reader, copy, store.overhead(ref))


def copy_names(place: Place, token: str, invitation: Invitation, seed: str) -> list[str]:
    """Name all copies that there can be of the letter that lies under a seed."""
    return [letters.given_name(seed, bytes.fromhex(one.public), place.round.ref) for one in companions_of(place.form, token, invitation)]


def names(place: Place, token: str, invitation: Invitation, letter: Letter) -> list[str]:
    """List by name with whom a letter is shared."""
    return [one.name for one in companions_of(place.form, token, invitation) if one.public in letter.shared_with]


def received(place: Place, token: str, invitation: Invitation) -> list[Received]:
    """List who has shared with the one whose link it is."""
    found = _given(place, token, invitation)
    return [Received(one.name, DO, {BINDING: presses.binding(token), OF: one.public}) for one, _, _ in found]


def read(place: Place, token: str, invitation: Invitation, writer: str) -> tuple[str, Letter] | None:
    """Open what a companion has shared, with her name; None where there is nothing, or nothing any more."""
    for one, seed, sealed in _given(place, token, invitation):
        if one.public == writer:
            return one.name, _opened(seed, sealed)
    return None


def _given(place: Place, token: str, invitation: Invitation) -> Iterator[tuple[Companion, str, bytes]]:
    """Find what companions have shared, also with a link to an earlier address that has handed over; with the seed that opens it."""
    known = companions_of(place.form, token, invitation)
    opening = handing_over.seeds(place, token, invitation) if known else []
    for one in known:
        for seed in opening:
            stored = store.letter(letters.received_name(seed, bytes.fromhex(one.public), place.round.ref))
            if stored:
                yield one, seed, stored.sealed
                break


def _opened(seed: str, sealed: bytes) -> Letter:
    try:
        return letters.opened_by(seed, sealed)
    except Unopenable as error:
        raise LookupError("a copy under her name that is not hers") from error
