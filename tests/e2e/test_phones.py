"""A hall full of people who answer at once, all behind one address: none is rejected, none is lost."""

import re
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from http import HTTPStatus

import pytest

from infra.browser import Browser, fields
from infra.stack.deploying import Stack
from shared.rounds import Window
from tests import storing
from tests.e2e.open_rounds import OpenRound
from tests.e2e.test_once import RECEIVED, counted

PHONES = 300
SECONDS = 60
AT_ONCE = 8
"""Requests under way at a time: the emulator starts a process of the function for each, as AWS does, but all on this machine."""

FAR = 2**32
"""A moment after any to which other tests set the stack's clock."""


@dataclass(frozen=True)
class Phone:
    """One of many: her link, and what she writes."""

    link: str
    text: str

    def answer(self, browser: Browser, base: str) -> Iterator[int]:
        """Open the form with all that belongs to it, and send it; tell the status of each reply."""
        form = browser.get(base + self.link)
        yield form.status
        for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', form.page):
            yield browser.get(base + path).status
        hidden, _ = fields(form.page)
        receipt = browser.post(base + self.link, hidden | {"benefit": "4", "takeaway": self.text})
        yield receipt.status if RECEIVED in receipt.page else HTTPStatus.NOT_ACCEPTABLE


@pytest.fixture
def hall(open_round: OpenRound) -> OpenRound:
    """Keep a round open whatever the clock of the stack says."""
    opened = replace(open_round.round, windows={name: Window(0, FAR) for name in open_round.round.windows})
    storing.update_round(opened)
    return OpenRound(opened, open_round.unspoken)


def test_300_phones_answer_within_a_minute(hall: OpenRound, stack: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    phones = [Phone(hall.link(), f"Telefon nummer {number}") for number in range(PHONES)]
    hall.unspoken.add("Telefon nummer")
    browser, began = Browser(), time.monotonic()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        replies = list(pool.map(lambda phone: list(phone.answer(browser, stack.base_address)), phones))

    took = time.monotonic() - began
    with capsys.disabled():
        print(f"\n{PHONES} phones: {sum(map(len, replies))} requests in {took:.0f} s")  # noqa: T201
    assert Counter(status for statuses in replies for status in statuses).keys() == {HTTPStatus.OK}
    assert Counter(answer.answers["takeaway"] for answer in hall.answers()) == Counter(phone.text for phone in phones)
    assert counted(hall) == PHONES
    assert took < SECONDS
