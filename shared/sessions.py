"""Staff sessions and sign-ins: how long they last, and what proves them."""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

SIGN_IN = 10 * 60
"""Seconds for which a mailed link signs in, and within which one has to be back from the organisation's sign-in."""

IDLE = 30 * 60
"""Seconds without a request after which a session ends."""

LONGEST = 10 * 60 * 60
"""Seconds after which a session ends in any case."""

NOTED = 60
"""Seconds between two notes of a session's last request: writing each one down would cost a write a page."""

PAUSE = 60
"""Seconds before the same address is sent another sign-in mail."""


SECRET = re.compile("[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser: whose, since when, and when it was last heard of (epoch seconds)."""

    email: str
    started: int
    seen: int


@dataclass(frozen=True, slots=True)
class Departure:
    """A browser that signs in elsewhere: the state comes back with it, the nonce in the token, the verifier redeems its code."""

    state: str
    nonce: str
    verifier: str


def new_secret() -> str:
    """Draw a secret for a cookie or a mailed link: 256 bits."""
    return secrets.token_urlsafe(32)


def is_secret(text: str) -> bool:
    """Tell whether a text can be a secret of ours at all."""
    return SECRET.fullmatch(text) is not None


def fingerprint(secret: str) -> str:
    """Hash a secret, as 64 hexadecimal digits: all that is stored of it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def departure(secret: str, state: str) -> Departure:
    """Derive from a cookie's secret what ties a sign-in elsewhere to its browser: only the state's hash need be stored."""
    return Departure(state, _derived(secret, f"nonce {state}"), _derived(secret, f"verifier {state}"))


def _derived(secret: str, purpose: str) -> str:
    made = hmac.new(secret.encode(), purpose.encode(), "sha256").digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def is_alive(session: Session, now: int) -> bool:
    """Tell whether a session still holds."""
    return now - session.seen < IDLE and now - session.started < LONGEST


def form_token(secret: str) -> str:
    """Derive from a cookie's secret the token that the forms of its pages carry."""
    return hmac.new(secret.encode(), b"form", "sha256").hexdigest()


def is_form_token(secret: str, given: str) -> bool:
    """Tell whether a form comes from a page that this browser was shown."""
    return hmac.compare_digest(form_token(secret).encode(), given.encode())
