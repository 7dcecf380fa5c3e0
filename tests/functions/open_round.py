"""A round that is open, a few who are invited to it, and their browsers."""

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from functions.answer.handler import handler
from shared import envelopes, links, schedule
from shared.declarations.declared import Declared, declared
from shared.envelopes import Answer
from shared.forms import form_id
from shared.programmes import day_of
from shared.rounds import Round
from shared.settings import setting
from shared.store import box, invitations, published, recent, replies
from shared.store.invitations import Invitation
from tests import storing
from tests.conftest import account
from tests.functions.examples import DAY, FILES, OPEN, oslo, scanned
from tests.once import once

FORM = (
    DAY
    + """\
  - id: tents
    kind: scale
    text: {nb: Telt?, en: Tents?}
    scale:
      points: [{nb: Nei, en: No}, {nb: Litt, en: Some}, {nb: Ja, en: Yes}]
    not_relevant: {nb: Deltok ikke, en: Did not attend}
"""
)

CLOSED = oslo("2025-08-27T00:00")
"""The first moment after day 1 has closed."""

KEY = b"k" * 32
PRIVATE, PUBLIC = envelopes.key_pair()
REF = "opendays"
TYPE = "application/x-www-form-urlencoded"

EXPECTED_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex",
}


@cache
def programme(form: str = FORM) -> Declared:
    """Read the programme with a form of a test's own."""
    found = declared("walks", {name: text.encode() for name, text in {**FILES, "day.yaml": form}.items()})
    assert isinstance(found, Declared), found
    return found


@once
def open_round(form: str = FORM, people: int = 3) -> Round:
    """Publish day 1 with a form, and invite a few."""
    found = programme(form)
    plan = found.programme.rounds[0]
    windows = schedule.windows(plan, day_of(found.programme, "day-1"), found.programme.timezone)
    opened = Round("walks", "day-1", REF, form_id(found.forms["day-1"]), "anonymous", "day-1", windows, PUBLIC)
    storing.put_programme(found.programme)
    published.put_form("walks", found.forms["day-1"])
    storing.put_round(opened)
    for number in range(people):
        invitations.put_invitation(REF, invitation(number))
    forget()
    return opened


def empty_tables() -> None:
    """Take everything away, for a test that opens a round of its own."""
    for name in ("PUBLISHED", "ROSTER", "INVITATIONS", "BOX", "LETTERS", "KEYS"):
        for item in scanned(name):
            account("dynamodb").delete_item(TableName=setting(f"{name}_TABLE"), Key={part: item[part] for part in ("pk", "sk")})


def forget() -> None:
    """Let the pages look again, as if a minute had passed."""
    recent.round_by_ref.clear()
    recent.programme.clear()
    recent.form.clear()
    replies.recent.clear()


def token(number: int = 0) -> str:
    return links.answer_token(KEY, f"person {number}")


def invitation(number: int, **changes: Any) -> Invitation:
    """Make an invitation; the second reader's language is Norwegian."""
    parts = {
        "fingerprint": links.fingerprint(token(number)),
        "person": f"person {number}",
        "cell": ("North", "A"),
        "gathering": "day-1",
        "language": "nb" if number == 1 else "en",
        "mail": "sent",
        "leased_until": 0,
        "answered": None,
    }
    return Invitation(**{**parts, **changes})


def path(number: int = 0) -> str:
    return f"/e/{REF}/{token(number)}"


def request(method: str, raw_path: str, at: int = OPEN, query: str = "", body: bytes = b"", **headers: str) -> dict[str, Any]:
    """Make an event as API Gateway's HTTP API sends it (payload 2.0)."""
    sent = {"host": "kursdag.example.org", "user-agent": "a phone", "x-forwarded-for": "192.0.2.7", "x-forwarded-proto": "https"}
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": raw_path,
        "rawQueryString": query,
        "headers": sent | {name.replace("_", "-"): value for name, value in headers.items()},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "api",
            "domainName": "kursdag.example.org",
            "http": {"method": method, "path": raw_path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.7", "userAgent": "a phone"},
            "requestId": "id",
            "routeKey": "$default",
            "stage": "$default",
            "time": "26/Aug/2025:16:00:00 +0000",
            "timeEpoch": at * 1000 + 123,
        },
        **({"body": base64.b64encode(body).decode(), "isBase64Encoded": True} if body else {"isBase64Encoded": False}),
    }


@dataclass(frozen=True, slots=True)
class Page:
    """What a browser got."""

    status: int
    text: str
    headers: Mapping[str, str]

    def form(self) -> dict[str, str]:
        """Read the form: what a browser would send if send were pressed now."""
        reader = FormReader()
        reader.feed(self.text)
        return reader.fields


def got(event: Mapping[str, Any]) -> Page:
    """Call the function as the gateway does."""
    reply = handler(dict(event), None)
    raw = reply["body"]
    text = base64.b64decode(raw).decode() if reply["isBase64Encoded"] else raw
    return Page(reply["statusCode"], text, {name.lower(): value for name, value in reply["headers"].items()})


def get(raw_path: str, at: int = OPEN, query: str = "", **headers: Any) -> Page:
    return got(request("GET", raw_path, at, query, **headers))


def post(raw_path: str, fields: Mapping[str, str] | bytes, at: int = OPEN, **headers: str) -> Page:
    body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
    sent: dict[str, Any] = {"content_type": TYPE} | headers
    return got(request("POST", raw_path, at, body=body, **sent))


def neutral(page: Page) -> str:
    """Read a page without the way to one's own link, which names the round that was typed if it can be one."""
    return re.sub('<p><a href="/find/[a-z0-9]{8}">[^<]*</a></p>', "", page.text)


def form_of(number: int = 0, query: str = "") -> dict[str, str]:
    """Open somebody's form; return its hidden fields."""
    page = get(path(number), query=query)
    assert page.status == 200, page.text
    return page.form()


def answers() -> list[Answer]:
    """Open the box."""
    return [envelopes.opened(PRIVATE, sealed) for _, sealed in box.envelopes(REF)]


class FormReader(HTMLParser):
    """Reads a page's form as a browser does."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._writing: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "textarea":
            self._writing = found["name"]
            self.fields[self._writing] = ""
        elif tag == "input" and (found["type"] == "hidden" or "checked" in found):
            self.fields[found["name"]] = found["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._writing is not None:
            # A browser drops the line break right after the tag.
            self.fields[self._writing] = self.fields[self._writing].removeprefix("\n")
            self._writing = None

    def handle_data(self, data: str) -> None:
        if self._writing is not None:
            self.fields[self._writing] += data


def all_pages() -> Iterator[Page]:
    """Get a page of every kind, errors included."""
    yield get(path())
    yield get(path(), at=0)
    yield get(path(), at=CLOSED)
    yield get("/e/unknown/unknown")
    yield get("/nowhere")
    yield got(request("DELETE", path()))
    yield got(request("OPTIONS", path()))
    yield got(request("HEAD", path()))
    yield post(path(), b"x" * 70_000)
    yield post(path(), b"{}", content_type="application/json")
    yield post(path(), b"benefit=1")
    yield post(path(), form_of())
    yield post(path(), form_of() | {"benefit": "4"}, at=CLOSED + 600)
    yield post(path(), form_of() | {"benefit": "4"})
    yield get(path())
