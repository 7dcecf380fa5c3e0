from datetime import datetime

import click
import pytest

from infra.times import ZONE, Moment, iso, written

NOON = 1_788_343_200
"""2 September 2026, 12:00 in Oslo."""


def read(text: str) -> int:
    return Moment().convert(text, None, None)


@pytest.mark.parametrize(
    "text",
    ["2026-09-02T12:00", "2026-09-02 12:00", "2026-09-02T12:00:00", "2026-09-02T10:00Z", "2026-09-02T12:00+02:00"],
)
def test_a_time_is_read_as_it_is_usually_written(text: str) -> None:
    assert read(text) == NOON


def test_a_time_of_day_means_today() -> None:
    assert f"{datetime.fromtimestamp(read('12:00'), ZONE):%Y-%m-%d %H:%M}" == f"{datetime.now(ZONE):%Y-%m-%d} 12:00"


def test_a_time_that_was_read_already_stays() -> None:
    assert Moment().convert(NOON, None, None) == NOON


@pytest.mark.parametrize("text", ["", "now", "25:00", "2026-02-30", "2026-09-02T25:00", "noon", "1788343200x"])
def test_what_is_no_time_is_said_with_an_example(text: str) -> None:
    with pytest.raises(click.BadParameter, match="2026-11-02T15:35"):
        read(text)


def test_a_time_is_written_for_its_reader_and_for_events() -> None:
    assert written(NOON) == "2026-09-02 12:00"
    assert datetime.fromisoformat(iso(NOON)).timestamp() == NOON
