"""Signing in by mail, and out. A mailed link signs in only in the browser that asked, and only on a press."""

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for

from functions.desk.staff import guard, ways_in
from functions.desk.staff.guard import require_own_form
from shared import addresses, queue, sessions
from shared.logs import logger
from shared.queue import SignInErrand
from shared.store import desk_sessions
from shared.web.pages import Page, language

entrance = Blueprint("entrance", __name__)


@entrance.get("/sign-in")
def ask() -> Page:
    """Offer the ways to sign in."""
    secret = guard.asking() or sessions.new_secret()
    response = make_response(_question(secret, request.args.get("address", "")))
    guard.set_cookie(response, guard.ASKING, secret)
    return response


@entrance.post("/sign-in")
def send_link() -> Page:
    """Have a link sent. For every address the same is done and said: who is staff shows in the mailbox only."""
    _require_mailed_links()
    secret = guard.asking()
    require_own_form(secret)
    typed = request.form.get("address", "")
    address = addresses.normalised(typed)
    if address is None:
        return _question(secret, typed, fault=True), 422
    if desk_sessions.may_ask(address, guard.now()):
        token = sessions.new_secret()
        desk_sessions.put_sign_in(token, address, secret, language(), guard.now())
        if not queue.put([SignInErrand(token)]):
            abort(503)
    logger.info("sign-in asked for")
    return render_template("staff/sent.html", address=address, minutes=sessions.SIGN_IN // 60)


@entrance.get("/enter/<token>")
def confirm(token: str) -> Page:
    """Show the button that signs in; looking at the link, as mail scanners do, changes nothing."""
    _require_mailed_links()
    secret = guard.asking()
    asked = desk_sessions.sign_in(token) if secret else None
    if asked is None or asked.browser != sessions.fingerprint(secret) or asked.expires <= guard.now():
        return _expired()
    return render_template("staff/enter.html", address=asked.email, form_token=sessions.form_token(secret))


@entrance.post("/enter/<token>")
def enter(token: str) -> Page:
    """Sign in: once, in time, and in the browser that asked."""
    _require_mailed_links()
    secret = guard.asking()
    require_own_form(secret)
    email = desk_sessions.use_sign_in(token, secret, guard.now())
    if email is None:
        return _expired()
    return guard.let_in(email)


@entrance.post("/sign-out")
def leave() -> Page:
    """End this browser's session, or all sessions of its owner."""
    visitor = guard.signed_in()
    require_own_form(visitor.secret)
    if request.form.get("everywhere"):
        desk_sessions.end_sessions(visitor.email)
    else:
        desk_sessions.end_session(visitor.email, visitor.secret)
    logger.info("signed out")
    response = make_response(redirect(url_for("entrance.ask"), 303))
    guard.drop_cookie(response, guard.COOKIE)
    return response


def _question(secret: str, address: str, *, fault: bool = False) -> str:
    ways = {"by_account": ways_in.by_account(), "by_mail": ways_in.by_mail()}
    return render_template("staff/sign_in.html", **ways, address=address, form_token=sessions.form_token(secret), fault=fault)


def _require_mailed_links() -> None:
    if not ways_in.by_mail():
        abort(404)


def _expired() -> tuple[str, int]:
    """Say that a link does not sign in here, without saying which of the reasons it is."""
    logger.info("link refused")
    return render_template("staff/expired.html", minutes=sessions.SIGN_IN // 60), 403
