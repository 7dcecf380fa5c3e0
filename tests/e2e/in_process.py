"""The service in this process as a browser meets it: what the browser asks for goes to the functions, not over a wire."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Request, Route

from functions.answer.handler import handler as answer
from functions.desk.handler import handler as desk
from tests.functions.every_page import Shown
from tests.functions.examples import OPEN
from tests.functions.open_round import EXPECTED_HEADERS, request

ORIGIN = "https://kursdag.example.org"


def serve(context: BrowserContext, at: int = OPEN) -> None:
    """Let everything that a browser asks for be answered by the functions, at this time."""
    context.route("**/*", lambda route: _fulfil(route, _reply(route.request, at)))


def _reply(asked: Request, at: int) -> Mapping[str, Any]:
    parts = urlsplit(asked.url)
    event = request(asked.method, parts.path, at, parts.query, asked.post_data_buffer or b"")
    event["headers"] |= asked.headers
    reply: Mapping[str, Any] = (desk if parts.path.startswith("/desk") else answer)(event, None)
    return reply


def _fulfil(route: Route, reply: Mapping[str, Any]) -> None:
    body = base64.b64decode(reply["body"]) if reply["isBase64Encoded"] else reply["body"]
    route.fulfill(status=reply["statusCode"], headers=reply["headers"], body=body)


@dataclass
class Showing:
    """A browser that is shown pages which were made before, one after the other, with their style sheet and headers."""

    context: BrowserContext
    _html: str = ""

    def __post_init__(self) -> None:
        self.context.route("**/*", self._answer)
        self.page = self.context.new_page()

    def show(self, shown: Shown) -> None:
        """Show a page."""
        self._html = shown.html
        self.page.goto(f"{ORIGIN}/shown")

    def _answer(self, route: Route) -> None:
        if urlsplit(route.request.url).path == "/shown":
            route.fulfill(headers={"content-type": "text/html; charset=utf-8"} | EXPECTED_HEADERS, body=self._html)
        else:
            _fulfil(route, _reply(route.request, OPEN))
