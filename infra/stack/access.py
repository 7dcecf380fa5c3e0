"""How the local stack is reached: its addresses, and credentials that no other AWS knows."""

from typing import Final

import boto3

HOST = "127.0.0.1"
REGION: Final = "eu-north-1"
ACCOUNT = "test"
"""The emulator's root key, and its secret too."""


def address(port: int) -> str:
    """Return where AWS's services are spoken to."""
    return f"http://{HOST}:{port}"


def session() -> boto3.Session:
    """Return a session of the local stack's account, whatever the environment says."""
    return boto3.Session(aws_access_key_id=ACCOUNT, aws_secret_access_key=ACCOUNT, region_name=REGION)


def environment(port: int) -> dict[str, str]:
    """Return the variables that point AWS's libraries and tools to the local stack."""
    account = {"AWS_ACCESS_KEY_ID": ACCOUNT, "AWS_SECRET_ACCESS_KEY": ACCOUNT}
    return {"AWS_ENDPOINT_URL": address(port), "AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION, **account}
