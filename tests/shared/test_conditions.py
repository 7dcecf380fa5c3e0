from dataclasses import asdict

import pytest

from shared.conditions import Condition, as_json, condition_from, holds, looked_at

IS = Condition("is", "a", ("1",))
ANY_OF = Condition("any_of", "a", ("1", "2"))
AT_LEAST = Condition("at_least", "b", ("3",))


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        (IS, {"a": "1"}, True),
        (IS, {"a": "2"}, False),
        (IS, {}, False),
        (IS, {"a": ["2", "1"]}, True),
        (ANY_OF, {"a": "2"}, True),
        (ANY_OF, {"a": "3"}, False),
        (AT_LEAST, {"b": "3"}, True),
        (AT_LEAST, {"b": "12"}, True),
        (AT_LEAST, {"b": "-12"}, False),
        (AT_LEAST, {"b": "na"}, False),
        (AT_LEAST, {"b": "--3"}, False),
        (AT_LEAST, {"b": "9" * 5000}, False),
        (AT_LEAST, {"b": "٣"}, False),
        (Condition("all", parts=(IS, AT_LEAST)), {"a": "1", "b": "3"}, True),
        (Condition("all", parts=(IS, AT_LEAST)), {"a": "1"}, False),
        (Condition("any", parts=(IS, AT_LEAST)), {"b": "3"}, True),
        (Condition("any", parts=(IS, AT_LEAST)), {}, False),
        (Condition("not", parts=(IS,)), {}, True),
        (Condition("not", parts=(IS,)), {"a": "1"}, False),
    ],
)
def test_a_condition_holds_by_the_answers_before_it(condition: Condition, answers: dict[str, str | list[str]], expected: bool) -> None:
    assert holds(condition, answers) is expected


def test_a_condition_survives_being_stored() -> None:
    deep = Condition("all", parts=(IS, Condition("not", parts=(AT_LEAST,))))

    assert condition_from(asdict(deep)) == deep
    assert condition_from(None) is None


def test_a_condition_tells_which_questions_it_looks_at() -> None:
    assert list(looked_at(Condition("any", parts=(IS, Condition("not", parts=(AT_LEAST,)))))) == ["a", "b"]


def test_a_page_s_script_is_told_a_condition_without_what_it_does_not_need() -> None:
    deep = Condition("any", parts=(ANY_OF, Condition("not", parts=(AT_LEAST,))))

    assert as_json(deep) == '["any",["any_of","a","1","2"],["not",["at_least","b","3"]]]'
