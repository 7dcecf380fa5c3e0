"""Sentences that are written in English and told in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of a catalogue, and what stands in its gaps: that may be a sentence, too."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def told(self, words: Callable[[str], str]) -> str:
        """Tell the sentence in a catalogue's language."""
        return words(self.text).format(**{name: told(value, words) for name, value in self.values.items()})

    def __str__(self) -> str:
        return self.text.format(**self.values)


class Sentence(str):
    """An English text that knows how the catalogues tell it; everywhere else it is a text like any other."""

    phrase: Phrase

    @classmethod
    def of(cls, message: str) -> Self:
        """Make one of a text, as it is, or of another kind of sentence."""
        made = cls(message)
        made.phrase = message.phrase if isinstance(message, Sentence) else Phrase("{text}", {"text": message})
        return made

    def format(self, *_values: object, **_named: object) -> Sentence:
        """Leave it as it is: marshmallow fills in its messages, and here nothing is left to fill in."""
        return self


def _(message: str) -> str:
    """Mark a message for the catalogues; it is told where the reader is known."""
    return message


def N_(text: str, /, **values: object) -> Sentence:  # noqa: N802 – by this name the texts for the catalogues are found
    """Write a sentence that can be told in every language."""
    made = Sentence(text.format(**values))
    made.phrase = Phrase(text, values)
    return made


def told(value: object, words: Callable[[str], str]) -> object:
    """Tell a sentence in a catalogue's language; what is none stays as it is."""
    return value.phrase.told(words) if isinstance(value, Sentence) else value
