"""The form page of a round that is open, served in this process, and a browser that fills it in."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from werkzeug.serving import make_server

from functions.answer.handler import create_app
from infra.stack.emulator import free_port
from shared.forms import Form
from tests.functions.branching import show
from tests.functions.examples import OPEN
from tests.functions.open_round import path

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}


@contextmanager
def shown(form: Form) -> Iterator[str]:
    """Serve a form at a moment when it is open; yield the address of somebody's link."""
    show(form)
    with served() as base:
        yield base + path()


@contextmanager
def served() -> Iterator[str]:
    """Serve the product's pages on this machine."""
    app = create_app().wsgi_app

    def at_once(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        return app({**environ, "apig_wsgi.request_context": {"timeEpoch": OPEN * 1000}}, start_response)

    server = make_server("127.0.0.1", free_port(), at_once, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def opened(chromium: Browser, address: str, **wanted: Any) -> Iterator[Page]:
    """Open the form in a browser of its own."""
    context: BrowserContext = chromium.new_context(**{**DESKTOP, **wanted})
    context.set_default_timeout(10_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address)
    try:
        yield page
        assert faults == []
    finally:
        context.close()


def box(page: Page, question: str) -> Locator:
    return page.locator(f"#q-{question}")


def choose(page: Page, question: str, code: str) -> None:
    page.locator(f'label:has([name="{question}"][value="{code}"])').click()


def send(page: Page) -> None:
    page.get_by_role("button", name="Send your answer").click()


def received(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, your answer is received")
