"""Buddies in the desk: who has whom, who has nobody, and a draw that is shown before it is stored."""

from dataclasses import replace

import pytest

from shared.rosters.buddies import groups
from shared.store import roster
from shared.store.client import client
from tests.functions.desk.visitors import NORTH, OBSERVER, ORGANISER, Browser, Page, staffed
from tests.functions.examples import dump, enrol, oslo, participant

BUDDIES = "/desk/programmes/walks/people/buddies"

pytestmark = pytest.mark.usefixtures("tables")


def organiser(email: str = ORGANISER) -> Browser:
    staffed()
    return Browser(oslo("2025-08-26T18:00")).sign_in(email)


def people(*names: str, buddy: str = "") -> None:
    enrol([replace(participant(name), name=name.title(), buddy=buddy and f"{buddy}@example.org") for name in names])


def drawn(browser: Browser, **fields: str) -> Page:
    return browser.post(BUDDIES, {"form": browser.get(BUDDIES).form()["form"], "size": "2", "apart": "0", "role": "leader"} | fields)


def pairs() -> list[list[str]]:
    held = {person.id: person.participant for person in roster.people("walks")}
    return sorted(sorted(held[name].name for name in group) for group in groups(held))


def test_a_draw_is_shown_and_stored_on_a_press() -> None:
    browser = organiser()
    people("anna", "bo", "cleo", "dan", "eva")
    before = dump("ROSTER")

    shown = drawn(browser)
    assert "Nothing is stored yet." in shown.said()
    assert dump("ROSTER") == before
    fields = shown.form() | {"role": "leader"}
    stored = browser.post(BUDDIES, fields)

    assert [len(group) for group in pairs()] in ([2, 3], [3, 2])
    assert "Stored: 5 people" in browser.get(*stored.place.split("?")).said()
    assert "Drew buddies: 5 people" in browser.get("/desk/programmes/walks/account").said()


def test_what_is_stored_is_what_was_shown() -> None:
    browser = organiser()
    people(*(f"p{number}" for number in range(9)))

    shown = drawn(browser)
    browser.post(BUDDIES, shown.form() | {"role": "leader"})

    said = " ".join(shown.said().split())
    first = pairs()[0]
    assert all(name in said for name in first)
    assert abs(said.index(first[0]) - said.index(first[1])) < 40


def test_where_the_list_has_changed_nothing_is_stored_and_the_draw_is_made_anew() -> None:
    browser = organiser()
    people("anna", "bo")
    fields = drawn(browser).form() | {"role": "leader"}
    people("cleo")

    page = browser.post(BUDDIES, fields)

    assert "Somebody has changed the list" in page.said()
    assert pairs() == []
    browser.post(BUDDIES, page.form() | {"role": "leader"})
    assert pairs() == [["Anna", "Bo", "Cleo"]]


def test_a_press_that_meets_another_change_shows_the_draw_of_the_list_as_it_is_then() -> None:
    browser = organiser()
    people("anna", "bo")
    fields = drawn(browser).form() | {"role": "leader"}
    waiting = ["cleo"]

    def meanwhile(params: object, **_: object) -> None:  # noqa: ARG001 – named by boto
        if waiting:
            people(waiting.pop())

    client().meta.events.register("before-parameter-build.dynamodb.TransactWriteItems", meanwhile)
    page = browser.post(BUDDIES, fields)
    client().meta.events.unregister("before-parameter-build.dynamodb.TransactWriteItems", meanwhile)

    assert "Somebody has changed the list" in page.said()
    assert "Cleo" in page.said()
    browser.post(BUDDIES, page.form() | {"role": "leader"})
    assert pairs() == [["Anna", "Bo", "Cleo"]]


def test_who_has_a_buddy_keeps_her_and_whose_buddy_has_left_is_told_as_alone() -> None:
    browser = organiser()
    people("anna", buddy="bo")
    people("bo", buddy="anna")
    people("cleo", buddy="dan")
    enrol([replace(participant("dan"), left="2025-08-01")])

    page = browser.get(BUDDIES)

    assert "Without a buddy" in page.said()
    without = page.said().partition("Without a buddy")[2].partition("Draw buddies")[0]
    assert "Cleo" in without
    assert "Anna" not in without
    assert "Anna" in page.said().partition("Who are buddies")[2]
    assert "1 has no buddy" in browser.get("/desk/programmes/walks/people").said()


def test_it_says_who_has_named_whom_where_only_one_has() -> None:
    browser = organiser()
    people("anna", buddy="bo")
    people("bo")

    assert "Anna has named Bo, who has named nobody" in browser.get(BUDDIES).said()


def test_of_one_school_only_nobody_is_drawn_apart() -> None:
    browser = organiser()
    people("anna", "bo")

    page = drawn(browser, apart="2")

    assert "There is nobody to draw" in page.said()
    assert "For them there is nobody under these rules." in page.said()


@pytest.mark.parametrize("email", [OBSERVER, NORTH])
def test_only_who_keeps_the_whole_list_draws(email: str) -> None:
    browser = organiser(email)

    assert browser.get(BUDDIES).status == 403


@pytest.mark.parametrize("fields", [{"size": "7"}, {"size": "x"}, {"apart": "99"}, {"role": "unknown"}, {"seed": "-1", "version": "x"}])
def test_what_no_page_of_ours_sends_does_no_harm(fields: dict[str, str]) -> None:
    browser = organiser()
    people("anna", "bo")

    assert drawn(browser, **fields).status == 200
    assert pairs() == []
