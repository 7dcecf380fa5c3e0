"""Programmes and rounds stored as they are, for tests that don't publish files."""

from typing import Any

from shared.programmes import Programme
from shared.rounds import Round
from shared.settings import setting
from shared.store import published
from shared.store.client import client


def put_programme(stored: Programme) -> None:
    """Store a programme in place of an earlier one."""
    _put(published.programme_item(stored))


def put_round(new: Round) -> None:
    """Store a new round and the name it has in links."""
    published.put_ref(new)
    _put(published.round_item(new))


def update_round(changed: Round) -> None:
    """Store a round in place of what it was."""
    _put(published.round_item(changed))


def _put(item: dict[str, Any]) -> None:
    client().put_item(TableName=setting("PUBLISHED_TABLE"), Item=item)
