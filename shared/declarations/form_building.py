"""Forms made of declarations without faults: repeats spelled out for a round's day, texts filled in."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from shared.declarations.conditions import renamed
from shared.declarations.entries import days_by_id, entries, items, repeat_of
from shared.declarations.fields import FEWEST_POINTS
from shared.declarations.scales import BUILT_IN, GOALS, reliable
from shared.forms import Form, Option, Question
from shared.languages import Text, catalogue
from shared.phrases import _

FILLED = re.compile(r"\{(day|programme|session|speaker|goal)\}")
RECALLED = re.compile(r"\{answer:([^{}]*)\}")

LENGTH = {"one": 200, "several": 1000}
"""The most characters of an answer in words where the file does not say."""

YES, NO = _("Yes"), _("No")

LOOKING_BACK = _("Looking back")
THEN = _("Looking back, where would you say you were before the programme began? {goal}")
"""How a goal is asked about once more, after it has been asked about as it is now."""

ONLY_THE_GOAL = "{goal}"
"""The text of a question about goals that has none of its own."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a form is about, once a round asks it."""

    day: Mapping[str, Any]
    programme: Mapping[str, Any]
    scales: Mapping[str, Any]
    repeats: Mapping[str, str]
    """What each of the form's questions is repeated for, by id."""


def form(declared: Mapping[str, Any], programme: Mapping[str, Any], day_id: str) -> Form:
    """Make the form that is asked about one day; form and programme as their schemas have read them."""
    everything = [question for entry in declared["questions"] for question in entry.get("questions", [entry])]
    repeats = {question["id"]: repeat_of(question) for question in everything}
    setting = Setting(days_by_id(programme)[day_id], programme, declared.get("scales", {}), repeats)
    questions = [question for entry in declared["questions"] for question in _entry(entry, setting)]
    introduction = declared.get("introduction")
    fill = partial(_filled, _everywhere(setting))
    return Form(
        fill(declared["title"]),
        declared["mode"],
        tuple(questions),
        introduction and fill(introduction),
        declared.get("shared_with", ""),
        tuple(map(tuple, reliable(everything, setting.scales).values())),
    )


def _everywhere(setting: Setting) -> Mapping[str, Text]:
    return {"day": setting.day["title"], "programme": setting.programme["title"]}


def _entry(entry: Mapping[str, Any], setting: Setting) -> list[Question]:
    if "section" not in entry:
        return _questions(entry, setting)
    heading = _filled(_everywhere(setting), entry["section"])
    asked = [question for inner in entry["questions"] for question in _questions(inner, setting)]
    return [replace(question, section=heading if question is asked[0] else question.section) for question in asked]


def _questions(entry: Mapping[str, Any], setting: Setting) -> list[Question]:
    asked = items(entry, setting.day, entries(setting.programme, "goals"))
    return [*(_question(entry, setting, end, values) for end, values in asked), *_looking_back(entry, setting, dict(asked))]


def _looking_back(entry: Mapping[str, Any], setting: Setting, goals: Mapping[str, Mapping[str, Text]]) -> Iterator[Question]:
    """Ask about some goals again as they were before the programme, after what is true now."""
    languages = setting.programme["languages"]
    for number, goal in enumerate(entry.get("looking_back", ())):
        now = _question(entry, setting, goal, goals[goal])
        text = {language: catalogue(language).gettext(THEN).format(goal=goals[goal]["goal"][language]) for language in languages}
        heading = {language: catalogue(language).gettext(LOOKING_BACK) for language in languages}
        section = None if number else heading
        yield replace(now, id=f"{now.id}.then", text=text, help=None, section=section, required=False, looks_back=now.id)


def _question(entry: Mapping[str, Any], setting: Setting, end: str, values: Mapping[str, Text]) -> Question:
    languages = setting.programme["languages"]
    names = {name: f"{name}.{end}" for name, repeat in setting.repeats.items() if repeat} if end else {}
    fill = partial(_filled, {**_everywhere(setting), **values})
    recall = partial(_recalled, names)
    own = KINDS[entry["kind"]](entry, setting)
    options = tuple(Option(option.code, fill(option.label)) for option in own.pop("options", ()))
    labels: dict[str, Any] = {key: fill(entry[key]) for key in ("help", "not_relevant", "other") if key in entry}
    return Question(
        id=f"{entry['id']}.{end}" if end else entry["id"],
        text=recall(fill(entry.get("text") or dict.fromkeys(languages, ONLY_THE_GOAL))),
        required=entry.get("required", False),
        sensitive=entry.get("sensitive", False),
        shown_if=renamed(entry["if"], names) if "if" in entry else None,
        options=options,
        **labels,
        **own,
    )


def _filled(values: Mapping[str, Text], text: Text) -> Text:
    def fill(language: str, words: str) -> str:
        return FILLED.sub(lambda match: str(values[match.group(1)][language]) if match.group(1) in values else match.group(), words)

    return {language: fill(language, words) for language, words in text.items()}


def _recalled(names: Mapping[str, str], text: Text) -> Text:
    """Let recalled answers be those about the same session, speaker or goal."""

    def name(match: re.Match[str]) -> str:
        return f"{{answer:{names.get(match.group(1), match.group(1))}}}"

    return {language: RECALLED.sub(name, words) for language, words in text.items()}


def _scale(entry: Mapping[str, Any], setting: Setting) -> dict[str, Any]:
    named = entry.get("scale", GOALS)
    scale = _named(named, setting) if isinstance(named, str) else named
    chosen = {**scale, **{key: entry[key] for key in ("bipolar", "positive") if key in entry}}
    bipolar = chosen.get("bipolar", False)
    return {
        "kind": "scale",
        "options": [Option(str(code), label) for code, label in enumerate(scale["points"], 1)],
        "positive": () if bipolar else _positive(chosen.get("positive"), len(scale["points"])),
        "bipolar": bipolar,
    }


def _named(name: str, setting: Setting) -> Mapping[str, Any]:
    if name in setting.scales:
        scale: Mapping[str, Any] = setting.scales[name]
        return scale
    languages = setting.programme["languages"]
    return {"points": [{language: point[language] for language in languages} for point in BUILT_IN[name]]}


def _positive(named: list[int] | None, points: int) -> tuple[str, ...]:
    """Give the codes that count as positive: those named, or the top two (of three points only the top)."""
    usual = range(points if points == FEWEST_POINTS else points - 1, points + 1)
    return tuple(map(str, sorted(usual if named is None else named)))


def _goals(entry: Mapping[str, Any], setting: Setting) -> dict[str, Any]:
    return _scale({**entry, "scale": GOALS}, replace(setting, scales={}))


def _choice(entry: Mapping[str, Any], _setting: Setting) -> dict[str, Any]:
    return {"kind": entry["kind"], "options": [Option(code, label) for code, label in entry["options"].items()]}


def _yes_no(_entry: Mapping[str, Any], setting: Setting) -> dict[str, Any]:
    languages = setting.programme["languages"]
    labels = {code: {language: catalogue(language).gettext(word) for language in languages} for code, word in (("yes", YES), ("no", NO))}
    return {"kind": "choice", "options": [Option(code, label) for code, label in labels.items()]}


def _number(entry: Mapping[str, Any], _setting: Setting) -> dict[str, Any]:
    return {"kind": "number", "low": entry.get("min"), "high": entry.get("max")}


def _text(entry: Mapping[str, Any], _setting: Setting) -> dict[str, Any]:
    return {"kind": "text", "long": entry["lines"] == "several", "max_length": entry.get("max_length", LENGTH[entry["lines"]])}


def _statement(_entry: Mapping[str, Any], _setting: Setting) -> dict[str, Any]:
    return {"kind": "statement"}


KINDS: Mapping[str, Callable[[Mapping[str, Any], Setting], dict[str, Any]]] = {
    "scale": _scale,
    "choice": _choice,
    "choices": _choice,
    "yes-no": _yes_no,
    "number": _number,
    "text": _text,
    "goals": _goals,
    "statement": _statement,
}
"""How a question of each kind is made; see `shared.declarations.questions.QUESTION_KINDS`."""
