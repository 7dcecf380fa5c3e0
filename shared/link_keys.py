"""The keys that participants' links are made with, each unwrapped once for as long as this process lives."""

from functools import cache

from shared import keys, links
from shared.rosters.people import Participant
from shared.rounds import Round
from shared.store import secrets
from shared.store.roster import Person


@cache
def link_key(ref: str) -> bytes:
    """Unwrap a round's link key."""
    return keys.unwrapped("link", ref, secrets.secret(ref, "link"))


@cache
def _pair_key(series: str) -> bytes:
    return keys.unwrapped("pair", series, secrets.secret(series, "pair"))


@cache
def _letter_key(holder: str) -> bytes:
    return keys.unwrapped("letter", holder, secrets.secret(holder, "letter"))


def team_seed(asked: Round, member: Participant, number: int = 0) -> str:
    """Derive a seed under which somebody's team can keep what it writes in a round, or has written in the one that it recalls."""
    return links.team_seed(_letter_key(asked.letters), member.team, member.units, number)


def token(asked: Round, person: Person) -> str:
    """Derive the token of somebody's link to a round; behind it, in a series, her pair and copy parts, or her letters' seed."""
    own, address = links.answer_token(link_key(asked.ref), person.id), person.participant.email
    if asked.is_seeded:
        return own + links.letter_seed(_letter_key(asked.letters), person.id, address)
    if not asked.pairs:
        return own
    key = _pair_key(asked.pairs)
    return own + links.pair_part(key, person.id) + links.copy_part(key, person.id, address)
