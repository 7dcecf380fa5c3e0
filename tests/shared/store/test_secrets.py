import pytest
from botocore.exceptions import ClientError

from shared import keys
from shared.store import secrets

pytestmark = pytest.mark.usefixtures("tables")


def test_a_secret_is_stored_wrapped_and_comes_back_by_its_purpose() -> None:
    secrets.put_secret("abc", "link", keys.wrapped("link", "abc", b"the link key"))
    secrets.put_secret("abc", "box", keys.wrapped("box", "abc", b"the box key"))

    assert b"the link key" not in secrets.secret("abc", "link")
    assert keys.unwrapped("link", "abc", secrets.secret("abc", "link")) == b"the link key"
    assert keys.unwrapped("box", "abc", secrets.secret("abc", "box")) == b"the box key"


def test_a_secret_is_never_overwritten() -> None:
    secrets.put_secret("abc", "link", b"first")

    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        secrets.put_secret("abc", "link", b"second")

    assert secrets.secret("abc", "link") == b"first"


@pytest.mark.parametrize(("purpose", "ref"), [("box", "abc"), ("link", "other")])
def test_a_wrapped_secret_is_bound_to_its_purpose_and_round(purpose: secrets.Purpose, ref: str) -> None:
    wrapped = keys.wrapped("link", "abc", b"the link key")

    with pytest.raises(ClientError):
        keys.unwrapped(purpose, ref, wrapped)
