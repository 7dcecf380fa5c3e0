import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.protection import disclosure
from shared.protection.disclosure import Comments, Hidden, Ratings

SMALL = Hidden("small", 5)
QUIET = Hidden("comments", 10)


def test_the_thresholds_are_the_promised_ones() -> None:
    assert (disclosure.RATINGS_FROM, disclosure.COMMENTS_FROM, disclosure.COMMENTS_LEAST) == (5, 10, 3)


@pytest.mark.parametrize(("respondents", "expected"), [(0, SMALL), (4, SMALL), (5, None), (41, None)])
def test_a_round_is_hidden_below_five_respondents(respondents: int, expected: Hidden | None) -> None:
    assert disclosure.hidden_round(respondents) == expected


@pytest.mark.parametrize(
    "counts",
    [(0, 0, 0, 2, 3), (0, 0, 0, 0, 0), (0, 0, 0, 0, 5)],
    ids=["five ratings", "no rating", "unanimous: hiding it would tell"],
)
def test_ratings_are_shown(counts: tuple[int, ...]) -> None:
    assert disclosure.ratings(5, counts, 0) == Ratings(counts, 0)


@pytest.mark.parametrize(("counts", "not_relevant"), [((0, 1), 0), ((2, 2), 37), ((0, 0), 4)])
def test_ratings_of_fewer_than_five_are_hidden_in_a_round_of_many(counts: tuple[int, ...], not_relevant: int) -> None:
    assert disclosure.ratings(41, counts, not_relevant) == SMALL


def test_not_relevant_is_counted_beside_enough_ratings() -> None:
    assert disclosure.ratings(8, (3, 4), 1) == Ratings((3, 4), 1)
    assert disclosure.ratings(8, (0, 0), 8) == Ratings((0, 0), 8)


def test_no_rating_of_a_hidden_round_is_shown() -> None:
    assert disclosure.ratings(4, (0, 0), 0) == SMALL


def test_comments_are_shown_from_ten_respondents_and_three_comments() -> None:
    assert disclosure.comments(10, ["b", "a", "c"]) == Comments(("b", "a", "c"))


@pytest.mark.parametrize(
    ("respondents", "texts", "expected"),
    [(9, 9, QUIET), (10, 2, QUIET), (10, 0, QUIET), (5, 5, QUIET), (4, 4, SMALL), (0, 0, SMALL)],
)
def test_comments_are_hidden(respondents: int, texts: int, expected: Hidden) -> None:
    assert disclosure.comments(respondents, ["a comment"] * texts) == expected


@pytest.mark.parametrize(
    ("respondents", "shown"),
    [
        ({"north": 5, "south": 5}, {"north", "south"}),
        ({"north": 9, "south": 4}, set()),
        ({"north": 9, "south": 7, "west": 4}, {"north"}),
        ({"north": 9, "south": 7, "west": 3, "east": 2}, {"north", "south"}),
        ({"north": 9, "south": 7, "west": 0}, {"north"}),
        ({"north": 9, "south": 7, "": 6}, {"north", "south"}),
        ({"north": 9, "south": 7, "": 1}, {"north"}),
        ({"north": 9}, set()),
        ({"": 9}, set()),
        ({}, set()),
    ],
)
def test_groups_are_shown_where_they_and_the_rest_have_enough_respondents(respondents: dict[str, int], shown: set[str]) -> None:
    assert disclosure.shown_groups(respondents) == shown


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(["", "a", "b", "c", "d", "e", "f"]), st.integers(0, 12)))
def test_whatever_is_shown_no_subtraction_tells_of_fewer_than_five_respondents(respondents: dict[str, int]) -> None:
    shown = disclosure.shown_groups(respondents)

    assert "" not in shown
    assert all(respondents[name] >= disclosure.RATINGS_FROM for name in shown)
    hidden = respondents.keys() - shown
    assert not shown or not hidden or sum(respondents[name] for name in hidden) >= disclosure.RATINGS_FROM
