"""Who is asking: the signed-in browser behind a request, and whether a form comes from a page of ours."""

import re
from dataclasses import dataclass

from flask import Response, abort, make_response, redirect, request, url_for

from shared import clock, sessions
from shared.logs import logger
from shared.sessions import Session
from shared.settings import setting
from shared.store import desk_sessions

COOKIE = "__Host-kursdag"
"""Holds whose session it is (a hash of the address) and the session's secret."""

ASKING = "__Host-kursdag-asking"
"""The cookie of a browser that has been to the sign-in page."""

HASH = re.compile("[0-9a-f]{64}")

FORM_TYPE = "application/x-www-form-urlencoded"
FILE_TYPE = "multipart/form-data"

LARGEST_UPLOAD = 5 * 1024 * 1024
"""Bytes of all files of an upload together."""
BESIDE = 64 * 1024
"""Bytes of an upload beside its files."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in member of staff, and the secret of this browser's session."""

    session: Session
    secret: str

    @property
    def email(self) -> str:
        """Whose session it is."""
        return self.session.email

    @property
    def form_token(self) -> str:
        """What the forms of this browser's pages carry."""
        return sessions.form_token(self.secret)


def now() -> int:
    """Return when the page was asked for: sessions go by the real time, whatever the stack's clock says."""
    return clock.real_page_time(request.environ["apig_wsgi.request_context"])


def page_time() -> int:
    """Return when the page was asked for, by the stack's clock: what rounds and rosters go by."""
    return clock.page_time(request.environ["apig_wsgi.request_context"])


def visitor() -> Visitor | None:
    """Find the session behind a request, if it still holds."""
    whose, _, secret = request.cookies.get(COOKIE, "").partition(".")
    found = desk_sessions.session(whose, secret) if HASH.fullmatch(whose) and sessions.is_secret(secret) else None
    if found is None or not sessions.is_alive(found, now()):
        return None
    if now() - found.seen >= sessions.NOTED:
        desk_sessions.note_seen(found.email, secret, now())
    return Visitor(found, secret)


def signed_in() -> Visitor:
    """Return who is signed in, or send the reader to sign in."""
    found = visitor()
    if found is None:
        abort(redirect(url_for("entrance.ask"), 303))
    return found


def open_session(email: str, response: Response) -> None:
    """Sign a browser in; the session that it had ends."""
    earlier = visitor()
    if earlier:
        desk_sessions.end_session(earlier.email, earlier.secret)
    secret, moment = sessions.new_secret(), now()
    desk_sessions.put_session(secret, Session(email, moment, moment))
    set_cookie(response, COOKIE, f"{sessions.fingerprint(email.casefold())}.{secret}")


def asking() -> str:
    """Return the secret by which this browser asks to be let in; empty where it has none of ours."""
    secret = request.cookies.get(ASKING, "")
    return secret if sessions.is_secret(secret) else ""


def let_in(email: str) -> Response:
    """Sign in the browser that has shown who it is, and lead it to the programmes."""
    response = make_response(redirect(url_for("overview.programmes"), 303))
    open_session(email, response)
    drop_cookie(response, ASKING)
    logger.info("signed in")
    return response


def set_cookie(response: Response, name: str, value: str) -> None:
    """Set a cookie that only this host gets, over HTTPS, and no script reads; it goes when the browser is closed."""
    response.set_cookie(name, value, path="/", secure=True, httponly=True, samesite="Lax")


def drop_cookie(response: Response, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="Lax")


def require_own_form(secret: str, form_type: str = FORM_TYPE) -> None:
    """Refuse a POST that was not made on a page of ours in this browser."""
    if not _is_from_here():
        abort(403)
    if request.mimetype != form_type:
        abort(415)
    # Anybody can make the token of a secret that was never drawn, such as an empty one.
    if not (sessions.is_secret(secret) and sessions.is_form_token(secret, request.form.get("form", ""))):
        abort(403)


def require_own_files(secret: str) -> None:
    """Refuse an upload likewise; it may be larger than other forms."""
    request.max_content_length = LARGEST_UPLOAD + BESIDE
    require_own_form(secret, FILE_TYPE)


def _is_from_here() -> bool:
    """Read what the browser says of a request's origin: in a word, or as an address where it does not know the word."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin", "") == setting("BASE_ADDRESS").lower()
