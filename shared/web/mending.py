"""What must be mended in an answer, in words, and what is said beforehand so that it needn't be."""

from collections.abc import Callable, Mapping

from shared.answers import OTHER_LENGTH, Reading
from shared.forms import Question, other_id
from shared.languages import catalogue


def faults_in_words(questions: Mapping[str, Question], reading: Reading, language: str) -> Mapping[str, str]:
    """Say at each question what is wrong with its answer."""
    return {name: WORDS[fault](questions[name], reading, language) for name, fault in reading.faults.items()}


def bounds(question: Question, language: str) -> str:
    """Say between which numbers an answer lies; empty where there are no bounds."""
    if question.low is None and question.high is None:
        return ""
    _ = catalogue(language).gettext
    if question.low is None:
        return _("At most {high}.").format(high=question.high)
    if question.high is None:
        return _("At least {low}.").format(low=question.low)
    return _("From {low} to {high}.").format(low=question.low, high=question.high)


def _required(_question: Question, _reading: Reading, language: str) -> str:
    return catalogue(language).gettext("Please answer this question.")


def _long(question: Question, reading: Reading, language: str) -> str:
    """Say how much fits, and how much was written: in the answer, or beside "other, namely"."""
    written = reading.answers[question.id if question.kind == "text" else other_id(question.id)]
    sentence = catalogue(language).gettext("Write at most {most} characters. You have written {count}.")
    return sentence.format(most=question.max_length or OTHER_LENGTH, count=len(written))


def _number(question: Question, _reading: Reading, language: str) -> str:
    said = catalogue(language).gettext("Write a whole number, in digits.")
    return f"{said} {bounds(question, language)}".strip()


def _range(question: Question, _reading: Reading, language: str) -> str:
    return bounds(question, language)


WORDS: Mapping[str, Callable[[Question, Reading, str], str]] = {"required": _required, "long": _long, "number": _number, "range": _range}
