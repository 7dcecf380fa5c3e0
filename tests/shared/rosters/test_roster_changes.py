from dataclasses import replace

import pytest

from shared.declarations.declared import Declared, declared
from shared.programmes import Programme
from shared.rosters.changes import Changes, changes, differences
from shared.rosters.people import COLUMNS, Participant, Place, Row, Table
from tests.functions.examples import FILES, participant

ANNA, BO = participant("anna"), participant("bo")
HELD = {"a": ANNA, "b": BO}
TODAY = "2025-08-26"


@pytest.fixture(scope="module")
def programme() -> Programme:
    found = declared("walks", {name: text.encode() for name, text in FILES.items()})
    assert isinstance(found, Declared)
    return found.programme


def table(*people: Participant) -> Table:
    return Table(tuple(Row(number, person) for number, person in enumerate(people, 2)), frozenset(COLUMNS))


def doubts(found: Changes) -> list[str]:
    return list(map(str, found.doubts))


def test_an_address_is_the_same_whatever_its_letters_case(programme: Programme) -> None:
    found = changes(HELD, table(replace(ANNA, email="ANNA@example.org"), BO), programme, TODAY)

    assert [(item.id, item.after.email) for item in found.changed] == [("a", "ANNA@example.org")]
    assert not found.new


def test_what_the_table_says_nothing_of_stays(programme: Programme) -> None:
    held = {"a": replace(ANNA, buddy="bo@example.org", team="Blue", gatherings=("south",), language="nb")}
    silent = replace(table(ANNA), says=frozenset({"email", "name", "role"}))

    assert changes(held, silent, programme, TODAY).unchanged == 1


def test_whoever_has_left_stays_so_and_it_is_said(programme: Programme) -> None:
    held = {"a": replace(ANNA, left="2025-08-01")}

    found = changes(held, table(ANNA), programme, TODAY)

    assert (found.changed, found.unchanged) == ((), 1)
    assert doubts(found) == ["row 2: Anna has left on 2025-08-01, and stays so: the desk can take her back"]


def test_a_new_address_of_a_known_name_at_the_same_place_is_asked_about(programme: Programme) -> None:
    married = replace(ANNA, email="anna.new@example.org")

    asked, told = changes(HELD, table(married, BO), programme, TODAY), changes(HELD, table(married, BO), programme, TODAY, same={2})

    assert doubts(asked) == ["row 2: Anna is on file at the same place as anna@example.org: is this the same person with a new address?"]
    assert (len(asked.new), len(asked.missing)) == (1, 1)
    assert [(item.id, item.after) for item in told.changed] == [("a", married)]
    assert (told.new, told.missing, told.doubts) == ((), (), ())


@pytest.mark.parametrize(
    ("held", "rows"),
    [
        ([ANNA], [ANNA, replace(ANNA, email="other@example.org")]),
        ([ANNA], [replace(ANNA, email="other@example.org", units=("South", "B"))]),
        ([ANNA, replace(ANNA, email="anna2@example.org")], [replace(ANNA, email="other@example.org")]),
    ],
    ids=["both in the table", "another school", "two of that name"],
)
def test_a_namesake_is_somebody_new(held: list[Participant], rows: list[Participant], programme: Programme) -> None:
    found = changes(dict(zip("ab", held, strict=False)), table(*rows), programme, TODAY)

    assert len(found.new) == 1
    assert not [doubt for doubt in found.doubts if doubt.asks]


def test_a_new_address_is_the_new_one_of_her_buddy_s_buddy_too(programme: Programme) -> None:
    held = {"a": ANNA, "b": replace(BO, buddy="Anna@example.org")}
    married = replace(ANNA, email="anna.new@example.org")

    found = changes(held, table(married), programme, TODAY, same={2})

    assert {item.id: item.after.buddy for item in found.changed} == {"a": "", "b": "anna.new@example.org"}


def test_a_buddy_who_is_nowhere_is_doubtful(programme: Programme) -> None:
    found = changes({}, table(replace(ANNA, buddy="bo@example.org"), replace(BO, buddy="nobody@example.org")), programme, TODAY)

    assert doubts(found) == ["row 3: the buddy nobody@example.org is neither in this table nor on file"]


def test_a_unit_one_letter_from_another_is_doubtful(programme: Programme) -> None:
    people = [participant(f"p{number}", "North", "Lilleås skole") for number in range(3)]
    odd = [participant("q", "North", "Lilleas skole"), participant("r", "South", "Lilleaas skole"), participant("s", "Nort", "X")]

    found = changes({"a": participant("t", "South", "Lilleås skole")}, table(*people, *odd), programme, TODAY)

    assert doubts(found) == [
        "row 5: `Lilleas skole` looks like `Lilleås skole`, to which 3 belong: are they the same?",
        "row 7: `Nort` looks like `North`, to which 5 belong: are they the same?",
    ]


def test_units_that_differ_in_a_digit_are_two(programme: Programme) -> None:
    found = changes({}, table(participant("a", "North", "Skole 1"), participant("b", "North", "Skole 2")), programme, TODAY)

    assert not found.doubts


SOUTH = ("South", "B")
MOVED = replace(ANNA, later=(Place("2026-08-01", "leader", SOUTH),))


@pytest.mark.parametrize(
    ("held", "row", "today", "after"),
    [
        (ANNA, replace(ANNA, units=SOUTH), TODAY, replace(ANNA, units=SOUTH)),
        (ANNA, replace(ANNA, units=SOUTH, since="2026-08-01"), TODAY, MOVED),
        (MOVED, replace(ANNA, units=SOUTH, since="2026-08-01"), TODAY, MOVED),
        (MOVED, ANNA, TODAY, MOVED),
        (MOVED, replace(ANNA, units=SOUTH), "2026-08-01", MOVED),
        (MOVED, ANNA, "2026-08-01", ANNA),
        (MOVED, replace(ANNA, since="2026-08-01"), TODAY, ANNA),
        (replace(ANNA, since="2026-01-01"), ANNA, TODAY, replace(ANNA, since="2026-01-01")),
    ],
    ids=["corrected", "moves later", "said again", "old file before", "new place after", "old file after", "stays after all", "newcomer"],
)
def test_a_place_counts_from_its_date_or_from_now(
    held: Participant, row: Participant, today: str, after: Participant, programme: Programme
) -> None:
    found = changes({"a": held}, table(row), programme, today)

    assert next((item.after for item in found.changed), held) == after


def test_differences_are_written_out_by_field() -> None:
    after = replace(MOVED, name="Anna B", team="Blue")

    assert differences(ANNA, after) == [
        ("name", "Anna", "Anna B"),
        ("place", "North › A › leader", "North › A › leader; South › B › leader (2026-08-01 →)"),
        ("team", "", "Blue"),
    ]
