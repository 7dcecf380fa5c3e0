"""What pages weigh on their way to a phone, beside a bare HTML form with the same questions."""

import base64
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.html

from functions.answer.handler import handler
from infra.bench import bare, events
from infra.bench.answering import answers, ask
from infra.bench.events import Event
from infra.bench.figures import Figure, Samples, Section
from infra.bench.ground import LANGUAGE, Ground

LOADED = "//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src"
"""What a browser loads with a page."""

MOST_GZIP = 9
KIND = "bytes"


@dataclass(frozen=True, slots=True)
class Page:
    """A page to weigh: the function that shows it, and the request."""

    name: str
    function: Any
    event: Event


def pages(ground: Ground) -> list[Page]:
    """List the pages that are weighed; a later page joins here."""
    event = events.get(ground.path(ground.invited()), ground.now)
    closed = events.get(ground.path(ground.invited()), ground.window.closes)
    return [
        Page("form", handler, event),
        Page("receipt", handler, next(answers(ground, 1))),
        Page("closed page", handler, closed),
    ]


def weighing(ground: Ground) -> Section:
    """Weigh every page against the bare form."""
    event = events.get(ground.path("a" * 26), ground.now)
    floor = Page("bare HTML form", bare.handler(ground.form, LANGUAGE), event)
    return Section("Bytes and requests", [figure for page in pages(ground) for figure in _figures(_weight(page), _weight(floor))])


@dataclass(frozen=True, slots=True)
class Weight:
    """What one page weighs, with what it loads."""

    name: str
    page: bytes
    loaded: tuple[bytes, ...]

    def measures(self) -> Iterator[tuple[str, str, float]]:
        """Name and count what is compared."""
        yield "", KIND, len(self.page)
        yield ", gzip", KIND, len(gzip.compress(self.page, MOST_GZIP))
        yield ", first visit", KIND, len(self.page) + sum(map(len, self.loaded))
        yield ", first visit", "requests", 1 + len(self.loaded)


def _figures(ours: Weight, floor: Weight) -> Iterator[Figure]:
    for (suffix, unit, value), (_, _, least) in zip(ours.measures(), floor.measures(), strict=True):
        yield Figure(unit, Samples(ours.name + suffix, (value,)), Samples(floor.name + suffix, (least,)))


def _weight(page: Page) -> Weight:
    content = _content(ask(page.function, page.event))
    now = page.event["requestContext"]["timeEpoch"] // 1000
    found: Any = lxml.html.document_fromstring(content).xpath(LOADED)
    return Weight(page.name, content, tuple(_content(ask(page.function, events.get(path, now))) for path in found))


def _content(reply: dict[str, Any]) -> bytes:
    body: str = reply["body"]
    return base64.b64decode(body) if reply.get("isBase64Encoded") else body.encode()
