"""Waits for the emulator, which goes through a whole partition for every page of it, where DynamoDB would long have answered."""

import socket
from typing import Any

from botocore.httpsession import URLLib3Session

from shared.store.client import client

LONGEST = 120
"""Seconds for one reply; the functions' own client waits for two."""


def wait_longer() -> None:
    """Let this process's requests to DynamoDB wait."""
    # As the client's own session has it: else each request with a body waits for the network's patience, 40 ms.
    at_once = (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    patient = URLLib3Session(timeout=LONGEST, socket_options=[at_once])  # type: ignore[list-item]

    def send(request: Any, **_: Any) -> Any:
        return patient.send(request)

    client().meta.events.register("before-send.dynamodb", send, unique_id="patience")
