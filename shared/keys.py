"""KMS: wraps and unwraps the secrets of rounds and series, one key for each purpose."""

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


def _context(purpose: Purpose, ref: str) -> dict[str, str]:
    """Bind a wrapped secret to its round and purpose, so that it can't pass for another."""
    return {"purpose": purpose, "round": ref}


def wrapped(purpose: Purpose, ref: str, secret: bytes) -> bytes:
    """Wrap a round's secret."""
    context = _context(purpose, ref)
    return client().encrypt(KeyId=_key(purpose), Plaintext=secret, EncryptionContext=context)["CiphertextBlob"]


def unwrapped(purpose: Purpose, ref: str, secret: bytes) -> bytes:
    """Unwrap a round's secret."""
    context = _context(purpose, ref)
    return client().decrypt(KeyId=_key(purpose), CiphertextBlob=secret, EncryptionContext=context)["Plaintext"]
