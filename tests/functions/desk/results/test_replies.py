"""An answer back: drafted in the desk, published by the function that publishes, mailed, and read behind one's own link."""

import re
import time

import pytest

from functions.publish.handler import handler as publish_handler
from shared import link_keys
from shared.declarations.declared import Declared, declared
from shared.envelopes import Answer
from shared.settings import setting
from shared.store import deliverability, desk_account, invitations, published, replies, roster
from shared.store.client import client, key
from shared.store.roster import Person
from tests.functions.desk.visitors import NORTH, OBSERVER, ORGANISER, OWNER, STAFF, Browser, Page, frozen
from tests.functions.examples import FILES, PROGRAMME, enrol, invite, oslo, participant, publish, queued, send, set_clock
from tests.functions.open_round import forget, get
from tests.functions.outbox import Outbox
from tests.functions.parsed_mails import parsed
from tests.once import once

ROUND = "/desk/programmes/walks/rounds/day-1"
REPLY, PREVIEW, PUBLISH = f"{ROUND}/reply", f"{ROUND}/reply/preview", f"{ROUND}/reply/publish"
DECLARED = FILES | {"programme.yaml": PROGRAMME + STAFF}
OPEN, CLOSED, NIGHT = oslo("2025-08-26T18:00"), oslo("2025-08-28T10:00"), oslo("2025-08-28T22:00")
NAMES = ("anna", "berit", "cecilie", "dagny", "eva", "frida")
TEXTS = {"heard-nb": "For langt.", "change-nb": "Kortere.", "heard-en": "Too <b>long</b>.\nReally.", "change-en": "Shorter."}


@pytest.fixture
def outbox(tables: object, monkeypatch: pytest.MonkeyPatch) -> Outbox:  # noqa: ARG001
    """Publish a result; watch what leaves from then on."""
    monkeypatch.setenv("STAGE", "local")
    answered()
    sent = Outbox()
    set_clock(CLOSED)
    forget()
    return sent


@once
def answered() -> None:
    """Publish the programme, invite six, and publish the result of five answers."""
    publish(DECLARED)
    enrol(map(participant, NAMES))
    run(OPEN)
    found = declared("walks", {name: text.encode() for name, text in DECLARED.items()})
    assert isinstance(found, Declared)
    frozen(found, published.rounds("walks")["day-1"], [Answer("", {"benefit": "4"}, (), "day-1")] * 5, invited=6)


def run(at: int) -> int:
    """Plan and send as of a time; return how many mails were queued."""
    set_clock(at)
    forget()
    count = invite(int(time.time()))
    records = queued()
    assert not records or send(records) == []
    return count


def save(browser: Browser, **changed: str) -> Page:
    return browser.post(REPLY, browser.get(REPLY).form() | TEXTS | changed)


def press(browser: Browser) -> Page:
    form = browser.get(PREVIEW).form()
    return browser.post(PUBLISH, {name: form[name] for name in ("form", "number")})


def reached(outbox: Outbox) -> list[str]:
    found = sorted(address.removesuffix("@example.org") for address in outbox.to().elements())
    outbox.mails.clear()
    return found


def link(outbox: Outbox, name: str = "anna") -> str:
    """Take somebody's own link out of her mail."""
    (mail,) = [mail for mail in outbox.mails if mail["Destination"]["ToAddresses"] == [f"{name}@example.org"]]
    found = re.search(r"https://kursdag\.example\.org(/e/\S+)", parsed(mail).parts["text"])
    assert found
    return found[1]


@pytest.mark.slow
def test_it_is_drafted_looked_at_in_each_language_published_and_mailed_once_to_all_who_were_invited(outbox: Outbox) -> None:
    browser = Browser().sign_in(OWNER)

    assert save(browser, preview="yes").place == f"{PREVIEW}?saved=yes"
    assert "Too <b>long</b>. Really." in browser.get(PREVIEW).said()
    assert "5 of 6 have answered." in browser.get(PREVIEW).said()
    assert "For langt." in browser.get(PREVIEW, "in=nb").said()
    assert press(browser).place == f"{REPLY}?published=yes"
    assert press(browser).status == 303

    assert [run(CLOSED + minutes * 60) for minutes in (5, 10, 600)] == [6, 0, 0]
    assert {parsed(mail).subject for mail in outbox.mails} == {"What we heard, and what we will change: Day 1 (Walk leader)"}
    assert "Shorter." in parsed(outbox.mails[0]).parts["text"]
    assert "&lt;b&gt;long&lt;/b&gt;" in parsed(outbox.mails[0]).parts["html"]
    assert reached(outbox) == list(NAMES)
    assert sorted(deed.what for deed in desk_account.deeds("walks", 9)) == ["replied", "replied"]


def test_her_own_link_then_shows_the_reply_and_the_figures_for_all_together(outbox: Outbox) -> None:
    browser = Browser().sign_in(OWNER)
    save(browser)
    press(browser)
    run(CLOSED + 300)

    page = get(link(outbox), int(time.time()))

    assert page.status == 200
    assert "Too &lt;b&gt;long&lt;/b&gt;." in page.text
    assert "5 of 6 have answered." in page.text
    assert "5 of 5 positive · among all 6: 5–6" in page.text
    assert "<script" not in page.text
    assert "Kortere." in get(link(outbox), int(time.time()), "lang=nb").text


def test_before_it_is_published_a_link_says_that_the_form_is_closed(outbox: Outbox) -> None:  # noqa: ARG001
    browser = Browser().sign_in(OWNER)
    save(browser)
    (anna,) = [person for person in roster.people("walks") if person.participant.email.startswith("anna")]

    assert "The form is closed" in get(f"/e/{_ref()}/{_token(anna)}", int(time.time())).text


def test_who_wants_no_more_mails_and_who_can_t_be_reached_get_none(outbox: Outbox) -> None:
    ids = {person.participant.email: person.id for person in roster.people("walks")}
    invitations.stop_reminders("walks", ids["anna@example.org"])
    deliverability.suppress("berit@example.org", "bounced")
    browser = Browser().sign_in(OWNER)
    save(browser)
    press(browser)

    run(CLOSED + 300)

    assert reached(outbox) == ["cecilie", "dagny", "eva", "frida"]


def test_what_is_published_at_night_goes_out_in_the_morning(outbox: Outbox) -> None:
    set_clock(NIGHT)
    browser = Browser().sign_in(OWNER)
    save(browser)
    press(browser)

    assert run(NIGHT + 300) == 0
    assert run(oslo("2025-08-29T07:00")) == 6
    assert reached(outbox) == list(NAMES)


def test_once_the_link_s_key_is_destroyed_the_mail_goes_out_without_it(outbox: Outbox) -> None:
    client().delete_item(TableName=setting("KEYS_TABLE"), Key=key(f"ROUND#{_ref()}", "LINK"))
    link_keys.link_key.cache_clear()
    browser = Browser().sign_in(OWNER)
    save(browser)
    press(browser)

    run(CLOSED + 300)

    assert "The link by which you were invited now leads to the figures." in parsed(outbox.mails[0]).parts["text"]
    assert "/e/" not in parsed(outbox.mails[0]).parts["text"]
    assert reached(outbox) == list(NAMES)


def test_a_mended_reply_takes_its_place_and_nobody_gets_a_second_mail(outbox: Outbox) -> None:
    browser = Browser().sign_in(OWNER)
    save(browser)
    press(browser)
    run(CLOSED + 300)
    address = link(outbox)
    outbox.mails.clear()

    save(browser, **{"change-en": "Much shorter."})
    assert "nobody gets a second mail" in browser.get(PREVIEW).said()
    press(browser)
    forget()

    assert run(CLOSED + 600) == 0
    assert "Much shorter." in get(address, int(time.time())).text


def test_a_reply_that_is_not_whole_can_t_be_published(outbox: Outbox) -> None:  # noqa: ARG001
    browser = Browser().sign_in(OWNER)
    save(browser, **{"heard-nb": " "})

    assert "Something is not written yet in: Norsk bokmål" in browser.get(PREVIEW).said()
    form = browser.get(REPLY).form()
    assert browser.post(PUBLISH, {name: form[name] for name in ("form", "number")}).status == 409
    assert replies.get(_ref()) is None


def test_of_two_who_draft_at_once_the_second_is_told_and_keeps_her_text(outbox: Outbox) -> None:  # noqa: ARG001
    first = Browser().sign_in(OWNER)
    second = Browser(cookies=dict(first.cookies))
    seen = second.get(REPLY).form()
    save(first)

    page = second.post(REPLY, seen | TEXTS | {"change-en": "Longer."})

    assert page.status == 409
    assert "somebody else has changed this draft meanwhile" in page.said()
    assert "Longer." in page.text


def test_what_was_not_looked_at_is_not_published(outbox: Outbox) -> None:  # noqa: ARG001
    browser = Browser().sign_in(OWNER)
    save(browser)
    form = browser.get(PREVIEW).form()
    save(browser, **{"change-en": "Longer."})

    assert browser.post(PUBLISH, {name: form[name] for name in ("form", "number")}).status == 409
    assert replies.get(_ref()) is None


@pytest.mark.parametrize("who", [ORGANISER, OBSERVER, NORTH])
def test_only_owners_of_the_whole_answer_back(outbox: Outbox, who: str) -> None:  # noqa: ARG001
    asked = {"time": "2025-08-28T08:00:00Z", "programme": "walks", "author": who, "reply": {"round": "day-1", "document": {}}}

    assert Browser().sign_in(who).get(REPLY).status == 403
    assert publish_handler(asked, None) == {"refused": "not allowed"}
    assert replies.get(_ref()) is None


def _ref() -> str:
    return published.rounds("walks")["day-1"].ref


def _token(person: Person) -> str:
    return link_keys.token(published.rounds("walks")["day-1"], person)
