"""A course day on the deployed stack that is open now, answered by calling the function in this process."""

import base64
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from functions.answer.handler import handler as answer
from functions.publish.handler import handler as publish
from infra.browser import TYPE, Answered, fields
from shared import keys, links
from shared.envelopes import Answer, Opener
from shared.rounds import Round, Window
from shared.store import box, invitations, published
from shared.store import secrets as stored_secrets
from shared.store.invitations import Invitation
from tests import storing
from tests.e2e.unspoken import Unspoken
from tests.template import ROOT

FILES = {path.name: path.read_bytes() for path in (ROOT / "forms/kollegasamarbeid").glob("*.yaml")}
CELL = ("Asker og Bærum", "Bjerkås videregående skole", "middle-leader")
HOUR = 3600


@dataclass(frozen=True)
class OpenRound:
    """A round that takes answers now."""

    round: Round
    unspoken: Unspoken

    def link(self) -> str:
        """Invite somebody; return the path of her link."""
        token = links.answer_token(links.new_key(), secrets.token_hex(16))
        gathering = next(iter(self.round.windows))
        person = secrets.token_hex(16)
        new = Invitation(links.fingerprint(token), person, CELL, gathering, "nb", "sent", 0, None)
        invitations.put_invitation(self.round.ref, new)
        self.unspoken.add(token)
        return f"/e/{self.round.ref}/{token}"

    def names(self) -> list[str]:
        """List the names of the envelopes in the box."""
        return [name for name, _ in box.envelopes(self.round.ref)]

    def answers(self) -> list[Answer]:
        """Open the box."""
        opener = Opener(keys.unwrapped("box", self.round.ref, stored_secrets.secret(self.round.ref, "box")))
        return [opener.opened(sealed) for _, sealed in box.envelopes(self.round.ref)]

    def marks(self) -> list[str]:
        """List the marks of the invitations that are answered."""
        return [held.answered for held in invitations.invited(self.round.ref) if held.answered]

    def close(self) -> None:
        """Let the window be over for long enough to be counted."""
        now = int(time.time())
        storing.update_round(replace(self.round, windows={name: Window(now - 2 * HOUR, now - HOUR) for name in self.round.windows}))


def opened(now: int, unspoken: Unspoken) -> OpenRound:
    """Publish the example's first day under a name of its own, and open it for an hour."""
    name = f"open-{secrets.token_hex(4)}"
    files = {file: base64.b64encode(content).decode() for file, content in FILES.items()}
    publish({"time": datetime.fromtimestamp(now, UTC).isoformat(), "programme": name, "files": files, "today": "day-1"}, None)
    first = published.rounds(name)["day-1"]
    opening = replace(first, windows={gathering: Window(now - HOUR, now + HOUR) for gathering in first.windows})
    storing.update_round(opening)
    return OpenRound(opening, unspoken)


def request(method: str, path: str, body: str = "") -> Answered:
    """Call the function as the HTTP API would."""
    reply = answer(_event(method, path, body), _Context())
    page = reply["body"]
    return Answered(reply["statusCode"], base64.b64decode(page).decode() if reply.get("isBase64Encoded") else page)


def form(path: str) -> dict[str, str]:
    """Open a form; return its hidden fields."""
    hidden, _ = fields(request("GET", path).page)
    return hidden


def send(path: str, hidden: Mapping[str, str], **answers: str) -> Answered:
    """Send a form in."""
    return request("POST", path, urlencode({**hidden, **answers}))


def _event(method: str, path: str, body: str) -> dict[str, Any]:
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"host": "kursdag.localhost", "content-type": TYPE, "content-length": str(len(body))},
        "requestContext": {
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "test"},
            "domainName": "kursdag.localhost",
            "timeEpoch": int(time.time() * 1000),
            "stage": "$default",
        },
        "body": body,
        "isBase64Encoded": False,
    }


class _Context:
    """What Lambda tells a handler beside the event."""

    function_name = "answer"
    aws_request_id = "test"
