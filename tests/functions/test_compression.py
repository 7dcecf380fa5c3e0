import base64
import gzip
from typing import Any

import pytest

from functions.answer.handler import handler
from shared.web.look import FILES
from tests.functions.open_round import open_round, path, request

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture(autouse=True)
def opened(tables: object) -> None:  # noqa: ARG001
    open_round()


def reply(where: str, accepted: str = "gzip, deflate, br") -> Any:
    return handler(request("GET", where, accept_encoding=accepted), None)


def text(answered: Any) -> str:
    return gzip.decompress(base64.b64decode(answered["body"])).decode()


def test_a_form_is_sent_compressed_to_a_browser_that_takes_it() -> None:
    answered = reply(path())

    assert answered["isBase64Encoded"]
    assert answered["headers"]["content-encoding"] == "gzip"
    assert answered["headers"]["vary"] == "Accept-Encoding"
    assert text(answered).startswith("<!doctype html>")
    assert len(base64.b64decode(answered["body"])) < len(text(answered)) / 2


@pytest.mark.parametrize("accepted", ["identity", "br", "gzip;q=0"])
def test_a_form_is_sent_as_it_is_to_a_browser_that_takes_nothing_else(accepted: str) -> None:
    answered = reply(path(), accepted)

    assert answered["body"].startswith("<!doctype html>")
    assert "content-encoding" not in answered["headers"]


def test_static_files_are_sent_compressed_and_short_ones_as_they_are() -> None:
    encodings = {name.rsplit(".", 1)[1]: reply(f"/static/{name}")["headers"].get("content-encoding") for name in FILES}

    assert encodings == {"css": "gzip", "js": "gzip", "svg": None}
