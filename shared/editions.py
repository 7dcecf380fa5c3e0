"""Editions: the published, frozen result of a round, as plain documents made of what disclosure control lets through."""

import hashlib
import hmac
import json
import statistics as python_statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from shared import disclosure, statistics
from shared.disclosure import Comments, Hidden, Ratings
from shared.envelopes import Answer
from shared.forms import NOT_RELEVANT, OTHER, Form, Option, Question, form_id, other_id
from shared.languages import Text
from shared.programmes import Programme
from shared.rounds import Round, closes
from shared.versions import Asked, asked

SCHEMA = 1

Document = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """What a round's answers add up to, before anything is protected."""

    respondents: int = 0
    complete: int = 0
    unopened: int = 0
    chosen: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By question id and option code."""
    answered: Counter[str] = field(default_factory=Counter)
    """How many chose among a question's options, by its id: fewer than their choices where several can be chosen."""
    numbers: dict[str, list[int]] = field(default_factory=dict)
    """By question id."""
    comments: dict[str, list[tuple[bytes, str]]] = field(default_factory=dict)
    """By question id, each behind the place that it is sorted by."""
    by_version: Counter[int] = field(default_factory=Counter)
    """Respondents, by the number of the form's version that they answered."""

    def asked(self, asked: Asked) -> int:
        """Count those who answered a version that asks a question."""
        return sum(self.by_version[number] for number in asked.versions)


def tallied(versions: Sequence[Form], answers: Iterable[tuple[str, Answer | None]], order_key: bytes) -> Tally:
    """Count answers as they come, each under its envelope's name, None for an envelope that did not open.

    ``versions`` are those of the round's form, the oldest first; only what an answer's own version asks is counted. Comments
    are shuffled by ``order_key``: the same way each time, so that a job killed half way makes the same edition again, and
    otherwise for each question.
    """
    counting = {form_id(form): _counting(versions, number) for number, form in enumerate(versions, 1)}
    newest = counting[form_id(versions[-1])]
    tally = Tally(comments={name: [] for _, name, kind in _counted(asked(versions)) if kind == "text"})
    for envelope, answer in answers:
        if answer is None:
            tally.unopened += 1
            continue
        number, rated, names = counting.get(answer.form, newest)
        tally.respondents += 1
        tally.by_version[number] += 1
        tally.complete += rated <= answer.answers.keys()
        for question, given in answer.answers.items():
            if question in names:
                name, kind = names[question]
                _count(tally, kind, name, given, _place(order_key, name, envelope))
    return tally


Counting = tuple[int, set[str], Mapping[str, tuple[str, str]]]
"""A version's number, the questions that are rated in it, and under which name and as what each of its answers is counted."""


def _counting(versions: Sequence[Form], number: int) -> Counting:
    rated = {question.id for question in versions[number - 1].questions if question.kind == "scale"}
    own = (item for item in asked(versions) if number in item.versions)
    return number, rated, {answer: (name, kind) for answer, name, kind in _counted(own)}


def _counted(questions: Iterable[Asked]) -> Iterator[tuple[str, str, str]]:
    """List what is counted: each question that can be answered, and what stands beside "other, namely".

    Each by what it is called in answers and in the tally, and its kind.
    """
    for item in questions:
        yield item.question.id, item.name, item.question.kind
        if item.question.other:
            yield other_id(item.question.id), other_id(item.name), "text"


def _count(tally: Tally, kind: str, name: str, given: str | list[str], place: bytes) -> None:
    """Count one answer to one question."""
    if isinstance(given, list):
        tally.answered[name] += 1
        for code in given:
            tally.chosen[name, code] += 1
    elif kind == "text":
        tally.comments[name].append((place, given))
    elif kind == "number":
        tally.numbers.setdefault(name, []).append(int(given))
    else:
        tally.answered[name] += 1
        tally.chosen[name, given] += 1


def _place(order_key: bytes, question: str, envelope: str) -> bytes:
    return hmac.digest(order_key, f"{question}\0{envelope}".encode(), "sha256")


def edition(published: Round, programme: Programme, versions: Sequence[Form], tally: Tally, invited: int) -> Document:
    """Make a round's edition: every figure that is ever shown of it."""
    hidden = disclosure.hidden_round(tally.respondents)
    return {
        "schema": SCHEMA,
        "kind": "round",
        "programme": published.programme,
        "round": published.id,
        "title": dict(versions[-1].title),
        "programme_title": dict(programme.title),
        "languages": list(programme.languages),
        "mode": published.mode,
        "form": published.form,
        "versions": [{"number": at, "form": form_id(form), "n": tally.by_version[at]} for at, form in enumerate(versions, 1)],
        "closed": f"{datetime.fromtimestamp(closes(published), UTC):%Y-%m-%dT%H:%M:%SZ}",
        "k": disclosure.RATINGS_FROM,
        "comments_from": disclosure.COMMENTS_FROM,
        "N": invited,
        "n": tally.respondents,
        "complete": None if hidden else tally.complete,
        "partial": None if hidden else tally.respondents - tally.complete,
        "unopened": tally.unopened,
        "hidden": _hidden(hidden),
        "questions": [document for item in asked(versions) for document in _documents(item, tally, invited)],
    }


def comments(versions: Sequence[Form], tally: Tally) -> Document:
    """Make the document of a round's comments, which lies beside its edition."""
    questions = asked(versions)
    shown = {name: _comments(name, item, tally) for item in questions for _, name, kind in _counted([item]) if kind == "text"}
    texts = {question: list(found.texts) for question, found in shown.items() if isinstance(found, Comments)}
    return {"schema": SCHEMA, "questions": texts}


def written(document: Document) -> bytes:
    """Write a document as JSON in one way, so that equal documents are equal bytes."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def prefix(published: Round, content: bytes) -> str:
    """Name the place of an edition in the bucket by its content."""
    return f"editions/{published.programme}/{published.id}/{hashlib.sha256(content).hexdigest()[:32]}"


def _documents(asked: Asked, tally: Tally, invited: int) -> Iterator[Document]:
    """Make a question's documents: one more for what stands beside "other, namely"."""
    question = asked.question
    yield _DOCUMENTS[question.kind](asked, tally, invited)
    if question.other:
        label = {language: f"{text} – {question.other[language]}" for language, text in question.text.items()}
        yield _written_out(other_id(asked.name), label, asked, tally, invited)


def _options(question: Question) -> list[Option]:
    """List the options that are counted; "not relevant" is told apart."""
    return [*question.options, *([Option(OTHER, question.other)] if question.other else [])]


def _scale(asked: Asked, tally: Tally, invited: int) -> Document:
    question = asked.question
    counts = [tally.chosen[asked.name, option.code] for option in question.options]
    found = disclosure.ratings(tally.asked(asked), counts, tally.chosen[asked.name, NOT_RELEVANT])
    return _question(asked, invited) | (_figures(question, found, invited) if isinstance(found, Ratings) else {"hidden": _hidden(found)})


def _choice(asked: Asked, tally: Tally, invited: int) -> Document:
    """Make the document of a choice of one or of several; n is people, so the counts of several may add up to more."""
    na, group = tally.chosen[asked.name, NOT_RELEVANT], tally.answered[asked.name]
    if why := _too_few(asked, tally, group):
        return _question(asked, invited) | {"hidden": _hidden(why)}
    counts = {option.code: tally.chosen[asked.name, option.code] for option in _options(asked.question)}
    return _question(asked, invited) | {"n": group - na, "na": na, "counts": counts}


def _number(asked: Asked, tally: Tally, invited: int) -> Document:
    found = tally.numbers.get(asked.name, [])
    if why := _too_few(asked, tally, len(found)):
        return _question(asked, invited) | {"hidden": _hidden(why)}
    spread = python_statistics.stdev(found) if len(found) > 1 else None
    location = {"median": python_statistics.median(found), "mean": python_statistics.fmean(found), "sd": spread} if found else {}
    return _question(asked, invited) | {"n": len(found), **location}


def _too_few(asked: Asked, tally: Tally, group: int) -> Hidden | None:
    """Tell why a question without groups to coarsen to is not shown, if that is so."""
    if not disclosure.is_shown(tally.asked(asked), group):
        return Hidden("small", disclosure.RATINGS_FROM)
    if group and disclosure.is_coarse(group, sensitive=asked.question.sensitive):
        return Hidden("small", disclosure.COARSE_BELOW)
    return None


def _question(asked: Asked, invited: int) -> Document:
    """Write down what was asked, with every figure still unknown."""
    question = asked.question
    return {
        "id": asked.name,
        "versions": list(asked.versions),
        "kind": question.kind,
        "text": dict(question.text),
        "bipolar": question.bipolar,
        "options": [{"code": option.code, "label": dict(option.label)} for option in _options(question)],
        "not_relevant": question.not_relevant and dict(question.not_relevant),
        "N": invited,
        **_UNKNOWN,
    }


_UNKNOWN: Mapping[str, None] = dict.fromkeys(
    ("n", "na", "counts", "median", "mean", "sd", "IM", "DI", "positive", "shares", "hidden"),
)


def _figures(question: Question, found: Ratings, invited: int) -> Document:
    codes = [option.code for option in question.options]
    counted: Document = {"n": sum(found.counts), "na": found.not_relevant, "counts": dict(zip(codes, found.counts, strict=True))}
    if not counted["n"]:
        return counted
    if disclosure.is_coarse(counted["n"], sensitive=question.sensitive):
        return counted | {"counts": None, "shares": statistics.shares(found.counts)._asdict()}
    if question.bipolar:
        return counted | {"shares": statistics.shares(found.counts)._asdict()}
    return counted | _location(found.counts) | {"positive": _positive(question, counted, invited)}


def _location(counts: tuple[int, ...]) -> Document:
    return {
        "median": statistics.median(counts),
        "mean": statistics.mean(counts),
        "sd": statistics.standard_deviation(counts),
        "IM": statistics.interpolated_median(counts),
        "DI": statistics.dispersion(counts),
    }


def _positive(question: Question, counted: Document, invited: int) -> Document | None:
    if not question.positive:
        return None
    n, x = counted["n"], sum(counted["counts"][code] for code in question.positive)
    among = list(statistics.interval(x, n, invited)) if n <= invited else None
    return {"codes": list(question.positive), "x": x, "share": x / n, "interval": among}


def _text(asked: Asked, tally: Tally, invited: int) -> Document:
    return _written_out(asked.name, asked.question.text, asked, tally, invited)


def _written_out(name: str, text: Text, asked: Asked, tally: Tally, invited: int) -> Document:
    found = _comments(name, asked, tally)
    n, hidden = (len(found.texts), None) if isinstance(found, Comments) else (None, _hidden(found))
    of = {"id": name, "versions": list(asked.versions), "kind": "text", "text": dict(text)}
    return of | {"N": invited, "n": n, "hidden": hidden}


_DOCUMENTS = {"scale": _scale, "choice": _choice, "choices": _choice, "number": _number, "text": _text}


def _comments(name: str, asked: Asked, tally: Tally) -> Comments | Hidden:
    return disclosure.comments(tally.asked(asked), [text for _, text in sorted(tally.comments[name])])


def _hidden(found: Hidden | None) -> Document | None:
    return None if found is None else asdict(found)
