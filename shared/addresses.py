"""E-mail addresses: one plain address, written in one way."""

import hashlib
import re

LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
LONGEST, LONGEST_LOCAL = 254, 64
"""Characters, by RFC 5321."""


def normalised(text: str) -> str | None:
    """Trim an address and write its domain in lower-case ASCII; None if it is not one plain address."""
    local, at, domain = text.strip().rpartition("@")
    ascii_domain = _domain(domain)
    if not at or ascii_domain is None or not LOCAL.fullmatch(local) or len(local) > LONGEST_LOCAL:
        return None
    address = f"{local}@{ascii_domain}"
    return address if len(address) <= LONGEST else None


def pointer(address: str) -> str:
    """Name a normalised address so that it can be looked up whatever its letters' case, as 64 hexadecimal digits."""
    return hashlib.sha256(address.casefold().encode()).hexdigest()


def _domain(text: str) -> str | None:
    try:
        domain = text.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return None
    labels = domain.split(".")
    return domain if len(labels) > 1 and all(map(LABEL.fullmatch, labels)) else None
