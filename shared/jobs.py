"""Lambda: the function that publishes, as the desk's pages call it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from shared.settings import setting

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


class Failed(Exception):
    """The function failed; its own log says where."""


@cache
def client() -> LambdaClient:
    """Return this process's client. It waits no longer than a page may, and never publishes twice by itself."""
    return boto3.client("lambda", config=Config(connect_timeout=2, read_timeout=25, retries={"total_max_attempts": 1}))


def publish(event: Mapping[str, Any]) -> dict[str, Any]:
    """Have something published or planned, and return what the function says."""
    reply = client().invoke(FunctionName=setting("PUBLISH_FUNCTION"), Payload=json.dumps(event).encode())
    answer: dict[str, Any] = json.loads(reply["Payload"].read())
    if reply.get("FunctionError"):
        raise Failed
    return answer
