"""What a browser makes of the form page: how much it loads, how large things are, and that nothing sticks out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.form_page import PHONE, choose, opened, shown
from tests.functions.branching import KINDS

pytestmark = pytest.mark.slow


@pytest.fixture
def address(tables: object) -> Iterator[str]:  # noqa: ARG001
    """Serve the product's pages, with tables in this process, at a moment when the form is open."""
    with shown(KINDS) as found:
        yield found


def test_a_first_visit_takes_three_requests(chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith("data:") else None)
    page.goto(address, wait_until="networkidle")
    context.close()

    assert len(asked) == 3


SMALLEST = 44
"""Pixels that something to be touched measures at least, in both directions."""


def test_everything_to_be_touched_on_a_phone_is_large(chromium: Browser, address: str) -> None:
    with opened(chromium, address, **PHONE) as page:
        choose(page, "tools", "other")
        small = [
            found.evaluate("one => one.outerHTML")
            for found in page.locator("main button, .choices label, main textarea, main input[type=text], summary").all()
            if (size := found.bounding_box()) and min(size["height"], size["width"]) < SMALLEST
        ]

    assert small == []


@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (320, 2), (360, 1), (360, 2), (1280, 1), (1280, 2)])
def test_at_every_width_and_size_of_text_nothing_sticks_out(chromium: Browser, address: str, width: int, zoom: int) -> None:
    with opened(chromium, address, viewport={"width": width, "height": 700}) as page:
        page.evaluate("size => { document.documentElement.style.fontSize = size }", f"{zoom * 100}%")

        assert page.evaluate("() => document.documentElement.scrollWidth") == width
