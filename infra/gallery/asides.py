"""What participants meet beside the straight way: declining, a lost link, no more reminders, a letter deleted, a team's plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

from infra.gallery.walking import WRITTEN, Look, filled_in
from infra.mailbox import Mail
from shared.rosters.people import Participant
from shared.rounds import Round

STOP = re.compile(r"http\S+/stop/\S+")

Act = Callable[[], None]


@dataclass
class Asides:
    """Shows each of these once, by the links of others than the one who answers in the browser."""

    context: BrowserContext
    language: str
    look: Look
    people: Mapping[str, Participant]
    """By address."""
    _done: set[str] = field(default_factory=set)

    def asked(self, found: Round, links: Mapping[str, str], walked: str) -> None:
        """Take what there is to see in a round that has just opened; ``walked`` is the link that answered it in the browser, if one did."""
        if walked:
            self._once("answered", lambda: self._see("answered", found, walked))
        else:
            self._once(f"form {found.id}", lambda: self._see("form", found, links[min(links)]))
        able = [email for email in sorted(links, reverse=True)[:-1] if self.people[email].language == self.language]
        others = {email: links[email] for email in able if links[email] != walked}
        if found.mode == "personal" and walked:
            team = self.people[next(email for email, link in links.items() if link == walked)].team
            mates = [email for email in others if team and self.people[email].team == team]
            strangers = [link for email, link in others.items() if email not in mates]
            if strangers:
                self._once("letter", lambda: self._letter(found, strangers[0]))
            self._member(found, [links[email] for email in mates])
        elif found.evaluates:
            self._once("declined", lambda: self._declined(found, others))

    def reminded(self, mails: Sequence[Mail]) -> None:
        """Stop the reminders of the last who is reminded."""
        addresses = [found[0] for mail in mails if (found := STOP.search(mail.text))]
        if addresses:
            self._once("stop", lambda: self._pressed("stop", "stopped", "", addresses[-1]))

    def _once(self, what: str, act: Act) -> None:
        if what not in self._done:
            self._done.add(what)
            act()

    def _see(self, step: str, found: Round, address: str) -> None:
        with self.context.new_page() as page:
            page.goto(address)
            self.look(step, found.id, page)

    def _pressed(self, step: str, then: str, what: str, address: str) -> None:
        with self.context.new_page() as page:
            page.goto(address)
            self.look(step, what, page)
            _press(page, "main form button")
            self.look(then, what, page)

    def _declined(self, found: Round, others: Mapping[str, str]) -> None:
        (email, away), (_, unwilling), *_ = others.items()
        self._pressed("absent", "absent, noted", found.id, f"{away}/absent")
        self._pressed("unwilling", "unwilling, noted", found.id, f"{unwilling}/unwilling")
        place = urlsplit(away)
        find = f"{place.scheme}://{place.netloc}/find/{found.ref}"
        self._see("let in", found, f"{find}/let-me-in")
        with self.context.new_page() as page:
            page.goto(find)
            self.look("find", found.id, page)
            page.locator("input[name=address]").fill(email)
            _press(page, "main form button")
            self.look("find, sent", found.id, page)

    def _letter(self, found: Round, link: str) -> None:
        """Write what is then read, changed and deleted again."""
        with self.context.new_page() as page:
            page.goto(link)
            filled_in(page, WRITTEN[self.language])
            _press(page, ".send button[type=submit]")
            page.goto(link)
            self.look("kept", found.id, page)
            _press(page, "button[value=open]")
            self.look("changed", found.id, page)
            page.goto(link)
            _press(page, "button[value=delete]")
            self.look("delete", found.id, page)
            _press(page, "button[value=delete-now]")
            self.look("deleted", found.id, page)

    def _member(self, found: Round, links: Sequence[str]) -> None:
        """Open by another member's link what a team's first member has written."""
        with self.context.new_page() as page:
            if links and page.goto(links[0]) and page.locator("button[value=open]").count():
                self.look("member", found.id, page)
                _press(page, "button[value=open]")
                self.look("member, opened", found.id, page)


def _press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.locator(button).first.click()
