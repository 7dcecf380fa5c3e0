from dataclasses import replace

import pytest
from botocore.exceptions import ClientError

from shared.forms import form_id
from shared.rounds import Window
from shared.store import published
from tests import storing
from tests.functions.examples import dump
from tests.shared.examples import CLOSES, FORM, ROUND, programme

OPENS = CLOSES - 28_800
TWO_PLACES = replace(
    ROUND,
    id="day-2",
    ref="second00",
    windows={"b": Window(OPENS + 50, CLOSES), "a": Window(OPENS, CLOSES)},
    reminders={"b": (Window(CLOSES - 500, CLOSES - 300), Window(CLOSES - 300, CLOSES))},
)

pytestmark = pytest.mark.usefixtures("tables")


def test_what_is_stored_reads_back_as_it_was() -> None:
    storing.put_programme(programme("nb", "en"))
    published.put_form("walks", FORM)
    storing.put_round(ROUND)
    storing.put_round(TWO_PLACES)

    assert published.programme("walks") == programme("nb", "en")
    assert published.form("walks", form_id(FORM)) == FORM
    assert published.rounds("walks") == {"day-1": ROUND, "day-2": TWO_PLACES}
    assert published.round_by_ref(TWO_PLACES.ref) == TWO_PLACES


def test_what_is_not_there_is_none() -> None:
    assert published.programme("walks") is None
    assert published.form("walks", "x") is None
    assert published.round_by_ref("x") is None
    assert published.rounds("walks") == {}


def test_a_round_is_due_from_its_first_opening_until_it_is_frozen() -> None:
    storing.put_round(TWO_PLACES)

    assert published.rounds_due(OPENS - 1) == []
    assert published.rounds_due(OPENS) == [TWO_PLACES]
    assert published.freeze(TWO_PLACES, "editions/x")
    assert published.rounds_due(OPENS) == []


def test_a_round_is_frozen_once() -> None:
    storing.put_round(ROUND)

    assert published.freeze(ROUND, "editions/first")
    assert not published.freeze(ROUND, "editions/second")
    assert published.rounds("walks")["day-1"].edition == "editions/first"


def test_a_round_that_is_not_there_can_t_be_frozen() -> None:
    assert not published.freeze(ROUND, "editions/x")
    assert published.rounds("walks") == {}


def test_a_round_s_name_in_links_is_taken_once() -> None:
    published.put_ref(ROUND)
    before = dump("PUBLISHED")

    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        published.put_ref(replace(ROUND, id="day-9"))

    assert dump("PUBLISHED") == before


def test_the_clock_is_not_moved_unless_somebody_does() -> None:
    assert published.clock_offset() == 0

    published.put_clock_offset(-90)

    assert published.clock_offset() == -90
