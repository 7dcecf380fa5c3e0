"""The boxes of closed rounds, opened in memory."""

from collections.abc import Iterator

from shared import keys
from shared.envelopes import Answer, Opener, Unopenable
from shared.store import box, secrets


def box_key(ref: str) -> bytes:
    """Unwrap a round's box key."""
    return keys.unwrapped("box", ref, secrets.secret(ref, "box"))


def answers(ref: str, key: bytes) -> Iterator[tuple[str, Answer | None]]:
    """Open a round's box, one envelope after the other; nothing opened is kept."""
    opener = Opener(key)
    for name, sealed in box.envelopes(ref):
        yield name, _answer(opener, sealed)


def _answer(opener: Opener, sealed: bytes) -> Answer | None:
    try:
        return opener.opened(sealed)
    except Unopenable:
        return None
