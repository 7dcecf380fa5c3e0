import json
import time

import pytest

from shared.moderation import Moderation, Ruling
from shared.store import deliverability, desk_account, desk_moderation
from shared.store.desk_speakers import KEPT
from tests.functions.desk.results.spoken import heard, spoken
from tests.functions.desk.visitors import NORTH, OBSERVER, ORGANISER, OWNER, Browser, Page, desk
from tests.functions.examples import dump, queued

pytestmark = pytest.mark.usefixtures("tables")

SPEAKERS = "/desk/programmes/walks/speakers"
ADDRESS = "kari@example.org"


def invite(browser: Browser, speaker: str = "0", address: str = ADDRESS) -> Page:
    form = browser.get(SPEAKERS).form()
    return browser.post(SPEAKERS, {"form": form["form"], "speaker": speaker, "address": address})


def link() -> str:
    """Take the link that waits to be mailed."""
    (message,) = queued()
    found = json.loads(message["body"])
    return f"/desk/speaker/{found['programme']}/{found['token']}"


def test_a_speaker_sees_what_came_of_her_sessions_and_nothing_else() -> None:
    edition = heard()
    useful = next(question for question in edition["questions"] if question["id"] == "useful.maps")
    low, high = useful["positive"]["interval"]
    browser = Browser().sign_in(OWNER)

    assert invite(browser).status == 303
    said = Browser().get(link()).said()

    assert "What was said of your sessions Kari Kart" in said
    assert "Day 1 Maps 12 of 58 have answered. Useful, Maps?" in said
    assert f"{useful['positive']['x']} of 12 positive · among all 58: {low}–{high}" in said
    assert "No 0 0 % Some 6 50 % Yes 6 50 %" in said
    assert not [word for word in ("Food", "Benefit?", "Mons") if word in said]


def test_comments_on_her_sessions_are_there_once_they_are_released() -> None:
    heard()
    invite(Browser().sign_in(OWNER))
    address = link()
    assert "Maps 1." not in Browser().get(address).text

    shown = dict.fromkeys(range(12), Ruling("shown"))
    desk_moderation.put_next("day-1-walks", Moderation(0, released=True, rulings={"said.maps": shown, "said.food": shown}))

    text = Browser().get(address).text
    assert text.count("<blockquote") == 12
    assert "Food 1." not in text


def test_before_anything_is_published_the_page_says_so() -> None:
    spoken()
    invite(Browser().sign_in(OWNER))

    assert "No result about your sessions is published yet." in Browser().get(link()).said()


def test_a_link_is_kept_as_a_hash_only_and_is_over_after_ninety_days() -> None:
    heard()
    invite(Browser().sign_in(OWNER))
    address = link()

    assert address.rpartition("/")[2] not in str(dump("DESK"))
    assert Browser(int(time.time()) + KEPT - 60).get(address).status == 200
    assert Browser(int(time.time()) + KEPT + 60).get(address).status == 404


def test_the_owner_takes_a_link_back_and_the_account_tells_it() -> None:
    heard()
    browser = Browser().sign_in(OWNER)
    invite(browser)
    address = link()
    assert ADDRESS in browser.get(SPEAKERS).said()
    (hashed,) = [part.partition("/end")[0] for part in browser.get(SPEAKERS).text.split(f"{SPEAKERS}/")[1:]]

    for _ in range(2):
        assert browser.post(f"{SPEAKERS}/{hashed}/end", {"form": browser.get(SPEAKERS).form()["form"]}).status == 303

    assert Browser().get(address).status == 404
    assert ADDRESS not in browser.get(SPEAKERS).said()
    assert sorted((deed.what, deed.about) for deed in desk_account.deeds("walks", 9)) == [
        ("speaker", ("Kari Kart",)),
        ("speaker_ended", ("Kari Kart",)),
    ]


@pytest.mark.parametrize(
    ("speaker", "address", "told"),
    [
        ("", ADDRESS, "Choose a speaker."),
        ("7", ADDRESS, "Choose a speaker."),
        ("0", "kari", "Write one address, such as name@example.org."),
        ("0", f"{ADDRESS}, mons@example.org", "Write one address"),
        ("0", "dead@example.org", "Mails to this address have come back"),
    ],
)
def test_what_can_t_be_sent_is_told_and_nothing_is_sent(speaker: str, address: str, told: str) -> None:
    heard()
    deliverability.suppress("dead@example.org", "bounced")

    page = invite(Browser().sign_in(OWNER), speaker, address)

    assert page.status == 422
    assert told in page.said()
    assert queued() == []


def test_while_no_mails_are_sent_no_link_is_said_to_be_on_its_way() -> None:
    heard()
    deliverability.stop("bounces")

    page = invite(Browser().sign_in(OWNER))

    assert page.status == 409
    assert "No mails are sent at the moment." in page.said()
    assert queued() == []


def test_a_link_opens_no_other_programme_and_changed_ones_open_nothing() -> None:
    heard()
    invite(Browser().sign_in(OWNER))
    address = link()

    wrong = [address.replace("/walks/", "/swims/"), address[:-1] + ("A" if address[-1] != "A" else "B"), address[:-1]]

    assert [Browser().get(one).status for one in wrong] == [404, 404, 404]


def test_a_programme_without_speakers_says_so() -> None:
    desk()

    assert "No session of this programme names a speaker." in Browser().sign_in(OWNER).get(SPEAKERS).said()


@pytest.mark.parametrize("who", [ORGANISER, OBSERVER, NORTH])
def test_only_owners_of_the_whole_send_links(who: str) -> None:
    spoken()

    assert Browser().sign_in(who).get(SPEAKERS).status == 403
