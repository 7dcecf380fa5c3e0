"""Moderation: what the owner has decided about each comment, and what others see of it.

Words can be blacked out and never changed: a participant is not made to say what she did not write.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

State = Literal["unread", "shown", "hidden"]
STATES: tuple[State, ...] = get_args(State)

Span = tuple[int, int]
"""From which character up to which other."""

BLACKED_OUT = "[…]"
"""What stands for words that are blacked out."""

Comments = Mapping[str, Sequence[str]]
"""The comments of a round by question, in the order that was drawn for them."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided about one comment: no word of it is kept here."""

    state: State = "unread"
    black: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Moderation:
    """All that is decided about a round's comments: one version of it, which stays as it is."""

    number: int = 0
    """The version; it follows the one before. 0 before anything is decided."""
    released: bool = False
    """Whether others see what is to be shown."""
    rulings: Mapping[str, Mapping[int, Ruling]] = field(default_factory=dict)
    """By question and place in its list."""

    def ruling(self, question: str, at: int) -> Ruling:
        """Tell what is decided about a comment."""
        return self.rulings.get(question, {}).get(at, Ruling())

    def count(self, comments: Comments) -> Counter[State]:
        """Count comments by what is decided."""
        return Counter(self.ruling(question, at).state for question, texts in comments.items() for at in range(len(texts)))


def released(comments: Comments, decided: Moderation) -> dict[str, list[str]]:
    """Make what everybody who may see the result sees of its comments; nothing before they are released."""
    if not decided.released:
        return {}
    return {question: list(_shown(question, texts, decided)) for question, texts in comments.items()}


def _shown(question: str, texts: Sequence[str], decided: Moderation) -> Iterator[str]:
    for at, text in enumerate(texts):
        ruling = decided.ruling(question, at)
        if ruling.state == "shown":
            yield redacted(text, ruling.black)


def redacted(text: str, black: Iterable[Span]) -> str:
    """Black out parts of a text."""
    return "".join(part if is_open else BLACKED_OUT for part, is_open in pieces(text, black))


def pieces(text: str, black: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """Cut a text into parts that stay open and parts that are blacked out."""
    after = 0
    for start, end in black:
        yield text[after:start], True
        yield text[start:end], False
        after = end
    yield text[after:], True


def found(text: str, words: Iterable[str]) -> tuple[tuple[Span, ...], list[str]]:
    """Find all places of words in a text, and name the words that it has not."""
    spans: list[Span] = []
    missing = []
    for word in words:
        here = _places(text, word)
        spans += here
        if not here:
            missing.append(word)
    return _merged(spans), missing


def split(typed: str) -> list[str]:
    """Read words as they are typed, with commas between."""
    return [word for part in typed.split(",") if (word := " ".join(part.split()))]


def written(text: str, black: Iterable[Span]) -> str:
    """Write what is blacked out of a text as it would be typed."""
    return ", ".join(dict.fromkeys(" ".join(text[start:end].split()) for start, end in black))


def _places(text: str, word: str) -> list[Span]:
    """Find a word in whatever case, with a genitive's s; where it is no word of its own, wherever it stands."""
    plain = r"\s+".join(map(re.escape, word.split()))
    for pattern in (rf"(?<!\w){plain}(?:['’]?s)?(?!\w)", plain):
        if here := [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]:
            return here
    return []


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)


def document(decided: Moderation) -> dict[str, Any]:
    """Write a version as a plain document; its number is its name and not part of it."""
    rulings = {
        question: {str(at): [ruling.state, *map(list, ruling.black)] for at, ruling in sorted(those.items())}
        for question, those in decided.rulings.items()
    }
    return {"released": decided.released, "rulings": rulings}


def from_document(number: int, found: Mapping[str, Any]) -> Moderation:
    """Read a version."""
    rulings = {question: {int(at): _ruling(parts) for at, parts in those.items()} for question, those in found["rulings"].items()}
    return Moderation(number, found["released"], rulings)


def _ruling(parts: Sequence[Any]) -> Ruling:
    return Ruling(parts[0], tuple((start, end) for start, end in parts[1:]))
