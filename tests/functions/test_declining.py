import html
import re

import pytest

from shared import links
from shared.store import invitations
from tests.functions.examples import OPEN, dump
from tests.functions.open_round import CLOSED, REF, Page, answers, form_of, get, got, neutral, open_round, path, post, request, token

WAYS = ("absent", "unwilling")

pytestmark = pytest.mark.usefixtures("walks")


@pytest.fixture
def walks(tables: object) -> None:  # noqa: ARG001
    open_round()


def said(page: Page) -> str:
    return html.unescape(" ".join(re.sub("<[^>]*>", " ", page.text).split()))


def declined(number: int = 0) -> str:
    found = invitations.invitation(REF, links.fingerprint(token(number)))
    assert found
    return found.declined


def decline(why: str, number: int = 0, at: int = OPEN) -> Page:
    place = f"{path(number)}/{why}"
    return post(place, get(place).form(), at)


@pytest.mark.parametrize("why", WAYS)
def test_declining_is_asked_for_noted_and_confirmed(why: str) -> None:
    asked = get(f"{path()}/{why}")
    page = decline(why)

    assert asked.status == page.status == 200
    assert "get no reminders about it" in said(asked)
    assert "You get no reminders about “Day 1”." in said(page)
    assert "you can answer until Tuesday 26 August at 23:59" in said(page)
    assert f'href="{path()}"' in page.text
    assert declined() == why


def test_what_is_noted_says_why_and_not_when() -> None:
    before = dump("INVITATIONS")["INVITATIONS"]

    decline("absent")

    (changed,) = set(dump("INVITATIONS")["INVITATIONS"]) - set(before)
    assert changed.replace('"declined": {"S": "absent"}, ', "") in [item.replace('"slot": {"N": "0"}, ', "") for item in before]


@pytest.mark.parametrize("why", WAYS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_changes_nothing(method: str, why: str) -> None:
    before = dump()

    for at in (0, OPEN, CLOSED):
        got(request(method, f"{path()}/{why}", at))

    assert dump() == before


@pytest.mark.parametrize("body", [b"", b"_binding=", b"_binding=x", b"benefit=4"])
def test_a_post_that_comes_from_no_page_of_ours_changes_nothing(body: bytes) -> None:
    before = dump()

    assert post(f"{path()}/absent", body).status == 422
    assert post(f"{path()}/absent", get(f"{path()}/unwilling").form()).status == 422
    assert post(f"{path()}/absent", get(f"{path()}/absent").form(), content_type="application/json").status == 415

    assert dump() == before


def test_answering_takes_the_decline_back() -> None:
    decline("absent")

    page = post(path(), form_of() | {"benefit": "4"})

    assert "Thank you" in page.text
    assert declined() == ""
    assert len(answers()) == 1


@pytest.mark.parametrize("why", WAYS)
def test_who_has_answered_can_t_decline_any_more(why: str) -> None:
    opened = get(f"{path()}/{why}").form()
    post(path(), form_of() | {"benefit": "4"})
    before = dump()

    pages = [get(f"{path()}/{why}"), post(f"{path()}/{why}", opened)]

    assert all("already received" in page.text for page in pages)
    assert dump() == before


def test_before_opening_and_after_closing_there_is_nothing_to_decline() -> None:
    opened, before = get(f"{path()}/absent").form(), dump()

    assert "not open yet" in post(f"{path()}/absent", opened, at=0).text
    assert "closed on" in post(f"{path()}/absent", opened, at=CLOSED).text

    assert dump() == before


def test_one_can_say_so_twice_and_change_one_s_reason() -> None:
    decline("absent")
    decline("absent")
    decline("unwilling")

    assert declined() == "unwilling"
    assert declined(1) == ""


def test_a_reader_is_asked_in_her_language() -> None:
    assert '<html lang="nb">' in get(f"{path(1)}/absent", accept_language="en").text


@pytest.mark.parametrize("wrong", [f"/e/{REF}/{'a' * 26}", f"/e/otherday/{token()}"])
def test_behind_a_wrong_link_is_the_same_page_as_ever(wrong: str) -> None:
    expected = neutral(get(wrong))
    form = get(f"{path()}/absent").form()

    assert neutral(get(f"{wrong}/absent")) == expected
    assert (post(f"{wrong}/absent", form).status, neutral(post(f"{wrong}/absent", form))) == (404, expected)
    assert get(f"{path()}/other").status == 404
