"""After the journey: what lies in the tables, and that nothing of it tells who answered what, or when."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from infra.stack.access import session
from infra.stack.deploying import Stack
from tests.e2e.journey import COMMENTS, HIDDEN_COMMENTS, INVITED, Journey, email, person
from tests.template import of_type

ANSWERED = 12
TABLES = list(of_type("AWS::DynamoDB::Table"))
SIZES = {1024 * 2**power for power in range(7)}
MOMENT = re.compile(r"\b1[5-9]\d{8}(\d{3})?\b|\b\d{4}-\d\d-\d\d|\d\d:\d\d")
"""A time in seconds or milliseconds since 1970, a date, a time of day."""

Item = Mapping[str, Any]


@pytest.fixture(scope="session")
def dump(journey: Journey, stack: Stack) -> Mapping[str, list[Item]]:  # noqa: ARG001 – the dump is taken after it
    """Read every item of every table, as somebody would who got hold of all of them."""
    client = session().client("dynamodb", endpoint_url=stack.address)
    outputs = stack.outputs()
    names = {table: outputs[table if table in outputs else f"{table}Table"] for table in TABLES}
    return {
        table: [item for page in client.get_paginator("scan").paginate(TableName=name) for item in page["Items"]]
        for table, name in names.items()
    }


@pytest.fixture(scope="session")
def of_round(journey: Journey, dump: Mapping[str, list[Item]]) -> Mapping[str, list[Item]]:
    """Choose the items of the journey's round."""
    return {table: [item for item in items if item["pk"]["S"] == f"ROUND#{journey.ref}"] for table, items in dump.items()}


def values(item: Item) -> Iterator[str]:
    """Read an item's names and values as text; bytes as the letters they would be."""
    for name, typed in item.items():
        ((_, value),) = typed.items()
        yield name
        yield value.decode("latin-1") if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False)


def text(items: list[Item]) -> str:
    return "\n".join(part for item in items for part in values(item))


def size(item: Item) -> int:
    """Count an item's bytes as DynamoDB does: names and values; a short number takes two."""
    return sum(
        len(name) + (2 if "N" in typed else len(typed["B"] if "B" in typed else typed["S"].encode())) for name, typed in item.items()
    )


def test_an_envelope_is_sealed_bytes_under_a_random_key_and_nothing_else(of_round: Mapping[str, list[Item]]) -> None:
    envelopes = of_round["Box"]

    assert len(envelopes) == ANSWERED
    assert {frozenset(item) for item in envelopes} == {frozenset({"pk", "sk", "schema", "sealed"})}
    assert all(re.fullmatch(r"[0-9a-f]{32}", item["sk"]["S"]) for item in envelopes)
    assert {size(item) for item in envelopes} <= SIZES


def test_long_and_short_answers_look_alike(of_round: Mapping[str, list[Item]]) -> None:
    assert {size(item) for item in of_round["Box"]} == {1024}


def test_an_invitation_says_answered_and_not_when(of_round: Mapping[str, list[Item]]) -> None:
    invitations = [item for item in of_round["Invitations"] if item["sk"]["S"].startswith("INV#")]
    held = {"pk", "sk", "schema", "person", "cell", "gathering", "language", "mail", "leased_until", "hint", "stop"}

    assert len(invitations) == INVITED
    assert {frozenset(item) for item in invitations} == {frozenset(held | {"slot"}), frozenset(held | {"answered"})}
    assert sum("answered" in item for item in invitations) == ANSWERED
    assert {item["leased_until"]["N"] for item in invitations} == {"0"}
    assert all(re.fullmatch(r"[0-9a-f]{32}", item["answered"]["S"]) for item in invitations if "answered" in item)


@pytest.mark.parametrize("table", ["Box", "Invitations", "Keys"])
def test_no_time_address_or_name_lies_beside_an_answer(table: str, of_round: Mapping[str, list[Item]]) -> None:
    told = text([{name: value for name, value in item.items() if name not in ("sealed", "wrapped")} for item in of_round[table]])
    people = [part for number in range(1, INVITED + 1) for part in (email(number), person(number))]

    assert told
    assert not MOMENT.findall(told)
    assert not [part for part in people if part in told]


def test_an_envelope_and_an_invitation_share_nothing_that_names_one_person(of_round: Mapping[str, list[Item]]) -> None:
    in_box = {value for item in of_round["Box"] for value in values(item)}
    of_one = {
        item[name][kind]
        for item in of_round["Invitations"]
        for name, kind in (("sk", "S"), ("person", "S"), ("answered", "S"))
        if name in item
    }

    assert not {value for value in of_one if any(value.removeprefix("INV#") in told for told in in_box)}


def test_no_table_holds_an_answer_that_can_be_read(dump: Mapping[str, list[Item]]) -> None:
    written = {line for comment in COMMENTS | HIDDEN_COMMENTS for line in comment.splitlines()}

    for table, items in dump.items():
        told = text(items)
        assert not [line for line in written if line in told or line.encode().decode("latin-1") in told], table


def test_no_table_holds_a_link(journey: Journey, dump: Mapping[str, list[Item]]) -> None:
    tokens = [mail.split(f"/e/{journey.ref}/")[1].split()[0] for mail in journey.mails() if f"/e/{journey.ref}/" in mail]

    assert len(tokens) == INVITED
    for table, items in dump.items():
        told = text(items)
        assert not [token for token in tokens if token in told], table


def test_addresses_lie_in_the_roster_alone(dump: Mapping[str, list[Item]]) -> None:
    for table, items in dump.items():
        told = text(items)
        found = [number for number in range(1, INVITED + 1) if email(number) in told]

        assert len(found) == (INVITED if table == "Roster" else 0), table


def test_the_same_scan_finds_what_is_not_hidden(dump: Mapping[str, list[Item]]) -> None:
    """Guard the tests above: a dump that read nothing would pass them all."""
    assert all(dump[table] for table in ("Published", "Roster", "Invitations", "Box", "Keys"))
    assert MOMENT.search(text(dump["Published"]))
    assert person(1) in text(dump["Roster"])
