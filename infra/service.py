"""The deployed service as the command line meets it: on this machine or on AWS, by the usual environment."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config

from infra.stack import deploying as stack
from shared.store import desk_account

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("KURSDAG_HOME", ROOT))
"""The folder that holds ``.local``, the state of the service on this machine."""

RUN_FILE = HOME / ".local" / "run.json"

SETTINGS = {
    "STAGE": "Stage",
    "PUBLISHED_TABLE": "PublishedTable",
    "ROSTER_TABLE": "RosterTable",
    "INVITATIONS_TABLE": "InvitationsTable",
    "DESK_TABLE": "DeskTable",
    "EDITIONS_BUCKET": "EditionsBucket",
    "SEND_QUEUE": "SendQueue",
}
"""The settings of `shared` that the command line needs, and the template's outputs that hold them."""

USUAL = ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_ENDPOINT_URL", "AWS_WEB_IDENTITY_TOKEN_FILE")
"""Variables that say which AWS is meant."""


class Unavailable(Exception):
    """The service could not be reached, or did not do what it was asked; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Service:
    """A deployed stack."""

    outputs: dict[str, str]

    @property
    def is_local(self) -> bool:
        """Tell whether this is the stack on this machine."""
        return self.outputs["Stage"] == "local"

    @property
    def caller(self) -> str:
        """Name who uses the command line, for the history and the account."""
        return "local" if self.is_local else boto3.client("sts").get_caller_identity()["Arn"]

    def note(self, programme: str, what: str, *about: str) -> None:
        """Note in a programme's account what was done from the command line."""
        desk_account.note(programme, int(time.time()), self.caller, what, *about)

    def invoke(self, function: str, event: dict[str, Any]) -> dict[str, Any]:
        """Call a function and return its answer; raise `Unavailable` where it failed."""
        patient = Config(read_timeout=900, retries={"total_max_attempts": 1})
        reply = boto3.client("lambda", config=patient).invoke(
            FunctionName=self.outputs[f"{function.capitalize()}Function"], Payload=json.dumps(event).encode()
        )
        answer: dict[str, Any] = json.loads(reply["Payload"].read())
        if reply.get("FunctionError"):
            raise Unavailable(f"{function} failed ({answer.get('errorType', 'unknown error')}); its log says where")
        return answer


def connect() -> Service:
    """Find the service that the environment names, else the one that runs on this machine."""
    _point_to_local_stack()
    service = Service(stack.outputs(os.environ.get("KURSDAG_STACK", stack.NAME)))
    if set(SETTINGS.values()) - service.outputs.keys():
        raise Unavailable("this service was deployed by an older version of Kursdag: deploy it again (here: `make run`)")
    os.environ.update({name: service.outputs[output] for name, output in SETTINGS.items()})
    return service


def _point_to_local_stack() -> None:
    if any(name in os.environ for name in USUAL):
        return
    try:
        port = json.loads(RUN_FILE.read_text())["port"]
    except (OSError, ValueError, KeyError):
        raise Unavailable("no service is running here: start one with `make run`, or set the AWS environment") from None
    os.environ.update(stack.environment(port))


def endpoint_port() -> int:
    """Return the port of the local stack."""
    return urlsplit(os.environ["AWS_ENDPOINT_URL"]).port or 80
