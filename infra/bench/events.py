"""Requests as API Gateway hands them to a function, payload format 2.0."""

import base64
import gzip
from typing import Any
from urllib.parse import urlencode

Event = dict[str, Any]

HOST = "kursdag.example.org"

HEADERS = {
    "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "accept-encoding": "gzip, deflate, br",
    "accept-language": "nb-NO,nb;q=0.9,en;q=0.6",
    "content-length": "0",
    "host": HOST,
    "sec-fetch-dest": "document",
    "sec-fetch-mode": "navigate",
    "sec-fetch-site": "none",
    "user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Safari/604.1",
    "x-amzn-trace-id": "Root=1-66b5f0c1-0123456789abcdef01234567",
    "x-forwarded-for": "192.0.2.1",
    "x-forwarded-port": "443",
    "x-forwarded-proto": "https",
}

FORM_TYPE = "application/x-www-form-urlencoded"


OK = 200


class Unexpected(Exception):
    """A page said something else than it should: what was measured is not what was meant."""


def ask(function: Any, event: Event) -> dict[str, Any]:
    """Call a function; raise `Unexpected` for anything but a page that is fine."""
    reply: dict[str, Any] = function(event, None)
    if reply["statusCode"] != OK:
        raise Unexpected(f"{event['rawPath']}: {reply['statusCode']}")
    return reply


def content(reply: dict[str, Any]) -> bytes:
    """Return what a function replied, as a browser reads it."""
    body: str = reply["body"]
    received = base64.b64decode(body) if reply.get("isBase64Encoded") else body.encode()
    return gzip.decompress(received) if reply["headers"].get("content-encoding") == "gzip" else received


def get(path: str, now: int, *cookies: str) -> Event:
    """Make the event of opening a page at a time in epoch seconds."""
    return _event("GET", path, now, HEADERS) | {"cookies": list(cookies), "isBase64Encoded": False}


def post(path: str, fields: dict[str, str], now: int) -> Event:
    """Make the event of sending a form; API Gateway hands bodies on in base 64."""
    body = urlencode(fields).encode()
    headers = HEADERS | {"content-type": FORM_TYPE, "content-length": str(len(body)), "origin": f"https://{HOST}"}
    return _event("POST", path, now, headers) | {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}


def _event(method: str, path: str, now: int, headers: dict[str, str]) -> Event:
    http = {
        "method": method,
        "path": path,
        "protocol": "HTTP/1.1",
        "sourceIp": "192.0.2.1",
        "userAgent": headers["user-agent"],
    }
    context = {
        "accountId": "000000000000",
        "apiId": "a1b2c3d4e5",
        "domainName": HOST,
        "domainPrefix": "kursdag",
        "http": http,
        "requestId": "aBcDeFgHiJkLmN0=",
        "routeKey": "$default",
        "stage": "$default",
        "time": "22/Nov/2026:14:00:00 +0000",
        "timeEpoch": now * 1000,
    }
    path, _, query = path.partition("?")
    named = {"version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": query}
    return {**named, "headers": dict(headers), "requestContext": context}
