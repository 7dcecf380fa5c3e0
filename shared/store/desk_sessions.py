"""Desk: the sessions of staff, and their sign-ins under way. Only hashes of secrets and of addresses name the items."""

from dataclasses import dataclass
from typing import Any

from shared.sessions import LONGEST, PAUSE, SIGN_IN, Session, fingerprint
from shared.settings import setting
from shared.store.client import SCHEMA, Item, client, key, partition, stored


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in that was asked for."""

    email: str
    browser: str
    """The fingerprint of the asking browser's cookie."""
    expires: int
    language: str
    """The one in which it was asked for."""


def _table() -> str:
    return setting("DESK_TABLE")


def _person(email: str) -> str:
    return f"STAFF#{fingerprint(email.casefold())}"


def may_ask(email: str, now: int) -> bool:
    """Note that a sign-in is asked for; tell whether the last time was long enough ago for another mail."""
    return _first_within_pause(key(_person(email), "ASKED"), now)


def may_try(email: str, mail: str, now: int) -> bool:
    """Note that somebody of the staff tries out a mail; tell whether the last time was long enough ago."""
    return _first_within_pause(key(_person(email), f"TRIED#{fingerprint(mail)}"), now)


def _first_within_pause(name: dict[str, Any], now: int) -> bool:
    item = name | {"schema": SCHEMA, "at": {"N": str(now)}, "expires": {"N": str(now + PAUSE)}}
    return stored(
        _table(),
        item,
        "attribute_not_exists(pk) OR #at <= :before",
        ExpressionAttributeNames={"#at": "at"},
        ExpressionAttributeValues={":before": {"N": str(now - PAUSE)}},
    )


def put_sign_in(token: str, email: str, browser: str, language: str, now: int) -> None:
    """Store a sign-in under the hash of its mailed token, for the browser with this cookie."""
    item = key(f"SIGNIN#{fingerprint(token)}", "SIGNIN") | {
        "schema": SCHEMA,
        "email": {"S": email},
        "browser": {"S": fingerprint(browser)},
        "language": {"S": language},
        "expires": {"N": str(now + SIGN_IN)},
    }
    client().put_item(TableName=_table(), Item=item)


def sign_in(token: str) -> SignIn | None:
    """Read a sign-in by its token."""
    found = client().get_item(TableName=_table(), Key=key(f"SIGNIN#{fingerprint(token)}", "SIGNIN")).get("Item")
    if not found:
        return None
    return SignIn(found["email"]["S"], found["browser"]["S"], int(found["expires"]["N"]), found["language"]["S"])


def use_sign_in(token: str, browser: str, now: int) -> str | None:
    """Use a sign-in up, once, in the browser that asked and in time; return its address."""
    used = _used(key(f"SIGNIN#{fingerprint(token)}", "SIGNIN"), browser, now)
    return used["email"]["S"] if used else None


def put_departure(state: str, browser: str, now: int) -> None:
    """Note, under the hash of its state, that the browser with this cookie leaves to sign in elsewhere."""
    item = _departure_key(state) | {"schema": SCHEMA, "browser": {"S": fingerprint(browser)}, "expires": {"N": str(now + SIGN_IN)}}
    client().put_item(TableName=_table(), Item=item)


def use_departure(state: str, browser: str, now: int) -> bool:
    """Tell whether this browser left with this state and is back in time; once."""
    return _used(_departure_key(state), browser, now) is not None


def _departure_key(state: str) -> dict[str, Any]:
    return key(f"DEPARTURE#{fingerprint(state)}", "DEPARTURE")


def _used(wanted: dict[str, Any], browser: str, now: int) -> Item | None:
    """Take what a browser began, once and in time."""
    try:
        return client().delete_item(
            TableName=_table(),
            Key=wanted,
            ConditionExpression="browser = :browser AND expires > :now",
            ExpressionAttributeValues={":browser": {"S": fingerprint(browser)}, ":now": {"N": str(now)}},
            ReturnValues="ALL_OLD",
        )["Attributes"]
    except client().exceptions.ConditionalCheckFailedException:
        return None


def put_session(secret: str, session: Session) -> None:
    """Store a session under the hash of its cookie's secret."""
    item = _session_key(session.email, secret) | {
        "schema": SCHEMA,
        "email": {"S": session.email},
        "started": {"N": str(session.started)},
        "seen": {"N": str(session.seen)},
        "expires": {"N": str(session.started + LONGEST)},
    }
    client().put_item(TableName=_table(), Item=item)


def session(email_hash: str, secret: str) -> Session | None:
    """Read a session; consistently, so that one that was ended is ended at once."""
    wanted = key(f"STAFF#{email_hash}", f"SESSION#{fingerprint(secret)}")
    found = client().get_item(TableName=_table(), Key=wanted, ConsistentRead=True).get("Item")
    return Session(found["email"]["S"], int(found["started"]["N"]), int(found["seen"]["N"])) if found else None


def note_seen(email: str, secret: str, now: int) -> None:
    """Note when a session was last heard of, unless it has been ended meanwhile."""
    try:
        client().update_item(
            TableName=_table(),
            Key=_session_key(email, secret),
            UpdateExpression="SET seen = :now",
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeValues={":now": {"N": str(now)}},
        )
    except client().exceptions.ConditionalCheckFailedException:
        return


def end_session(email: str, secret: str) -> None:
    """End one session."""
    client().delete_item(TableName=_table(), Key=_session_key(email, secret))


def end_sessions(email: str) -> None:
    """End every session of an address."""
    for item in list(partition(_table(), _person(email), "SESSION#", ConsistentRead=True)):
        client().delete_item(TableName=_table(), Key={"pk": item["pk"], "sk": item["sk"]})


def _session_key(email: str, secret: str) -> dict[str, Any]:
    return key(_person(email), f"SESSION#{fingerprint(secret)}")
