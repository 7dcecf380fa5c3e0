"""Somebody in a real browser: answers a form of each kind, reads what she wrote, and shows each page to whoever looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page

from infra import mailbox
from infra.gallery.timetable import Moment
from infra.mailbox import Mail
from shared.rounds import Round

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}

WRITTEN = {
    "da": "Vi prøver det sammen på mandag og taler om det bagefter.",
    "nb": "Vi prøver det sammen på mandag og snakker om det etterpå.",
    "en": "We try it together on Monday and talk about it afterwards.",
}

Look = Callable[[str, Page], None]


@dataclass
class Participants:
    """The participant of each form who answers it in the browser; what comes back to her, she opens."""

    context: BrowserContext
    language: str
    look: Look
    """Is shown each page, with a name for it."""
    links: dict[str, str] = field(default_factory=dict)
    """By round: the link by which it was answered here."""
    receipts: dict[str, str] = field(default_factory=dict)
    """By round: the text of the page after sending."""
    returned: dict[str, str] = field(default_factory=dict)
    """By mail: the text of the page on which somebody reads what she wrote."""
    mails: dict[str, Mail] = field(default_factory=dict)
    """By kind: the first mail of it."""
    _forms: set[str] = field(default_factory=set)

    def asked(self, found: Round, link: str) -> bool:
        """Answer the first round of each form."""
        if found.form in self._forms:
            return False
        self._forms.add(found.form)
        self.links[found.id] = link
        page = self.context.new_page()
        page.goto(link)
        self.look(f"form {found.id}", page)
        filled_in(page, WRITTEN[self.language])
        self.look(f"filled in {found.id}", page)
        page.locator(".send button[type=submit]").click()
        page.wait_for_selector("[data-sent]")
        self.look(f"receipt {found.id}", page)
        self.receipts[found.id] = page.inner_text("main")
        page.close()
        return True

    def mailed(self, what: str, mails: Sequence[Mail]) -> None:
        """Keep the first mail of each kind; where one brings back what somebody wrote here, read it."""
        self.mails.setdefault(what, mails[0])
        hers = next((link for mail in mails if (link := mailbox.link(mail)) in self.links.values()), None)
        if hers and what.startswith("message "):
            self._read_again(what, hers)

    def _read_again(self, what: str, link: str) -> None:
        page = self.context.new_page()
        page.goto(link)
        self.look(f"returned {what}", page)
        page.locator("button[value=open]").click()
        page.wait_for_selector("blockquote, form")
        self.look(f"opened {what}", page)
        self.returned[what.partition(" ")[2]] = page.inner_text("main")
        page.close()

    def past(self, moment: Moment) -> None:
        """See nothing else."""


def filled_in(page: Page, text: str) -> None:
    """Answer every question that shows: the last option but one, and the same words."""
    for name in page.locator("[data-asked]").evaluate_all("all => all.map(one => one.id)"):
        asked = page.locator(f"[id='{name}']")
        if asked.is_visible():
            _answered(asked, text)


def _answered(asked: Locator, text: str) -> None:
    options = asked.locator(".choices label:not(.apart)")
    if count := options.count():
        options.nth(max(0, count - 2)).click()
    elif asked.locator(".number").count():
        asked.locator(".number").fill("3")
    elif asked.locator("textarea, input[type=text]").count():
        asked.locator("textarea, input[type=text]").first.fill(text)
