"""Every page in every state in a browser: axe, narrow screens, large text, sizes, motion, forced colours, print.

Languages differ in their words alone, so what depends on the room that words need is looked at where they are longest.
"""

import re
import shutil
from collections.abc import Iterable, Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext

from tests.conftest import account_in_process
from tests.e2e.conftest import QUIET
from tests.e2e.measures import BUTTONS, CUT, MOVING, OVERLAPPING, SIDEWAYS, SMALL, SMALL_CHOICES, UNFRAMED
from tests.e2e.showing import Showing
from tests.functions.every_kind import LANGUAGES
from tests.functions.every_page import Shown, every_page

pytestmark = pytest.mark.slow

Rules = dict[str, Any]

LOOKS: list[tuple[int, Literal["light", "dark"]]] = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
ALL_RULES: Rules = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
COLOURS: Rules = {"resultTypes": ["violations"], "runOnly": OF_COLOURS}
"""All that colours change."""
WORDS: Rules = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}, **{rule: {"enabled": False} for rule in OF_COLOURS}},
}
"""All that words can change; colours and wide screens are the same in every language."""


@pytest.fixture(scope="module")
def pages() -> list[Shown]:
    """Make every page once for all tests of this file."""
    with pytest.MonkeyPatch.context() as monkeypatch, account_in_process(monkeypatch):
        return every_page()


def test_axe_finds_nothing_on_any_page_narrow_or_wide_light_or_dark(pages: list[Shown], chromium: Browser) -> None:
    found: list[Any] = []
    with with_axe(chromium) as context:
        showing = Showing(context)
        for shown in in_languages(pages, "nb"):
            showing.show(shown)
            for width, scheme in LOOKS:
                showing.page.set_viewport_size({"width": width, "height": 800})
                showing.page.emulate_media(color_scheme=scheme)
                found += broken(showing, ALL_RULES if scheme == "light" else COLOURS)

    assert found == []


def test_axe_finds_nothing_on_any_page_in_another_language(pages: list[Shown], chromium: Browser) -> None:
    found: list[Any] = []
    with with_axe(chromium, viewport={"width": 360, "height": 800}) as context:
        showing = Showing(context)
        for shown in in_languages(pages, *(language for language in LANGUAGES if language != "nb")):
            showing.show(shown)
            found += broken(showing, WORDS)

    assert found == []


def with_axe(chromium: Browser, **how: Any) -> BrowserContext:
    """Open a browser's window in which axe is at hand on every page."""
    context = chromium.new_context(**how)
    context.add_init_script(Axe().axe_script)
    return context


def broken(showing: Showing, rules: Rules) -> list[Any]:
    """Name the rules that the page which is shown breaks, and where."""
    found = showing.page.evaluate("rules => axe.run(rules).then(result => result.violations)", rules)
    return [
        (showing.shown, showing.page.viewport_size, violation["id"], node["html"]) for violation in found for node in violation["nodes"]
    ]


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
    showing = Showing(context)
    showing.page.emulate_media(media=media)
    return [wrong for shown in pages for wrong in seen(showing, shown, scripts)]


def seen(showing: Showing, shown: Shown, scripts: Iterable[str]) -> list[Any]:
    """Show a page and measure it."""
    showing.show(shown)
    return again(showing, shown, scripts)


def again(showing: Showing, shown: Shown, scripts: Iterable[str]) -> list[Any]:
    """Measure the page that is shown."""
    page = showing.page
    return [(shown.name, shown.language, page.viewport_size, wrong) for script in scripts for wrong in page.evaluate(script)]


def test_on_a_screen_320_pixels_wide_nothing_is_cut_and_nothing_scrolls_sideways(pages: list[Shown], chromium: Browser) -> None:
    with chromium.new_context(viewport={"width": 320, "height": 640}) as context:
        assert measured(context, longest(pages), *MEASURED) == []


def test_with_text_of_twice_the_size_nothing_is_cut_overlaid_or_scrolls_sideways(pages: list[Shown], large_text: Browser) -> None:
    found: list[Any] = []
    with large_text.new_context() as context:
        showing = Showing(context)
        for shown in longest(pages):
            showing.page.set_viewport_size({"width": 360, "height": 800})
            found += seen(showing, shown, MEASURED)
            showing.page.set_viewport_size({"width": 1280, "height": 800})
            found += again(showing, shown, MEASURED)

    assert found == []


def test_everything_that_can_be_pressed_is_24_pixels_large_and_on_a_phone_options_44(pages: list[Shown], chromium: Browser) -> None:
    found: list[Any] = []
    with chromium.new_context() as context:
        showing = Showing(context)
        for shown in in_languages(pages, "nb"):
            showing.page.set_viewport_size({"width": 360, "height": 640})
            found += seen(showing, shown, [f"() => ({SMALL})(24)", f"() => ({SMALL_CHOICES})(44)"])
            showing.page.set_viewport_size({"width": 1280, "height": 720})
            found += again(showing, shown, [f"() => ({SMALL})(24)"])

    assert found == []


def test_who_asks_for_less_motion_sees_none(pages: list[Shown], chromium: Browser) -> None:
    with chromium.new_context(reduced_motion="reduce") as context:
        assert measured(context, in_languages(pages, "en"), MOVING) == []


def test_on_paper_nothing_is_cut_or_overlaid_and_there_is_nothing_to_press(pages: list[Shown], chromium: Browser) -> None:
    with chromium.new_context(viewport={"width": 720, "height": 1000}) as context:
        assert measured(context, in_languages(pages, "nb"), *MEASURED, BUTTONS, media="print") == []


def test_in_high_contrast_colours_axe_finds_nothing_and_buttons_have_an_edge(pages: list[Shown], chromium: Browser) -> None:
    found: list[Any] = []
    with with_axe(chromium, forced_colors="active", viewport={"width": 360, "height": 800}) as context:
        showing = Showing(context)
        for shown in in_languages(pages, "en"):
            found += seen(showing, shown, [UNFRAMED])
            found += broken(showing, COLOURS)

    assert found == []


def in_languages(pages: list[Shown], *languages: str) -> list[Shown]:
    """Choose pages by their language."""
    return [shown for shown in pages if shown.language in languages]


def longest(pages: list[Shown]) -> list[Shown]:
    """Choose each page in the language that needs most room for a word, and in that which needs it for the whole."""
    chosen = [(max(found, key=longest_word), max(found, key=lambda shown: len(text(shown)))) for found in by_name(pages)]
    return list(dict.fromkeys(shown for two in chosen for shown in two))


def by_name(pages: list[Shown]) -> list[list[Shown]]:
    """Put the languages of each page together."""
    found: dict[str, list[Shown]] = {}
    for shown in pages:
        found.setdefault(shown.name, []).append(shown)
    return list(found.values())


def longest_word(shown: Shown) -> int:
    return max(map(len, text(shown).split()))


def text(shown: Shown) -> str:
    return re.sub(r"<[^>]*>", " ", shown.html)
