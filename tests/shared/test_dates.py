from datetime import UTC, datetime

import pytest

from shared.dates import MONTHS, WEEKDAYS, date_text, time_text

MOMENT = datetime(2026, 8, 25, 9, 5, tzinfo=UTC)


def test_a_date_is_written_as_each_language_writes_it() -> None:
    assert date_text(MOMENT, "en") == "Tuesday 25 August"
    assert date_text(MOMENT, "nb") == "tirsdag 25. august"


@pytest.mark.parametrize("language", ["en", "nb"])
def test_every_month_and_weekday_has_a_word_of_its_own(language: str) -> None:
    dates = [date_text(datetime(2026, month, day, tzinfo=UTC), language) for month in range(1, 13) for day in range(1, 8)]

    words = [date.split() for date in dates]

    assert len({first for first, _, _ in words}) == len(WEEKDAYS) == 7
    assert len({last for _, _, last in words}) == len(MONTHS) == 12


@pytest.mark.parametrize(("language", "expected"), {"en": "09:05", "da": "09.05", "nb": "09.05", "nn": "09.05", "sv": "09.05"}.items())
def test_a_time_has_two_digits_for_hours_and_minutes_parted_as_the_language_parts_them(language: str, expected: str) -> None:
    assert time_text(MOMENT, language) == expected
