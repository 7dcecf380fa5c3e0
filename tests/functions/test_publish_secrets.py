"""What publishing a round keeps secret, and by what."""

import json

import pytest

from shared import envelopes, keys
from shared.store import published, secrets
from tests.functions.examples import dump, publish

pytestmark = pytest.mark.usefixtures("tables")


def test_secrets_are_stored_wrapped_and_no_private_key_lies_in_any_table() -> None:
    publish()

    plain = [keys.unwrapped("box", item.ref, secrets.secret(item.ref, "box")) for item in published.rounds("walks").values()]
    plain += [keys.unwrapped("link", item.ref, secrets.secret(item.ref, "link")) for item in published.rounds("walks").values()]

    stored = json.dumps(dump())
    assert len(set(plain)) == 4
    assert not any(secret.hex() in stored for secret in plain)


def test_a_round_s_box_opens_with_its_private_key_alone() -> None:
    publish()
    first, second = published.rounds("walks").values()
    answer = envelopes.Answer(first.form, {"benefit": "4"}, (), "day-1")
    envelope = envelopes.sealed(first.public_key, answer, 68)

    own, other = (keys.unwrapped("box", item.ref, secrets.secret(item.ref, "box")) for item in (first, second))

    assert envelopes.opened(own, envelope) == answer
    with pytest.raises(envelopes.Unopenable):
        envelopes.opened(other, envelope)


def test_a_wrapped_secret_can_t_pass_for_another_round_s() -> None:
    publish()
    first, second = published.rounds("walks").values()

    with pytest.raises(keys.client().exceptions.InvalidCiphertextException):
        keys.unwrapped("box", second.ref, secrets.secret(first.ref, "box"))
