"""Somebody in a real browser: answers a form of each kind, reads what she wrote, and shows each page to whoever looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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

Look = Callable[[str, str, Page], None]


@dataclass
class Participants:
    """The participant of each form who answers it in the browser; what comes back to her, she opens."""

    context: BrowserContext
    language: str
    look: Look
    """Is shown each page, after what step of somebody's way it is, and in which round or message."""
    buddies: Mapping[str, str] = field(default_factory=dict)
    """The addresses of those with whom somebody shares what she writes, by hers."""
    keeps_copies: bool = False
    """Whether she keeps copies of her answers, where a form offers that."""
    links: dict[str, str] = field(default_factory=dict)
    """By round: the link by which it was answered here."""
    receipts: dict[str, str] = field(default_factory=dict)
    """By round: the text of the page after sending."""
    returned: dict[str, str] = field(default_factory=dict)
    """By mail: the text of the page on which somebody reads what she wrote."""
    shared: dict[str, str] = field(default_factory=dict)
    """By round: the text of the page on which a buddy reads what was shared with her."""
    recalled: dict[str, str] = field(default_factory=dict)
    """By round: what its form showed of what was written earlier."""
    copied: dict[str, str] = field(default_factory=dict)
    """By series: the address of who keeps a copy of her answers, and so answers all its rounds here."""
    _forms: set[str] = field(default_factory=set)

    def asked(self, found: Round, links: Mapping[str, str]) -> bool:
        """Answer the first round of each form; what is shared with a buddy, she reads at once."""
        first = min(links)
        if found.form in self._forms and self.copied.get(found.pairs) != first:
            return False
        self._forms.add(found.form)
        self.links[found.id] = links[first]
        page = self.context.new_page()
        page.goto(links[first])
        self.look("form", found.id, page)
        self._recall(found, page)
        filled_in(page, WRITTEN[self.language], at_first=found.stage == "before")
        copy = page.locator("input[name=_copy]")
        if self.keeps_copies and copy.count():
            copy.check()
            self.copied[found.pairs] = first
        shares = page.locator("input[name=_share]")
        if is_shared := shares.count() > 0:
            shares.first.check()
        self.look("filled in", found.id, page)
        page.locator(".send button[type=submit]").click()
        page.wait_for_selector("[data-sent]")
        self.look("receipt", found.id, page)
        self.receipts[found.id] = page.inner_text("main")
        if is_shared:
            self._read_shared(found, page, links[self.buddies[first]])
        page.close()
        return True

    def _recall(self, found: Round, page: Page) -> None:
        """Have the form show what was written earlier, where it can."""
        button = page.locator("#recalled button")
        if button.count():
            button.click()
            page.wait_for_selector("#recalled blockquote")
            self.look("recalled", found.id, page)
            self.recalled[found.id] = page.inner_text("#recalled")

    def _read_shared(self, found: Round, page: Page, link: str) -> None:
        page.goto(link)
        self.look("shared", found.id, page)
        page.locator("button[value=read]").first.click()
        page.wait_for_selector("blockquote")
        self.look("read", found.id, page)
        self.shared[found.id] = page.inner_text("main")

    def mailed(self, what: str, mails: Sequence[Mail]) -> None:
        """Where a mail brings back what somebody wrote here, read it."""
        hers = next((link for mail in mails if (link := mailbox.link(mail)) in self.links.values()), None)
        if hers and what.startswith("message "):
            self._read_again(what, hers)

    def _read_again(self, what: str, link: str) -> None:
        page = self.context.new_page()
        page.goto(link)
        self.look("returned", what.partition(" ")[2], page)
        page.locator("button[value=open]").click()
        page.wait_for_selector("blockquote, form")
        self.look("opened", what.partition(" ")[2], page)
        self.returned[what.partition(" ")[2]] = page.inner_text("main")
        page.close()

    def own_copy(self, link: str) -> str:
        """Open by a link what somebody keeps of her answers; return the text of the page."""
        page = self.context.new_page()
        page.goto(link)
        self.look("copy", "", page)
        button = page.locator("button[value=open]")
        button.click()
        button.wait_for(state="detached")
        self.look("copy, opened", "", page)
        text = page.inner_text("main")
        page.close()
        return text

    def past(self, moment: Moment) -> None:
        """See nothing else."""


def filled_in(page: Page, text: str, *, at_first: bool = False) -> None:
    """Answer every question that shows: the last option but one, before a programme the second, and the same words."""
    for name in page.locator("[data-asked]").evaluate_all("all => all.map(one => one.id)"):
        asked = page.locator(f"[id='{name}']")
        if asked.is_visible():
            _answered(asked, text, at_first=at_first)


def _answered(asked: Locator, text: str, *, at_first: bool) -> None:
    options = asked.locator(".choices label:not(.apart)")
    if count := options.count():
        options.nth(1 if at_first else max(0, count - 2)).click()
    elif asked.locator(".number").count():
        asked.locator(".number").fill("3")
    elif asked.locator("textarea, input[type=text]").count():
        asked.locator("textarea, input[type=text]").first.fill(text)
