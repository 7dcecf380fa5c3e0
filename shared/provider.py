"""The organisation's sign-in service, by OpenID Connect: where it is, the way there, and whom it sends back."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped]
from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped]
from joserfc.jwk import KeySet

from shared import id_tokens
from shared.client_secret import client_secret
from shared.id_tokens import Claims, Expected, NotProven, UnknownKey
from shared.sessions import Departure
from shared.settings import is_local, setting
from shared.store.recent import Recent

PATIENCE = (1.0, 2.5)
"""Seconds to wait for a connection and for a reply. There are four requests at most, and a page has fifteen seconds."""

KEPT = 60 * 60
"""Seconds for which the service's addresses and keys are used without being asked for again."""

SCOPE = "openid email"


class Unreachable(Exception):
    """The service does not answer, or not as the standard says; the message says what it did instead."""


class NoAddress(Exception):
    """The service knows who it is, and no confirmed mail address of theirs."""


def way_there(left: Departure, back: str) -> str:
    """Return the address at which somebody signs in, to be sent back to ours."""
    place = _guarded(metadata(setting("SIGN_IN_ISSUER"))["authorization_endpoint"])
    address, _ = _session(back).create_authorization_url(place, state=left.state, nonce=left.nonce, code_verifier=left.verifier)
    return str(address)


def address_of(code: str, sender: str | None, left: Departure, back: str, now: int) -> str:
    """Return the confirmed address of who came back with a code, and perhaps with who sends her.

    Raise `Unreachable`, `NotProven` or `NoAddress`.
    """
    issuer = setting("SIGN_IN_ISSUER")
    known = metadata(issuer)
    if sender not in ((issuer,) if known.get("authorization_response_iss_parameter_supported") else (issuer, None)):
        raise NotProven("another sender")
    session = _session(back, client_secret(), known)
    token = _token(session, known["token_endpoint"], code, left.verifier)
    expected = Expected(issuer, setting("SIGN_IN_CLIENT"), left.nonce, str(token.get("access_token", "")))
    claims = _proven(str(token.get("id_token", "")), expected, now)
    address = id_tokens.confirmed_address(_with_profile(claims, known, expected.access_token))
    if address is None:
        raise NoAddress
    return address


def metadata(issuer: str) -> Mapping[str, Any]:
    """Return what the service says of itself; raise `Unreachable`."""
    return _metadata(issuer) or {}


def keys(issuer: str) -> KeySet:
    """Return the public keys that sign the service's tokens; raise `Unreachable` or `NotProven`."""
    return _keys(metadata(issuer)["jwks_uri"]) or KeySet([])


def _discovered(issuer: str) -> Mapping[str, Any]:
    found = _document(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != issuer:
        raise Unreachable("it names another issuer than the one that is set")
    if missing := [name for name in ("authorization_endpoint", "token_endpoint", "jwks_uri") if not isinstance(found.get(name), str)]:
        raise Unreachable(f"it does not name its {', '.join(missing)}")
    return found


_metadata = Recent(_discovered, KEPT)
_keys = Recent(lambda address: id_tokens.key_set(_document(address)), KEPT)


def _proven(token: str, expected: Expected, now: int) -> Claims:
    """Judge a token; a key that isn't known is looked for once more, since services change theirs."""
    for _ in range(2):
        try:
            return id_tokens.proven(token, keys(expected.issuer), expected, now)
        except UnknownKey:
            _keys.clear()
    raise NotProven("unknown key")


def _with_profile(claims: Claims, known: Mapping[str, Any], access_token: str) -> Claims:
    """Ask for the address where the token has none, as many services want it; the reply must be of the same person."""
    if "email" in claims or "userinfo_endpoint" not in known:
        return claims
    profile = _document(known["userinfo_endpoint"], {"Authorization": f"Bearer {access_token}"})
    if profile.get("sub") != claims["sub"]:
        raise NotProven("another person")
    return profile


def _token(session: Any, place: str, code: str, verifier: str) -> Mapping[str, Any]:
    """Redeem a code, which works once and only with our verifier; what is not a token proves nothing."""
    try:
        found: Mapping[str, Any] = session.fetch_token(
            _guarded(place),
            grant_type="authorization_code",
            code=code,
            code_verifier=verifier,
            timeout=PATIENCE,
            allow_redirects=False,
        )
    except OAuthError as error:
        raise NotProven("no token") from error
    except (requests.RequestException, ValueError) as error:
        raise Unreachable("it gives no token") from error
    return found


def _session(back: str, secret: str | None = None, known: Mapping[str, Any] | None = None) -> Any:
    methods = (known or {}).get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    # Services differ in how they read odd characters of a secret in a header; in the form there is only one way.
    by_secret = "client_secret_post" if "client_secret_post" in methods else "client_secret_basic"
    session = OAuth2Session(
        setting("SIGN_IN_CLIENT"),
        secret,
        token_endpoint_auth_method=by_secret if secret else "none",
        scope=SCOPE,
        redirect_uri=back,
        code_challenge_method="S256",
    )
    session.trust_env = False
    return session


def _document(address: str, headers: Mapping[str, str] | None = None) -> Mapping[str, Any]:
    """Get a JSON object, from just this address."""
    with requests.Session() as session:
        session.trust_env = False
        try:
            reply = session.get(_guarded(address), headers=headers, timeout=PATIENCE, allow_redirects=False)
            found = reply.json() if reply.status_code == requests.codes.ok else None
        except (requests.RequestException, ValueError) as error:
            raise Unreachable(f"{urlsplit(address).hostname} gives no answer that can be read") from error
    if not isinstance(found, dict):
        raise Unreachable(f"{urlsplit(address).hostname} answers with status {reply.status_code} and no document")
    return found


def _guarded(address: str) -> str:
    """Refuse an address that isn't encrypted, except on one's own machine."""
    if urlsplit(address).scheme != "https" and not is_local():
        raise Unreachable("its addresses must begin with https")
    return address
