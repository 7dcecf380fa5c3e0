"""Letters: what somebody writes for herself, sealed under keys that only her own link makes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b, sha256
from typing import Any

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.secret import SecretBox

from shared.conditions import Answers
from shared.envelopes import SMALLEST

SCHEMA = 1
SEAL = SecretBox.NONCE_SIZE + SecretBox.MACBYTES
"""Bytes that sealing adds."""


class Unopenable(Exception):
    """A letter that does not open with this seed."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody wrote, and to which version of the form."""

    form: str
    answers: Answers


def public_half(seed: str) -> bytes:
    """Derive the public half of somebody's own key pair: others can seal to it, and a link be told from another one."""
    return bytes(PrivateKey(_derived(seed, b"pair")).public_key)


def name(seed: str, ref: str) -> str:
    """Name a letter as it is stored: who doesn't know the seed can't tell whose it is."""
    return sha256(f"letter\0{seed}\0{ref}".encode()).hexdigest()


def sealed(seed: str, ref: str, letter: Letter, overhead: int) -> bytes:
    """Seal a letter, padded so that the stored item, with ``overhead`` bytes beside the seal, has one of a few sizes."""
    document = {"schema": SCHEMA, "form": letter.form, "answers": dict(letter.answers)}
    plain = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    room = SMALLEST
    while room - overhead - SEAL <= len(plain):
        room *= 2
    return bytes(_box(seed, ref).encrypt(sodium_pad(plain, room - overhead - SEAL)))


def opened(seed: str, ref: str, content: bytes) -> Letter:
    """Open a letter; raise `Unopenable` where that fails."""
    try:
        padded = _box(seed, ref).decrypt(content)
        document: Mapping[str, Any] = json.loads(sodium_unpad(padded, len(padded)))
        return Letter(document["form"], document["answers"])
    except (CryptoError, ValueError, TypeError, KeyError) as error:
        raise Unopenable from error


def _box(seed: str, ref: str) -> SecretBox:
    return SecretBox(_derived(seed, b"letter", ref))


def _derived(seed: str, purpose: bytes, of: str = "") -> bytes:
    return blake2b(of.encode(), digest_size=32, key=seed.encode(), person=purpose).digest()
