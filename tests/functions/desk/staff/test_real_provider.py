"""The desk in this process and a real sign-in service beside it."""

import pytest

from tests.conftest import account
from tests.functions.desk.staff.issuer import BACK, CLIENT
from tests.functions.desk.staff.real_provider import service, signed_in
from tests.functions.desk.visitors import OWNER, Browser, Page, staffed

pytestmark = pytest.mark.slow

SECRET = "a secret of the tests, with % and +"


def there_and_back(browser: Browser, address: str) -> tuple[Page, str]:
    """Sign in at the service; return what the desk says to who comes back, and with what she came."""
    browser.get("/desk/sign-in")
    left = browser.get("/desk/sign-in/account", sec_fetch_site="same-origin")
    assert left.status == 303, left.text
    query = signed_in(left.place, address, BACK).partition("?")[2]
    return browser.get("/desk/sign-in/return", query, sec_fetch_site="cross-site"), query


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize("secret", ["", SECRET], ids=["without a secret", "with a secret"])
def test_a_real_service_s_account_signs_in_once_and_only_with_a_confirmed_address(secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    staffed()
    browser, another = Browser(), Browser()
    if secret:
        account("ssm").put_parameter(Name="/kursdag/sign-in-secret", Value=secret, Type="SecureString")
    with service(BACK, secret) as issuer:
        for name, value in {"STAGE": "local", "SIGN_IN_ISSUER": issuer, "SIGN_IN_CLIENT": CLIENT}.items():
            monkeypatch.setenv(name, value)
        entered, query = there_and_back(browser, OWNER)
        again = browser.get("/desk/sign-in/return", query, sec_fetch_site="cross-site")
        unconfirmed, _ = there_and_back(another, "unconfirmed@example.org")

    assert (entered.status, entered.place) == (303, "/desk/programmes"), entered.said()
    assert OWNER in browser.get("/desk/programmes/walks").text
    assert again.status == 403
    assert "gives no confirmed one" in unconfirmed.said()


@pytest.mark.usefixtures("tables")
def test_a_real_service_gives_nothing_to_who_has_another_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    account("ssm").put_parameter(Name="/kursdag/sign-in-secret", Value="another", Type="SecureString")
    with service(BACK, SECRET) as issuer:
        for name, value in {"STAGE": "local", "SIGN_IN_ISSUER": issuer, "SIGN_IN_CLIENT": CLIENT}.items():
            monkeypatch.setenv(name, value)
        page, _ = there_and_back(Browser(), OWNER)

    assert (page.status, page.cookies) == (403, [])
    assert "can't be confirmed" in page.said()
