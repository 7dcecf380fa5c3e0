"""Entries: what somebody who is not on the list says of herself when she asks to be let in."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from shared.addresses import normalised

LONGEST = 200
"""Characters of a name, or of where somebody belongs."""

UNSHOWN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
"""The kinds of characters that lists and files can't show."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Who asks to be let in."""

    name: str
    address: str
    belongs: str
    """Her school or workplace, in her own words; empty where she does not say."""


def entry(typed: Mapping[str, str]) -> Entry | dict[str, str]:
    """Read what was typed, or name what is wrong with each field: "empty", "long" or "address"."""
    name, belongs = one_line(typed.get("name", "")), one_line(typed.get("belongs", ""))
    address = normalised(typed.get("address", ""))
    faults = {field: "long" for field, text in (("name", name), ("belongs", belongs)) if len(text) > LONGEST}
    faults |= {} if name else {"name": "empty"}
    if address is None:
        return faults | {"address": "address"}
    return faults or Entry(name, address, belongs)


def one_line(text: str) -> str:
    """Write a text in one line, without what can't be shown."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(letter for letter in composed if unicodedata.category(letter) not in UNSHOWN).strip()
