"""The scale that is built in, and what scales in a file must mean."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from shared.declarations.entries import Entries, Finding
from shared.declarations.fields import FEWEST_POINTS, MOST_POINTS
from shared.declarations.placeholders import point_placeholders
from shared.declarations.yaml_source import Path
from shared.hints import suggestion
from shared.languages import Text
from shared.measures.reliability import QUESTIONS_FROM
from shared.phrases import N_

BIPOLAR = N_("points with the best in the middle add up to nothing: remove `bipolar`, or the scale's `reliability`")

GOALS = "goals"
BUILT_IN: Mapping[str, tuple[Text, ...]] = {
    GOALS: (
        {
            "da": "Det er nyt for mig",
            "nb": "Det er nytt for meg",
            "nn": "Det er nytt for meg",
            "sv": "Det är nytt för mig",
            "en": "It is new to me",
        },
        {
            "da": "Jeg kender til det",
            "nb": "Jeg kjenner til det",
            "nn": "Eg kjenner til det",
            "sv": "Jag känner till det",
            "en": "I know of it",
        },
        {
            "da": "Jeg kan gøre det med støtte",
            "nb": "Jeg kan gjøre det med støtte",
            "nn": "Eg kan gjere det med støtte",
            "sv": "Jag kan göra det med stöd",
            "en": "I can do it with support",
        },
        {
            "da": "Jeg kan gøre det selvstændigt",
            "nb": "Jeg kan gjøre det selvstendig",
            "nn": "Eg kan gjere det sjølvstendig",
            "sv": "Jag kan göra det självständigt",
            "en": "I can do it on my own",
        },
        {
            "da": "Jeg kan vejlede kolleger i det",
            "nb": "Jeg kan veilede kolleger i det",
            "nn": "Eg kan rettleie kollegaer i det",
            "sv": "Jag kan handleda kollegor i det",
            "en": "I can guide colleagues in it",
        },
    )
}
"""Scales that every form can name. That of the goals is anchored in behaviour, and must stay the same before and after."""


def points_of(question: Mapping[str, Any], scales: Mapping[str, Any]) -> list[Any]:
    """List the points of a question's scale."""
    if question.get("kind") == "goals":
        return list(BUILT_IN[GOALS])
    scale = question.get("scale")
    named = scales.get(scale, {"points": list(BUILT_IN.get(scale, ()))}) if isinstance(scale, str) else scale
    points = named.get("points") if isinstance(named, Mapping) else None
    return points if isinstance(points, list) else []


def scale_findings(path: Path, scale: object) -> Iterator[Finding]:
    """Find what is wrong in a scale."""
    yield from _positive(scale, path)
    yield from point_placeholders(scale, path)


def scaled_findings(path: Path, question: Mapping[str, Any], scales: Mapping[str, Any]) -> Iterator[Finding]:
    """Find what is wrong in what a question says of its scale."""
    scale = question.get("scale")
    if isinstance(scale, str):
        if scale not in scales and scale not in BUILT_IN:
            hint = suggestion(scale, [*scales, *BUILT_IN]) or N_(": write it under `scales`")
            yield (*path, "scale"), N_("there is no scale `{scale}`{hint}", scale=scale[:50], hint=hint)
    else:
        yield from scale_findings((*path, "scale"), scale)
    named = scales.get(scale, {"points": points_of(question, scales)}) if isinstance(scale, str) else scale
    if isinstance(named, Mapping) and ("bipolar" in question or "positive" in question):
        own = {key: question[key] for key in ("bipolar", "positive") if key in question}
        yield from _positive({**named, **own}, path)


def reliable(questions: Iterable[Mapping[str, Any]], scales: Mapping[str, Any]) -> dict[str, list[str]]:
    """Name the questions on each scale whose reliability is told: those that are asked once."""
    found: dict[str, list[str]] = {name: [] for name, scale in scales.items() if _is_reliable(scale)}
    for question in questions:
        scale = question.get("scale")
        if isinstance(scale, str) and scale in found and "repeat" not in question:
            found[scale].append(str(question.get("id")))
    return found


def _is_reliable(scale: object) -> bool:
    return isinstance(scale, Mapping) and scale.get("reliability") is True


def reliability_findings(questions: Entries, scales: Mapping[str, Any]) -> Iterator[Finding]:
    """Find scales whose questions can't be told to measure one thing."""
    for path, question in questions:
        if _is_reliable(question.get("scale")):
            told = N_("only questions that share a scale can measure one thing: write it under `scales`, and its name here")
            yield (*path, "scale", "reliability"), told
        elif question.get("bipolar") is True and _is_reliable(scales.get(str(question.get("scale")))):
            yield (*path, "bipolar"), BIPOLAR
    for name, asked in reliable((question for _, question in questions), scales).items():
        if scales[name].get("bipolar") is True:
            yield ("scales", name, "bipolar"), BIPOLAR
        if len(asked) < QUESTIONS_FROM:
            told = N_(
                "{fewest} questions on this scale, or more, can measure one thing; asked once: {count}",
                fewest=QUESTIONS_FROM,
                count=len(asked),
            )
            yield ("scales", name, "reliability"), told


def _positive(scale: object, path: Path) -> Iterator[Finding]:
    if not isinstance(scale, Mapping) or not isinstance(scale.get("positive"), list):
        return
    points = scale.get("points")
    most = len(points) if isinstance(points, list) and len(points) >= FEWEST_POINTS else MOST_POINTS
    codes = [(index, code) for index, code in enumerate(scale["positive"]) if type(code) is int]
    for index, code in codes:
        if most < code <= MOST_POINTS:
            yield (*path, "positive", index), N_("there is no point {code}: the scale has {most}", code=code, most=most)
        if (index, code) != next(pair for pair in codes if pair[1] == code):
            yield (*path, "positive", index), N_("`{name}` stands twice: remove one of the two", name=code)
    if scale.get("bipolar") is True:
        yield (*path, "positive"), N_("a bipolar scale has no positive points: remove `positive` or `bipolar`")
