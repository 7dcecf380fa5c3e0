"""What an answer and a page cost: requests, units and bytes, counted where they leave this process."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import pytest

from infra.stack.deploying import Stack
from shared.store import box
from shared.store.client import client
from tests.e2e.journey import Journey
from tests.e2e.open_rounds import OpenRound, form, request, send

PAGE_BYTES = 30_000
FULL = {
    **dict.fromkeys(("benefit", "use", "next-step", "expectations"), "4"),
    **dict.fromkeys(("useful.patterns-1", "useful.patterns-2", "useful.culture-1", "useful.culture-2"), "na"),
}


@dataclass
class Bill:
    """The requests that were sent to DynamoDB, with the units they used."""

    calls: list[tuple[str, int]] = field(default_factory=list)
    """Each operation, with the number of items it names."""
    written: float = 0
    read: float = 0

    def forget(self) -> None:
        """Begin anew."""
        self.calls.clear()
        self.written = self.read = 0

    def ask(self, params: dict[str, Any], **_: object) -> dict[str, Any]:
        """Ask for the units of a request."""
        return params | {"ReturnConsumedCapacity": "TOTAL"}

    def sent(self, params: Mapping[str, Any], model: Any, **_: object) -> None:
        """Note a request."""
        self.calls.append((model.name, params["body"].count(b'"TableName"')))

    def answered(self, parsed: Mapping[str, Any], model: Any, **_: object) -> None:
        """Note the units of an answer."""
        told = parsed.get("ConsumedCapacity", [])
        units = sum(item["CapacityUnits"] for item in (told if isinstance(told, list) else [told]))
        if model.name in ("GetItem", "Query", "Scan", "BatchGetItem", "TransactGetItems"):
            self.read += units
        else:
            self.written += units


@pytest.fixture
def bill(open_round: OpenRound) -> Bill:  # noqa: ARG001 – the clients are those of its stack
    """Count what every client of this process asks of DynamoDB."""
    counted = Bill()
    for used in (client(), box._client()):
        used.meta.events.register("provide-client-params.dynamodb", counted.ask)  # type: ignore[arg-type]
        used.meta.events.register("before-call.dynamodb", counted.sent)
        used.meta.events.register("after-call.dynamodb", counted.answered)
    return counted


@pytest.mark.parametrize("text", ["", "æ" * 200], ids=["ratings", "ratings and a text"])
def test_an_accepted_answer_is_one_transaction_of_two_items_with_four_write_units_and_no_read(
    text: str, open_round: OpenRound, bill: Bill
) -> None:
    link = open_round.link()
    hidden = form(link)
    bill.forget()

    page = send(link, hidden, **FULL, takeaway=text)

    assert page.status == HTTPStatus.OK
    assert bill == Bill([("TransactWriteItems", 2)], written=4, read=0)


def test_an_answer_costs_no_more_because_many_came_before(open_round: OpenRound, bill: Bill) -> None:
    for _ in range(50):
        send(link := open_round.link(), form(link), benefit="4")
    link = open_round.link()
    hidden = form(link)
    bill.forget()

    send(link, hidden, **FULL)

    assert bill == Bill([("TransactWriteItems", 2)], written=4, read=0)


def test_a_page_view_costs_half_a_read_unit(open_round: OpenRound, bill: Bill) -> None:
    link = open_round.link()
    request("GET", link)
    bill.forget()

    page = request("GET", link)

    assert "<form" in page.page
    assert bill == Bill([("GetItem", 1)], written=0, read=0.5)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_look_writes_nothing(method: str, open_round: OpenRound, bill: Bill) -> None:
    link = open_round.link()
    bill.forget()

    for path in (link, f"{link}?answered=1&benefit=4", f"{link}x", "/e/unknown/unknown", "/"):
        request(method, path)

    assert {name for name, _ in bill.calls} <= {"GetItem"}
    assert bill.written == 0


def test_the_form_is_at_most_30_kb_with_its_styles_and_loads_nothing_from_elsewhere(journey: Journey, stack: Stack) -> None:
    own = urlsplit(stack.base_address).netloc

    assert {urlsplit(address).netloc for address in journey.loaded} == {own}
    assert any(address.endswith(".css") for address in journey.loaded)
    assert sum(map(len, journey.loaded.values())) <= PAGE_BYTES


def test_the_form_holds_no_script_of_its_own_beside_the_file_that_browsers_keep(journey: Journey) -> None:
    scripts = re.findall(rb"<script[^>]*>[^<]*", journey.loaded[journey.link])

    assert len(scripts) == 1
    assert re.fullmatch(rb'<script src="/static/form\.[0-9a-f]{12}\.js" defer>', scripts[0])
