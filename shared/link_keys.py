"""The keys that participants' links are made with, each unwrapped once for as long as this process lives."""

from functools import cache

from shared import keys, links
from shared.rounds import Round
from shared.store import secrets


@cache
def link_key(ref: str) -> bytes:
    """Unwrap a round's link key."""
    return keys.unwrapped("link", ref, secrets.secret(ref, "link"))


@cache
def _pair_key(series: str) -> bytes:
    return keys.unwrapped("pair", series, secrets.secret(series, "pair"))


def token(asked: Round, person: str) -> str:
    """Derive the token of somebody's link to a round; a series' rounds carry her pair part behind it."""
    own = links.answer_token(link_key(asked.ref), person)
    return own + links.pair_part(_pair_key(asked.pairs), person) if asked.pairs else own
