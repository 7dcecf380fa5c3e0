"""What an organisation's sign-in service says of somebody, believed as far as it is proven."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from shared import addresses

SIGNED_BY = ("RS256", "PS256", "ES256")
"""How a token may be signed: with a private key. Never with nothing, nor with a secret that two sides know."""

LEEWAY = 60
"""Seconds by which the service's clock may differ from ours."""

Claims = Mapping[str, Any]


class NotProven(Exception):
    """Nothing proves who signs in; the message is a reason for the log, in words of ours."""


class UnknownKey(Exception):
    """A token names a key that is not among those given: the service may have changed its keys since."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token has to say: who made it, for whom, for which sign-in, and with which access token."""

    issuer: str
    client: str
    nonce: str
    access_token: str


def key_set(document: Mapping[str, Any]) -> KeySet:
    """Read the public keys that sign; raise `NotProven` where there is none."""
    signing = [key for key in document["keys"] if key.get("kty") in ("RSA", "EC") and key.get("use", "sig") == "sig"]
    try:
        return KeySet.import_key_set({"keys": signing})
    except (JoseError, ValueError) as error:
        raise NotProven("no keys") from error


def proven(token: str, keys: KeySet, expected: Expected, now: int) -> Claims:
    """Return what a token says, if it is signed by one of the keys and is what is expected; else raise `NotProven` or `UnknownKey`."""
    try:
        read = jwt.decode(token, keys, algorithms=SIGNED_BY)
        _require(read, expected, now)
    except InvalidKeyIdError as error:
        raise UnknownKey from error
    except (JoseError, ValueError, TypeError) as error:
        raise NotProven("token") from error
    return read.claims


def _require(read: jwt.Token, expected: Expected, now: int) -> None:
    wanted = {"iss": {"essential": True, "value": expected.issuer}, "aud": {"essential": True, "value": expected.client}}
    context = {"nonce": expected.nonce, "client_id": expected.client, "access_token": expected.access_token}
    CodeIDToken(read.claims, read.header, wanted, context).validate(now, LEEWAY)


def confirmed_address(claims: Claims) -> str | None:
    """Return the mail address that is somebody's for certain, if the claims tell one.

    Microsoft says it in a claim of its own: that whoever owns the address's domain has been verified.
    """
    if claims.get("email_verified") is not True and claims.get("xms_edov") not in (True, "1", "true"):
        return None
    found = claims.get("email")
    return addresses.normalised(found) if isinstance(found, str) else None
