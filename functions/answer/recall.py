"""Texts that depend on earlier answers: what was answered, and on which answers a question is asked."""

import re
from collections.abc import Mapping, Sequence

from shared.conditions import Answers, Condition
from shared.forms import NOT_RELEVANT, OTHER, Form, Question
from shared.languages import catalogue

PLACEHOLDER = re.compile(r"\{answer:([a-z0-9.-]+)\}")

UNKNOWN = "…"
"""Stands for an answer that is not given yet."""


def recalled(form: Form, answers: Answers, language: str, text: str) -> str:
    """Fill earlier answers into a text, in the words of their options."""
    if "{answer:" not in text:
        return text
    questions = {question.id: question for question in form.questions}
    return PLACEHOLDER.sub(lambda match: _words(questions[match.group(1)], answers, language), text)


def _words(question: Question, answers: Answers, language: str) -> str:
    answer = answers.get(question.id, UNKNOWN)
    labels = _labels(question, language)
    return ", ".join(labels.get(code, code) for code in (answer if isinstance(answer, list) else [answer]))


def _labels(question: Question, language: str) -> Mapping[str, str]:
    own = {option.code: option.label[language] for option in question.options}
    extra = {OTHER: question.other, NOT_RELEVANT: question.not_relevant}
    return own | {code: label[language] for code, label in extra.items() if label}


def only_if(form: Form, question: Question, language: str) -> str:
    """Say for whom a question is, for pages that can't hide it."""
    _ = catalogue(language).gettext
    condition = question.shown_if
    if condition is None or condition.operator not in ("is", "any_of", "at_least"):
        return _("Answer this if it fits what you answered above.")
    least = condition.operator == "at_least"
    sentence = _("If you answered {answers} or more to “{question}”:") if least else _("If you answered {answers} to “{question}”:")
    return sentence.format(answers=_alternatives(form, condition, language), question=_asked(form, condition, language))


def _alternatives(form: Form, condition: Condition, language: str) -> str:
    labels = _labels(_question(form, condition), language)
    quoted = catalogue(language).gettext("“{text}”")
    return _joined([quoted.format(text=labels.get(code, code)) for code in condition.values], language)


def _joined(words: Sequence[str], language: str) -> str:
    alternative = catalogue(language).gettext("or")
    return f" {alternative} ".join(words)


def _asked(form: Form, condition: Condition, language: str) -> str:
    return _question(form, condition).text[language]


def _question(form: Form, condition: Condition) -> Question:
    return next(question for question in form.questions if question.id == condition.question)
