"""The keys that participants' links are made with, each unwrapped once for as long as this process lives."""

from functools import cache

from shared import keys
from shared.store import secrets


@cache
def link_key(ref: str) -> bytes:
    """Unwrap a round's link key."""
    return keys.unwrapped("link", ref, secrets.secret(ref, "link"))
