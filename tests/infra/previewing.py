"""A programme's preview, as a browser on this machine meets it."""

import html
import re
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from infra.preview.app import create_app
from tests.functions.examples import FILES

BASE = "http://127.0.0.1:4590"
FORM = "/rounds/day-1/day-1"
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


class Preview:
    """The pages of a folder, as a browser on this machine meets them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client: FlaskClient = create_app(folder, 4590).test_client()

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, base_url=BASE)

    def send(self, path: str = FORM, **typed: str | list[str]) -> TestResponse:
        """Fill in a form as it stands on its page, and send it."""
        return self.post(path, self.hidden(path) | typed)

    def hidden(self, path: str = FORM) -> dict[str, str | list[str]]:
        fields = re.findall(r'<input type="hidden" name="(.+?)" value="(.*?)">', self.get(path).text)
        assert fields
        return {name: html.unescape(value) for name, value in fields}

    def post(self, path: str, fields: dict[str, str | list[str]], **headers: str) -> TestResponse:
        return self.client.post(path, data=fields, base_url=BASE, headers=SAME_SITE | headers)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")


def opened(folder: Path) -> Preview:
    """Write a programme's folder there and open it; no table, no setting, no AWS is there."""
    (folder / "walks").mkdir()
    found = Preview(folder / "walks")
    for name, text in FILES.items():
        found.write(name, text)
    return found
