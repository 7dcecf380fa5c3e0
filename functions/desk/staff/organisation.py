"""Signing in with the organisation's own account: there, and back. Who comes back is who they are by their mail address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from functions.desk.staff import guard, ways_in
from shared import sessions
from shared.languages import catalogue
from shared.logs import logger
from shared.phrases import _
from shared.settings import setting
from shared.store import desk_sessions
from shared.web.pages import language

organisation = Blueprint("organisation", __name__)

REFUSALS = {
    "not begun here": (
        403,
        _("This sign-in was begun in another browser, or more than {minutes} minutes ago, or it has been used already. Begin again."),
    ),
    "declined": (403, _("Your organisation's sign-in did not let you in, or you turned back there.")),
    "not proven": (
        403,
        _("What your organisation's sign-in says about you can't be confirmed. Begin again; if it stays so, tell those who run Kursdag."),
    ),
    "no address": (
        403,
        _("Kursdag knows you by your mail address, and your organisation's sign-in gives no confirmed one. Tell those who run Kursdag."),
    ),
    "unreachable": (503, _("Your organisation's sign-in does not answer. Try again in a moment.")),
}
"""Why somebody is not signed in: the status, and what is said."""

SAID = frozenset(
    {
        *("access_denied", "account_selection_required", "consent_required", "interaction_required", "invalid_request", "invalid_scope"),
        *("login_required", "server_error", "temporarily_unavailable", "unauthorized_client", "unsupported_response_type"),
    }
)
"""The standard's words for what went wrong elsewhere; no others are shown, since anybody can write an address."""


class NotLetIn(Exception):
    """Somebody is not signed in: one of the `REFUSALS`."""


@organisation.errorhandler(NotLetIn)
def explain(refusal: NotLetIn) -> tuple[str, int]:
    """Say why somebody is not signed in, and lead back."""
    status, text = REFUSALS[str(refusal)]
    said = request.args.get("error") if str(refusal) == "declined" else None
    told = catalogue(language()).gettext(text).format(minutes=sessions.SIGN_IN // 60)
    return render_template("staff/not_let_in.html", text=told, said=said if said in SAID else None), status


@organisation.get("/sign-in/account")
def depart() -> AnyResponse:
    """Send a browser to the organisation's sign-in. A link from elsewhere leads to our own page first."""
    _require_accounts()
    secret = guard.asking()
    if not secret or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return redirect(url_for("entrance.ask"), 303)
    state = sessions.new_secret()
    with _explained() as provider:
        place = provider.way_there(sessions.departure(secret, state), _back())
    desk_sessions.put_departure(state, secret, guard.now())
    logger.info("sign-in with an account begun")
    return redirect(place, 303)


@organisation.get("/sign-in/return")
def come_back() -> Response:
    """Sign in who comes back: once, in time, in the browser that left, and as whom the organisation says it is."""
    _require_accounts()
    secret, state, code = guard.asking(), request.args.get("state", ""), request.args.get("code", "")
    if not (secret and sessions.is_secret(state) and desk_sessions.use_departure(state, secret, guard.now())):
        raise NotLetIn("not begun here")
    if "error" in request.args or not code:
        raise NotLetIn("declined")
    with _explained() as provider:
        left = sessions.departure(secret, state)
        email = provider.address_of(code, request.args.get("iss"), left, _back(), guard.now())
    return guard.let_in(email)


def _require_accounts() -> None:
    if not ways_in.by_account():
        abort(404)


def _back() -> str:
    """Return the one address that the organisation's sign-in sends back to, whatever host a request claims."""
    return setting("BASE_ADDRESS") + url_for("organisation.come_back")


@contextmanager
def _explained() -> Iterator[ModuleType]:
    """Lend the module that speaks to the organisation's sign-in; what it finds wrong becomes a refusal."""
    # Loaded only now: it takes a tenth of a second and 13 MB more, and few requests are about signing in.
    from shared import id_tokens, provider  # noqa: PLC0415

    try:
        yield provider
    except provider.Unreachable as error:
        logger.warning("sign-in service not reached", reason=str(error))
        raise NotLetIn("unreachable") from None
    except id_tokens.NotProven as error:
        logger.warning("sign-in not proven", reason=str(error))
        raise NotLetIn("not proven") from None
    except provider.NoAddress:
        raise NotLetIn("no address") from None
