"""Programmes and forms made of declarations without faults."""

import re
from collections.abc import Mapping
from typing import Any

from shared.declaration_checks import opening
from shared.declaration_entries import planned, rated
from shared.declaration_fields import FEWEST_POINTS
from shared.forms import Form, Option, Question
from shared.languages import Text
from shared.programmes import Contact, Day, Gathering, Programme, RoundPlan, Session, Staff

PLACEHOLDER = re.compile(r"\{(session|speaker)\}")


def programme(programme_id: str, declared: Mapping[str, Any]) -> Programme:
    """Make a programme of a file that `ProgrammeSchema` has read."""
    return Programme(
        id=programme_id,
        title=declared["title"],
        languages=tuple(declared["languages"]),
        timezone=declared["timezone"],
        sender_name=declared["sender"],
        contact=Contact(**declared["contact"]),
        controller=declared["controller"],
        data_protection=Contact(**declared["data_protection"]),
        legal_basis=declared["legal_basis"],
        complaints=declared["complaints"],
        units=tuple(declared.get("units", ())),
        roles=declared["roles"],
        days=tuple(map(_day, declared["days"])),
        rounds=_rounds(declared),
        staff=tuple(map(_staff, declared.get("staff", ()))),
    )


def _staff(declared: Mapping[str, Any]) -> Staff:
    return Staff(**{**declared, "units": tuple(declared.get("units", ()))})


def _day(declared: Mapping[str, Any]) -> Day:
    return Day(
        id=declared["id"],
        title=declared["title"],
        aims=tuple(declared.get("aims", ())),
        sessions=tuple(Session(**session) for session in declared.get("sessions", ())),
        gatherings=tuple(map(_gathering, declared.get("gatherings", ()))) or (_only_gathering(declared),),
    )


def _gathering(declared: Mapping[str, Any]) -> Gathering:
    return Gathering(**{"title": None, **declared, "units": tuple(declared.get("units", ()))})


def _only_gathering(day: Mapping[str, Any]) -> Gathering:
    return Gathering(id=day["id"], title=None, date=day["date"], place=day["place"])


def _rounds(declared: Mapping[str, Any]) -> tuple[RoundPlan, ...]:
    days = {day["id"]: day for day in declared["days"]}
    plans = []
    for plan in planned(declared):
        entry = declared["rounds"][plan.path[1]]
        opens = str(opening(entry["opens"], days[plan.day]))
        plans.append(RoundPlan(plan.id, plan.form, plan.day, opens, entry["closes"]))
    return tuple(plans)


def form(declared: Mapping[str, Any], day: Mapping[str, Any]) -> Form:
    """Make the form that is asked about one day; both as their schemas have read them."""
    sessions = [session for _, session in rated(day)]
    questions = [question for entry in declared["questions"] for question in _questions(entry, declared, sessions)]
    return Form(declared["title"], declared["mode"], tuple(questions), declared.get("introduction"))


def _questions(entry: Mapping[str, Any], form: Mapping[str, Any], sessions: list[Mapping[str, Any]]) -> list[Question]:
    kind = KINDS[entry["kind"]](entry, form.get("scales", {}))
    if "repeat" not in entry:
        return [Question(id=entry["id"], text=entry["text"], **kind)]
    return [Question(id=f"{entry['id']}.{session['id']}", text=_filled(entry["text"], session), **kind) for session in sessions]


def _filled(text: Text, session: Mapping[str, Any]) -> Text:
    values = {"session": session["title"], "speaker": session.get("speaker", {})}

    def fill(language: str, words: str) -> str:
        return PLACEHOLDER.sub(lambda match: str(values[match.group(1)][language]), words)

    return {language: fill(language, words) for language, words in text.items()}


def _text(entry: Mapping[str, Any], _scales: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind": "text", "required": entry["required"], "max_length": entry["max_length"]}


def _scale(entry: Mapping[str, Any], scales: Mapping[str, Any]) -> dict[str, Any]:
    scale = scales[entry["scale"]] if isinstance(entry["scale"], str) else entry["scale"]
    chosen = {**scale, **entry}
    bipolar = chosen.get("bipolar", False)
    return {
        "kind": "scale",
        "required": entry["required"],
        "options": tuple(Option(str(code), label) for code, label in enumerate(scale["points"], 1)),
        "positive": () if bipolar else _positive(chosen.get("positive"), len(scale["points"])),
        "bipolar": bipolar,
        "not_relevant": entry.get("not_relevant"),
    }


def _positive(named: list[int] | None, points: int) -> tuple[str, ...]:
    """Give the codes that count as positive: those named, or the top two (of three points only the top)."""
    usual = range(points if points == FEWEST_POINTS else points - 1, points + 1)
    return tuple(map(str, sorted(usual if named is None else named)))


KINDS = {"scale": _scale, "text": _text}
"""How a question of each kind is made; see `shared.declaration_schemas.QUESTION_KINDS`."""
