"""The programmes of forms/, read once."""

from functools import cache

from shared.declarations.declared import Declared, declared
from shared.forms import Form
from shared.library import library
from shared.programmes import Day, Programme, RoundPlan
from tests.template import ROOT

FORMS = ROOT / "forms"


@cache
def found(name: str) -> Declared:
    judged = declared(name, {path.name: path.read_bytes() for path in FORMS.joinpath(name).glob("*.yaml")}, library())
    assert isinstance(judged, Declared), [str(fault) for fault in judged]
    return judged


def programme(name: str) -> Programme:
    return found(name).programme


def rounds(name: str, form: str) -> list[RoundPlan]:
    return [plan for plan in programme(name).rounds if plan.form == form]


def series(name: str) -> list[RoundPlan]:
    return [plan for plan in programme(name).rounds if plan.series]


def stages(name: str) -> list[str]:
    return [plan.stage for plan in series(name)]


def days(name: str) -> dict[str, Day]:
    return {day.id: day for day in programme(name).days}


def form(name: str, round_id: str) -> Form:
    return found(name).forms[round_id]


def ids(asked: Form) -> list[str]:
    return [question.id for question in asked.questions]
