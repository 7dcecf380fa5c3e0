"""S3: the bucket in which editions lie."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

from shared.settings import setting

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


@cache
def client() -> S3Client:
    """Return this process's client."""
    return boto3.client("s3")


def put(key: str, body: bytes, content_type: str) -> None:
    """Store one object whole."""
    client().put_object(Bucket=setting("EDITIONS_BUCKET"), Key=key, Body=body, ContentType=content_type)


def get(key: str) -> bytes:
    """Read one object."""
    return client().get_object(Bucket=setting("EDITIONS_BUCKET"), Key=key)["Body"].read()


def found(key: str) -> bytes | None:
    """Read one object, if it is there; who may not list objects is told by S3 that she may not read what is not there."""
    try:
        return get(key)
    except ClientError as error:
        if error.response["Error"]["Code"] not in ("NoSuchKey", "AccessDenied"):
            raise
        return None


def delete(key: str) -> None:
    """Delete one object, whether it is there or not; its version goes by the bucket's own rule, some weeks later."""
    client().delete_object(Bucket=setting("EDITIONS_BUCKET"), Key=key)


def document(key: str) -> dict[str, Any]:
    """Read one object that is JSON."""
    found: dict[str, Any] = json.loads(get(key))
    return found
