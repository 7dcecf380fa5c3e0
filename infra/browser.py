"""A browser without a screen or JavaScript, for the pages of the local stack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import lxml.html
import urllib3

TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answered:
    """What the service answered: a status, and the page as text."""

    status: int
    page: str


class Browser:
    """Opens pages and sends forms; names under .localhost are looked for on this machine."""

    def __init__(self) -> None:
        self._pool = urllib3.PoolManager(maxsize=8, retries=False, timeout=30)

    def get(self, address: str) -> Answered:
        """Open a page."""
        return self._request("GET", address)

    def post(self, address: str, fields: Mapping[str, str | Sequence[str]]) -> Answered:
        """Send a form; a field may have several values."""
        return self._request("POST", address, urlencode(fields, doseq=True).encode())

    def _request(self, method: str, address: str, body: bytes | None = None) -> Answered:
        parts = urlsplit(address)
        headers = {"Host": parts.netloc} | ({"Content-Type": TYPE} if body is not None else {})
        reply = self._pool.request(method, f"http://127.0.0.1:{parts.port}{parts.path}", body=body, headers=headers, redirect=False)
        return Answered(reply.status, reply.data.decode())


def fields(page: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Read a page's form: the hidden fields with their values, and each question with the codes it offers.

    Numbers are left out, and what a page offers beside its questions: such fields begin with an underscore.
    """
    document: Any = lxml.html.document_fromstring(page)
    form = next(iter(document.xpath(".//form[@id='answer']")), document.forms[0])
    hidden = {field.get("name"): field.get("value", "") for field in form.xpath(".//input[@type='hidden']")}
    offered: dict[str, list[str]] = {}
    for field in form.xpath(".//input[@type='radio'] | .//input[@type='checkbox'][not(starts-with(@name, '_'))] | .//textarea"):
        codes = offered.setdefault(field.get("name"), [])
        codes.extend([field.get("value")] if field.tag == "input" else [])
    return hidden, offered
