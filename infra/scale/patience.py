"""Waits for the emulator, which goes through a whole partition for every page of it, where DynamoDB would long have answered."""

from typing import Any

from botocore.httpsession import URLLib3Session

from shared.store.client import client

LONGEST = 120
"""Seconds for one reply; the functions' own client waits for two."""


def wait_longer() -> None:
    """Let this process's requests to DynamoDB wait."""
    patient = URLLib3Session(timeout=LONGEST)

    def send(request: Any, **_: Any) -> Any:
        return patient.send(request)

    client().meta.events.register("before-send.dynamodb", send, unique_id="patience")
