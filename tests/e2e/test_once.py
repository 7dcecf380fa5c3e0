"""Once, whatever happens: the function's own code against the emulator's tables, with threads and with faults at the boundary."""

import json
import random
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ConnectionClosedError, ReadTimeoutError
from botocore.httpsession import URLLib3Session

from functions.aggregate.freezing import freeze
from infra.browser import Answered
from shared import bucket
from shared.store import box, published
from tests.e2e.open_rounds import OpenRound, form, request, send

THREADS = 32
SUBMISSIONS = 1000
PRESSES = 8
"""How often somebody presses send before she gives up."""

RECEIVED = "Takk, svaret ditt er mottatt"


def at_once(work: list[Callable[[], Answered]]) -> list[Answered]:
    """Do all pieces of work at the same moment."""
    start = threading.Barrier(len(work))

    def started(piece: Callable[[], Answered]) -> Answered:
        start.wait()
        return piece()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(started, work))


def test_32_forms_of_one_link_leave_one_envelope_and_one_mark(open_round: OpenRound) -> None:
    link = open_round.link()
    hidden = [form(link) for _ in range(THREADS)]

    pages = at_once([lambda slip=slip, at=at: send(link, slip, takeaway=f"Skjema nummer {at}") for at, slip in enumerate(hidden)])  # type: ignore[misc]

    assert Counter(page.status for page in pages) == {HTTPStatus.OK: 1, HTTPStatus.CONFLICT: THREADS - 1}
    assert (len(open_round.names()), len(open_round.marks())) == (1, 1)
    (stored,) = open_round.answers()
    won = next(at for at, page in enumerate(pages) if page.status == HTTPStatus.OK)
    assert stored.answers == {"takeaway": f"Skjema nummer {won}"}
    assert all(f"Skjema nummer {at}" in page.page for at, page in enumerate(pages) if at != won)


def test_one_form_sent_32_times_is_received_each_time_and_stored_once(open_round: OpenRound) -> None:
    link = open_round.link()
    hidden = form(link)

    pages = at_once([lambda: send(link, hidden, benefit="4")] * THREADS)

    assert [page.status for page in pages] == [HTTPStatus.OK] * THREADS
    assert all(RECEIVED in page.page for page in pages)
    assert (len(open_round.names()), len(open_round.marks())) == (1, 1)


def test_32_links_leave_32_envelopes_and_marks(open_round: OpenRound) -> None:
    forms = {link: form(link) for link in (open_round.link() for _ in range(THREADS))}

    pages = at_once([lambda link=link, slip=slip: send(link, slip, benefit="4") for link, slip in forms.items()])  # type: ignore[misc]

    assert [page.status for page in pages] == [HTTPStatus.OK] * THREADS
    assert (len(set(open_round.names())), len(set(open_round.marks()))) == (THREADS, THREADS)


def test_looks_without_number_change_nothing(open_round: OpenRound) -> None:
    link = open_round.link()

    for method in ("GET", "HEAD", "OPTIONS") * 3:
        request(method, link)

    assert (open_round.names(), open_round.marks()) == ([], [])


class Killed(BaseException):
    """The process ends where it stands."""


@dataclass
class Faults:
    """Makes requests to the tables fail, before they reach the emulator or after."""

    chance: random.Random
    rate: float = 0.4
    happened: Counter[str] = field(default_factory=Counter)
    _sender: URLLib3Session = field(default_factory=URLLib3Session)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, request: AWSPreparedRequest, **_: object) -> AWSResponse | None:
        """Let a request pass, or let it meet with a fault."""
        with self._lock:
            kind = self.chance.choice(list(KINDS)) if self.chance.random() < self.rate else ""
            self.happened[kind] += 1
        return KINDS[kind](self, request) if kind else None

    def refuse(self, request: AWSPreparedRequest, status: int, code: str, **told: Any) -> AWSResponse:
        """Answer as DynamoDB does when it has not done what was asked."""
        return Refusal(request.url, status, {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": code, **told})

    def closed(self, request: AWSPreparedRequest) -> AWSResponse:
        """Lose the connection before anything was sent."""
        raise ConnectionClosedError(endpoint_url=request.url)

    def lost(self, request: AWSPreparedRequest) -> AWSResponse:
        """Lose the answer to what was done."""
        self._sender.send(request)
        raise ReadTimeoutError(endpoint_url=request.url)

    def failed(self, request: AWSPreparedRequest) -> AWSResponse:
        """Do what was asked and say that it failed."""
        self._sender.send(request)
        return self.refuse(request, 500, "InternalServerError")

    def killed_before(self, _request: AWSPreparedRequest) -> AWSResponse:
        """End the process before anything was sent."""
        raise Killed

    def killed_after(self, request: AWSPreparedRequest) -> AWSResponse:
        """End the process before the answer came."""
        self._sender.send(request)
        raise Killed


def cancelled(faults: Faults, request: AWSPreparedRequest, code: str) -> AWSResponse:
    reasons = [{"Code": code, "Message": code}, {"Code": "None"}]
    return faults.refuse(request, 400, "TransactionCanceledException", CancellationReasons=reasons)


KINDS: Mapping[str, Callable[[Faults, AWSPreparedRequest], AWSResponse]] = {
    "connection lost before": Faults.closed,
    "throttled": lambda faults, request: faults.refuse(request, 400, "ThrottlingException"),
    "over capacity": lambda faults, request: faults.refuse(request, 400, "ProvisionedThroughputExceededException"),
    "unavailable": lambda faults, request: faults.refuse(request, 503, "ServiceUnavailable"),
    "conflict": lambda faults, request: cancelled(faults, request, "TransactionConflict"),
    "cancelled by throttling": lambda faults, request: cancelled(faults, request, "ThrottlingError"),
    "done, answer lost": Faults.lost,
    "done, failure told": Faults.failed,
    "killed before": Faults.killed_before,
    "killed after": Faults.killed_after,
}


class Refusal(AWSResponse):
    """An answer that never came over the wire."""

    def __init__(self, url: str, status: int, document: Mapping[str, Any]) -> None:

        super().__init__(url, status, HTTPHeaders.from_pairs([("content-type", "application/x-amz-json-1.0")]), None)
        self._content = json.dumps(document).encode()


def insisted(link: str, number: int, chance: random.Random) -> bool:
    """Answer as somebody who presses send until she is told that her answer is received, or gives up; tell which."""
    hidden = form(link)
    for _ in range(PRESSES):
        try:
            page = send(link, hidden, benefit="4", takeaway=f"Svar nummer {number}")
        except Killed:
            continue
        if chance.random() < 0.1:
            continue  # the page got lost on its way to her
        assert page.status in (HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE), page
        if page.status == HTTPStatus.OK:
            return RECEIVED in page.page
        assert f"Svar nummer {number}" in page.page
    return False


@pytest.fixture
def faults(open_round: OpenRound) -> Faults:
    """Let the transaction that takes an answer fail often; the same seed gives the same kinds of fault."""
    open_round.unspoken.add("Svar nummer")
    injected = Faults(random.Random(2))
    box._client().meta.events.register("before-send.dynamodb.TransactWriteItems", injected)  # type: ignore[arg-type]
    return injected


def test_with_faults_at_the_boundary_nothing_acknowledged_is_lost_and_nothing_counts_twice(open_round: OpenRound, faults: Faults) -> None:
    links = [open_round.link() for _ in range(SUBMISSIONS)]

    with ThreadPoolExecutor(THREADS) as pool:
        told = list(pool.map(lambda at: insisted(links[at], at, random.Random(at)), range(SUBMISSIONS)))

    stored = Counter(answer.answers["takeaway"] for answer in open_round.answers())
    acknowledged = {f"Svar nummer {number}" for number, received in enumerate(told) if received}
    assert faults.happened.keys() == {"", *KINDS}
    assert len(acknowledged) > 0.9 * SUBMISSIONS
    assert acknowledged <= stored.keys()
    assert set(stored.values()) == {1}
    assert len(open_round.marks()) == len(stored)
    assert counted(open_round) == len(stored)


def counted(closed: OpenRound) -> int:
    """Aggregate a round; return the number of answers that its result tells."""

    closed.close()
    freeze(published.rounds(closed.round.programme)["day-1"])
    edition = published.rounds(closed.round.programme)["day-1"].edition
    n: int = json.loads(bucket.get(f"{edition}/edition.json"))["n"]
    return n
