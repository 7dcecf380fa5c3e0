"""A form with every kind of question, in every language, on phones and desktops, with and without JavaScript, and by keyboard alone."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.form_page import DESKTOP, PHONE, opened, served
from tests.e2e.measures import FOCUS
from tests.functions import every_kind
from tests.functions.every_kind import ANSWERS, LANGUAGES

pytestmark = pytest.mark.slow

BROWSERS = [(size, scripting) for size in (PHONE, DESKTOP) for scripting in (True, False)]
WAYS = [(BROWSERS[at % len(BROWSERS)], LANGUAGES[at % len(LANGUAGES)]) for at in range(2 * len(LANGUAGES))]
"""Each language in two browsers, and each browser with two or three languages."""
SEND = "button[data-busy]"


@pytest.fixture
def base(tables: object) -> Iterator[str]:  # noqa: ARG001
    """Serve the product's pages, with tables in this process, at a moment when the form is open."""
    with served() as found:
        yield found


def fill_in(page: Page, answers: Mapping[str, str | list[str]]) -> None:
    """Answer by touch or mouse and by typing."""
    for name, answer in answers.items():
        if page.locator(f'[name="{name}"]').first.get_attribute("type") in ("radio", "checkbox"):
            for code in [answer] if isinstance(answer, str) else answer:
                page.locator(f'label:has([name="{name}"][value="{code}"])').click()
        else:
            page.locator(f'[name="{name}"]').fill(str(answer))


def test_every_kind_in_every_language_is_answered_counted_and_right(base: str, chromium: Browser) -> None:
    guests = every_kind.invited(len(WAYS))
    rates = [str(number % 5 + 1) for number in range(len(WAYS))]

    for guest, ((size, scripting), language), rate in zip(guests, WAYS, rates, strict=True):
        with opened(chromium, base + guest.link, java_script_enabled=scripting, **size) as page:
            expect(page.locator("html")).to_have_attribute("lang", language)
            fill_in(page, {**ANSWERS, "benefit": rate})
            page.locator(SEND).click()
            expect(page.locator("[data-sent]")).to_be_visible()
            expect(page.locator("html")).to_have_attribute("lang", language)

    assert sorted(given.answers["benefit"] for given in every_kind.answers()) == sorted(rates)
    assert [{**given.answers, "benefit": ""} for given in every_kind.answers()] == [{**ANSWERS, "benefit": ""}] * len(WAYS)
    edition = every_kind.result()
    assert (edition["N"], edition["n"], edition["unopened"]) == (len(WAYS), len(WAYS), 0)
    assert counts(edition) == {
        "benefit": dict(Counter(rates)),
        "useful.maps": {},
        "expected": {"7": len(WAYS)},
        "way": {"other": len(WAYS)},
        "packed": dict.fromkeys(("map", "food", "other"), len(WAYS)),
        "again": {"yes": len(WAYS)},
        "goal.maps": {"3": len(WAYS)},
    }
    assert {question["id"]: question["na"] for question in edition["questions"] if question.get("na")} == {"useful.maps": len(WAYS)}


def counts(edition: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Read how often each option was chosen, by question, without those that nobody chose."""
    counted = {question["id"]: question["counts"] for question in edition["questions"] if question.get("counts") is not None}
    return {name: {code: number for code, number in found.items() if number} for name, found in counted.items()}


KEYS: Mapping[str, list[str]] = {
    "benefit": ["Space", *["ArrowRight"] * 3],
    "useful.maps": ["Space", "ArrowLeft"],
    "expected": ["Space"],
    "way": ["Space", "ArrowDown"],
    "packed": ["Space"],
    "again": ["Space"],
    "goal.maps": ["Space", "ArrowDown"],
}
"""What is pressed on each option that is come to."""

TYPED = {"packed.other": "Telt", "kilometres": "12", "why": "Det snødde", "takeaway": "Å gå\npå tur"}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_with_the_keyboard_alone_the_form_is_read_answered_and_sent(base: str, chromium: Browser, size: dict[str, Any]) -> None:
    guest = every_kind.invited(1)[0]

    with opened(chromium, base + guest.link, **size) as page:
        stops = list(walked(page))
        expect(page.locator("[data-sent]")).to_be_visible()

    assert [stop for stop in stops if not (stop["seen"] and stop["inside"])] == []
    questions = [stop["place"] for stop in stops if stop["name"] in {*KEYS, *TYPED}]
    assert questions == sorted(questions)
    assert [given.answers for given in every_kind.answers()] == [
        {
            "benefit": "4",
            "useful.maps": "na",
            "expected": "1",
            "way": "train",
            "packed": ["map", "compass", "food", "other"],
            "packed.other": "Telt",
            "kilometres": "12",
            "why": "Det snødde",
            "again": "yes",
            "goal.maps": "2",
            "takeaway": "Å gå\npå tur",
        }
    ]


def walked(page: Page) -> Iterator[dict[str, Any]]:
    """Go from one place to the next by Tab, answer what is met, and press send."""
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        yield stop
        for key in KEYS.get(stop["name"], []):
            page.keyboard.press(key)
        if stop["name"] in TYPED:
            page.keyboard.type(TYPED[stop["name"]])
        if page.locator(f"{SEND}:focus").count():
            page.keyboard.press("Enter")
            return
    raise AssertionError("the button is not reached")
