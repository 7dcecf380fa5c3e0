"""Sentences that are written in English and told in the reader's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of a catalogue, and what stands in its gaps."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def told(self, words: Callable[[str], str]) -> str:
        """Tell the sentence in a catalogue's language."""
        return words(self.text).format(**self.values)

    def __str__(self) -> str:
        return self.text.format(**self.values)
