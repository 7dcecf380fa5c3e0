"""The JSON Schema of results takes every result that the code makes, and nothing else."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from infra.schemas.results import DEFINITIONS, result_schema
from shared.forms import Form, Option, Question
from shared.programmes import EarlierRun
from shared.results import following, programme_editions
from shared.results.counting import Place
from shared.results.editions import Document
from tests.infra.fitting import complaints
from tests.shared.examples import BENEFIT, FORM, SESSION
from tests.shared.places import GATHERINGS, given, invited, made, programme
from tests.shared.results.test_editions_scales import ROWS
from tests.shared.results.test_editions_scales import made as scaled
from tests.shared.results.test_series_documents import by_group, comparison, looking_back

HILL, SHORE, FIELD = ("East", "Hill"), ("East", "Shore"), ("West", "Field")
OPTIONS = tuple(Option(code, {"en": code}) for code in "ab")
KINDS = Form(
    {"en": "Kinds"},
    "anonymous",
    (
        replace(BENEFIT, sensitive=True, section={"en": "First"}),
        replace(SESSION, id="useful.walk"),
        Question("tools", "choices", {"en": "Tools?"}, options=OPTIONS, other={"en": "Other"}),
        Question("best", "choice", {"en": "Best?"}, options=OPTIONS, not_relevant={"en": "None"}),
        Question("times", "number", {"en": "Times?"}),
    ),
)
ROLES = [
    *given((*HILL, "leader"), "4445512", form=KINDS, times="3", tools=["a", "other"], best="na"),
    *given((*HILL, "teacher"), "44451", form=KINDS, **{"useful.walk": "na", "tools.other": "Mine"}),
    *given(SHORE, "44455", form=KINDS, best="a", **{"useful.walk": "3"}),
]


def gatherings() -> Document:
    answers = given(HILL, "4445512", "north") + given(HILL, "44455", "south") + given((), "5")
    return made(answers, held_in=programme(gatherings=GATHERINGS))


ROUNDS: Mapping[str, Callable[[], Document]] = {
    "nobody was invited": lambda: made([], invited({})),
    "one answer": lambda: made(given(HILL, "4")),
    "hidden units": lambda: made(given(HILL, "44455") + given(SHORE, "111") + given(FIELD, "11111")),
    "more answers than invited": lambda: made(given(HILL, "44455", session="3", expected="3"), invited({Place("day-1", HILL): 2})),
    "everyone has answered": lambda: made(given((), "44455", takeaway="A walk") * 3, invited({})),
    "all kinds and roles": lambda: made(ROLES, versions=[KINDS]),
    "gatherings": gatherings,
    "questions of one scale": lambda: scaled([*ROWS, *ROWS]),
    "two versions": lambda: made(given(HILL, "44455") + given(SHORE, "4445", form=KINDS), versions=[FORM, KINDS]),
}


COMPARISONS: Mapping[str, Callable[[], Document]] = {
    "few pairs": lambda: comparison(9, 4),
    "some skipped a question": lambda: comparison(12, 12, skipped=3),
    "some were not asked again": lambda: comparison(40, 20),
    "groups": by_group,
    "looking back": lambda: looking_back(12),
    "some don't look back": lambda: looking_back(12, silent=1),
    "a follow-up": lambda: following.beside(ROUNDS["gatherings"](), ROUNDS["all kinds and roles"]()),
}


def of_a_programme() -> Document:
    rounds = (make() | {"round": f"day-{number}"} for number, make in enumerate(ROUNDS.values(), 1))
    return programme_editions.edition(replace(programme(), continues=EarlierRun("walks", ({"en": "More breaks"},))), rounds)


def test_it_is_a_json_schema() -> None:
    Draft202012Validator.check_schema(json.loads(json.dumps(result_schema())))


@pytest.mark.parametrize("case", ROUNDS)
def test_every_round_s_result_fits_it(case: str) -> None:
    assert complaints(ROUNDS[case]()) == []


def test_a_programme_s_result_fits_it() -> None:
    assert complaints(of_a_programme()) == []
    assert complaints(programme_editions.edition(programme(), [])) == []


@pytest.mark.parametrize("case", COMPARISONS)
def test_two_rounds_beside_each_other_fit_it(case: str) -> None:
    assert complaints(COMPARISONS[case]()) == []


def test_comments_may_be_joined_in() -> None:
    document = ROUNDS["everyone has answered"]()
    document["questions"][-1]["comments"] = ["A walk"]

    assert complaints(document) == []


@pytest.mark.parametrize("spoilt", [{"token": "x"}, {"n": -1}, {"kind": "other"}, {"questions": [{"id": "benefit"}]}, {"schema": 1}])
def test_anything_else_is_refused(spoilt: dict[str, Any]) -> None:
    assert complaints(ROUNDS["hidden units"]() | spoilt)


def test_every_definition_is_met_in_some_result() -> None:
    documents = [*(make() for make in [*ROUNDS.values(), *COMPARISONS.values()]), of_a_programme()]
    met = {key for document in documents for key in _keys(document)}

    assert set(_named(DEFINITIONS)) - met == {"comments"}


def _named(schema: object) -> Iterator[str]:
    """List the properties that a schema names anywhere."""
    if isinstance(schema, dict):
        yield from schema.get("properties", ())
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from _named(inner)


def _keys(value: object) -> set[str]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (set(value) if isinstance(value, dict) else set()).union(*map(_keys, inner))
