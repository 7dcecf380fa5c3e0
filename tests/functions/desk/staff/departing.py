"""Signing in by the organisation's own service: leaving for it and coming back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.functions.desk.staff.issuer import CLIENT, Issuer, running
from tests.functions.desk.visitors import OWNER, Browser, Page, staffed
from tests.functions.examples import scanned

NOW = 1_800_000_000
DEPART, RETURN = "/desk/sign-in/account", "/desk/sign-in/return"
Change = Callable[[Issuer], object]


def giving(status: int, said: object) -> Change:
    return lambda issuer: setattr(issuer, "token", (status, said))


@contextmanager
def offering(monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuer]:
    """Run a sign-in service, and a desk that uses it; only a local one may speak to it in the clear."""
    staffed()
    with running(NOW, OWNER) as service:
        for name, value in {"STAGE": "local", "SIGN_IN_ISSUER": service.name, "SIGN_IN_CLIENT": CLIENT}.items():
            monkeypatch.setenv(name, value)
        yield service


def departed(issuer: Issuer) -> tuple[Browser, dict[str, str]]:
    """Let a browser leave for the sign-in service; return it and what it takes there."""
    browser = Browser(NOW)
    assert browser.get("/desk/sign-in").status == 200
    page = browser.get(DEPART, sec_fetch_site="same-origin")
    assert page.status == 303
    assert page.place.startswith(f"{issuer.name}/authorize?")
    return browser, issuer.departed(page.place)


def back(browser: Browser, state: str, more: str = "code=right") -> Page:
    return browser.get(RETURN, f"{more}&state={state}", sec_fetch_site="cross-site")


def signed_in(issuer: Issuer) -> Page:
    browser, taken = departed(issuer)
    return back(browser, taken["state"])


def sessions_kept() -> int:
    return len([item for item in scanned("DESK") if item["sk"]["S"].startswith("SESSION#")])


def refused(page: Page, status: int, text: str) -> bool:
    assert (page.status, page.cookies) == (status, []), page.text
    assert text in page.said()
    assert "/desk/sign-in" in page.text
    return sessions_kept() == 0
