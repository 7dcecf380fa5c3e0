"""The mails that the local stack has sent. The emulator forgets them when it stops, so they are kept in a bucket of its own."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Mapping
from email.header import decode_header, make_header
from functools import cache
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from infra.stack.access import address, session

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

BUCKET = "kursdag-code"
KEY = "mails.json"

Mail = Mapping[str, Any]
"""A mail as the emulator tells it: MessageId, Source, To, Subject, BodyText, BodyHtml, Timestamp (epoch seconds)."""


def mails(port: int) -> list[Mail]:
    """Return every mail of the stack that runs on a port, the oldest first."""
    return [*_kept(port), *_sent(port)]


def keep(port: int) -> None:
    """Write the mails of a running stack down, before it is stopped."""
    if _sent(port):
        text = json.dumps(mails(port))
        _storage(port).put_object(Bucket=BUCKET, Key=KEY, Body=text.encode())


def _kept(port: int) -> list[Mail]:
    try:
        stored = _storage(port).get_object(Bucket=BUCKET, Key=KEY)
    except ClientError:
        return []
    kept: list[Mail] = json.loads(stored["Body"].read())
    return kept


@cache
def _storage(port: int) -> S3Client:
    """Return a client of a stack's buckets; making one takes longer than many of its calls."""
    return session().client("s3", endpoint_url=address(port))


def _sent(port: int) -> list[Mail]:
    with urllib.request.urlopen(f"{address(port)}/_ministack/ses/messages") as reply:
        by_account: dict[str, list[Mail]] = json.load(reply)["messages"]
    return [_read(mail) for account in by_account.values() for mail in account]


def _read(mail: Mail) -> Mail:
    """Undo what mails are wrapped in on their way: line ends of their own, and encoded names."""
    bodies = {name: (mail[name] or "").replace("\r\n", "\n") for name in ("BodyText", "BodyHtml")}
    return {**mail, **bodies, "Source": str(make_header(decode_header(mail["Source"])))}
