"""An owner goes through the desk after a programme: every kind of page, every result, every file."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

from infra import mailbox
from infra.gallery.camera import Camera
from infra.gallery.captions import of_file, of_page
from infra.service import Service

PATIENCE = 60
"""Seconds to wait for the mail with the link."""

SOUGHT = "people?q=1"
"""A page that no link leads to: somebody is looked for."""

ATTEMPTS = 3

DOWNLOAD = re.compile(r"\.(csv|json|xlsx|pptx|zip|svg|html)$|/poster")
ALL_OF = ("result", "before-and-after")
"""Of these, every page is shown; of all other kinds a first one."""


@dataclass
class Tour:
    """What the owner has seen already, and what she has yet to see."""

    page: Page
    camera: Camera
    start: str
    _seen: set[str] = field(default_factory=set)
    _kinds: Counter[str] = field(default_factory=Counter)

    def go(self) -> None:
        """Follow every link of the programme's pages."""
        waiting = [self.start, f"{self.start}/{SOUGHT}"]
        while waiting:
            address = waiting.pop(0)
            if self._is_new(address):
                waiting += self._look(address)

    def _is_new(self, address: str) -> bool:
        path = self._below(address)
        if path is None or path in self._seen:
            return False
        self._seen.add(path)
        kind = self._kind(path)
        self._kinds[kind] += 1
        return self._kinds[kind] == 1 or path.endswith(ALL_OF)

    def _kind(self, path: str) -> str:
        """Name a kind of page: its path without what names one of several."""
        return re.sub(r"\b(rounds|days|attendance/[^/]+|groups|forms?|mails?)/[^/]+|\b(people)/\w{32}\b", r"\1\2/*", path)

    def _look(self, address: str) -> Iterator[str]:
        path = self._below(address) or ""
        if DOWNLOAD.search(path):
            self._fetch(address, path)
            return iter(())
        self.page.goto(address)
        readers, said = of_page(path)
        self.camera.page(readers, said, self.page)
        return iter(self.page.locator("main a[href]").evaluate_all("all => all.map(one => one.href)"))

    def _below(self, address: str) -> str | None:
        """Return an address's path below the programme's, with what is looked for there; nothing where it leads elsewhere."""
        place, start = urlsplit(address), urlsplit(self.start).path
        if not f"{place.path}/".startswith(f"{start}/"):
            return None
        sought = f"?{place.query}" if place.query.startswith("q=") else ""
        return place.path.removeprefix(start).strip("/") + sought

    def _fetch(self, address: str, path: str) -> None:
        told = of_file(path)
        if told:
            with self.page.expect_download() as download:
                self.page.evaluate("address => { location = address; }", address)
            self.camera.file(*told, download.value.suggested_filename, download.value.path().read_bytes())


def signed_in(context: BrowserContext, service: Service, base: str, email: str) -> Page:
    """Sign in by the mailed link."""
    page = context.new_page()
    known = _links(service, email)
    _begin(page, f"{base}/desk/sign-in")
    page.locator("input[type=email]").fill(email)
    page.locator("main form button").click()
    page.goto(_new_link(service, email, known))
    page.locator("main form button").click()
    page.wait_for_url(f"{base}/desk/programmes**")
    return page


def _begin(page: Page, address: str) -> None:
    """Open the first page of the desk; where the machine is busy, its function may start too slowly for the first visitor."""
    for _ in range(ATTEMPTS):
        answered = page.goto(address)
        if answered and answered.ok:
            return


def _links(service: Service, email: str) -> list[str]:
    texts = (mail.text for mail in mailbox.mails(service, email))
    return [link for text in texts for link in re.findall(r"^http\S+/desk/enter/\S+$", text, re.MULTILINE)]


def _new_link(service: Service, email: str, known: list[str]) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if new := [link for link in _links(service, email) if link not in known]:
            return new[0]
        time.sleep(0.2)
    raise TimeoutError("no mail with a link to sign in")


def closing_report(page: Page, start: str) -> None:
    """Make a closing report of what is published."""
    page.goto(f"{start}/report")
    page.locator("main form:not(.leave) button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/report/\d+$"))


def while_open(page: Page, start: str, round_id: str, camera: Camera) -> None:
    """Look at a form that is open, at how to change it, and at what hangs on the wall meanwhile."""
    for path in ("", f"rounds/{round_id}", f"rounds/{round_id}/change"):
        page.goto(f"{start}/{path}".rstrip("/"))
        camera.page(*of_page(path), page)
    page.goto(f"{start}/rounds/{round_id}")
    with page.expect_download() as download:
        page.locator("a[href*='/posters/']").first.click()
    page.set_content(download.value.path().read_text())
    camera.page("organisers", "The sheet for the wall of the room, by which everybody finds her own link", page, "A4")


def answered_back(page: Page, start: str, round_id: str, text: str) -> None:
    """Tell those who have answered a round what was heard, in every language that the page asks for."""
    page.goto(f"{start}/rounds/{round_id}/reply")
    for asked in page.locator("textarea").all():
        asked.fill(text)
    page.locator("button[name=preview]").click()
    page.locator("form[action$='/reply/publish'] button").click()
    page.wait_for_url("**published=yes")
