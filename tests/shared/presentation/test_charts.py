import itertools
import re
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.presentation.charts import INK, PAPER, TONES, WHOLE, Box, Reach, Segment, bar, begin, reach, tones


def segments(*counts: int) -> list[Segment]:
    whole = sum(counts) or 1
    return [Segment(tone, count / whole, str(count)) for tone, count in zip(tones(len(counts)), counts, strict=True)]


def rectangles(drawn: str) -> list[tuple[str, float, float]]:
    found = re.findall(r'<rect class="([a-z-]+)"[^>]*? x="([\d.-]+)%?"[^>]*? width="([\d.]+)', drawn)
    return [(tone, float(x), float(width)) for tone, x, width in found]


def test_a_scale_of_odd_length_has_a_middle_and_its_ends_are_strongest() -> None:
    assert tones(2) == ["low-strong", "high-strong"]
    assert tones(5) == ["low-strong", "low-weak", "middle", "high-weak", "high-strong"]
    assert tones(7) == ["low-strong", "low-medium", "low-weak", "middle", "high-weak", "high-medium", "high-strong"]


def test_half_of_the_middle_lies_to_either_side() -> None:
    assert begin(segments(1, 1, 4, 2, 2)) == pytest.approx(-0.4)
    assert begin(segments(0, 0, 0, 0, 5)) == 0


def test_bars_that_are_compared_have_one_reach_in_whole_steps() -> None:
    assert reach([segments(1, 0, 0, 3, 6), segments(0, 0, 2, 8, 0)]) == pytest.approx((0.1, 0.9))
    assert reach([]) == pytest.approx((0.1, 1.0))
    assert reach([segments(0, 0, 0, 0, 0)]) == pytest.approx((0.1, 0.1))


def test_nobody_s_option_is_not_drawn() -> None:
    assert [tone for tone, _, _ in rectangles(bar(segments(0, 1, 0, 2, 0), Reach(0.5, 1)))] == ["low-weak", "high-weak"]


def test_a_plain_bar_begins_at_the_left_and_has_no_middle() -> None:
    drawn = bar([Segment("plain", 0.25, "")], WHOLE, Box(10, 0, 200, 20))

    assert rectangles(drawn) == [("plain", 10, 50)]
    assert "line" not in drawn


def test_what_is_written_in_a_segment_has_room_there() -> None:
    drawn = bar(segments(0, 0, 0, 1, 99), Reach(0.1, 1))

    assert re.findall(r">(\d+)</text>", drawn) == ["99"]


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=7))
def test_segments_lie_side_by_side_within_reach_and_are_as_long_as_their_shares(counts: list[int]) -> None:
    bars = segments(*counts)

    found = rectangles(bar(bars, far := reach([bars])))

    assert all(x >= -0.01 and x + width <= 100.02 for _, x, width in found)
    assert all(isclose(x + width, after, abs_tol=0.02) for (_, x, width), (_, after, _) in itertools.pairwise(found))
    shown = [segment.share / sum(far) * 100 for segment in bars if segment.share]
    assert all(isclose(width, share, abs_tol=0.01) for (_, _, width), share in zip(found, shown, strict=True))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tone", TONES)
def test_tones_differ_enough_from_the_paper_and_from_what_is_written_in_them(tone: str) -> None:
    fill, ink = TONES[tone]

    assert ink in (INK, PAPER)
    assert contrast(fill, PAPER) >= 3
    assert contrast(fill, ink) >= 4.5
