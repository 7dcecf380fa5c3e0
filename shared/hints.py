"""How faults point to what was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def suggestion(word: str, known: Iterable[str]) -> str:
    """Ask whether a known word was meant that looks like this one."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f": did you mean `{near[0]}`?" if near else ""


def listed(words: Iterable[str]) -> str:
    """Write words for a message: `a`, `b`."""
    return ", ".join(f"`{word}`" for word in words)
