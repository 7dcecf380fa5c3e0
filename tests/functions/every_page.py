"""Every page of the service in every state and language, made by the real functions.

The HTML checker and the browser tests go through this list, so a page that is added here is proved by all of them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from shared.entries import Entry
from shared.rounds import SETTLE
from shared.store import box, desk_requests
from shared.store.client import client
from tests.functions import every_kind, following_pages, personal_pages
from tests.functions.aggregating import aggregate
from tests.functions.desk.visitors import SAME, Browser, token
from tests.functions.every_kind import ANSWERS, CLOSED, LANGUAGES, NAME, Guest
from tests.functions.examples import OPEN, Refusing, event, queued
from tests.functions.open_round import TYPE, Page, got, request

DAY = 86_400

DESK = f"/desk/programmes/{NAME}"
ROUND = f"{DESK}/rounds/day-1"
PREVIEW = f"/desk/preview/programme/{NAME}"
ORGANISER, OWNER, OBSERVER = every_kind.STAFF


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as somebody got it."""

    name: str
    language: str
    html: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with a browser in her language, and as many links as she needs."""

    language: str
    guests: Iterator[Guest]

    def link(self) -> str:
        """Return the path of a link that nobody has opened."""
        return next(self.guests).link

    def stop(self) -> str:
        """Return the path of an address that stops reminders."""
        return next(self.guests).stop

    def find(self) -> str:
        """Return the path at which somebody without a link finds the round."""
        return "/find/" + self.link().split("/")[2]

    def get(self, path: str, at: int = OPEN) -> Page:
        return got(request("GET", path, at, accept_language=self.language))

    def post(self, path: str, body: bytes, at: int = OPEN, content_type: str = TYPE) -> Page:
        return got(request("POST", path, at, body=body, accept_language=self.language, content_type=content_type))

    def press(self, path: str) -> Page:
        """Open a page and press its button."""
        return self.post(path, urlencode(self.get(path).form()).encode())

    def send(self, path: str, given: Mapping[str, str | list[str]], at: int = OPEN, form: Mapping[str, str] | None = None) -> Page:
        """Open a form, fill it in and send it."""
        hidden = {name: value for name, value in (form or self.get(path).form()).items() if name.startswith("_")}
        return self.post(path, urlencode(hidden | dict(given), doseq=True).encode(), at)


def _unsaved(reader: Reader) -> Page:
    link = reader.link()
    form = reader.get(link).form()
    Refusing("ThrottlingException", times=4).on(box._client(), "TransactWriteItems")
    return reader.send(link, ANSWERS, form=form)


def _twice(reader: Reader, *given: Mapping[str, str | list[str]]) -> Page:
    """Answer, and send another copy of the form, or look again."""
    link = reader.link()
    forms = [reader.get(link).form() for _ in range(2)]
    assert reader.send(link, ANSWERS, form=forms[0]).status == 200
    return reader.send(link, given[0], form=forms[1]) if given else reader.get(link)


def _failed(reader: Reader) -> Page:
    Refusing("InternalServerError", times=1).on(client(), "GetItem")
    return reader.get("/e/anything/else")


FAULTY = {**ANSWERS, "kilometres": "61", "takeaway": "x" * 501, "packed.other": "x" * 201} | {"benefit": []}
"""Answers with every fault that can be mended."""

ENTRY = {"name": "Kari Nordmann", "address": "kari@example.org", "belongs": "Granlia"}

ANSWER_STATES: Mapping[str, tuple[int, Callable[[Reader], Page]]] = {
    "form": (200, lambda reader: reader.get(reader.link())),
    "form, filled in, not saved": (503, _unsaved),
    "form, sent with faults": (422, lambda reader: reader.send(reader.link(), FAULTY)),
    "form, sent empty": (422, lambda reader: reader.send(reader.link(), {})),
    "receipt": (200, lambda reader: reader.send(reader.link(), ANSWERS)),
    "early": (200, lambda reader: reader.get(reader.link(), OPEN - DAY)),
    "closed": (200, lambda reader: reader.get(reader.link(), CLOSED)),
    "closed, sent too late": (409, lambda reader: reader.send(reader.link(), ANSWERS, at=CLOSED + DAY)),
    "answered": (200, _twice),
    "answered, sent from another tab": (409, lambda reader: _twice(reader, ANSWERS)),
    "not there": (200, lambda reader: reader.get(f"{reader.link()}/absent")),
    "not there, noted": (200, lambda reader: reader.press(f"{reader.link()}/absent")),
    "unwilling": (200, lambda reader: reader.get(f"{reader.link()}/unwilling")),
    "unwilling, noted": (200, lambda reader: reader.press(f"{reader.link()}/unwilling")),
    "stop reminders": (200, lambda reader: reader.get(reader.stop())),
    "reminders stopped": (200, lambda reader: reader.press(reader.stop())),
    "finding one's link": (200, lambda reader: reader.get(reader.find())),
    "finding one's link, early": (200, lambda reader: reader.get(reader.find(), OPEN - DAY)),
    "finding one's link, closed": (200, lambda reader: reader.get(reader.find(), CLOSED)),
    "finding one's link, wrong address": (422, lambda reader: reader.post(reader.find(), b"address=nobody")),
    "finding one's link, sent": (200, lambda reader: reader.post(reader.find(), b"address=nobody%40example.org")),
    "asking to be let in": (200, lambda reader: reader.get(f"{reader.find()}/let-me-in")),
    "asking to be let in, faults": (422, lambda reader: reader.post(f"{reader.find()}/let-me-in", b"belongs=%22A%22")),
    "asking to be let in, sent": (200, lambda reader: reader.post(f"{reader.find()}/let-me-in", urlencode(ENTRY).encode())),
    "unknown link to a round": (404, lambda reader: reader.get(f"{reader.link()[:12]}unknown")),
    "accessibility": (200, lambda reader: reader.get("/accessibility")),
    "unknown link": (404, lambda reader: reader.get("/e/unknown/unknown")),
    "wrong method": (405, lambda reader: got(request("PUT", reader.link(), accept_language=reader.language))),
    "too large": (413, lambda reader: reader.post(reader.link(), b"x" * 70_000)),
    "wrong type": (415, lambda reader: reader.post(reader.link(), b"{}", content_type="application/json")),
    "unreadable": (422, lambda reader: reader.post(reader.link(), b"%FF")),
    "out of order": (500, _failed),
}
"""What participants meet: the status, and how to get there."""


def answer_pages() -> Iterator[Shown]:
    """Get every page of participants in every language; the round is published, and open at `OPEN`."""
    guests = every_kind.invited(len(LANGUAGES) * len(ANSWER_STATES))
    for at, language in enumerate(LANGUAGES):
        reader = Reader(language, iter(guests[at :: len(LANGUAGES)]))
        for name, (status, ask) in ANSWER_STATES.items():
            page = ask(reader)
            assert (page.status, f'<html lang="{language}">' in page.text) == (status, True), (name, language, page.text)
            yield Shown(name, language, page.text)


DESK_STATES: Mapping[str, tuple[str, int, str]] = {
    "round, planned": (ORGANISER, OPEN - DAY, ROUND),
    "programmes": (OWNER, OPEN, "/desk/programmes?all=1"),
    "programme": (ORGANISER, OPEN, DESK),
    "round, open": (ORGANISER, OPEN, ROUND),
    "not reached": (ORGANISER, OPEN, f"{DESK}/unreached"),
    "people": (ORGANISER, OPEN, f"{DESK}/people?q=e"),
    "people, at the door": (ORGANISER, OPEN, f"{DESK}/people/new"),
    "people, buddies": (ORGANISER, OPEN, f"{DESK}/people/buddies"),
    "people, a file": (ORGANISER, OPEN, f"{DESK}/people/file"),
    "people, a file that is gone": (ORGANISER, OPEN, f"{DESK}/people/file/{'0' * 32}"),
    "attendance": (ORGANISER, OPEN, f"{DESK}/attendance"),
    "attendance at a gathering": (ORGANISER, OPEN, f"{DESK}/attendance/day-1/day-1"),
    "round, to be changed": (ORGANISER, OPEN, f"{ROUND}/change"),
    "round, to be extended": (ORGANISER, OPEN, f"{ROUND}/change?do=extend&until=2025-08-28T12:00"),
    "round, not to be reminded": (ORGANISER, OPEN, f"{ROUND}/change?do=remind"),
    "round, to be paused": (ORGANISER, OPEN, f"{ROUND}/change?do=pause"),
    "account": (OWNER, OPEN, f"{DESK}/account"),
    "what is deleted when": (OWNER, OPEN, f"{DESK}/retention"),
    "everybody who asks to be let in": (ORGANISER, OPEN, f"{DESK}/requests"),
    "requests to be let in": (ORGANISER, OPEN, f"{ROUND}/requests"),
    "desk, nowhere": (OWNER, OPEN, "/desk/nowhere"),
    "desk, old link": (OWNER, OPEN, "/desk/enter/unknown"),
    "round, closed": (OBSERVER, CLOSED, ROUND),
    "round, published": (OWNER, CLOSED + DAY, ROUND),
    "round, published, to the organiser": (ORGANISER, CLOSED + DAY, ROUND),
    "results": (OWNER, CLOSED + DAY, f"{DESK}/results"),
    "result": (OWNER, CLOSED + DAY, f"{ROUND}/result"),
    "closing report": (OWNER, CLOSED + DAY, f"{DESK}/report"),
    "speakers": (OWNER, CLOSED + DAY, f"{DESK}/speakers"),
    "answer back": (OWNER, CLOSED + DAY, f"{ROUND}/reply"),
    "answer back, preview": (OWNER, CLOSED + DAY, f"{ROUND}/reply/preview"),
    "comments": (OWNER, CLOSED + DAY, f"{ROUND}/comments"),
    "results together": (OWNER, CLOSED + DAY, f"{DESK}/results/together"),
    "results together, by unit": (OWNER, CLOSED + DAY, f"{DESK}/results/together/units"),
    "result, by group": (OWNER, CLOSED + DAY, f"{ROUND}/result/groups/0"),
    "account, with deeds": (OWNER, CLOSED + DAY, f"{DESK}/account"),
    "new programme": (ORGANISER, CLOSED + DAY, "/desk/new"),
    "new programme, questions": (ORGANISER, CLOSED + DAY, "/desk/new/questions"),
    "new programme, copied": (ORGANISER, CLOSED + DAY, f"{DESK}/copy"),
    "days": (ORGANISER, CLOSED + DAY, f"{DESK}/days"),
    "day": (ORGANISER, CLOSED + DAY, f"{DESK}/days/day-1"),
    "files": (ORGANISER, CLOSED + DAY, f"{DESK}/files"),
    "preview": (ORGANISER, CLOSED + DAY, PREVIEW),
    "preview, a form": (ORGANISER, CLOSED + DAY, f"{PREVIEW}/rounds/day-1"),
    "preview, a mail": (ORGANISER, CLOSED + DAY, f"{PREVIEW}/mails/reminder/day-1"),
}
"""What staff meet: who, when, where; in the order of time."""


def desk_pages() -> Iterator[Shown]:
    """Get every page of staff in every language, after `answer_pages`."""
    aggregate(event(OPEN), None)
    queued()
    asked = desk_requests.request("day-1", "day-1", Entry(ENTRY["name"], ENTRY["address"], ENTRY["belongs"]), "nb")
    desk_requests.put(NAME, asked, OPEN)
    following_pages.fill_box(24)
    browsers: dict[tuple[str, int], Browser] = {}
    for name, (who, at, address) in DESK_STATES.items():
        if at >= CLOSED + SETTLE:
            aggregate(event(at), None)
        if (who, at) not in browsers:
            browsers[who, at] = Browser(at).sign_in(who)
        path, _, query = address.partition("?")
        for language in LANGUAGES:
            yield Shown(name, language, browsers[who, at].get(path, query, accept_language=language).text)
    for name, language, html in following_pages.following(browsers[OWNER, CLOSED + DAY]):
        yield Shown(name, language, html)
    for number, language in enumerate(LANGUAGES):
        yield from _signing_in(language, CLOSED + 2 * DAY + number * DAY)


def _signing_in(language: str, at: int) -> Iterator[Shown]:
    """Ask for a link with a wrong address and with a right one, open it, and send a form of another site."""
    browser, spoken = Browser(at), {"accept_language": language}
    asked = browser.get("/desk/sign-in", **spoken)
    yield Shown("sign-in", language, asked.text)
    for name, address in (("sign-in, wrong address", "nobody"), ("sign-in, sent", OWNER)):
        yield Shown(name, language, browser.post("/desk/sign-in", asked.form() | {"address": address}, **SAME, **spoken).text)
    yield Shown("sign-in, opened link", language, browser.get(f"/desk/enter/{token()}", **spoken).text)
    yield Shown("sign-in, from another site", language, browser.post("/desk/sign-in", {}, sec_fetch_site="cross-site", **spoken).text)


def every_page() -> list[Shown]:
    """Get all pages."""
    return [*answer_pages(), *desk_pages(), *(Shown(*page) for page in personal_pages.personal())]
