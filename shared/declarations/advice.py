"""What evidence advises against in a form that is without a fault; see `docs/forms.md`, Warnings."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from shared.declarations.entries import Finding, asked, mapping, words_at
from shared.declarations.placeholders import labels
from shared.declarations.rounds import drafted
from shared.declarations.scales import points_of
from shared.declarations.yaml_source import Path
from shared.forms import Form, seconds
from shared.phrases import N_
from shared.programmes import RoundPlan

MOST_ADVISED = 12
"""Questions on a course day."""

MOST_SECONDS = 120
"""What a course day's form may take: people answer it on their way out."""

MOST_REMINDERS = 3
"""Mails that ask somebody for the same thing."""

MOST_TEXTS = 3
"""Answers in words; a letter, a plan or notes are nothing else, and are left alone."""

NUMBER_ONLY = re.compile(r"[\W\d]+")
AGREEMENT = re.compile(
    r"\b(dis)?agrees?\b|\b(u|del(vis|vist) )?enige?\b|\b(helt|heilt|delvis|svært|svært lite) (u?samd|u?einig)\b|\bu?samde?\b|\bueinige?\b"
    r"|\binstämmer\b|\bhåller (inte |helt |delvis )?med\b",
    re.IGNORECASE,
)
"""Agree and disagree in each language."""


def advice(plan: RoundPlan, form: Form, raw: Any) -> Iterator[Finding]:
    """Advise on the form of one round; `raw` is the form as its file has it."""
    answered = [question for question in form.questions if question.kind != "statement"]
    texts = [question for question in answered if question.kind == "text"]
    if not plan.once and form.mode == "anonymous":
        yield from _length(plan, len(answered), seconds(form))
    if len(texts) > MOST_TEXTS and form.mode != "personal":
        yield (
            ("questions",),
            N_(
                "{count} questions of `{id}` ask for words: most people write in at most {most}",
                count=len(texts),
                id=plan.id,
                most=MOST_TEXTS,
            ),
        )
    yield from _wording(raw)


def nagging(plans: Iterable[RoundPlan], raw: Any) -> Iterator[Finding]:
    """Advise on how often rounds remind; `raw` is the programme as its file has it."""
    paths = {plan.id: plan.path for plan in drafted(raw)}
    for plan in plans:
        if (times := _reminders(plan)) > MOST_REMINDERS:
            yield (
                (*paths[plan.id], "reminds"),
                N_(
                    "`{id}` reminds up to {times} times: once or twice is enough, like `2 days before it closes at 08:00`",
                    id=plan.id,
                    times=times,
                ),
            )


def _reminders(plan: RoundPlan) -> int:
    """Count how often a round reminds at most: a time alone counts on each day on which it is open."""
    opens, closes = (plan.opens_after, plan.opens), (plan.closes_after, plan.closes)
    daily = [item.time for item in plan.reminds if not item.edge]
    return (
        len(plan.reminds)
        - len(daily)
        + sum(opens < (day, time) < closes for day in range(plan.opens_after, plan.closes_after + 1) for time in daily)
    )


def _length(plan: RoundPlan, questions: int, takes: int) -> Iterator[Finding]:
    if questions > MOST_ADVISED:
        yield (
            ("questions",),
            N_(
                "`{id}` has {questions} questions: after a course day at most {most} are answered with care",
                id=plan.id,
                questions=questions,
                most=MOST_ADVISED,
            ),
        )
    if takes > MOST_SECONDS:
        yield (
            ("questions",),
            N_(
                "`{id}` takes about {takes} seconds: after a course day people give at most {most}",
                id=plan.id,
                takes=takes,
                most=MOST_SECONDS,
            ),
        )


def _wording(raw: Any) -> Iterator[Finding]:
    scales = mapping(raw, "scales")
    for name, scale in scales.items():
        yield from _points(("scales", name, "points"), points_of({"scale": scale}, {}))
    for path, question in asked(raw):
        if isinstance(question.get("scale"), Mapping):
            yield from _points((*path, "scale", "points"), points_of(question, {}))
        for place, label in labels(path, question):
            yield from _agreement(place, label)
        if question.get("kind") in ("scale", "choice", "yes-no"):
            yield from _agreement((*path, "text"), question.get("text"))


def _points(path: Path, points: list[Any]) -> Iterator[Finding]:
    for index, point in enumerate(points):
        yield from _agreement((*path, index), point)
        for place, words in words_at((*path, index), point):
            if NUMBER_ONLY.fullmatch(words):
                yield (
                    place,
                    N_(
                        "the point `{words}` has no label: people read bare numbers in different ways, say what each point means",
                        words=words,
                    ),
                )


def _agreement(path: Path, text: object) -> Iterator[Finding]:
    for place, words in words_at(path, text):
        if found := AGREEMENT.search(words):
            yield (
                place,
                N_(
                    "“{words}”: people tend to agree with anything; ask about the thing itself, with a scale of its own",
                    words=found.group(),
                ),
            )
            return
