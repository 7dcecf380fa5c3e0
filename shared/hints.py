"""How faults point to what was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from shared.phrases import N_


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Find the known word that looks most like this one; None if none does."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=cutoff)), None)


def suggestion(word: str, known: Iterable[str]) -> str:
    """Ask whether a known word was meant that looks like this one."""
    near = nearest(word, known)
    return N_(": did you mean `{near}`?", near=near) if near else ""


def to_use(known: Iterable[str]) -> str:
    """Offer the known words where none looks like what was written."""
    return N_(": use {known}", known=listed(known))


def listed(words: Iterable[str]) -> str:
    """Write words for a message: `a`, `b`."""
    return ", ".join(f"`{word}`" for word in words)
