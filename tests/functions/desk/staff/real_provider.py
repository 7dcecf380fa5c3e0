"""A sign-in service that is not ours, run in Node.js, and somebody who signs in there."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urljoin

import requests

from infra.stack.emulator import free_port
from tests.template import ROOT


@contextmanager
def service(back: str, secret: str) -> Iterator[str]:
    """Run the service; yield its issuer."""
    port = str(free_port())
    command = ["node", str(ROOT / "tests/node/sign_in_provider.mjs"), str(ROOT / ".tools/node"), port, back, secret]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        try:
            assert running.stdout
            assert running.stdout.readline() == b"ready\n"
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()


def signed_in(place: str, address: str, back: str) -> str:
    """Go where the desk sends a browser, sign in there with an address, and consent; return where the service sends back to."""
    with requests.Session() as browser:
        browser.trust_env = False
        page = _followed(browser, browser.get(place, allow_redirects=False), back)
        for fields in ({"prompt": "login", "login": address, "password": "anything"}, {"prompt": "consent"}):
            (action,) = re.findall(r'action="([^"]+)"', page.text)
            page = _followed(browser, browser.post(urljoin(page.url, action), fields, allow_redirects=False), back)
    return page.headers["location"]


def _followed(browser: requests.Session, page: requests.Response, back: str) -> requests.Response:
    while "location" in page.headers and not page.headers["location"].startswith(back):
        page = browser.get(urljoin(page.url, page.headers["location"]), allow_redirects=False)
    return page
