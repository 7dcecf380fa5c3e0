"""Reads a roster's file, CSV or Excel: every row that is valid, and what is wrong with the others."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from shared.excel import Unreadable
from shared.phrases import _
from shared.programmes import Programme
from shared.rosters.columns import HEADER_WITHIN, Columns, columns, is_email
from shared.rosters.people import RowFault, Table
from shared.rosters.rows import Rows, spaced
from shared.rosters.tables import Numbered, Refused, is_filled, limited, tables

Units = Iterable[tuple[str, ...]]


def table(data: bytes, programme: Programme, by_hand: Mapping[str, str] | None = None, on_file: Units = ()) -> Table:
    """Read a roster; ``by_hand`` names headings by field, ``on_file`` are the units that people have already."""
    hand = by_hand or {}
    try:
        header, rows = _found(data, {*map(spaced, hand.values())})
        found = columns(header[0], [spaced(cell) for cell in header[1]], programme, hand)
        return Table((), found.says, found.faults, found.unread, found.header) if found.faults else _read(found, rows, programme, on_file)
    except Refused as refused:
        return Table((), frozenset(), (refused.fault,))
    except Unreadable as unreadable:
        return Table((), frozenset(), (RowFault(1, "", unreadable.phrase),))


def _found(data: bytes, headings: set[str]) -> tuple[Numbered, Iterator[Numbered]]:
    """Find the headings, and the rows below: of the first table that has an address's heading, or else of the first table."""
    first: tuple[Numbered, Iterator[Numbered]] | None = None
    for rows in tables(data):
        beginning = [row for row in islice(rows, HEADER_WITHIN) if is_filled(row[1])]
        for index, (_number, cells) in enumerate(beginning):
            if any(map(is_email, cells)) or not headings.isdisjoint(map(spaced, cells)):
                return beginning[index], chain(beginning[index + 1 :], rows)
        if beginning and first is None:
            first = beginning[0], chain(beginning[1:], rows)
    if first is None:
        raise Refused(1, _("the file is empty"))
    return first


def _read(found: Columns, rows: Iterator[Numbered], programme: Programme, on_file: Units) -> Table:
    reading = Rows(programme, found, on_file)
    people = reading.read(limited(rows))
    if not people and not reading.faults:
        raise Refused(1, _("there are no participants below the header"))
    return Table(tuple(people), found.says, tuple(reading.faults), found.unread, found.header)
