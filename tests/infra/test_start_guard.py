import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from infra.service import Service
from infra.start.app import create_app
from infra.start.running import Running

OURS = "127.0.0.1:4580"
ROUTES = ["/", "/work", "/mails", "/mails/none", "/mails/none/html", "/rounds/a/b/edition.csv", "/start.css", "/static/none", "/nothing"]
POSTS = ["/clock", "/jobs", "/rounds/a/b/answers"]


@pytest.fixture
def client() -> FlaskClient:
    """Open the pages of a service that has sent nothing and does not run."""
    return create_app(Running(Service({"BaseAddress": "http://kursdag.localhost:4566"}), list), 4580).test_client()


def get(client: FlaskClient, path: str, host: str = OURS) -> TestResponse:
    return client.get(path, headers={"Host": host})


def post(client: FlaskClient, path: str, fields: dict[str, str], **headers: str) -> TestResponse:
    return client.post(path, data=fields, headers={"Host": OURS} | {name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize(
    "host", ["evil.example.org", "evil.example.org:4580", "127.0.0.1", "127.0.0.1:4566", "localhost.evil.example.org:4580"]
)
@pytest.mark.parametrize("path", ROUTES)
def test_a_page_under_another_name_is_refused(client: FlaskClient, path: str, host: str) -> None:
    answered = get(client, path, host)

    assert answered.status_code == 403
    assert "make run" in answered.text


@pytest.mark.parametrize("host", [OURS, "localhost:4580", "LOCALHOST:4580"])
def test_a_page_under_this_machines_name_is_shown(client: FlaskClient, host: str) -> None:
    assert get(client, "/mails", host).status_code == 200


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "cross-site", "Origin": f"http://{OURS}"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:4566"},
        {"Origin": "http://evil.example.org"},
    ],
)
def test_a_post_from_elsewhere_is_refused(client: FlaskClient, path: str, headers: dict[str, str]) -> None:
    answered = post(client, path, {"token": "whatever"}, **headers)

    assert answered.status_code == 403
    assert "did not come from a page of this service" in answered.text


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("token", [{}, {"token": ""}, {"token": "another run's"}, {"token": "æ"}])
@pytest.mark.parametrize("headers", [{"Sec_Fetch_Site": "same-origin"}, {"Sec_Fetch_Site": "none"}, {"Origin": f"http://{OURS}"}])
def test_a_post_without_this_runs_token_is_refused(client: FlaskClient, path: str, token: dict[str, str], headers: dict[str, str]) -> None:
    answered = post(client, path, token, **headers)

    assert answered.status_code == 403
    assert "an earlier run" in answered.text


@pytest.mark.parametrize("path", ROUTES)
def test_every_answer_has_the_headers(client: FlaskClient, path: str) -> None:
    headers = get(client, path).headers

    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("path", "fields", "code"), [("/work", {}, 405), ("/nothing", {}, 404), ("/clock", {"at": "x" * 70_000}, 413)])
def test_what_is_not_served_is_said_plainly(client: FlaskClient, path: str, fields: dict[str, str], code: int) -> None:
    token = _token(client)

    answered = post(client, path, fields | token, Sec_Fetch_Site="same-origin")

    assert answered.status_code == code
    assert "<h1>" in answered.text


def _token(client: FlaskClient) -> dict[str, str]:
    """Make the token's field, as the templates do."""
    field = client.application.jinja_env.globals["token_field"]()  # type: ignore[operator]
    found = re.search(r'value="(.+?)"', field)
    assert found
    return {"token": found.group(1)}


@pytest.mark.parametrize("path", ["/mails", "/work"])
def test_pages_without_anything_to_show_say_so(client: FlaskClient, path: str) -> None:
    answered = get(client, path)

    assert answered.status_code == 200
    assert re.search("No mail has been sent yet|Nothing is under way", answered.text)
