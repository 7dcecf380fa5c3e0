from urllib.parse import urlencode

import pytest

from tests.functions.branching import KINDS, show
from tests.functions.open_round import answers, form_of, get, path, post


@pytest.fixture(autouse=True)
def every_kind(tables: object) -> None:  # noqa: ARG001
    show(KINDS)


def send(*fields: tuple[str, str]) -> bytes:
    return urlencode([*((name, value) for name, value in form_of().items() if name.startswith("_")), *fields]).encode()


def test_every_kind_is_shown_with_what_belongs_to_it() -> None:
    page = get(path()).text

    assert page.count('type="checkbox"') == 4
    assert page.count('type="radio"') == 3 + 1 + 5
    assert 'name="tools.other"' in page
    assert 'inputmode="numeric"' in page
    assert all(text in page for text in ('<h2 class="section">Tools</h2>', "Several.", "None of them", "Almost done."))


def test_a_question_under_a_condition_says_for_whom_it_is() -> None:
    page = get(path()).text

    assert "If you answered “Tool b” or “Tool c” to “Which is best?”:" in page
    assert "If you answered “3” or more to “How often?”:" in page


def test_every_kind_is_stored_by_its_codes() -> None:
    chosen = [("tools", "c"), ("tools", "a"), ("tools", "other"), ("tools.other", "my own"), ("best", "b"), ("why", "light")]

    page = post(path(), send(*chosen, ("times", "4"), ("rated", "5")))

    assert page.status == 200
    assert answers()[0].answers == {
        "tools": ["a", "c", "other"],
        "tools.other": "my own",
        "best": "b",
        "why": "light",
        "times": "4",
        "rated": "5",
    }


def test_answers_to_questions_that_were_not_asked_are_never_stored() -> None:
    post(path(), send(("best", "a"), ("why", "secret"), ("times", "1"), ("rated", "5")))

    assert answers()[0].answers == {"best": "a", "times": "1"}


def test_a_fault_keeps_every_choice_and_recalls_what_was_answered() -> None:
    page = post(path(), send(("tools", "b"), ("tools", "other"), ("tools.other", "my own"), ("best", "b"), ("times", "21")))

    assert page.status == 422
    assert all(
        text in page.text for text in ("From 0 to 20.", "Please answer this question.", "Why Tool b?", 'value="my own"', 'value="21"')
    )
    assert page.text.count(" checked") == 3
    assert answers() == []


@pytest.mark.parametrize(
    "fields",
    [
        [("tools", "a"), ("tools", "a")],
        [("best", "a"), ("best", "b")],
        [("best", "other")],
        [("said", "x")],
        [("best.other", "x")],
        [("times", "1"), ("times", "2")],
    ],
)
def test_what_no_browser_sends_is_refused_and_nothing_stored(fields: list[tuple[str, str]]) -> None:
    page = post(path(), send(*fields))

    assert page.status == 422
    assert answers() == []
