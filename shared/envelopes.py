"""Envelopes: one answer each, padded to a few sizes and sealed so that only the round's box key opens it."""

import json
from dataclasses import dataclass
from typing import Any

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from shared.conditions import Answers

SCHEMA = 1
SEAL = 48
"""Bytes that a libsodium sealed box adds: an ephemeral public key and an authenticator."""

SMALLEST = 1024
"""Bytes of the smallest stored item; each further size is twice the one before."""


class Unopenable(Exception):
    """An envelope that does not open with this key, or holds something else than an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it lies in the envelope; see `docs/formats.md` for the plaintext."""

    form: str
    answers: Answers
    """By question id: an option's code, a list of codes where several can be chosen, or text. Unanswered questions are absent."""
    cell: tuple[str, ...]
    gathering: str
    pair: str = ""
    """In rounds of a series, the pseudonym by which her answers are paired; see `shared.links.pseudonym`."""


def key_pair() -> tuple[bytes, bytes]:
    """Draw a round's box key pair: private half, public half."""
    private = PrivateKey.generate()
    return bytes(private), bytes(private.public_key)


def sealed(public_key: bytes, answer: Answer, overhead: int) -> bytes:
    """Seal an answer, padded so that the stored item, with ``overhead`` bytes beside the seal, has one of a few sizes."""
    plain = _plaintext(answer)
    room = SMALLEST
    while room - overhead - SEAL <= len(plain):
        room *= 2
    padded = sodium_pad(plain, room - overhead - SEAL)
    return SealedBox(PublicKey(public_key)).encrypt(padded)


def _plaintext(answer: Answer) -> bytes:
    document = {
        "schema": SCHEMA,
        "form": answer.form,
        "answers": dict(answer.answers),
        "cell": list(answer.cell),
        "gathering": answer.gathering,
        **({"pair": answer.pair} if answer.pair else {}),
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


class Opener:
    """Opens a round's envelopes with the private half of its box key."""

    def __init__(self, private_key: bytes) -> None:
        self._box = SealedBox(PrivateKey(private_key))

    def opened(self, envelope: bytes) -> Answer:
        """Open one envelope; raise `Unopenable` where that fails."""
        try:
            padded = self._box.decrypt(envelope)
            return _answer(json.loads(sodium_unpad(padded, len(padded))))
        except (CryptoError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise Unopenable from error


def _answer(document: Any) -> Answer:
    """Read the plaintext; anybody can seal to a public key, so its shape is checked."""
    answers, cell = document["answers"], document["cell"]
    answer = Answer(document["form"], answers, tuple(cell), document["gathering"], document.get("pair", ""))
    chosen = [text for value in answers.values() for text in (value if isinstance(value, list) else [value])]
    texts = (answer.form, answer.gathering, answer.pair, *answer.cell, *answers, *chosen)
    if document["schema"] != SCHEMA or not isinstance(cell, list) or not all(isinstance(text, str) for text in texts):
        raise Unopenable
    return answer


def opened(private_key: bytes, envelope: bytes) -> Answer:
    """Open one envelope; raise `Unopenable` where that fails."""
    return Opener(private_key).opened(envelope)
