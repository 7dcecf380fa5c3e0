"""What pages weigh on their way to a phone, beside a bare HTML form with the same questions."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.html

from functions.answer.handler import handler
from functions.desk.handler import handler as desk_handler
from infra.bench import bare, desk, events
from infra.bench.answering import answers
from infra.bench.events import Event, ask, content
from infra.bench.figures import Figure, Samples, Section
from infra.bench.ground import DAY, LANGUAGE, OTHER_DAY, PROGRAMME, Ground

LOADED = "(//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src)[not(starts-with(., 'data:'))]"
"""What a browser loads with a page."""

MOST_GZIP = 9
FLOOR = "bare HTML form with the same questions"


DESK_MOST = 40_000
"""Bytes that a page of the staff may have."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to weigh: the function that shows it, the request, and the bytes it may have."""

    name: str
    function: Any
    event: Event
    most: int | None = None


def pages(ground: Ground) -> list[Page]:
    """List the participants' pages that are weighed; a later one joins here."""
    return [
        Page("form", handler, events.get(ground.path(ground.invited()), ground.now)),
        Page("receipt", handler, next(answers(ground, 1))),
        Page("closed page", handler, events.get(ground.path(ground.invited()), ground.window.closes)),
    ]


def desk_pages(ground: Ground) -> list[Page]:
    """List the staff's pages that are weighed; a later one joins here."""
    cookie = desk.sign_in(ground.now)
    paths = {
        "sign-in": "/desk/sign-in",
        "my programmes": "/desk/programmes?all",
        "programme": f"/desk/programmes/{PROGRAMME}",
        "round": f"/desk/programmes/{PROGRAMME}/rounds/{DAY}",
        f"result of {desk.ANSWERED} answers": f"/desk/programmes/{PROGRAMME}/rounds/{OTHER_DAY}/result",
    }
    return [Page(name, desk_handler, events.get(path, ground.now, cookie), DESK_MOST) for name, path in paths.items()]


def weighing(ground: Ground) -> Section:
    """Weigh every page against the bare form."""
    floor = _weight(Page(FLOOR, bare.handler(ground.form, LANGUAGE), events.get(ground.path("a" * 26), ground.now)))
    weighed = [(_weight(page), page.most) for page in (*pages(ground), *desk_pages(ground))]
    return Section("Bytes and requests", [figure for weight, most in weighed for figure in _figures(weight, floor, most)])


@dataclass(frozen=True, slots=True)
class Weight:
    """What one page weighs, with what it loads."""

    name: str
    page: bytes
    loaded: tuple[bytes, ...]

    def measures(self) -> dict[str, float]:
        """Count what is compared, by unit."""
        return {
            "bytes": len(self.page),
            "bytes, gzip": len(gzip.compress(self.page, MOST_GZIP)),
            "bytes, first visit": len(self.page) + sum(map(len, self.loaded)),
            "bytes, first visit, gzip": sum(len(gzip.compress(part, MOST_GZIP)) for part in (self.page, *self.loaded)),
            "requests, first visit": 1 + len(self.loaded),
        }


def _figures(ours: Weight, floor: Weight, most: int | None) -> Iterator[Figure]:
    least = floor.measures()
    for unit, value in ours.measures().items():
        yield Figure(unit, Samples(ours.name, (value,)), Samples(floor.name, (least[unit],)), most=most if unit == "bytes" else None)


def _weight(page: Page) -> Weight:
    body = content(ask(page.function, page.event))
    now = page.event["requestContext"]["timeEpoch"] // 1000
    found: Any = lxml.html.document_fromstring(body).xpath(LOADED)
    return Weight(page.name, body, tuple(content(ask(page.function, events.get(path, now))) for path in found))
