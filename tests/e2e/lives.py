"""Whole programmes of forms/, lived through on the tests' stack, and what every one of them must hold to."""

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from infra import simulate
from infra.example_roster import participants
from infra.gallery.desk import answered_back, signed_in
from infra.gallery.life import Done, Life, begun
from infra.gallery.walking import PHONE, WRITTEN, Participants
from infra.publishing import declared_by, files_in
from infra.service import connect
from infra.stack.deploying import Stack
from shared import bucket
from shared.declarations.declared import Declared
from shared.languages import catalogue
from shared.presentation.sentences import figure, response
from shared.rosters.people import Participant
from shared.store import programme_pointers, published
from tests.conftest import settings_of
from tests.e2e.unspoken import Unspoken
from tests.template import ROOT

FORMS = ROOT / "forms"
SMALLEST, COMMENTS_FROM = 5, 3
"""The fewest answers of which a figure is shown, and the fewest comments."""

OWNER = "owner@example.org"

TOLD = "Det har vi hørt."
"""What an owner tells those who have answered."""

Document = Mapping[str, Any]
NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Lived:
    """A life that is over, and all that came out of it."""

    life: Life
    walked: Participants
    results: Mapping[str, Document]
    """By round."""
    comparisons: Mapping[str, Document]
    """By later round of a series."""
    together: Document
    """The programme's edition."""
    opened: dict[str, str] = field(default_factory=dict)
    """By reader: the text of the page that she opened in the desk."""
    report: str = ""
    """The text of the closing report, where one is made."""
    copies: tuple[str, str] = ("", "")
    """What the link of somebody who keeps a copy of her answers shows of it, and what another's link to the same round does."""

    @property
    def language(self) -> str:
        """Return the programme's own language."""
        return self.life.programme.languages[0]

    def answered(self, round_id: str) -> frozenset[str]:
        """Tell who answered a round."""
        return frozenset().union(*(done.answered.get(round_id, ()) for done in self.life.done))

    def asked(self, round_id: str) -> frozenset[str]:
        """Tell who was asked."""
        events = (event for done in self.life.done for event in done.moment.events)
        return frozenset().union(*(event.people for event in events if (event.kind, event.what) == ("opens", round_id)))

    def timetable(self) -> list[tuple[str, str, int]]:
        """Write what was due when, in the programme's local time, and for how many."""
        zone = ZoneInfo(self.life.programme.timezone)
        return [
            (f"{datetime.fromtimestamp(event.at, zone):%d.%m. %H:%M}", f"{event.kind} {event.what}", len(event.people))
            for done in self.life.done
            for event in done.moment.events
            if event.kind in ("opens", "message")
        ]


def everybody(folder: str) -> list[Participant]:
    """Generate the example's sixty participants of a programme."""
    found = declared_by(FORMS / folder, files_in(FORMS / folder))
    assert isinstance(found, Declared)
    return list(participants(found.programme))


def few(folder: str) -> list[Participant]:
    """Choose every second of them, and no more than the mail service takes within two seconds."""
    return everybody(folder)[:54:2]


@dataclass(frozen=True)
class Ground:
    """What programmes live on in tests."""

    stack: Stack
    chromium: Browser
    unspoken: Unspoken

    def lived(self, folder: str, people: Sequence[Participant], pages: Mapping[str, str] = NONE, told: str = "") -> Lived:
        """Live through a programme, and open pages of it in the desk, each by its reader's address.

        Of a round of a series the owner tells the result, and somebody reads it beside the copy of her own answers; the owner closes with
        a report.
        The stack's clock shows the real time afterwards.
        """
        with pytest.MonkeyPatch.context() as monkeypatch, settings_of(self.stack, monkeypatch):
            try:
                return self._lived(folder, people, pages, told)
            finally:
                published.put_clock_offset(0)

    def _lived(self, folder: str, people: Sequence[Participant], pages: Mapping[str, str], told: str) -> Lived:
        life = begun(connect(), FORMS / folder, people)
        language = life.programme.languages[0]
        context = self.chromium.new_context(**PHONE, locale=language)
        context.set_default_timeout(60_000)
        buddies = {person.email: person.buddy for person in people}
        walked = Participants(context, language, lambda _step, _what, _page: None, buddies, bool(told))
        life.live(walked)
        self.unspoken.add(*WRITTEN.values(), *(person.email for person in people))
        self.unspoken.add(*(link.rpartition("/")[2] for link in walked.links.values()))
        seen = read(life, walked)
        for email, path in pages.items():
            seen.opened[email] = self._opened(life, email, path)
        if told:
            seen = replace(seen, report=self._told(life, told), copies=self._copies(life, walked, told))
        context.close()
        return seen

    def _copies(self, life: Life, walked: Participants, told: str) -> tuple[str, str]:
        """Open by two people's links to the last round of a series what one of them keeps."""
        self._wait(walked, walked.links[told])
        rounds = published.rounds(life.programme.id)
        last = [rounds[name] for name in walked.links if rounds[name].pairs == rounds[told].pairs][-1]
        links = simulate.links_of(life.service, last.ref)
        hers = walked.copied[last.pairs]
        other = next(link for email, link in sorted(links.items()) if email != hers)
        return walked.own_copy(links[hers]), walked.own_copy(other)

    def _told(self, life: Life, told: str) -> str:
        """Answer back as the owner, in every language that the page asks for, and return the text of the closing report that she makes."""
        context = self.chromium.new_context(locale=life.programme.languages[0])
        page = signed_in(context, life.service, self.stack.base_address, OWNER)
        start = f"{self.stack.base_address}/desk/programmes/{life.programme.id}"
        answered_back(page, start, told, TOLD)
        page.goto(f"{start}/report")
        page.locator("main form:not(.leave) button[type=submit]").first.click()
        page.wait_for_url("**/report/1")
        report = page.inner_text("body")
        context.close()
        return report

    def _wait(self, walked: Participants, link: str) -> None:
        """Wait until a link's page shows what is told: what is known of a round is used for a minute."""
        page = walked.context.new_page()
        while TOLD not in page.goto(link).text():  # type: ignore[union-attr] # an address of ours answers
            time.sleep(1)
        page.close()

    def _opened(self, life: Life, email: str, path: str) -> str:
        """Sign somebody in, and return the text of a page of the programme."""
        context = self.chromium.new_context(locale=life.programme.languages[0])
        page = signed_in(context, life.service, self.stack.base_address, email)
        page.goto(f"{self.stack.base_address}/desk/programmes/{life.programme.id}/{path}")
        text = page.inner_text("main")
        context.close()
        return text


def read(life: Life, walked: Participants) -> Lived:
    """Read all that came out of a life."""
    rounds = published.rounds(life.programme.id)
    prefixes = {name: found.edition for name, found in rounds.items() if found.edition}
    pairs = {name: _read(f"{prefix}/pairs.json") for name, prefix in prefixes.items() if rounds[name].pairs}
    pointer = programme_pointers.edition(life.programme.id)
    assert pointer
    return Lived(
        life,
        walked,
        {name: _read(f"{prefix}/edition.json") for name, prefix in prefixes.items()},
        {name: found for name, found in pairs.items() if found},
        _read(f"{pointer}/edition.json"),
    )


def _read(key: str) -> Any:
    return json.loads(bucket.get(key))


def expect_mails(seen: Lived) -> None:
    """Expect one mail for whoever something is due for, and otherwise reminders alone, to those who have not answered."""
    silent: set[str] = set()
    for done in seen.life.done:
        got = Counter(mail.to for mail in done.mails)
        assert set(got.values()) <= {1}, done.moment
        due = _due(seen, done)
        assert due <= got.keys(), done.moment
        assert got.keys() - due <= silent, done.moment
        for event in done.moment.events:
            silent |= event.people - done.answered[event.what] if event.kind == "opens" else set()


def _due(seen: Lived, done: Done) -> frozenset[str]:
    returned = {message.id: message.returns for message in seen.life.programme.messages if message.returns}
    return frozenset().union(
        *(
            event.people & seen.answered(returned[event.what]) if event.what in returned else event.people
            for event in done.moment.events
            if event.kind in ("opens", "message")
        )
    )


def expect_results(seen: Lived) -> None:
    """Expect a result of every round that is not personal: n of N as they were asked and answered."""
    rounds = {event.what for done in seen.life.done for event in done.moment.events if event.kind == "result"}
    assert seen.results.keys() == rounds
    for name, found in seen.results.items():
        assert (found["n"], found["N"]) == (len(seen.answered(name)), len(seen.asked(name))), name
        assert found["unopened"] == 0


def expect_nothing_small(seen: Lived) -> None:
    """Expect nothing of too few in any result, nor by taking its parts from a group."""
    for name, found in seen.results.items():
        for question in found["questions"]:
            fewest = COMMENTS_FROM if question["kind"] == "text" else SMALLEST
            assert question["hidden"] or not question["n"] or question["n"] >= fewest, (name, question["id"])
        nodes = (found["breakdown"] or {"nodes": []})["nodes"]
        # that nobody has answered is no secret: a group with no answers at all is told
        assert all(not 0 < node["n"] < SMALLEST if node["shown"] else node["n"] is None for node in nodes), name
        assert all(rest == 0 or rest >= SMALLEST for rest in _rests(found, nodes)), name


def _rests(found: Document, nodes: Sequence[Document]) -> Iterator[int]:
    """Tell how many are left of each group that is shown when its shown parts are taken away."""
    shown = {tuple(node["path"]): node["n"] for node in nodes if node["shown"] and node["path"][-1] is not None}
    for path, n in [((), found["n"]), *shown.items()]:
        parts = [other for at, other in shown.items() if at[:-1] == path]
        yield n - sum(parts) if parts else 0


def expect_pairs(seen: Lived, before: str, after: str) -> None:
    """Expect a comparison of those who answered both times: goals with figures, or with the reason why not.

    Which pairs are left out is drawn by lot, so which goals can be told without giving somebody away differs from run to run,
    and after other comparisons of few people perhaps none can.
    """
    both = seen.answered(before) & seen.answered(after)
    found = seen.comparisons[after]
    assert found["hidden"] or SMALLEST <= found["n"] == len(both) - found["left_out"]
    assert [question["id"] for question in found["questions"]] == [f"goal.{goal.id}" for goal in seen.life.programme.goals]
    for question in found["questions"]:
        if found["hidden"] or question["hidden"]:
            assert question["hidden"]["reason"] in {"small", "protect"}
        else:
            assert SMALLEST <= question["figures"]["n"] <= found["n"]


def expect_beside_the_day(seen: Lived, day: str, later: str) -> None:
    """Expect that the owner has read what people meant to do on the day, and then what they have used weeks later."""
    at, words = 0, catalogue(seen.language).gettext
    for name, asked in ((day, "next-step"), (later, "used")):
        found = seen.results[name]
        question = next(question for question in found["questions"] if question["id"] == asked)
        for said in (response(dict(found), words), question["text"][seen.language], figure(dict(question), words)):
            at = seen.opened[OWNER].index(said, at) + len(said)


def expect_letters_back(seen: Lived, message: str) -> None:
    """Expect that who wrote in the browser reads it again by the mail that brings it back."""
    assert WRITTEN[seen.language] in seen.walked.returned[message]
