"""Staff in a browser, signing in with their organisation's account at a real sign-in service that is not ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from infra.stack.access import session
from infra.stack.deploying import Stack
from tests.e2e.unspoken import Unspoken
from tests.functions.desk.staff.real_provider import service

NEWCOMER, UNCONFIRMED = "newcomer@example.org", "unconfirmed@example.org"
SECRET = "a secret of the tests, with % and +"
PARAMETER = "/kursdag/sign-in-secret"


@contextmanager
def told(stack: Stack, **settings: str) -> Iterator[None]:
    """Give the desk other settings for a while, as another deploy would."""
    client, name = session().client("lambda", endpoint_url=stack.address), stack.outputs()["DeskFunction"]
    before = client.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    client.update_function_configuration(FunctionName=name, Environment={"Variables": before | settings})
    try:
        yield
    finally:
        client.update_function_configuration(FunctionName=name, Environment={"Variables": before})


@pytest.fixture(params=["without a secret", "with a secret"])
def base(stack: Stack, request: pytest.FixtureRequest) -> Iterator[str]:
    """Set the sign-in service up at the deployed desk, which takes a secret from SSM if there is one."""
    secret = SECRET if request.param == "with a secret" else ""
    ssm = session().client("ssm", endpoint_url=stack.address)
    with service(f"{stack.base_address}/desk/sign-in/return", secret) as issuer:
        if secret:
            ssm.put_parameter(Name=PARAMETER, Value=secret, Type="SecureString")
        with told(stack, SIGN_IN_ISSUER=issuer, SIGN_IN_CLIENT="kursdag"):
            yield stack.base_address
        if secret:
            ssm.delete_parameter(Name=PARAMETER)


def arrived(page: Page, base: str) -> None:
    """Go to the sign-in service, by the link on our page."""
    page.goto(f"{base}/desk/sign-in")
    page.get_by_role("link", name="Sign in with your organisation's account").click()
    page.wait_for_url("http://127.0.0.1:**/interaction/**")


def signed_in(page: Page, base: str, address: str) -> None:
    """Sign in there, and let it tell us the address."""
    arrived(page, base)
    page.locator("[name=login]").fill(address)
    page.locator("[name=password]").fill("anything")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{base}/desk/**")


def test_staff_sign_in_with_an_account_and_out_again(base: str, chromium: Browser, unspoken: Unspoken) -> None:
    context = chromium.new_context(locale="en-GB", java_script_enabled=False)
    page, returns = context.new_page(), []
    page.on("request", lambda asked: returns.append(asked.url) if "/desk/sign-in/return" in asked.url else None)

    signed_in(page, base, NEWCOMER)

    assert urlsplit(page.url).path == "/desk/programmes"
    assert "You are not on the staff of any programme now." in page.inner_text("main")
    assert NEWCOMER in page.inner_text("main")
    (back,) = returns
    query = [part.partition("=")[2] for part in urlsplit(back).query.split("&")]
    unspoken.add(NEWCOMER, *query[:2], *(cookie["value"].rpartition(".")[2] for cookie in context.cookies(base)))

    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto(f"{base}/desk/programmes")
    assert urlsplit(page.url).path == "/desk/sign-in"
    page.goto(back)
    assert "You are not signed in" in page.inner_text("main")
    context.close()


@pytest.mark.parametrize("base", ["without a secret"], indirect=True)
def test_who_turns_back_or_has_no_confirmed_address_is_told_so(base: str, chromium: Browser) -> None:
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    arrived(page, base)
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url(f"{base}/desk/**")
    assert "did not let you in" in page.inner_text("main")
    assert "It gave this reason: access_denied" in page.inner_text("main")

    signed_in(page, base, UNCONFIRMED)

    assert "gives no confirmed one" in page.inner_text("main")
    page.goto(f"{base}/desk/programmes")
    assert urlsplit(page.url).path == "/desk/sign-in"
    context.close()


@pytest.mark.parametrize("base", ["without a secret"], indirect=True)
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_with_both_ways_is_for_everybody(base: str, chromium: Browser, width: int) -> None:
    context = chromium.new_context(locale="nb-NO", viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{base}/desk/sign-in")

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
