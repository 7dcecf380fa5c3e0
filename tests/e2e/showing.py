"""A browser that is shown pages which were made before."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Route

from tests.functions.every_page import Shown
from tests.functions.open_round import EXPECTED_HEADERS, got, request

ORIGIN = "https://kursdag.example.org"


@dataclass
class Showing:
    """Shows pages one after the other, with their style sheet and headers; what they ask for comes from the functions."""

    context: BrowserContext
    shown: str = ""
    """The name and language of the page that is shown."""
    _html: str = ""

    def __post_init__(self) -> None:
        self.context.route("**/*", self._answer)
        self.page = self.context.new_page()

    def show(self, shown: Shown) -> None:
        """Show a page."""
        self.shown, self._html = f"{shown.name} ({shown.language})", shown.html
        self.page.goto(f"{ORIGIN}/shown")

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/shown":
            route.fulfill(headers={"content-type": "text/html; charset=utf-8"} | EXPECTED_HEADERS, body=self._html)
        else:
            found = got(request("GET", path))
            route.fulfill(status=found.status, headers=dict(found.headers), body=found.text)
