"""A programme with staff, a result of it, and the browsers of those who visit the desk."""

import base64
import html
import json
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from functions.desk.handler import handler
from shared import bucket, schedule
from shared.declarations.declared import Declared, declared
from shared.envelopes import Answer
from shared.exports import files as exports
from shared.exports.kinds import KINDS
from shared.forms import Form, form_id
from shared.moderation import Moderation, Ruling
from shared.programmes import day_of
from shared.response import Totals
from shared.results import counting, editions
from shared.results.counting import Invited
from shared.results.editions import Document
from shared.rounds import Round
from shared.store import desk_moderation, desk_samples, published
from shared.store.desk_samples import Sample
from tests import storing
from tests.functions.examples import DAY, FILES, PROGRAMME, queued
from tests.functions.open_round import TYPE, FormReader, request
from tests.once import once

STAFF = """\
staff:
  - {email: organiser@example.org, role: organiser}
  - {email: Owner@example.org, role: owner}
  - {email: observer@example.org, role: observer}
  - {email: north@example.org, role: owner, units: [North]}
"""
OTHERS_STAFF = "staff: [{email: stranger@example.org, role: owner}]\n"

ORGANISER, OWNER, OBSERVER = "organiser@example.org", "owner@example.org", "observer@example.org"
NORTH, STRANGER = "north@example.org", "stranger@example.org"

FORM = (
    DAY
    + """\
  - id: tents
    kind: scale
    text: {nb: Telt?, en: Tents?}
    scale:
      points: [{nb: Nei, en: No}, {nb: Litt, en: Some}, {nb: Ja, en: Yes}]
    not_relevant: {nb: Deltok ikke, en: Did not attend}
  - id: expected
    kind: scale
    text: {nb: Som ventet?, en: As expected?}
    scale:
      bipolar: true
      points: [{nb: Under, en: Below}, {nb: Som ventet, en: As expected}, {nb: Over, en: Above}]
  - id: rare
    kind: scale
    text: {nb: Sjelden?, en: Rare?}
    scale:
      points: [{nb: Nei, en: No}, {nb: Litt, en: Some}, {nb: Ja, en: Yes}]
  - id: unasked
    kind: scale
    text: {nb: Ingen?, en: Nobody?}
    scale:
      points: [{nb: Nei, en: No}, {nb: Litt, en: Some}, {nb: Ja, en: Yes}]
  - id: better
    kind: text
    text: {nb: Bedre?, en: Better?}
"""
)

MARKUP = '<script>alert(1)</script> & {{ 7 * 7 }} "quoted" javascript:alert(2)'
COMMENTS = (MARKUP, "First line\nSecond line", "=1+1")
INVITED = 58


@once
def staffed(staff: str = STAFF, name: str = "walks", programme: str = PROGRAMME) -> Declared:
    """Publish the programme with a staff, and its first round."""
    files = FILES | {"programme.yaml": programme + staff, "day.yaml": FORM}
    found = declared(name, {file: text.encode() for file, text in files.items()})
    assert isinstance(found, Declared), found
    storing.put_programme(found.programme)
    published.put_staff(found.programme)
    return found


@once
def opened(found: Declared, round_id: str = "day-1") -> Round:
    """Publish a round, that of day 1 unless told otherwise."""
    plan = next(plan for plan in found.programme.rounds if plan.id == round_id)
    windows = schedule.windows(plan, day_of(found.programme, plan.day), found.programme.timezone)
    ref, form = f"{plan.id}-{found.programme.id}", form_id(found.forms[plan.id])
    new = Round(found.programme.id, plan.id, ref, form, "anonymous", plan.day, windows, b"")
    published.put_form(found.programme.id, found.forms[plan.id])
    storing.put_round(new)
    return new


def answer(**answers: str) -> Answer:
    return Answer("", answers, (), "day-1")


def twelve() -> list[Answer]:
    """Make the answers of twelve who say much, but to some questions little."""
    given = [
        {"benefit": str(number % 3 + 3), "tents": "na" if number < 2 else "3", "expected": str(number % 3 + 1)} for number in range(12)
    ]
    for number, text in enumerate(COMMENTS):
        given[number]["takeaway"] = text
    given[0] |= {"rare": "2", "better": "Nothing"}
    return [answer(**answers) for answers in given]


@once
def frozen(
    found: Declared, closed: Round, answers: Iterable[Answer], invited: int | Invited = INVITED, earlier: Sequence[Form] = ()
) -> Document:
    """Publish the result of these answers, as the job does, perhaps with earlier versions of the form; return the edition."""
    versions = [*earlier, found.forms[closed.id]]
    tally = counting.tallied(versions, ((f"{number:032x}", given) for number, given in enumerate(answers)), b"k" * 32)
    everyone = Invited(Totals(invited, 0)) if isinstance(invited, int) else invited
    edition = editions.edition(closed, found.programme, versions, tally, everyone)
    comments = editions.comments(versions, tally)
    prefix = editions.prefix(closed, editions.written(edition))
    bucket.put(f"{prefix}/comments.json", editions.written(comments), "application/json")
    for kind, file in exports.files(edition):
        bucket.put(f"{prefix}/edition.{kind}", file, KINDS[kind])
    assert published.freeze(closed, prefix)
    return edition


@once
def desk() -> Document:
    """Publish the programme, a result of it with a response rate, and another programme."""
    found = staffed()
    closed = opened(found)
    desk_samples.put_sample(closed.ref, 7, Sample(closed.windows["day-1"].closes - 3600, Totals(INVITED, 41)))
    opened(staffed(OTHERS_STAFF, "swims"))
    return frozen(found, closed, twelve())


def all_released(ref: str = "day-1-walks") -> None:
    """Decide as an owner does who has read all comments and shows them as they are."""
    found = published.round_by_ref(ref)
    assert found is not None
    comments: Document = json.loads(bucket.get(f"{found.edition}/comments.json"))["questions"]
    rulings = {question: dict.fromkeys(range(len(texts)), Ruling("shown")) for question, texts in comments.items()}
    desk_moderation.put_next(ref, Moderation(0, released=True, rulings=rulings))


@dataclass(frozen=True, slots=True)
class Page:
    """What a browser got."""

    status: int
    body: bytes
    headers: Mapping[str, str]
    cookies: list[str]

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def place(self) -> str:
        """Where the browser is sent."""
        return self.headers["location"]

    def said(self) -> str:
        """Read what the page shows, without its markup."""
        return " ".join(html.unescape(re.sub(r"<(title|style).*?</\1>|<[^>]*>", " ", self.text, flags=re.DOTALL)).split())

    def form(self) -> dict[str, str]:
        """Read the form's hidden fields."""
        reader = FormReader()
        reader.feed(self.text)
        return reader.fields


def got(event: dict[str, Any]) -> Page:
    """Call the function as the gateway does."""
    reply = handler(event, None)
    body = reply["body"]
    headers = {name.lower(): value for name, value in reply["headers"].items()}
    whole = base64.b64decode(body) if reply["isBase64Encoded"] else body.encode()
    return Page(reply["statusCode"], whole, headers, reply.get("cookies", []))


SAME = {"sec_fetch_site": "same-origin"}


@dataclass
class Browser:
    """Keeps cookies and says where a request comes from; ``at`` is its time, now unless set."""

    at: int = 0
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes = b"", query: str = "", **headers: str) -> Page:
        event = request(method, path, self.at or int(time.time()), query, body, **({"accept_language": "en"} | headers))
        event["cookies"] = [f"{name}={value}" for name, value in self.cookies.items()]
        page = got(event)
        for cookie in page.cookies:
            self._keep(cookie)
        return page

    def _keep(self, cookie: str) -> None:
        ((name, morsel),) = SimpleCookie(cookie).items()
        self.cookies.pop(name, None)
        if morsel["max-age"] != "0":
            self.cookies[name] = morsel.value

    def get(self, path: str, query: str = "", **headers: str) -> Page:
        return self.ask("GET", path, b"", query, **headers)

    def post(self, path: str, fields: Mapping[str, str] | bytes, **headers: str) -> Page:
        body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
        return self.ask("POST", path, body, **({"content_type": TYPE} | (headers or SAME)))

    def ask_for_link(self, email: str) -> Page:
        return self.post("/desk/sign-in", self.get("/desk/sign-in").form() | {"address": email})

    def enter(self, token: str) -> Page:
        return self.post(f"/desk/enter/{token}", self.get(f"/desk/enter/{token}").form())

    def sign_in(self, email: str) -> "Browser":
        """Sign in as people do; the mail is read from the queue."""
        self.cookies = signed_in(self.at, dict(self.cookies), email).copy()
        return self


@once
def signed_in(at: int, cookies: dict[str, str], email: str) -> dict[str, str]:
    """Sign in with a browser that has cookies; return those that it has then."""
    browser = Browser(at, cookies)
    assert browser.ask_for_link(email).status == 200
    page = browser.enter(token())
    assert page.status == 303, page.text
    return browser.cookies


def token() -> str:
    """Take the token of the one link that waits to be mailed."""
    (message,) = queued()
    found: str = json.loads(message["body"])["token"]
    return found
