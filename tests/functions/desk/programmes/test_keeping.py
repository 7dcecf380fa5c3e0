"""The page that tells what is deleted when."""

from dataclasses import replace

import pytest

from shared.store import desk_heartbeats, published
from tests import storing
from tests.functions.desk.visitors import ORGANISER, OWNER, Browser, desk
from tests.functions.examples import oslo

pytestmark = pytest.mark.usefixtures("tables")

NOW = 1_800_000_000
PAGE = "/desk/programmes/walks/retention"


def test_the_owner_sees_beforehand_what_goes_when_and_what_waits_for_a_result() -> None:
    desk()
    storing.put_round(replace(published.rounds("walks")["day-1"], id="later", ref="laterday", edition=None))

    said = Browser(NOW).sign_in(OWNER).get(PAGE).said()

    assert "don’t say how long things are kept, so it is 365 days" in said
    ahead = said.partition("Still to be deleted")[2]
    together = "27 August 2026 Day 1 (26 August 2025) the sealed answers · the comments, released or not · who was invited and has answered"
    assert ahead.count("27 August 2026") == 1
    assert together in ahead
    assert "the list of participants" in ahead
    assert "not before there is a result" in said
    assert "Deleted already" not in said


def test_what_the_job_of_the_night_has_deleted_stands_apart() -> None:
    desk()
    desk_heartbeats.beat("retire", oslo("2026-11-01T03:20"))

    said = Browser(NOW).sign_in(ORGANISER).get(PAGE).said()

    before, after = said.split("Deleted already")
    assert "Day 1 the sealed answers" in after
    assert "Day 1 the sealed answers" not in before
