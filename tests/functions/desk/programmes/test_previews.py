"""Every form and mail of a programme, as staff see it beforehand: nothing is stored, and nobody gets a mail."""

import json
import re
import time
from urllib.parse import urlencode

import pytest

from shared.links import preview_path
from shared.sessions import fingerprint
from tests.functions.desk.programmes.test_drafts import OWN, begun
from tests.functions.desk.visitors import OBSERVER, OWNER, STAFF, Browser, Page
from tests.functions.examples import DAY, PROGRAMME, dump, publish, queued
from tests.once import once

pytestmark = pytest.mark.usefixtures("tables")

MESSAGES = """\
messages:
  - id: boots
    title: {nb: Før vi går, en: Before we walk}
    text: {nb: "Prøv skoene, se https://example.org/sko", en: Try your boots.}
    on: 7 days before day-2 at 08:00
"""
FILES = OWN | {"programme.yaml": PROGRAMME.replace("2025-", "2095-") + STAFF + MESSAGES}
HERE = "/desk/preview/programme/walks"
FORM = f"{HERE}/rounds/day-2"
STORED = ("PUBLISHED", "ROSTER", "INVITATIONS", "BOX", "KEYS")


@pytest.fixture
def owner(tables: object) -> Browser:  # noqa: ARG001
    once(publish)(FILES)
    return Browser().sign_in(OWNER)


def everything() -> dict[str, object]:
    return {name: dump(name) for name in STORED}


def sent(browser: Browser, path: str = FORM, query: str = "at=south&lang=en", **typed: str) -> Page:
    """Fill in a form as it stands on its page, and send it."""
    hidden = {name: value for name, value in browser.get(path, query).form().items() if name.startswith("_")}
    return browser.post(path, hidden | typed)


def links_of(page: Page) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'href="(/desk/preview/[^"]*)"', page.text)]


@pytest.mark.slow
def test_every_form_and_mail_is_there_in_every_language_and_place(owner: Browser) -> None:
    index = owner.get(HERE)

    for place in ("north", "south", "west"):
        for language in ("nb", "en"):
            assert f"{FORM}?lang={language}&at={place}" in links_of(index)
            assert f"{HERE}/mails/reminder/day-2?lang={language}&at={place}" in links_of(index)
    assert "Before we walk" in index.said()
    assert "30 September 2095 at 08:00" in index.said()
    for link in set(links_of(index)):
        path, _, query = link.partition("?")
        page = owner.get(path, query)
        assert page.status == 200, link
        assert not query or f'lang="{query.removeprefix("lang=")[:2]}"' in page.text


@pytest.mark.parametrize(("language", "words"), [("nb", "Utbytte?"), ("en", "Benefit?"), ("tlh", "Utbytte?")])
def test_a_form_is_the_participants_own_page_and_says_that_it_is_a_preview(owner: Browser, language: str, words: str) -> None:
    page = owner.get(FORM, f"at=west&lang={language}")

    assert f"<legend>{words}</legend>" in page.text
    assert '<p class="card note">' in page.text
    assert "data-draft" not in page.text


def test_filling_in_and_sending_shows_the_receipt_and_stores_nothing(owner: Browser) -> None:
    before = everything()

    page = sent(owner, benefit="4", takeaway="A map")

    assert "Thank you, your answer is received" in page.said()
    assert "Preview: nothing is stored" in page.said()
    assert everything() == before
    assert queued() == []


def test_faults_and_another_language_are_as_participants_meet_them(owner: Browser) -> None:
    empty = sent(owner)
    long = sent(owner, takeaway="x" * 2001)
    switched = sent(owner, takeaway="A map", _switch="nb")

    assert (empty.status, long.status, switched.status) == (422, 422, 200)
    assert "Nothing is filled in yet" in empty.said()
    assert '<html lang="nb">' in switched.text
    assert "A map</textarea>" in switched.text


def test_a_form_of_another_round_or_session_is_refused(owner: Browser) -> None:
    hidden = {name: value for name, value in owner.get(FORM, "at=south").form().items() if name.startswith("_")}

    assert owner.post(f"{HERE}/rounds/day-1", hidden | {"benefit": "4"}).status in (404, 422)
    assert owner.post(FORM, {"benefit": "4"}).status == 422
    assert Browser().sign_in("organiser@example.org").post(FORM, hidden | {"benefit": "4"}).status == 422


@pytest.mark.parametrize(
    ("path", "query", "words"),
    [
        ("mails/invitation/day-2", "at=south&lang=en", "The day is over"),
        ("mails/invitation/day-2", "at=south&lang=nb", "Hei Kim Lind,"),
        ("mails/reminder/day-2", "at=south&lang=en", "There is still time"),
        ("mails/message/boots", "lang=en", "Try your boots."),
        ("mails/message/boots", "lang=nb", "Prøv skoene"),
    ],
)
def test_a_mail_is_shown_as_it_will_be_sent(owner: Browser, path: str, query: str, words: str) -> None:
    page = owner.get(f"{HERE}/{path}", query)

    assert words in page.said()
    assert ' style="' not in page.text
    assert "<!--" not in page.text
    assert queued() == []


def test_the_link_in_a_mail_leads_to_the_preview_of_its_form(owner: Browser) -> None:
    page = owner.get(f"{HERE}/mails/invitation/day-2", "at=south&lang=en")

    assert preview_path("walks", "day-2", "south", "en") in links_of(page) or preview_path("walks", "day-2", "south", "en") in page.said()


def test_a_draft_is_previewed_before_anything_is_published(owner: Browser) -> None:
    files = FILES | {"day.yaml": DAY.replace("Benefit?", "What was it worth?")}
    draft = begun(owner, files).rpartition("/")[2]
    before = dump("PUBLISHED")

    index = owner.get(f"/desk/preview/draft/{draft}")
    page = owner.get(f"/desk/preview/draft/{draft}/rounds/day-1", "lang=en")
    mail = owner.get(f"/desk/preview/draft/{draft}/mails/invitation/day-1", "lang=en")

    assert f"/desk/preview/draft/{draft}/rounds/day-1?lang=nb&at=day-1" in links_of(index)
    assert "<legend>What was it worth?</legend>" in page.text
    assert f"/desk/preview/draft/{draft}/rounds/day-1" in mail.text
    assert dump("PUBLISHED") == before


def test_a_draft_with_faults_leads_to_its_page_and_somebody_else_s_is_not_there(owner: Browser) -> None:
    draft = begun(owner, FILES | {"day.yaml": DAY.replace("kind: text", "kind: poem")}).rpartition("/")[2]

    faulty = owner.get(f"/desk/preview/draft/{draft}")

    assert (faulty.status, faulty.place) == (303, f"/desk/drafts/{draft}")
    assert Browser().sign_in("organiser@example.org").get(f"/desk/preview/draft/{draft}").status == 404


@pytest.mark.parametrize("path", ["rounds/day-9", "mails/invitation/day-9", "mails/message/gloves", "mails/letter/day-2"])
def test_what_a_programme_does_not_have_is_not_there(owner: Browser, path: str) -> None:
    assert owner.get(f"{HERE}/{path}", urlencode({"lang": "en"})).status == 404
    assert owner.get(f"{HERE}/rounds/day-2", "at=east").status == 404


def test_observers_are_shown_no_preview(owner: Browser) -> None:  # noqa: ARG001
    assert Browser().sign_in(OBSERVER).get(HERE).status == 403


MAIL = f"{HERE}/mails/invitation/day-2"


def tried(browser: Browser, path: str = MAIL, **more: str) -> Page:
    """Press the button below a mail."""
    form = browser.get(path, urlencode({"at": "south", "lang": "en"})).form()
    return browser.post(path, form | more)


def test_a_mail_is_sent_as_a_test_to_oneself_alone_and_the_account_tells_it(owner: Browser) -> None:
    done = tried(owner)

    (message,) = queued()
    assert done.place == f"{MAIL}?at=south&lang=en&done=sent"
    assert json.loads(message["body"]) == {
        "programme": "walks",
        "mail": "invitation",
        "item": "day-2",
        "gathering": "south",
        "language": "en",
        "staff": fingerprint(OWNER),
    }
    assert "The test mail is on its way to owner@example.org" in owner.get(MAIL, "at=south&lang=en&done=sent").said()
    assert "Had a test mail sent to oneself: Day 2" in owner.get("/desk/programmes/walks/account").said()


def test_the_same_mail_is_sent_once_a_minute_and_another_one_at_once(owner: Browser) -> None:
    first, again, other = tried(owner), tried(owner), tried(owner, lang="nb")

    assert (first.status, again.status, other.status) == (303, 429, 303)
    assert "less than a minute ago" in again.said()
    assert len(queued()) == 2
    later = Browser(int(time.time()) + 61, owner.cookies)
    assert tried(later).status == 303


def test_a_draft_s_mail_can_be_seen_but_not_sent(owner: Browser) -> None:
    path = f"/desk/preview/draft/{begun(owner, FILES).rpartition('/')[2]}/mails/invitation/day-1"

    page = owner.get(path)
    refused = owner.post(path, owner.get("/desk/new").form())

    assert "Once the programme is published" in page.said()
    assert refused.status == 404
    assert queued() == []


def test_a_mail_that_there_is_not_is_not_sent(owner: Browser) -> None:
    form = owner.get(MAIL, "at=south").form()

    assert owner.post(f"{HERE}/mails/reminder/day-9", form).status == 404
    assert owner.post(MAIL, form | {"at": "east"}).status == 404
    assert queued() == []
