"""Ids made of titles."""

import re
import unicodedata
from collections.abc import Container

LONGEST = 40
"""The most characters that an id may have."""

LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ð": "d", "þ": "th", "ß": "ss"})


def slug(title: str, usual: str = "programme") -> str:
    """Make an id of a title: "Læringsmakker 2026" is "laeringsmakker-2026"; ``usual`` where nothing of it can stand in one."""
    plain = unicodedata.normalize("NFKD", title.lower().translate(LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-") or usual


def free(name: str, taken: Container[str]) -> str:
    """Make an id one that is not taken, by a number at its end."""
    number = 2
    found = name
    while found in taken:
        found = f"{name[: LONGEST - len(str(number)) - 1].rstrip('-')}-{number}"
        number += 1
    return found
