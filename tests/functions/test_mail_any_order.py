"""Whatever happens to the schedule's events and the queue's messages, in any order, the same people have got the same mails in the end."""

from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared import queue
from shared.store import claims, invitations, published
from shared.store.claims import LEASE
from tests.functions.examples import FILES, PROGRAMME, enrol, invite, oslo, participant, publish, queued, send
from tests.functions.open_round import empty_tables
from tests.functions.outbox import Outbox
from tests.functions.parsed_mails import parsed

pytestmark = pytest.mark.slow

OPEN, DUE = oslo("2025-08-26T11:00"), oslo("2025-08-26T19:00")
NAMES = ("anna", "berit", "cecilie")
FORMS = ("day-1", "day-1-food")
TEXT = PROGRAMME.replace("closes: 23:59", "closes: 23:59\n    reminds: [19:00]") + "  - {form: food, for: day-1, reminds: [19:00]}\n"

WITHIN = 40
"""Minutes over which things happen; then everything is left in peace until all leases are over."""

step = st.one_of(
    st.tuples(st.just("plan"), st.integers(0, WITHIN)),
    st.tuples(st.just("deliver"), st.integers(0, 9)),
    st.tuples(st.just("repeat"), st.integers(0, 9)),
    st.tuples(st.just("lose"), st.integers(0, 9)),
    st.tuples(st.just("die"), st.integers(0, 9)),
)


class Clock:
    """The time that the functions are told."""

    now = OPEN

    def time(self) -> float:
        return self.now


class Storm:
    """The queue's messages, and what happens to them."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.messages: list[dict[str, Any]] = []

    def happen(self, start: int, kind: str, number: int) -> None:
        if kind == "plan":
            self.clock.now = max(self.clock.now, start + number * 60)
            invite(self.clock.now)
            self.messages += queued()
        elif self.messages:
            self._message(kind, self.messages[number % len(self.messages)])

    def _message(self, kind: str, message: dict[str, Any]) -> None:
        if kind != "repeat":
            self.messages.remove(message)
        if kind in ("deliver", "repeat"):
            send([message])
        if kind == "die":
            die_before_sending(message, self.clock.now)

    def settle(self, start: int) -> None:
        """Let everything run as it should until it is done."""
        for minute in range(WITHIN, WITHIN + LEASE // 60 + 20, 5):
            self.clock.now = start + minute * 60
            invite(self.clock.now)
            records = self.messages + queued()
            self.messages = []
            if records:
                assert send(records) == []


def die_before_sending(message: dict[str, Any], now: int) -> None:
    """Do what is done of a mail before the process is killed."""
    errand = queue.errand(message["body"])
    assert isinstance(errand, queue.Errand)
    for part in errand.parts:
        claims.claim(invitations.at(part.ref, part.fingerprint), part.slot, now)


def states() -> Counter[tuple[str, str, int]]:
    rounds = published.rounds("walks")
    return Counter((name, item.mail, item.leased_until) for name in FORMS for item in invitations.invited(rounds[name].ref))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(step, max_size=14), st.lists(step, max_size=14))
def test_in_any_order_repeated_and_lost_it_comes_to_the_same(
    tables: object,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
    opening: list[tuple[str, int]],
    reminding: list[tuple[str, int]],
) -> None:
    empty_tables()
    monkeypatch.setenv("STAGE", "test")
    clock = Clock()
    monkeypatch.setattr("shared.clock.time", SimpleNamespace(time=clock.time))
    publish(FILES | {"programme.yaml": TEXT, "food.yaml": FILES["day.yaml"]})
    enrol(map(participant, NAMES))
    outbox, storm = Outbox(), Storm(clock)

    for start, happened in ((OPEN, opening), (DUE, reminding)):
        for kind, number in happened:
            storm.happen(start, kind, number)
        storm.settle(start)
        about = Counter((mail["Destination"]["ToAddresses"][0], form) for mail in outbox.mails for form in mentioned(mail))
        assert about == Counter({(f"{name}@example.org", form): 1 for name in NAMES for form in FORMS})
        outbox.mails.clear()
    assert states() == {(name, "sent", 0): len(NAMES) for name in FORMS}


def mentioned(mail: dict[str, Any]) -> list[str]:
    """Name the forms that a mail leads to."""
    rounds = published.rounds("walks")
    return [name for name in FORMS if f"/e/{rounds[name].ref}/" in parsed(mail).parts["text"]]
