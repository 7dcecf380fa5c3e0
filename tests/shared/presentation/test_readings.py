from typing import Any

from shared.languages import Text
from shared.presentation.readings import rows, segments

OPTIONS = [{"code": str(code), "label": {"en": f"Point {code}"}} for code in range(1, 6)]


def question(**parts: Any) -> dict[str, Any]:
    known = {"kind": "scale", "options": OPTIONS, "n": 10, "counts": {"1": 1, "2": 0, "3": 2, "4": 3, "5": 4}}
    return known | {"positive": {"codes": ["4", "5"]}, "shares": None} | parts


def english(text: Text) -> str:
    return text["en"]


def test_a_scale_s_rows_have_counts_shares_and_tones() -> None:
    found = rows(question(), english, str)

    assert [(row.label, row.count, row.percent, row.positive) for row in found][2:] == [
        ("Point 3", 2, 20, False),
        ("Point 4", 3, 30, True),
        ("Point 5", 4, 40, True),
    ]
    assert [segment.text for segment in segments(found)] == ["1", "0", "2", "3", "4"]


def test_a_scale_whose_first_points_are_the_good_ones_is_turned_round() -> None:
    found = rows(question(positive={"codes": ["1", "2"]}), english, str)

    assert next(row.label for row in found) == "Point 1"
    assert found[0].tone == "high-strong"
    assert [segment.text for segment in segments(found)] == ["4", "3", "2", "0", "1"]


def test_a_coarse_scale_has_three_rows_without_counts() -> None:
    found = rows(question(counts=None, shares={"below": 0.25, "middle": 0.0, "above": 0.75}), english, str)

    assert [(row.label, row.segment.text) for row in found] == [
        ("Below the middle", "25 %"),
        ("In the middle", "0 %"),
        ("Above the middle", "75 %"),
    ]


def test_where_several_can_be_chosen_shares_are_of_people() -> None:
    found = rows(question(kind="choices", n=5, counts={"1": 5, "2": 4, "3": 0, "4": 0, "5": 0}, positive=None), english, str)

    assert [row.percent for row in found] == [100, 80, 0, 0, 0]
    assert {row.tone for row in found} == {"plain"}


def test_what_is_hidden_or_has_no_options_has_no_rows() -> None:
    assert rows(question(counts=None), english, str) == []
    assert rows({"kind": "text", "n": 12}, english, str) == []
