"""What a form must mean, beyond the shape of its file; see `shared.declarations.checks` for why raw values are checked."""

from collections.abc import Iterator, Mapping
from typing import Any

from shared.declarations.condition_checks import condition_findings
from shared.declarations.entries import Entries, Finding, asked, doubles, items, mapping, rated, repeat_of, strings, texts, words_of
from shared.declarations.placeholders import form_placeholders, labels
from shared.declarations.scales import reliability_findings, scale_findings, scaled_findings
from shared.declarations.yaml_source import Path
from shared.forms import NOT_RELEVANT, OTHER
from shared.hints import listed, suggestion, to_use
from shared.phrases import N_

MOST_QUESTIONS = 60
KEPT_CODES = {OTHER: "`other: …`", NOT_RELEVANT: "`not_relevant: …`"}


def form_findings(form: object) -> Iterator[Finding]:
    """Find what is wrong in a form by itself."""
    questions, scales = asked(form), mapping(form, "scales")
    yield from doubles(texts(questions, "id"), N_("questions"))
    yield from form_placeholders(form, questions)
    for name, scale in scales.items():
        yield from scale_findings(("scales", name), scale)
    for path, question in questions:
        yield from _question(path, question, scales)
    yield from reliability_findings(questions, scales)
    yield from condition_findings(questions, scales)
    yield from _sharing(form)
    yield from _looking_back(form, questions)
    if questions and all(question.get("kind") == "statement" for _, question in questions):
        yield ("questions",), N_("nothing is asked here: a form needs a question that is answered")


def _sharing(form: object) -> Iterator[Finding]:
    if isinstance(form, Mapping) and "shared_with" in form and form.get("mode") != "personal":
        yield ("shared_with",), N_("only what is written on a personal form can be shared: write `mode: personal`, or remove this line")


def _looking_back(form: object, questions: Entries) -> Iterator[Finding]:
    for path, question in questions:
        if "looking_back" in question and isinstance(form, Mapping) and form.get("mode") != "confidential":
            yield (
                (*path, "looking_back"),
                N_("looking back is compared with what was answered before: write `mode: confidential`, or remove this line"),
            )


def _question(path: Path, question: Mapping[str, Any], scales: Mapping[str, Any]) -> Iterator[Finding]:
    match question.get("kind"):
        case "scale":
            yield from scaled_findings(path, question, scales)
        case "choice" | "choices":
            yield from _kept(path, question)
        case "number":
            yield from _bounds(path, question)


def _kept(path: Path, question: Mapping[str, Any]) -> Iterator[Finding]:
    options = question.get("options")
    named = [(place if isinstance(options, Mapping) else (*place[:-1], "id"), label) for place, label in labels(path, question)]
    for place, _ in named:
        code = place[-1] if isinstance(options, Mapping) else _id_at(options, place)
        if isinstance(code, str) and code in KEPT_CODES:
            yield place, N_("the code `{code}` is kept for {kept}: use that, or another code", code=code, kept=KEPT_CODES[code])


def _id_at(options: Any, place: Path) -> object:
    return options[place[-2]].get("id")


def _bounds(path: Path, question: Mapping[str, Any]) -> Iterator[Finding]:
    low, high = question.get("min"), question.get("max")
    if type(low) is int and type(high) is int and low > high:
        yield (*path, "max"), N_("the greatest number is {high}, but the least is {low}", high=high, low=low)


def setting_findings(form: object, day: Mapping[str, Any], goals: Entries) -> Iterator[Finding]:
    """Find what is wrong in a form once it is asked about a day and its sessions, and about the programme's goals."""
    questions = asked(form)
    total = sum(len(items(question, day, goals)) for _, question in questions)
    if total > MOST_QUESTIONS:
        yield (
            ("questions",),
            N_("these are {total} questions on `{name}`, at most {most} are allowed", total=total, name=day.get("id"), most=MOST_QUESTIONS),
        )
    for path, question in questions:
        if repeat_of(question) == "goal" and not goals:
            yield path, N_("the programme has no goals: write them under `goals`, or remove this question")
        yield from _looked_back(path, question, [str(goal.get("id")) for _, goal in goals])
    if not total and questions and (goals or not any(repeat_of(question) == "goal" for _, question in questions)):
        yield ("questions",), N_("no question is left on `{name}`, which has no rated session", name=day.get("id"))
    yield from _speakers(questions, day)


def _looked_back(path: Path, question: Mapping[str, Any], goals: list[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, name in strings(question, "looking_back"):
        if name not in goals:
            hint = suggestion(name, goals) or (to_use(goals) if goals else "")
            yield (*path, "looking_back", index), N_("there is no goal `{name}`{hint}", name=name[:50], hint=hint)
        elif name in seen:
            yield (*path, "looking_back", index), N_("`{name}` stands twice: remove one of the two", name=name)
        seen.add(name)


def _speakers(questions: Entries, day: Mapping[str, Any]) -> Iterator[Finding]:
    silent = [str(session.get("id")) for _, session in rated(day) if "speaker" not in session]
    each = [(path, question) for path, question in questions if repeat_of(question) == "session"]
    for path, text in [*words_of(each, "text"), *words_of(each, "help")]:
        if silent and "{speaker}" in text:
            yield path, N_("`{{speaker}}` can't be filled in: {known} of `{name}` has no speaker", known=listed(silent), name=day.get("id"))
