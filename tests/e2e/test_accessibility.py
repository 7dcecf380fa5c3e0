"""Every page in every state and language in a browser: axe, narrow screens, large text, sizes, motion, forced colours, print."""

import shutil
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import account_in_process
from tests.e2e.conftest import QUIET
from tests.e2e.measures import BUTTONS, CUT, MOVING, OVERLAPPING, SIDEWAYS, SMALL, SMALL_CHOICES, UNFRAMED
from tests.e2e.showing import Showing
from tests.functions.every_kind import LANGUAGES
from tests.functions.every_page import Shown, every_page

pytestmark = pytest.mark.slow

LOOKS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]
NARROW = LOOKS[:1]
"""What words can change; colours and wide screens are the same in every language."""
ALL_RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
"""All that changes in the dark."""


@pytest.fixture(scope="module")
def pages() -> list[Shown]:
    """Make every page once for all tests of this file."""
    with pytest.MonkeyPatch.context() as monkeypatch, account_in_process(monkeypatch):
        return every_page()


@pytest.mark.parametrize(("language", "looks"), [(language, LOOKS if language == "nb" else NARROW) for language in LANGUAGES])
def test_axe_finds_nothing_on_any_page_narrow_or_wide_light_or_dark(
    language: str, looks: list[tuple[int, str]], pages: list[Shown], chromium: Browser
) -> None:
    with chromium.new_context() as context:
        showing = Showing(context)
        found = [wrong for shown in in_languages(pages, language) for wrong in looked_at(showing, shown, looks)]

    assert found == []


def looked_at(showing: Showing, shown: Shown, looks: list[tuple[int, str]]) -> list[Any]:
    """Let axe look at a page in several ways; name what it finds."""
    showing.show(shown)
    showing.page.evaluate(Axe().axe_script)
    return [(shown.name, *look, *violation) for look in looks for violation in violations(showing.page, *look)]


def violations(page: Page, width: int, scheme: Any) -> list[tuple[str, str]]:
    """Let axe look at a page on one screen in one colour scheme; it is loaded there already."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    found = page.evaluate("rules => axe.run(rules).then(result => result.violations)", ALL_RULES if scheme == "light" else COLOURS)
    return [(violation["id"], node["html"]) for violation in found for node in violation["nodes"]]


MEASURED = (SIDEWAYS, CUT, OVERLAPPING)


@pytest.fixture(scope="module")
def large_text(chromium: Browser) -> Iterator[Browser]:
    """Start a browser whose reader has doubled the size of all text."""
    doubled = "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"
    browser = chromium.browser_type.launch(executable_path=shutil.which("chromium"), args=[*QUIET, doubled])
    yield browser
    browser.close()


def measured(context: BrowserContext, pages: list[Shown], *scripts: str, media: Literal["screen", "print"] = "screen") -> list[Any]:
    """Measure pages; name what is wrong with which."""
    showing, found = Showing(context), []
    showing.page.emulate_media(media=media)
    for shown in pages:
        showing.show(shown)
        found += [(shown.name, shown.language, wrong) for script in scripts for wrong in showing.page.evaluate(script)]
    return found


def test_on_a_screen_320_pixels_wide_nothing_is_cut_and_nothing_scrolls_sideways(pages: list[Shown], chromium: Browser) -> None:
    with chromium.new_context(viewport={"width": 320, "height": 640}) as context:
        assert measured(context, pages, *MEASURED) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_with_text_of_twice_the_size_nothing_is_cut_overlaid_or_scrolls_sideways(
    width: int, pages: list[Shown], large_text: Browser
) -> None:
    with large_text.new_context(viewport={"width": width, "height": 800}) as context:
        assert measured(context, in_languages(pages, "nb", "da"), *MEASURED) == []


def test_everything_that_can_be_pressed_is_24_pixels_large_and_on_a_phone_options_44(pages: list[Shown], chromium: Browser) -> None:
    with chromium.new_context(viewport={"width": 360, "height": 640}) as phone, chromium.new_context() as desktop:
        assert measured(phone, in_languages(pages, "nb"), f"() => ({SMALL})(24)", f"() => ({SMALL_CHOICES})(44)") == []
        assert measured(desktop, in_languages(pages, "nb"), f"() => ({SMALL})(24)") == []


def test_who_asks_for_less_motion_sees_none(pages: list[Shown], chromium: Browser) -> None:
    with chromium.new_context(reduced_motion="reduce") as context:
        assert measured(context, in_languages(pages, "en"), MOVING) == []


def test_on_paper_nothing_is_cut_or_overlaid_and_there_is_nothing_to_press(pages: list[Shown], chromium: Browser) -> None:
    with chromium.new_context(viewport={"width": 720, "height": 1000}) as context:
        assert measured(context, in_languages(pages, "nb"), *MEASURED, BUTTONS, media="print") == []


def test_in_high_contrast_colours_axe_finds_nothing_and_buttons_have_an_edge(pages: list[Shown], chromium: Browser) -> None:
    with chromium.new_context(forced_colors="active") as context:
        showing = Showing(context)
        found = [wrong for shown in in_languages(pages, "en") for wrong in looked_at(showing, shown, [(360, "light")])]
        unframed = measured(context, in_languages(pages, "en"), UNFRAMED)

    assert (found, unframed) == ([], [])


def in_languages(pages: list[Shown], *languages: str) -> list[Shown]:
    """Choose pages by their language."""
    return [shown for shown in pages if shown.language in languages]
