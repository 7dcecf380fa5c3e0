"""Personal links: their tokens, and what binds a form to the link it was opened by."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from urllib.parse import urlencode

TOKEN_LENGTH = 26
"""Characters of a token: 128 bits in base 32, which survives mail programs better than punctuation or case."""


def new_ref() -> str:
    """Draw a round's short opaque name: 40 bits as 8 characters."""
    return _base32(secrets.token_bytes(5))


def new_key() -> bytes:
    """Draw a key that links are made with, or parts of them."""
    return secrets.token_bytes(32)


def answer_token(key: bytes, person: str) -> str:
    """Derive the token by which a person answers a round: the first 128 bits of HMAC-SHA256, in base 32."""
    return _base32(hmac.digest(key, b"answer\0" + person.encode(), "sha256")[:16])


def pair_part(key: bytes, person: str) -> str:
    """Derive what confidential links carry behind their token: the same in all rounds of a series, and of a purpose of its own."""
    return _base32(hmac.digest(key, b"pair\0" + person.encode(), "sha256")[:16])


def copy_part(key: bytes, person: str, address: str) -> str:
    """Derive what confidential links carry last, the seed of copies of one's own answers; another address has another one."""
    return _base32(hmac.digest(key, b"copy\0" + person.encode() + b"\0" + address.casefold().encode(), "sha256")[:16])


def pseudonym(token: str) -> str:
    """Make the name under which the answers of a series are paired, from a confidential link: a hash, so that it makes no link."""
    return hashlib.sha256(b"pseudonym\0" + behind(token)[:TOKEN_LENGTH].encode()).hexdigest()[:32]


def copy_seed(token: str) -> str:
    """Return the seed of copies of one's own answers, the same from all links of a series; empty where a link has lost its end."""
    seed = behind(token)[TOKEN_LENGTH:]
    return seed if len(seed) == TOKEN_LENGTH else ""


def letter_seed(key: bytes, person: str, address: str) -> str:
    """Derive what personal links carry behind their token, from which the keys of a letter are made; another address has another one."""
    return _base32(hmac.digest(key, b"letter\0" + person.encode() + b"\0" + address.casefold().encode(), "sha256")[:16])


def behind(token: str) -> str:
    """Return what a link carries behind its token."""
    return token[TOKEN_LENGTH:]


def team_seed(key: bytes, team: str, units: Iterable[str], number: int = 0) -> str:
    """Derive the seed under which a team keeps what its members write together; teams of one name at two places have two.

    A team whose name was another one's before has a further ``number``.
    """
    name = "\0".join((f"team{number or ''}", team.casefold(), *units))
    return _base32(hmac.digest(key, name.encode(), "sha256")[:16])


def invitation_name(token: str, *, seeded: bool) -> str:
    """Name the invitation that a link belongs to: by all of it, but for what changes with the address."""
    return fingerprint(token[: TOKEN_LENGTH if seeded else 2 * TOKEN_LENGTH])


def stop_token(key: bytes, person: str) -> str:
    """Derive the token by which a person stops reminders: of a purpose of its own, so that it can't be used to answer."""
    return _base32(hmac.digest(key, b"unsubscribe\0" + person.encode(), "sha256")[:16])


def fingerprint(token: str) -> str:
    """Hash a token, with what a link carries behind it, as 64 hexadecimal digits: all that is stored of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def path(ref: str, token: str) -> str:
    """Write a personal link as its own pages do."""
    return f"/e/{ref}/{token}"


def address(base: str, ref: str, token: str) -> str:
    """Write the address of a personal link."""
    return base + path(ref, token)


def stop_address(base: str, ref: str, invitation: str, token: str) -> str:
    """Write the address that stops reminders: the round by its ref, the invitation by its fingerprint."""
    return f"{base}/stop/{ref}/{invitation}/{token}"


def find_address(base: str, ref: str, gathering: str = "") -> str:
    """Write the address at which somebody without a link finds a round, from a gathering's poster where one is named."""
    return f"{base}/find/{ref}" + (f"?at={gathering}" if gathering else "")


def preview_path(programme: str, round_id: str, gathering: str, language: str) -> str:
    """Write the path at which staff see a round's form as its participants will."""
    return f"/desk/preview/programme/{programme}/rounds/{round_id}?" + urlencode({"at": gathering, "lang": language})


def tidy(token: str) -> str:
    """Take off what mail programs add to the end of an address, and what reading aloud changes."""
    return token.rstrip(".,;:)>]\"'").lower()


def new_nonce() -> str:
    """Draw the name of one opened form."""
    return secrets.token_hex(16)


def binding(token: str, *parts: str) -> str:
    """Bind what travels in a form to the link that opened it; only the link's holder can make this."""
    message = "\0".join(("form", *parts))
    return hmac.new(token.encode(), message.encode(), "sha256").hexdigest()[:32]


def draft_name(ref: str, token: str) -> str:
    """Name the draft that a browser keeps of a form: whoever finds the name on a shared device can't make the link of it."""
    return hashlib.sha256(f"draft\0{ref}\0{token}".encode()).hexdigest()[:32]


def is_bound(token: str, given: str, *parts: str) -> bool:
    """Tell whether parts of a form are the ones that were sent out with this link."""
    return hmac.compare_digest(binding(token, *parts).encode(), given.encode())


def mark(nonce: str, content: str) -> str:
    """Make the mark that an invitation keeps of the form it was answered with, and of what stood in it.

    It tells a repeat from a second answer. The nonce is stored nowhere, so that nobody can try out contents with a mark.
    """
    return hmac.new(nonce.encode(), b"mark\0" + content.encode(), "sha256").hexdigest()[:32]


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()
