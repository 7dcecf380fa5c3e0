import pytest

from shared.store.recent import KEPT, Recent


class Shelf:
    """Something to read from that counts how often it is asked."""

    def __init__(self, **held: str) -> None:
        self.held = held
        self.asked = 0

    def __call__(self, name: str) -> str | None:
        self.asked += 1
        return self.held.get(name)


def test_what_was_read_is_not_read_again_for_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(book="first edition")
    recent = Recent(shelf)
    monkeypatch.setattr("time.monotonic", lambda: 1000.0)
    assert recent("book") == "first edition"
    shelf.held["book"] = "second edition"

    monkeypatch.setattr("time.monotonic", lambda: 1000.0 + KEPT)

    assert recent("book") == "first edition"
    assert shelf.asked == 1


def test_after_a_minute_what_has_changed_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(book="first edition")
    recent = Recent(shelf)
    monkeypatch.setattr("time.monotonic", lambda: 1000.0)
    recent("book")
    shelf.held["book"] = "second edition"

    monkeypatch.setattr("time.monotonic", lambda: 1000.1 + KEPT)

    assert recent("book") == "second edition"


def test_what_was_not_there_is_looked_for_again() -> None:
    shelf = Shelf()
    recent = Recent(shelf)
    assert recent("book") is None
    shelf.held["book"] = "first edition"

    assert recent("book") == "first edition"
