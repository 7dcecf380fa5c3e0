"""Asking for a link to sign in."""

from tests.functions.desk.visitors import OWNER, Browser, token
from tests.functions.examples import dump

NOW = 1_800_000_000


def asked(email: str = OWNER) -> tuple[Browser, str]:
    """Ask for a link; return the browser that asked, and what was mailed."""
    browser = Browser(NOW)
    assert browser.ask_for_link(email).status == 200
    return browser, token()


def desk_items() -> list[str]:
    return dump("DESK")["DESK"]
