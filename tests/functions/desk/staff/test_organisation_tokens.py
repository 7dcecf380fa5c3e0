"""What the organisation's sign-in service has to prove, and of whom."""

from collections.abc import Iterator

import pytest

from tests.functions.desk.staff.departing import NOW, Change, back, departed, giving, offering, refused, signed_in
from tests.functions.desk.staff.issuer import ANOTHER, CLIENT, RSA, Issuer
from tests.functions.desk.visitors import OWNER

pytestmark = pytest.mark.slow


@pytest.fixture
def issuer(tables: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuer]:  # noqa: ARG001
    with offering(monkeypatch) as service:
        yield service


def unsigned(issuer: Issuer) -> None:
    issuer.algorithm = "none"


def shared_secret(issuer: Issuer) -> None:
    issuer.algorithm = "HS256"


def unknown_key(issuer: Issuer) -> None:
    issuer.signing = ANOTHER


def forged_key(issuer: Issuer) -> None:
    issuer.signing, issuer.named = ANOTHER, RSA.kid


def saying(**claims: object) -> Change:
    return lambda issuer: issuer.claims.update(claims)


UNPROVEN: dict[str, Change] = {
    "another nonce": saying(nonce="A" * 43),
    "no nonce": saying(nonce=None),
    "another issuer": saying(iss="https://evil.example"),
    "no issuer": saying(iss=None),
    "another audience": saying(aud="another"),
    "no audience": saying(aud=None),
    "several audiences, given to another": saying(aud=[CLIENT, "another"], azp="another"),
    "several audiences, given to nobody": saying(aud=[CLIENT, "another"]),
    "given to another": saying(azp="another"),
    "expired": saying(exp=NOW - 61),
    "never expires": saying(exp=None),
    "not valid yet": saying(nbf=NOW + 61),
    "made in the future": saying(iat=NOW + 61),
    "nobody": saying(sub=None),
    "a number for somebody": saying(sub=17),
    "another access token": saying(at_hash="A" * 22),
    "not signed": unsigned,
    "signed with what is public": shared_secret,
    "an unknown key": unknown_key,
    "a key under another's name": forged_key,
    "no keys at all": lambda issuer: issuer.keys.clear(),
    "a code that is refused": giving(400, {"error": "invalid_grant"}),
    "a client that is refused": giving(401, {"error": "invalid_client"}),
    "no token": giving(200, {"access_token": "open", "token_type": "Bearer"}),
    "no text for a token": giving(200, {"access_token": "open", "token_type": "Bearer", "id_token": 17}),
    "an odd text for a token": giving(200, {"access_token": "open", "token_type": "Bearer", "id_token": "a.b.c"}),
}


@pytest.mark.parametrize("change", UNPROVEN.values(), ids=UNPROVEN)
def test_what_is_not_proven_signs_nobody_in(issuer: Issuer, change: Change) -> None:
    browser, taken = departed(issuer)
    change(issuer)

    page = back(browser, taken["state"])

    assert refused(page, 403, "can't be confirmed")


@pytest.mark.parametrize("claims", [{"aud": [CLIENT]}, {"aud": [CLIENT, "another"], "azp": CLIENT}, {"exp": NOW - 59}, {"iat": NOW + 59}])
def test_what_the_standard_allows_signs_in(issuer: Issuer, claims: dict[str, object]) -> None:
    issuer.claims = claims

    assert signed_in(issuer).status == 303


UNSURE: list[object] = [None, False, "true", 1, "yes"]
NO_ADDRESS: list[object] = [None, "", 17, ["owner@example.org"], "owner", "owner@example.org, kari@example.org", "ſomebody@example.org"]
UNCONFIRMED: list[dict[str, object]] = [
    *[{"email_verified": value} for value in UNSURE],
    *[{"email": value} for value in NO_ADDRESS],
    {"email_verified": False, "xms_edov": False},
    {"email_verified": None, "xms_edov": "0"},
]


@pytest.mark.parametrize("claims", UNCONFIRMED)
def test_an_address_that_is_not_confirmed_signs_nobody_in(issuer: Issuer, claims: dict[str, object]) -> None:
    issuer.claims = claims

    assert refused(signed_in(issuer), 403, "gives no confirmed one")


@pytest.mark.parametrize("said", [True, "1", "true"])
def test_microsoft_s_word_for_a_confirmed_address_counts(issuer: Issuer, said: object) -> None:
    issuer.claims = {"email_verified": None, "xms_edov": said}

    assert signed_in(issuer).status == 303


def test_an_address_that_the_token_has_not_is_asked_for(issuer: Issuer) -> None:
    issuer.claims, issuer.profile = {"email": None}, {"sub": "17", "email": OWNER, "email_verified": True}

    assert signed_in(issuer).status == 303
    assert issuer.headers["/profile"]["Authorization"] == "Bearer open"


@pytest.mark.parametrize("profile", [{}, {"sub": "18"}, {"sub": None}])
def test_a_profile_of_somebody_else_signs_nobody_in(issuer: Issuer, profile: dict[str, object]) -> None:
    issuer.claims, issuer.profile = {"email": None}, {"email": OWNER, "email_verified": True} | profile

    assert refused(signed_in(issuer), 403, "can't be confirmed")


def test_a_profile_without_a_confirmed_address_signs_nobody_in(issuer: Issuer) -> None:
    issuer.claims, issuer.profile = {"email": None, "email_verified": True}, {"sub": "17", "email": OWNER}

    assert refused(signed_in(issuer), 403, "gives no confirmed one")
