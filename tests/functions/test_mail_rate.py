import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.functions.examples import OPEN, enrol, participant, publish
from tests.functions.mail_world import Limits, World

pytestmark = pytest.mark.slow

SHARE = 1 if os.environ.get("KURSDAG_FULL") else 10
"""Mails and rate are a tenth of what is promised, so that it takes a tenth of the time; KURSDAG_FULL=1 runs it whole."""

MAILS, RATE = 10_000 // SHARE, 14 / SHARE
FLOOR = MAILS / RATE
"""The seconds that the rate alone demands."""


@pytest.fixture
def world(tables: object, monkeypatch: pytest.MonkeyPatch) -> World:  # noqa: ARG001
    publish()
    enrol(participant(f"reader-{number}", school="ABCDEFGH"[number % 8]) for number in range(MAILS))
    made = World(OPEN, Limits(rate=RATE, throttled=0.05))
    made.stand_in(monkeypatch)
    return made


def test_ten_thousand_mails_go_out_once_each_at_the_rate_of_the_service(
    world: World, record_property: Callable[[str, float], None]
) -> None:
    world.run(OPEN, int(1.5 * FLOOR))

    reached = Counter(reader for _, reader in world.sent)
    took = max(at for at, _ in world.sent) - OPEN
    record_property("of the floor", took / FLOOR)
    assert len(reached) == MAILS
    assert set(reached.values()) == {1}
    assert took <= 1.15 * FLOOR


def test_what_the_daily_quota_has_no_room_for_waits_and_goes_out_when_it_has(world: World) -> None:
    world.limits = replace(world.limits, a_day=MAILS // 2, throttled=0)

    world.run(OPEN, 3600)
    assert len(world.sent) == MAILS // 2

    world.limits = replace(world.limits, a_day=MAILS)
    world.run(OPEN + 3600, int(FLOOR))
    assert Counter(Counter(reader for _, reader in world.sent).values()) == {1: MAILS}
