"""What lies in the tables after answering: nothing beside an answer tells whose it is or when it came."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from shared import envelopes
from tests.functions.examples import dump, scanned
from tests.functions.open_round import REF, answers, form_of, open_round, path, post, token

WRITTEN = "what I wrote"


@pytest.fixture(autouse=True)
def answered(tables: object) -> None:  # noqa: ARG001
    """Let two of three answer: one at length, one briefly."""
    open_round()
    post(path(0), form_of(0) | {"benefit": "4", "takeaway": WRITTEN * 60})
    post(path(1), form_of(1) | {"benefit": "1"})


def test_an_envelope_is_a_random_key_and_sealed_bytes_and_nothing_else() -> None:
    items = scanned("BOX")

    assert len(items) == 2
    for item in items:
        assert item.keys() == {"pk", "sk", "schema", "sealed"}
        assert item["pk"] == {"S": f"ROUND#{REF}"}
        assert re.fullmatch(r"[0-9a-f]{32}", item["sk"]["S"])
        assert item["schema"] == {"N": "1"}


def test_an_invitation_says_that_it_is_answered_and_neither_when_nor_what() -> None:
    items = {item["sk"]["S"]: item for item in scanned("INVITATIONS")}

    assert len(items) == 3
    used = [item for item in items.values() if "answered" in item]
    assert len(used) == 2
    for item in items.values():
        kept = {"pk", "sk", "schema", "person", "cell", "gathering", "language", "mail", "leased_until", "hint", "stop"}
        assert item.keys() == kept | ({"answered"} if "answered" in item else {"slot"})
        assert item["leased_until"] == {"N": "0"}


def test_the_mark_of_an_answer_differs_for_two_who_answer_alike() -> None:
    post(path(2), form_of(2) | {"benefit": "1"})

    assert len({item["answered"]["S"] for item in scanned("INVITATIONS")}) == 3


def test_all_tables_together_hold_no_time_of_an_answer_no_token_and_no_answer() -> None:
    stored = json.dumps(dump("INVITATIONS", "BOX"))

    assert not any(text in stored for text in (token(0), token(1), WRITTEN, WRITTEN.encode().hex(), "192.0.2.7", "phone"))
    assert not re.search(r"20\d\d-\d\d-\d\d", stored)
    numbers = re.findall(r'"N": "(\d+)"', stored.replace("\\", ""))
    assert set(numbers) == {"0", "1"}


def test_nothing_in_an_envelope_s_item_leads_to_an_invitation() -> None:
    invitations = scanned("INVITATIONS")

    beside = json.dumps([{name: value for name, value in item.items() if name != "sealed"} for item in scanned("BOX")])

    known = {item[name]["S"] for item in invitations for name in ("person", "language", "cell", "answered") if name in item}
    known |= {item["sk"]["S"].removeprefix("INV#") for item in invitations}
    assert not any(f'"{value}"' in beside for value in known)


def test_inside_the_seal_are_answers_cell_and_gathering_and_no_person_or_language() -> None:
    assert {tuple(envelopes.Answer.__dataclass_fields__)} == {("form", "answers", "cell", "gathering", "pair")}
    assert sorted(stored.answers["benefit"] for stored in answers()) == ["1", "4"]
    assert {(stored.cell, stored.gathering, stored.pair) for stored in answers()} == {(("North", "A"), "day-1", "")}


def test_the_whole_stored_item_has_one_of_a_few_sizes_as_dynamodb_counts() -> None:
    assert {_size(item) for item in scanned("BOX")} == {1024}

    post(path(2), form_of(2) | {"takeaway": "å" * 1000})

    assert sorted(_size(item) for item in scanned("BOX")) == [1024, 1024, 4096]


def _size(item: dict[str, dict[str, Any]]) -> int:
    """Count an item's bytes: names, texts and binaries as they are, a number of one digit as two."""
    sizes: dict[str, Callable[[Any], int]] = {"S": lambda text: len(text.encode()), "B": len, "N": lambda _: 2}
    return sum(len(name) + sizes[kind](value) for name, typed in item.items() for kind, value in typed.items())
