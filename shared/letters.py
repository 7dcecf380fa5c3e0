"""Letters: what somebody writes for herself, sealed under keys that only her own link makes, and what she shares of it.

A letter of her own: `name`, `sealed`, `opened`. A copy that she gives somebody: `given_name`, `sealed_for`; whose link finds it by
`received_name` and opens it by `opened_by`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256
from typing import Any

from nacl.bindings import crypto_scalarmult, sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

from shared.conditions import Answers
from shared.envelopes import SMALLEST

SCHEMA = 1
SEAL = SecretBox.NONCE_SIZE + SecretBox.MACBYTES
"""Bytes that sealing adds."""
SEALED = PublicKey.SIZE + SecretBox.MACBYTES
"""Bytes that sealing for another one adds."""


class Unopenable(Exception):
    """A letter that does not open with this seed."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody wrote, and to which version of the form."""

    form: str
    answers: Answers
    shared_with: tuple[str, ...] = ()
    """The public halves of those who may read it, as hexadecimal digits."""


def public_half(seed: str) -> bytes:
    """Derive the public half of somebody's own key pair: others can seal to it, and a link be told from another one."""
    return bytes(key_pair(seed).public_key)


def name(seed: str, ref: str) -> str:
    """Name a letter as it is stored: who doesn't know the seed can't tell whose it is."""
    return sha256(f"letter\0{seed}\0{ref}".encode()).hexdigest()


def given_name(seed: str, reader: bytes, ref: str) -> str:
    """Name the copy that the link with this seed gives to a reader: only these two can make the name, and it tells of neither."""
    return _between(seed, reader, public_half(seed), ref)


def received_name(seed: str, writer: bytes, ref: str) -> str:
    """Name the copy that the reader's link with this seed gets from a writer: the same name as `given_name` makes."""
    return _between(seed, writer, writer, ref)


def sealed(seed: str, ref: str, letter: Letter, overhead: int) -> bytes:
    """Seal a letter, padded so that the stored item, with ``overhead`` bytes beside the seal, has one of a few sizes."""
    return bytes(_box(seed, ref).encrypt(_padded(letter, overhead + SEAL)))


def opened(seed: str, ref: str, content: bytes) -> Letter:
    """Open a letter; raise `Unopenable` where that fails."""
    try:
        return _letter(_box(seed, ref).decrypt(content))
    except (CryptoError, ValueError, TypeError, KeyError) as error:
        raise Unopenable from error


def sealed_for(reader: bytes, letter: Letter, overhead: int) -> bytes:
    """Seal a letter for the one whose public half is given, padded like one's own: her link opens it, and nothing else."""
    return bytes(SealedBox(PublicKey(reader)).encrypt(_padded(letter, overhead + SEALED)))


def opened_by(seed: str, content: bytes) -> Letter:
    """Open a letter that was sealed for somebody; raise `Unopenable` where this seed's link is not hers."""
    try:
        return _letter(SealedBox(key_pair(seed)).decrypt(content))
    except (CryptoError, ValueError, TypeError, KeyError) as error:
        raise Unopenable from error


def handed_over(seeds: Sequence[str], reader: bytes) -> bytes:
    """Seal what opens somebody's letters of before to the public half of her newer link."""
    return SealedBox(PublicKey(reader)).encrypt(json.dumps(seeds).encode())


def taken_over(seed: str, content: bytes) -> tuple[str, ...]:
    """Open what was handed over to the link with this seed; nothing where that was another link."""
    try:
        return tuple(json.loads(SealedBox(key_pair(seed)).decrypt(content)))
    except CryptoError:
        return ()


def _padded(letter: Letter, beside: int) -> bytes:
    """Write a letter, as long as makes one of a few sizes of it and what lies beside it."""
    given: dict[str, Any] = {"schema": SCHEMA, "form": letter.form, "answers": dict(letter.answers)}
    document = given | ({"shared_with": letter.shared_with} if letter.shared_with else {})
    plain = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    room = SMALLEST
    while room - beside <= len(plain):
        room *= 2
    return sodium_pad(plain, room - beside)


def _letter(padded: bytes) -> Letter:
    document: Mapping[str, Any] = json.loads(sodium_unpad(padded, len(padded)))
    return Letter(document["form"], document["answers"], tuple(document.get("shared_with", ())))


def _between(seed: str, other: bytes, writer: bytes, ref: str) -> str:
    common = crypto_scalarmult(bytes(key_pair(seed)), other)
    return sha256(b"\0".join((b"shared", common.hex().encode(), writer.hex().encode(), ref.encode()))).hexdigest()


def key_pair(seed: str) -> PrivateKey:
    """Derive the key pair that a link with this seed makes."""
    return PrivateKey(_derived(seed, b"pair"))


def _box(seed: str, ref: str) -> SecretBox:
    return SecretBox(_derived(seed, b"letter", ref))


def _derived(seed: str, purpose: bytes, of: str = "") -> bytes:
    return blake2b(of.encode(), digest_size=32, key=seed.encode(), person=purpose).digest()
