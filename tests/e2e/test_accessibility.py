"""Every page in every state and language in a browser: axe, narrow screens, large text, sizes, motion, forced colours, print."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from tests.conftest import account_in_process
from tests.e2e.in_process import Showing
from tests.functions.every_kind import LANGUAGES
from tests.functions.every_page import Shown, every_page

pytestmark = pytest.mark.slow

LOOKS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]
ALL_RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
"""All that changes in the dark."""


@pytest.fixture(scope="module")
def pages() -> list[Shown]:
    """Make every page once for all tests of this file."""
    with pytest.MonkeyPatch.context() as monkeypatch, account_in_process(monkeypatch):
        return every_page()


def named(pages: list[Shown], *names: str) -> list[Shown]:
    """Choose pages by their states."""
    return [shown for shown in pages if shown.name in names]


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_page_narrow_or_wide_light_or_dark(language: str, pages: list[Shown], chromium: Browser) -> None:
    found: list[Any] = []
    with chromium.new_context() as context:
        showing = Showing(context)
        for shown in pages:
            if shown.language == language:
                showing.show(shown)
                showing.page.evaluate(Axe().axe_script)
                found += [(shown.name, *look, *violation) for look in LOOKS for violation in violations(showing.page, *look)]

    assert found == []


def violations(page: Page, width: int, scheme: Any) -> list[tuple[str, str]]:
    """Let axe look at a page on one screen in one colour scheme; it is loaded there already."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    found = page.evaluate("rules => axe.run(rules).then(result => result.violations)", ALL_RULES if scheme == "light" else COLOURS)
    return [(violation["id"], node["html"]) for violation in found for node in violation["nodes"]]
