"""Texts that depend on earlier answers: what was answered, and on which answers a question is asked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from markupsafe import Markup

from shared.conditions import Answers, Condition, Operator
from shared.forms import NOT_RELEVANT, OTHER, Form, Question, other_id
from shared.languages import catalogue
from shared.phrases import _

PLACEHOLDER = re.compile(r"\{answer:([a-z0-9.-]+)\}")

UNKNOWN = "…"
"""Stands for an answer that is not given yet."""

LIVE = Markup('<span data-recall="{}">{}</span>')
"""Where the page's script writes an answer as soon as it changes."""


def recalled(form: Form, answers: Answers, language: str, text: str) -> str:
    """Fill earlier answers into a text, in the words of their options."""
    if "{answer:" not in text:
        return text
    return PLACEHOLDER.sub(lambda match: in_words(_by_id(form)[match.group(1)], answers, language), text)


def live(form: Form, answers: Answers, language: str, text: str) -> str:
    """Fill earlier answers into a text of a page, each where the page's script finds it."""
    if "{answer:" not in text:
        return text
    words, names = PLACEHOLDER.split(text)[::2], PLACEHOLDER.findall(text)
    found = [LIVE.format(name, in_words(_by_id(form)[name], answers, language)) for name in names]
    return Markup().join(part for pair in zip_longest(words, found, fillvalue="") for part in pair)


def _by_id(form: Form) -> Mapping[str, Question]:
    return {question.id: question for question in form.questions}


def in_words(question: Question, answers: Answers, language: str) -> str:
    """Write the answer to a question as its form says it."""
    answer = answers.get(question.id, UNKNOWN)
    labels = _labels(question, language)
    return ", ".join(labels.get(code, code) for code in (answer if isinstance(answer, list) else [answer]))


def in_full(question: Question, answers: Answers, language: str) -> str:
    """Write the answer to a question as its form says it, with what stands beside "other, namely"; empty where there is none."""
    if question.id not in answers:
        return ""
    beside = answers.get(other_id(question.id), "")
    return in_words(question, answers, language) + (f": {beside}" if beside else "")


def _labels(question: Question, language: str) -> Mapping[str, str]:
    own = {option.code: option.label[language] for option in question.options}
    extra = {OTHER: question.other, NOT_RELEVANT: question.not_relevant}
    return own | {code: label[language] for code, label in extra.items() if label}


def only_if(form: Form, question: Question, language: str) -> str:
    """Say for whom a question is, for pages that can't hide it."""
    _ = catalogue(language).gettext
    condition = _plain(question.shown_if) if question.shown_if else None
    if condition is None or _depth(condition) > READABLE:
        return _("Answer this if it fits what you answered above.")
    return _("If {condition}:").format(condition=_clause(form, condition, language))


READABLE = 2
"""How deep a condition may be nested and still be read: tests joined by "and", and these by "or", or the other way round."""


def _depth(condition: Condition) -> int:
    """Tell how many kinds of "and" and "or" stand inside one another."""
    return 1 + max(map(_depth, condition.parts)) if condition.operator in ("all", "any") else 0


TURNED: Mapping[str, Operator] = {"all": "any", "any": "all"}
"""What "not" makes of joints."""


def _not(condition: Condition) -> Condition:
    return Condition("not", parts=(condition,))


def _plain(condition: Condition) -> Condition:
    """Write a condition as people say it: "not" stands at single tests only, and joints of one kind are one list."""
    if condition.operator == "not":
        return _plain_not(condition.parts)
    parts = [_plain(part) for part in condition.parts]
    if len(parts) == 1:
        return parts[0]
    return replace(condition, parts=tuple(_flat(condition, parts)))


def _plain_not(parts: Sequence[Condition]) -> Condition:
    """Turn "none of these" round."""
    if len(parts) > 1:
        return _plain(Condition("all", parts=tuple(map(_not, parts))))
    (part,) = parts
    if part.operator == "not":
        return _plain(Condition("any", parts=part.parts))
    if part.operator not in TURNED:
        return _not(part)
    return _plain(Condition(TURNED[part.operator], parts=tuple(map(_not, part.parts))))


def _flat(joint: Condition, parts: Sequence[Condition]) -> list[Condition]:
    return [inner for part in parts for inner in (part.parts if part.operator == joint.operator else (part,))]


def _clause(form: Form, condition: Condition, language: str) -> str:
    """Say one condition, without its "if"."""
    if condition.operator in ("all", "any"):
        return _joint(form, condition, language)
    negated = condition.operator == "not"
    test = condition.parts[0] if negated else condition
    sentence = catalogue(language).gettext(CLAUSES[negated, test.operator == "at_least"])
    return sentence.format(answers=_alternatives(form, test, language), question=_asked(form, test, language))


CLAUSES = {
    (False, False): _("you answered {answers} to “{question}”"),
    (False, True): _("you answered {answers} or more to “{question}”"),
    (True, False): _("you did not answer {answers} to “{question}”"),
    (True, True): _("you did not answer {answers} or more to “{question}”"),
}
"""By whether a test is turned round, and whether it asks for a number at least."""

JOINTS = {"all": _("and"), "any": _("or")}


def _joint(form: Form, condition: Condition, language: str) -> str:
    """Join clauses; a comma parts those that are joined themselves, so that "or" doesn't run into "and"."""
    word = catalogue(language).gettext(JOINTS[condition.operator])
    apart = "," if _depth(condition) > 1 else ""
    return f"{apart} {word} ".join(_clause(form, part, language) for part in condition.parts)


def _alternatives(form: Form, condition: Condition, language: str) -> str:
    labels, _ = _labels(_question(form, condition), language), catalogue(language).gettext
    quoted = [_("“{text}”").format(text=labels.get(code, code)) for code in condition.values]
    listed = ", ".join(quoted[:-1])
    return f"{listed} {_('or')} {quoted[-1]}" if listed else quoted[-1]


def _asked(form: Form, condition: Condition, language: str) -> str:
    return recalled(form, {}, language, _question(form, condition).text[language])


def _question(form: Form, condition: Condition) -> Question:
    return next(question for question in form.questions if question.id == condition.question)
