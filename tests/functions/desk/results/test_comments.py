import re
from typing import Any
from urllib.parse import urlencode

import pytest

from shared import bucket, moderation
from shared.results import editions
from shared.store import desk_account, desk_moderation, published
from shared.store.client import client
from tests.functions.desk.visitors import NORTH, OBSERVER, ORGANISER, OWNER, Browser, Page, answer, desk, frozen, opened, staffed
from tests.functions.examples import scanned
from tests.functions.open_round import TYPE

pytestmark = pytest.mark.usefixtures("tables")

ROUND = "/desk/programmes/walks/rounds/day-1"
RESULT, COMMENTS, RELEASE = f"{ROUND}/result", f"{ROUND}/comments", f"{ROUND}/comments/release"
REF = "day-1-walks"


def owner(who: str = OWNER) -> Browser:
    return Browser().sign_in(who)


def place_of(browser: Browser, text: str) -> str:
    """Find the number of the comment that holds a text."""
    parts = re.split(r"<fieldset", browser.get(COMMENTS).text)[1:]
    (part,) = [part for part in parts if text in part]
    found = re.search(r'name="state-(\d+)"', part)
    assert found
    return found[1]


def decide(browser: Browser, query: str = "", **chosen: str) -> Page:
    token = browser.get(COMMENTS, query).form()
    return browser.ask("POST", COMMENTS, urlencode(token | chosen).encode(), query, content_type=TYPE, sec_fetch_site="same-origin")


def release(browser: Browser, wanted: str = "yes") -> Page:
    form = browser.get(COMMENTS).form()
    return browser.post(RELEASE, {"form": form["form"], "release": wanted})


def shown(browser: Browser) -> list[str]:
    return re.findall(r"<blockquote>(.*?)</blockquote>", browser.get(RESULT).text, re.DOTALL)


def test_nobody_sees_a_comment_before_the_owner_has_released_it() -> None:
    desk()

    page = owner(OBSERVER).get(RESULT)

    assert "3 comments. None is shown before the programme's owner has read and released them." in page.said()
    assert "First line" not in page.text
    assert "Read the comments" not in page.text


def test_the_owner_reads_shows_hides_and_releases() -> None:
    desk()
    browser, observer = owner(), owner(OBSERVER)
    assert "0 to be shown, 0 hidden, 3 to read" in browser.get(COMMENTS).said()

    page = decide(browser, **{f"state-{place_of(browser, 'First line')}": "shown", f"state-{place_of(browser, '=1+1')}": "hidden"})

    assert (page.status, page.place) == (303, f"{COMMENTS}?page=1&saved=yes")
    assert "1 to be shown, 1 hidden, 1 to read" in browser.get(COMMENTS).said()
    assert shown(observer) == shown(browser) == []
    assert release(browser).status == 303
    assert shown(observer) == shown(browser) == ["First line\nSecond line"]
    assert "1 comment (2 more are not shown)" in observer.get(RESULT).said()


def test_words_that_are_blacked_out_are_seen_by_nobody_else_and_the_original_stays() -> None:
    desk()
    browser = owner()
    before = _original()
    number = place_of(browser, "First line")

    decide(browser, **{f"state-{number}": "shown", f"black-{number}": "Second"})
    release(browser)

    assert shown(browser) == ["First line\n[…] line"]
    assert 'value="Second"' in browser.get(COMMENTS).text
    assert _original() == before


def test_words_that_are_not_in_a_comment_are_told_and_nothing_is_saved() -> None:
    desk()
    browser = owner()
    number = place_of(browser, "First line")

    page = decide(browser, **{f"state-{number}": "shown", f"black-{number}": "Second, Third"})

    assert page.status == 422
    assert "Not in this comment: Third" in page.said()
    assert 'value="Second, Third"' in page.text
    assert desk_moderation.latest(REF).number == 0


def test_of_two_owners_at_once_the_second_is_told_and_keeps_what_she_chose() -> None:
    desk()
    first = owner()
    second = Browser(cookies=dict(first.cookies))
    one, other = place_of(first, "First line"), place_of(first, "=1+1")
    seen = second.get(COMMENTS).form()
    decide(first, **{f"state-{one}": "hidden"})

    page = second.post(COMMENTS, seen | {f"state-{one}": "shown", f"state-{other}": "shown"})

    assert page.status == 409
    assert "somebody else has decided about these comments meanwhile" in page.said()
    assert f'name="state-{one}" value="hidden" checked' in page.text
    assert f'name="state-{other}" value="shown" checked' in page.text
    assert desk_moderation.latest(REF).number == 1


def test_the_same_saved_twice_is_one_version_and_each_version_stays() -> None:
    desk()
    browser = owner()
    seen = browser.get(COMMENTS).form()
    chosen = seen | {"rest": "shown"}

    assert [browser.post(COMMENTS, chosen).status for _ in range(2)] == [303, 303]
    assert desk_moderation.latest(REF).number == 1
    release(browser)
    assert release(browser).status == 303
    assert desk_moderation.latest(REF).number == 2
    assert len([item for item in scanned("DESK") if item["pk"]["S"] == f"COMMENTS#{REF}"]) == 2


def test_a_release_can_be_taken_back() -> None:
    desk()
    browser = owner()
    browser.post(COMMENTS, browser.get(COMMENTS).form() | {"rest": "shown"})
    release(browser)
    assert len(shown(browser)) == 3

    release(browser, "no")

    assert shown(browser) == []


def test_what_the_owner_decides_stands_in_the_account() -> None:
    desk()
    browser = owner()
    browser.post(COMMENTS, browser.get(COMMENTS).form() | {"rest": "shown"})
    release(browser)
    release(browser, "no")

    assert sorted(deed.what for deed in desk_account.deeds("walks", 9)) == ["moderated", "released", "withdrew"]
    assert "Released the comments: Day 1" in browser.get("/desk/programmes/walks/account").said()


def test_two_hundred_comments_come_in_pages() -> None:
    found = staffed()
    frozen(found, opened(found), [answer(benefit="3", takeaway=f"Comment {number:03}.") for number in range(200)], invited=300)
    browser = owner()

    assert browser.get(COMMENTS).text.count("<blockquote") == 40
    page = decide(browser, "page=2", rest="shown", next="yes")

    assert page.place == f"{COMMENTS}?page=3&saved=yes"
    assert "40 to be shown, 0 hidden, 160 to read" in browser.get(COMMENTS, "page=5").said()
    assert [browser.get(COMMENTS, f"page={page}").status for page in ("6", "0", "x", "%D9%A3")] == [404, 404, 200, 200]


def test_figures_and_their_file_stay_when_comments_are_decided() -> None:
    edition = desk()
    before = published.round_by_ref(REF)
    browser = owner()
    browser.post(COMMENTS, browser.get(COMMENTS).form() | {"rest": "shown"})
    release(browser)

    assert published.round_by_ref(REF) == before
    assert browser.get(f"{ROUND}/result.json").body.decode() == editions.written(edition).decode()


@pytest.mark.parametrize("who", [ORGANISER, OBSERVER, NORTH])
def test_only_owners_of_the_whole_decide(who: str) -> None:
    desk()
    browser = owner(who)

    assert browser.get(COMMENTS).status == 403
    assert browser.post(COMMENTS, {"rest": "shown"}).status == 403


def test_a_round_without_comments_says_so() -> None:
    found = staffed()
    frozen(found, opened(found), [answer(benefit="3")] * 6)

    assert "There are no comments to read here" in owner().get(COMMENTS).said()


def test_an_unknown_choice_changes_nothing() -> None:
    desk()

    assert decide(owner(), **{"state-0": "loud", "state-99": "shown"}).status == 303
    assert desk_moderation.latest(REF) == moderation.Moderation()


def _original() -> bytes:
    found = published.round_by_ref(REF)
    assert found
    return bucket.get(f"{found.edition}/comments.json")


def test_a_release_that_meets_another_decision_shows_what_was_decided() -> None:
    desk()
    browser = owner()
    form = browser.get(COMMENTS).form()
    theirs = moderation.Moderation(0, rulings={"takeaway": {0: moderation.Ruling("hidden")}})
    waiting = [theirs]

    def meanwhile(params: dict[str, Any], **_: object) -> None:
        if "decided" in params["Item"] and waiting:
            desk_moderation.put_next(REF, waiting.pop())

    client().meta.events.register("before-parameter-build.dynamodb.PutItem", meanwhile)
    page = browser.post(RELEASE, {"form": form["form"], "release": "yes"})
    client().meta.events.unregister("before-parameter-build.dynamodb.PutItem", meanwhile)

    assert page.status == 409
    assert "0 to be shown, 1 hidden, 2 to read" in page.said()
    assert page.form()["version"] == "1"


def test_once_the_comments_are_deleted_the_result_and_their_page_still_stand() -> None:
    desk()
    browser = owner()
    release(browser)
    bucket.delete(f"{published.rounds('walks')['day-1'].edition}/comments.json")

    assert browser.get(RESULT).status == 200
    assert shown(browser) == []
    assert "They are deleted together with the sealed answers." in browser.get(COMMENTS).said()
