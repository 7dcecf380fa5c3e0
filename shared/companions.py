"""Companions: with whom somebody can share what she writes in a personal round; listed on her invitation, sealed to her own link."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from nacl.exceptions import CryptoError
from nacl.public import PublicKey, SealedBox

from shared.letters import key_pair


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody whom another one can let read what she writes."""

    public: str
    """The public half of the keys that her link makes, as hexadecimal digits, see `shared.letters.public_half`."""
    name: str
    former: bool = False
    """She was one before: what was shared then stays with her, what is new does not reach her."""
    choice: str = ""
    """By whose choice, where only one of two has named the other: "mine", of whose list it is, or "theirs"."""


def sealed(reader: bytes, companions: Iterable[Companion]) -> bytes:
    """Seal a list of companions to the public half of the one whose companions they are."""
    listed = [[one.public, one.name, one.former, one.choice] for one in companions]
    return SealedBox(PublicKey(reader)).encrypt(json.dumps(listed, ensure_ascii=False).encode())


def opened(seed: str, content: bytes) -> tuple[Companion, ...]:
    """Open a list of companions by the link whose it is; a list sealed to the link of an earlier address is nobody's."""
    try:
        return tuple(Companion(*one) for one in json.loads(SealedBox(key_pair(seed)).decrypt(content)))
    except CryptoError:
        return ()


def names(seed: str, content: bytes) -> tuple[tuple[str, ...], str]:
    """List by name who somebody's companions are now, and tell by whose choice."""
    now = [one for one in opened(seed, content) if not one.former] if content else []
    return tuple(one.name for one in now), next((one.choice for one in now), "")


def sealed_team(reader: bytes, seed: str) -> bytes:
    """Seal the seed under which a team keeps what it writes to the public half of one of its members."""
    return SealedBox(PublicKey(reader)).encrypt(seed.encode())


def opened_team(seed: str, content: bytes) -> str:
    """Open a team's seed by a member's link; empty where it is not sealed to this link, or to none."""
    try:
        return SealedBox(key_pair(seed)).decrypt(content).decode() if content else ""
    except CryptoError:
        return ""


def renewed(before: Iterable[Companion], now: Iterable[Companion]) -> tuple[Companion, ...]:
    """List who are companions now, and behind them who were."""
    current = tuple(now)
    names = {one.public for one in current}
    return (*current, *(replace(one, former=True) for one in before if one.public not in names))
