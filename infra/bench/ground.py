"""The ground that requests are measured on: the template deployed to an emulator of its own, and one published round."""

from __future__ import annotations

import base64
import os
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from functions.publish.handler import handler as publish
from infra.stack import deploying as stack
from infra.stack.access import HOST, session
from infra.times import iso
from shared import links
from shared.forms import Form
from shared.logs import logger
from shared.rounds import Round, Window
from shared.store import invitations, published
from shared.store.invitations import Invitation, Ticket

ROOT = Path(__file__).resolve().parents[2]
PROGRAMME, DAY, OTHER_DAY = "kollegasamarbeid", "day-1", "day-2"

CELL = ("Follo", "Granlia videregående skole", "leader")
LANGUAGE = "nb"
OPENED = 60
"""Seconds after its opening at which the round is looked at."""


@contextmanager
def deployed(progress: Callable[[str], None]) -> Iterator[dict[str, str]]:
    """Deploy the template to an emulator of one's own, and give this process the settings of its functions; yield the outputs."""
    with tempfile.TemporaryDirectory(prefix="kursdag-bench-") as folder:
        running = stack.start(Path(folder), _free_port(), progress)
        try:
            outputs = running.deploy()
            os.environ.update(stack.environment(running.emulator.port) | _settings(running.address, outputs))
            yield outputs
        finally:
            running.stop()


def _settings(address: str, outputs: dict[str, str]) -> dict[str, str]:
    """Collect the variables of every function, but for the stage: a local stack looks up its clock for every page, AWS does not."""
    client = session().client("lambda", endpoint_url=address)
    found: dict[str, str] = {}
    for name in (name for output, name in outputs.items() if output.endswith("Function")):
        found |= client.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    return found | {"STAGE": "test"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass(frozen=True, slots=True)
class Ground:
    """A published round that is open."""

    round: Round
    form: Form

    @property
    def gathering(self) -> str:
        """Name the round's only gathering."""
        return next(iter(self.round.windows))

    @property
    def window(self) -> Window:
        """Return when it may answer."""
        return self.round.windows[self.gathering]

    @property
    def now(self) -> int:
        """Return a moment at which the round is open."""
        return self.window.opens + OPENED

    def path(self, token: str) -> str:
        """Write the path of a personal link."""
        return links.address("", self.round.ref, token)

    def ticket(self, token: str) -> Ticket:
        """Make what an answer uses up."""
        mark = links.mark(links.new_nonce(), "")
        return Ticket(self.round.ref, links.fingerprint(token), invitations.cell_text(CELL), self.gathering, mark)

    def invited(self) -> str:
        """Invite somebody; return the token of the link."""
        token = links.answer_token(links.new_key(), "somebody")
        invitation = Invitation(links.fingerprint(token), "somebody", CELL, self.gathering, LANGUAGE, "sent", 0, None)
        invitations.put_invitation(self.round.ref, invitation)
        return token


def prepared() -> tuple[Ground, Ground]:
    """Publish the example programme and return the rounds of its first two days."""
    logger.setLevel("WARNING")  # publishing would write into the table
    files = {path.name: base64.b64encode(path.read_bytes()).decode() for path in (ROOT / "forms" / PROGRAMME).glob("*.yaml")}
    publish({"time": iso(time.time()), "programme": PROGRAMME, "files": files}, None)
    return of_day(DAY), of_day(OTHER_DAY)


def of_day(day: str) -> Ground:
    """Stand on the round of one of the programme's days."""
    found = published.rounds(PROGRAMME)[day]
    form = published.form(PROGRAMME, found.form)
    return Ground(found, form)  # type: ignore[arg-type]
