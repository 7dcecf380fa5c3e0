"""Lets in only the browser of the person at this machine: no other site may read these pages or press their buttons."""

from __future__ import annotations

import hmac
import secrets

from flask import Flask, abort, request
from markupsafe import Markup

HOSTS = ("127.0.0.1", "localhost")
FIELD = "token"
READING = ("GET", "HEAD", "OPTIONS")

ELSEWHERE = "These pages are for the browser on this machine. Open them at the address that “{command}” printed."
FOREIGN = "This did not come from a page of this service. Open the start page and press the button there."
EARLIER = "This page is from an earlier run. Open the start page again and press the button there."


def guard(app: Flask, port: int) -> None:
    """Refuse requests under other names (DNS rebinding), and posts from other sites or earlier runs."""
    only_here(app, port, "make run")
    token = secrets.token_urlsafe()

    @app.before_request
    def admit() -> None:
        if request.method not in READING and not hmac.compare_digest(request.form.get(FIELD, "").encode(), token.encode()):
            abort(403, EARLIER)

    @app.template_global()
    def token_field() -> Markup:
        return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token)


def only_here(app: Flask, port: int, command: str) -> None:
    """Refuse requests under other names, and posts from other sites: enough where a post changes nothing."""
    names = {f"{host}:{port}" for host in HOSTS}

    @app.before_request
    def admit_from_here() -> None:
        if request.headers.get("Host", "").lower() not in names:
            abort(403, ELSEWHERE.format(command=command))
        if request.method not in READING and not _from_here(names):
            abort(403, FOREIGN)


def _from_here(names: set[str]) -> bool:
    """Tell whether a post comes from one of our pages or from the person, as far as the browser says."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    return request.headers.get("Origin", "") in {f"http://{name}" for name in names}
