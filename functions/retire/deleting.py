"""Deleting: where each kind of thing lies, which of it is there, and its deletion. Only keys are read, never what lies under them."""

from collections.abc import Callable, Iterator, Mapping

from shared import bucket
from shared.store import retiring
from shared.store.retiring import Found

Finder = Callable[[str], Iterator[Found]]


def _in(*places: tuple[str, str]) -> Finder:
    """Look in tables for the items of a partition whose sort keys begin with something."""

    def found(partition: str) -> Iterator[Found]:
        for table, prefix in places:
            yield from retiring.names(table, partition, prefix)

    return found


FINDERS: Mapping[str, Finder] = {
    "link key": _in(("KEYS", "LINK")),
    "pair key": _in(("KEYS", "PAIR")),
    "letter key": _in(("KEYS", "LETTER")),
    "box key": _in(("KEYS", "BOX")),
    "answers": _in(("BOX", "")),
    "letters": retiring.letters,
    "copies": retiring.letters,
    "invitations": _in(("INVITATIONS", "")),
    "replies": _in(("INVITATIONS", "")),
    "messages": _in(("INVITATIONS", "")),
    "participants": _in(("ROSTER", ""), ("INVITATIONS", "")),
    "addresses": retiring.addresses,
}
"""How each kind of thing is found, given its partition."""


COMMENTS = "comments"
"""What lies in the bucket, as one object; all else is items of tables."""


def count(what: str, place: str) -> int:
    """Count what is there."""
    if what == COMMENTS:
        return int(bucket.found(place) is not None)
    return sum(1 for _ in FINDERS[what](place))


def delete(what: str, place: str) -> None:
    """Delete what is there; done again, it deletes the rest."""
    if what == COMMENTS:
        bucket.delete(place)
    else:
        retiring.delete(FINDERS[what](place))
