import json
from itertools import permutations
from typing import Any

import pytest

from shared.envelopes import Answer
from shared.results import counting, editions
from tests.shared.examples import CLOSES, FORM, ORDER_KEY, ROUND, TAKEAWAY, answer, answers, documents, question, tally

FIGURES = ("n", "na", "counts", "median", "mean", "sd", "mean_interval", "IM", "DI", "positive", "shares", "precision")


def test_an_edition_says_what_it_is_of() -> None:
    found, _ = documents(answers("44455"), 8, "nb", "en")

    assert found["schema"] == 2
    assert found["kind"] == "round"
    assert (found["programme"], found["round"], found["form"]) == ("walks", "day-1", ROUND.form)
    assert found["title"] == {"en": "Day 1", "nb": "Dag 1"}
    assert found["programme_title"] == {"en": "Walks", "nb": "Turer"}
    assert found["languages"] == ["nb", "en"]
    assert found["mode"] == "anonymous"
    assert (found["k"], found["comments_from"]) == (5, 10)
    assert (found["N"], found["n"], found["unopened"], found["hidden"]) == (8, 5, 0, None)


def test_an_edition_tells_when_its_round_closed_and_nothing_later() -> None:
    found, _ = documents([], 0)

    assert found["closed"] == "2026-11-02T22:59:00Z"
    assert max(window.closes for window in ROUND.windows.values()) == CLOSES


def test_a_questions_figures_are_those_of_its_answers() -> None:
    found, _ = documents(answers("2344455"), 10)

    assert question(found, "benefit") == {
        "id": "benefit",
        "base": "benefit",
        "session": None,
        "section": None,
        "versions": [1],
        "kind": "scale",
        "sensitive": False,
        "text": {"en": "How useful?", "nb": "Hvor nyttig?"},
        "bipolar": False,
        "options": [{"code": str(point), "label": {"en": f"Point {point}", "nb": f"Trinn {point}"}} for point in range(1, 6)],
        "not_relevant": None,
        "positive_codes": ["4", "5"],
        "N": 10,
        "n": 7,
        "na": 0,
        "counts": {"1": 0, "2": 1, "3": 1, "4": 3, "5": 2},
        "median": 4,
        "mean": pytest.approx(27 / 7),
        "sd": pytest.approx((48 / 42) ** 0.5),
        "mean_interval": [pytest.approx(27 / 7 - 0.541, abs=0.001), pytest.approx(27 / 7 + 0.541, abs=0.001)],
        "IM": 4,
        "DI": pytest.approx(1 / 7 * 6 / 7 + 2 / 7 * 5 / 7 + 5 / 7 * 2 / 7),
        "positive": {"codes": ["4", "5"], "x": 5, "share": pytest.approx(5 / 7), "interval": [5, 8], "bounds": [5, 8]},
        "precision": "guide",
        "shares": None,
        "hidden": None,
        "blocks": None,
        "blocks_hidden": None,
        "roles": None,
        "roles_hidden": None,
    }


def test_not_relevant_is_told_and_is_no_part_of_n() -> None:
    found, _ = documents(answers("44444", session="na") + answers("44444", session="5"), 10)

    assert question(found, "session")["n"] == 5
    assert question(found, "session")["na"] == 5
    assert question(found, "session")["mean"] == 5


def test_a_bipolar_question_is_three_shares_and_never_a_mean() -> None:
    given = [answer(expected=code) for code in "1223345555"]

    found = question(documents(given, 12)[0], "expected")

    assert found["shares"] == {"below": 0.3, "middle": 0.2, "above": 0.5}
    assert [found[name] for name in ("median", "mean", "sd", "IM", "DI", "positive")] == [None] * 6


def test_a_question_that_nobody_answered_is_shown_as_empty() -> None:
    found = question(documents(answers("44455"), 8)[0], "session")

    assert (found["n"], found["na"], found["hidden"]) == (0, 0, None)
    assert found["counts"] == {"1": 0, "2": 0, "3": 0, "4": 0, "5": 0}
    assert [found[name] for name in ("median", "mean", "sd", "IM", "DI", "positive", "shares")] == [None] * 7


def test_of_a_question_with_few_answers_nothing_is_told() -> None:
    given = answers("44455", session="3")[:4] + answers("5555", session="na")

    found = question(documents(given, 8)[0], "session")

    assert found["hidden"] == {"reason": "small", "k": 5}
    assert [found[name] for name in FIGURES] == [None] * len(FIGURES)


@pytest.mark.parametrize("respondents", range(5))
def test_of_a_round_with_few_answers_only_their_number_is_told(respondents: int) -> None:
    given = answers("4" * respondents, session="4", expected="4", takeaway="A walk")

    found, comments = documents(given, 58)

    assert (found["N"], found["n"], found["complete"], found["partial"]) == (58, respondents, None, None)
    assert found["hidden"] == {"reason": "small", "k": 5}
    for asked in found["questions"]:
        assert asked["hidden"] == {"reason": "small", "k": 5}
        assert [asked.get(name) for name in FIGURES] == [None] * len(FIGURES)
    assert comments["questions"] == {}


def test_an_empty_round_without_anybody_invited_has_an_edition() -> None:
    found, comments = documents([], 0)

    assert (found["N"], found["n"], found["hidden"]) == (0, 0, {"reason": "small", "k": 5})
    assert comments == {"schema": 1, "questions": {}}


def test_an_answer_is_complete_when_every_scale_has_one() -> None:
    whole = answers("445", session="na", expected="3")
    partial = [*answers("44", session="na"), answer(takeaway="A walk")]

    found, _ = documents(whole + partial, 10)

    assert (found["complete"], found["partial"]) == (3, 3)


def test_envelopes_that_do_not_open_are_counted_apart() -> None:
    found, _ = documents([*answers("44455"), None, None], 8)

    assert (found["n"], found["unopened"]) == (5, 2)


def test_more_answers_than_invited_make_no_interval() -> None:
    found = question(documents(answers("44455"), 4)[0], "benefit")

    assert found["positive"] == {"codes": ["4", "5"], "x": 5, "share": 1, "interval": None, "bounds": None}


def test_only_what_the_rounds_form_asks_is_counted() -> None:
    other = [Answer("another form", {"benefit": "4", "lunch": "9", "session": "7"}, (), "day-1")] * 5

    found, _ = documents(other, 8)

    assert found["n"] == 5
    assert question(found, "benefit")["counts"]["4"] == 5
    assert question(found, "session")["n"] == 0
    assert "lunch" not in json.dumps(found)


def test_comments_lie_beside_the_edition_and_never_in_it() -> None:
    texts = [f"Comment {number}" for number in range(10)]

    found, comments = documents([answer(takeaway=text) for text in texts], 12)

    assert sorted(comments["questions"]["takeaway"]) == texts
    told = question(found, "takeaway")
    assert (told["kind"], told["text"], told["N"], told["n"], told["hidden"]) == ("text", TAKEAWAY.text, 12, 10, None)
    assert told.keys().isdisjoint({"blocks", "counts", "comments"})
    assert "Comment" not in json.dumps(found)


@pytest.mark.parametrize(("respondents", "texts"), [(9, 9), (10, 2)])
def test_of_few_comments_neither_text_nor_number_is_told(respondents: int, texts: int) -> None:
    given = answers("4" * texts, takeaway="A walk") + answers("4" * (respondents - texts))

    found, comments = documents(given, 12)

    assert question(found, "takeaway")["n"] is None
    assert question(found, "takeaway")["hidden"] == {"reason": "comments", "k": 10}
    assert comments["questions"] == {}


def test_comments_are_shuffled_the_same_way_each_time_and_otherwise_for_each_key() -> None:
    given = [(f"{number:032x}", answer(takeaway=f"Comment {number:02}")) for number in range(30)]

    def order(envelopes: list[tuple[str, Answer]], key: bytes) -> Any:
        return editions.comments([FORM], counting.tallied([FORM], envelopes, key))["questions"]["takeaway"]

    assert order(given, ORDER_KEY) == order(given[::-1], ORDER_KEY)
    assert order(given, ORDER_KEY) != sorted(order(given, ORDER_KEY))
    assert order(given, ORDER_KEY) != order(given, b"another key")


def test_the_order_in_which_envelopes_are_read_changes_no_byte() -> None:
    given = answers("135", session="4", takeaway="A walk")

    written = {editions.written(documents(order, 8)[0]) for order in permutations(given)}

    assert len(written) == 1


def test_an_editions_place_is_named_by_its_content() -> None:
    one, other = (editions.prefix(ROUND, editions.written(documents([], invited)[0])) for invited in (0, 1))

    assert one.startswith("editions/walks/day-1/")
    assert len(one.rpartition("/")[2]) == 32
    assert one != other


def test_a_tally_counts_without_protecting() -> None:
    found = tally(answers("445", takeaway="A walk"))

    assert found.whole.respondents == 3
    assert found.whole.chosen["benefit"] == {"4": 2, "5": 1}
