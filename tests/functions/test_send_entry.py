"""Who asks to be let in: kept for the organisers, once, for a month, and nobody is mailed."""

import json
from dataclasses import asdict
from typing import Any

import pytest

from shared.queue import EntryErrand
from shared.store import desk_requests
from shared.store.desk_requests import KEPT, MOST
from tests.functions.examples import OPEN, record, scanned, send, set_clock, token_of
from tests.functions.lost_links import bo_invited, leaving, only, published_here, ref


@pytest.fixture
def sent(tables: object, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:  # noqa: ARG001
    published_here(monkeypatch)
    return leaving()


def let_in(who: str, gathering: str = "day-1", **more: str) -> list[str]:
    told = {"ref": ref(), "gathering": gathering, "address": f"{who}@example.org", "name": who.title(), "belongs": "A", "language": "nb"}
    return send([record(json.dumps(asdict(EntryErrand(**{**told, **more}))), "let-in")])


def requests(at: int = OPEN) -> list[str]:
    return [item.entry.name for item in desk_requests.requests("walks", "day-1", at)]


def test_a_request_is_kept_for_the_organisers_and_nobody_is_mailed(sent: list[dict[str, Any]]) -> None:
    set_clock(OPEN)

    assert let_in("kari") == []

    (found,) = desk_requests.requests("walks", "day-1", OPEN)
    assert (found.gathering, found.language, found.entry.address, found.entry.belongs) == ("day-1", "nb", "kari@example.org", "A")
    assert sent == []


def test_who_asks_twice_has_asked_once_and_says_of_herself_what_she_said_last(sent: list[dict[str, Any]]) -> None:
    assert sent == []
    set_clock(OPEN)
    let_in("kari")
    let_in("kari", address="KARI@example.org", name="Kari Nordmann")

    assert requests() == ["Kari Nordmann"]


def test_who_is_on_the_list_already_gets_her_link_instead(sent: list[dict[str, Any]]) -> None:
    bo = bo_invited()
    sent.clear()

    let_in("bo")

    assert requests() == []
    assert token_of(bo) in only(sent).parts["text"]


def test_a_full_list_takes_nobody_more_but_those_on_it_may_ask_again(sent: list[dict[str, Any]]) -> None:
    assert sent == []
    set_clock(OPEN)
    for number in range(MOST + 3):
        assert let_in(f"guest{number:02}") == []

    let_in("guest00", name="Changed")
    let_in("guest99", gathering="elsewhere")

    assert len(requests()) == MOST + 1
    assert "Changed" in requests()
    assert f"Guest{MOST}" not in requests()


def test_a_request_is_over_after_a_month(sent: list[dict[str, Any]]) -> None:
    assert sent == []
    set_clock(OPEN)
    let_in("kari")

    assert requests(OPEN + KEPT - 60) == ["Kari"]
    assert requests(OPEN + KEPT + 60) == []
    assert int(scanned("DESK")[0]["expires"]["N"]) == pytest.approx(OPEN + KEPT, abs=60)


def test_a_round_that_is_unknown_is_no_fault(sent: list[dict[str, Any]]) -> None:
    assert let_in("kari", ref="unknown") == []
    assert send([record(json.dumps({"ref": "unknown", "address": "bo@example.org"}), "1")]) == []
    assert sent == []
