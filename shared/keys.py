"""KMS: wraps and unwraps the secrets of rounds, series and programmes, one key for each purpose."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import boto3

from shared.settings import setting
from shared.store.secrets import Purpose

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient


@cache
def client() -> KMSClient:
    """Return this process's client."""
    return boto3.client("kms")


def _key(purpose: Purpose) -> str:
    return setting(f"{purpose.upper()}_KEY")


def _context(purpose: Purpose, holder: str) -> dict[str, str]:
    """Bind a wrapped secret to what it is made for, and to its purpose, so that it can't pass for another."""
    # Only rounds had secrets at first; the word stays, since what is wrapped under it opens by no other.
    return {"purpose": purpose, "round": holder}


def wrapped(purpose: Purpose, holder: str, secret: bytes) -> bytes:
    """Wrap the secret of a round, a series or a programme."""
    context = _context(purpose, holder)
    return client().encrypt(KeyId=_key(purpose), Plaintext=secret, EncryptionContext=context)["CiphertextBlob"]


def unwrapped(purpose: Purpose, holder: str, secret: bytes) -> bytes:
    """Unwrap such a secret."""
    context = _context(purpose, holder)
    return client().decrypt(KeyId=_key(purpose), CiphertextBlob=secret, EncryptionContext=context)["Plaintext"]
