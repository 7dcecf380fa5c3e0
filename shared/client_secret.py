"""SSM: the secret by which the desk shows the organisation's sign-in service that it is the desk."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from shared.settings import setting

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient


@cache
def client() -> SSMClient:
    """Return this process's client; its timeouts fit a person waiting for a page."""
    return boto3.client("ssm", config=Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 2}))


def client_secret() -> str | None:
    """Read the secret; None where there is none, as for a service that needs no more than the desk's name."""
    try:
        return client().get_parameter(Name=setting("SIGN_IN_SECRET"), WithDecryption=True)["Parameter"]["Value"]
    except client().exceptions.ParameterNotFound:
        return None
