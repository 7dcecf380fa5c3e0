"""What is published, as it was less than a minute ago: it changes seldom."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from shared.languages import Text
from shared.programmes import Programme
from shared.rounds import Round
from shared.stages import staged
from shared.store import published

KEPT = 60
"""Seconds for which something is used without being read again, if nothing else is said."""

MOST = 1000
"""Entries kept at a time."""

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """A reader that keeps what it found for a while; what was not found is looked for again."""

    def __init__(self, read: Callable[..., Value | None], seconds: int = KEPT) -> None:
        self._read = read
        self._seconds = seconds
        self._kept: dict[tuple[str, ...], tuple[float, Value]] = {}

    def __call__(self, *name: str) -> Value | None:
        """Return what a name stands for, read not long ago."""
        until, value = self._kept.get(name, (0.0, None))
        if value is None or until < time.monotonic():
            value = self._read(*name)
            self._keep(name, value)
        return value

    def _keep(self, name: tuple[str, ...], value: Value | None) -> None:
        if len(self._kept) >= MOST:
            self._kept.clear()
        if value is not None:
            self._kept[name] = (time.monotonic() + self._seconds, value)

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()


round_by_ref = Recent(published.round_by_ref)
round_by_id = Recent(published.round_by_id)
programme = Recent(published.programme)
form = Recent(published.form)


def round_title(held_in: Programme, found: Round) -> Text:
    """Return what a round is called: its day's title, or its form's where it does not ask about the day, with its stage in a series."""
    if not found.evaluates:
        asked = form(held_in.id, found.form)
        return staged(asked.title, found.stage) if asked else dict.fromkeys(held_in.languages, found.id)
    day = next((day for day in held_in.days if day.id == found.day), None)
    return day.title if day else dict.fromkeys(held_in.languages, found.day)
