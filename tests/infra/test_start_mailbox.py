from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.test import TestResponse

from infra.service import Service
from infra.start.app import create_app
from infra.start.reading import parts
from infra.start.running import Running

ADDRESS = "http://kursdag.localhost:4566/e/abcdefgh/token"
HTML = f"""<!doctype html><html lang="nb"><head><title>Dag 1</title></head>
<body style="margin:0"><p style="color:#123456">Hei på deg, «Åse»!</p><a href="{ADDRESS}">Svar nå</a></body></html>"""


def mail(number: int, reader: str, **changes: Any) -> dict[str, Any]:
    return {
        "MessageId": f"id-{number}@email.example.org",
        "Source": "Kursdag <kursdag@example.org>",
        "To": [reader],
        "Subject": f"Mail {number}",
        "BodyText": f"Hello <b>you</b>!\n\n{ADDRESS}.",
        "BodyHtml": HTML,
        "Timestamp": 1_793_660_340 + number + 0.5,
    } | changes


SENT = [mail(1, "first@example.org"), mail(2, "second@example.org"), mail(3, "First@example.org", BodyHtml=None)]


def opened(sent: list[dict[str, Any]], path: str) -> TestResponse:
    """Open a page of the mailbox that holds these mails."""
    app = create_app(Running(Service({"BaseAddress": "http://kursdag.localhost:4566"}), lambda: sent), 4580)
    return app.test_client().get(path, base_url="http://localhost:4580")


def test_mails_are_listed_the_newest_first() -> None:
    page = opened(SENT, "/mails").text

    assert page.index("Mail 3") < page.index("Mail 2") < page.index("Mail 1")
    assert "2026-11-02 23:59" in page


@pytest.mark.parametrize("reader", ["first@example.org", "FIRST@example.org", " first@example.org "])
def test_one_readers_mails_are_found_whatever_the_case(reader: str) -> None:
    page = opened(SENT, f"/mails?to={quote(reader)}").text

    assert "Mail 1" in page
    assert "Mail 3" in page
    assert "Mail 2" not in page


def test_a_reader_without_mail_is_told_so_and_shown_literally() -> None:
    page = opened(SENT, "/mails?to=%3Cscript%3E").text

    assert "&lt;script&gt; has got no mail." in page
    assert "<script>" not in page


def test_many_mails_are_listed_page_by_page() -> None:
    many = [mail(number, "reader@example.org") for number in range(120)]

    assert "page=2" in opened(many, "/mails").text
    assert "Mail 0" in opened(many, "/mails?page=3").text
    assert "There are no older mails" in opened(many, "/mails?page=4").text
    assert opened(many, "/mails?page=-1").status_code == opened(many, "/mails?page=x").status_code == 200


def test_a_mails_text_is_shown_literally_with_links_to_click() -> None:
    page = opened(SENT, "/mails/id-1").text

    assert "Hello &lt;b&gt;you&lt;/b&gt;!" in page
    assert f'<a href="{ADDRESS}" target="_blank" rel="noopener noreferrer">{ADDRESS}</a>.' in page


def test_a_mails_html_is_framed_so_that_it_can_open_links_and_do_nothing_else() -> None:
    answered = opened(SENT, "/mails/id-1")

    assert 'src="/mails/id-1/html" sandbox="allow-popups allow-popups-to-escape-sandbox"' in answered.text
    assert answered.headers["Content-Security-Policy"].endswith("; frame-src 'self'")


def test_the_framed_html_keeps_its_looks_and_opens_its_links_in_tabs_of_their_own() -> None:
    answered = opened(SENT, "/mails/id-1/html")

    policy = answered.headers["Content-Security-Policy"]
    assert "style-src 'unsafe-inline'" in policy
    assert "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "script-src" not in policy
    assert answered.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert answered.text.startswith("<!doctype html>")
    assert '<p style="color:#123456">Hei på deg, «Åse»!</p>' in answered.text
    assert f'<a href="{ADDRESS}" target="_blank" rel="noopener noreferrer">Svar nå</a>' in answered.text


def test_a_mail_without_html_is_shown_as_text_alone() -> None:
    assert "<iframe" not in opened(SENT, "/mails/id-3").text
    assert opened(SENT, "/mails/id-3/html").status_code == 404


def test_an_unknown_mail_is_not_there() -> None:
    assert opened(SENT, "/mails/id-9").status_code == 404


def test_a_stopped_service_is_said_plainly() -> None:
    def nothing_listens() -> list[dict[str, Any]]:
        raise ConnectionRefusedError

    stopped = create_app(Running(Service({}), nothing_listens), 4580).test_client()

    answered = stopped.get("/mails", headers={"Host": "localhost:4580"})

    assert answered.status_code == 503
    assert "has stopped" in answered.text


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("", []),
        ("none", []),
        ("see http://a.example.org/x?y=z, and (https://b.example.org/).", ["http://a.example.org/x?y=z", "https://b.example.org/"]),
        ("javascript:alert(1) data:text/html,x", []),
        ("<http://a.example.org>", ["http://a.example.org"]),
    ],
)
def test_addresses_in_a_text_are_found_and_nothing_is_lost(text: str, addresses: list[str]) -> None:
    found = list(parts(text))

    assert "".join(part.text for part in found) == text
    assert [part.text for part in found if part.is_address] == addresses
