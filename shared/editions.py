"""Editions: the published, frozen result of a round, as plain documents made of what disclosure control lets through."""

import hashlib
import hmac
import json
import statistics as python_statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from shared import disclosure, statistics
from shared.disclosure import Comments, Hidden, Ratings
from shared.envelopes import Answer
from shared.forms import NOT_RELEVANT, OTHER, Form, Option, Question, other_id
from shared.languages import Text
from shared.programmes import Programme
from shared.rounds import Round, closes

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


def tallied(form: Form, answers: Iterable[tuple[str, Answer | None]], order_key: bytes) -> Tally:
    """Count answers as they come, each under its envelope's name, None for an envelope that did not open.

    Only what the round's own form asks is counted. Comments are shuffled by ``order_key``: the same way each time, so
    that a job killed half way makes the same edition again, and otherwise for each question.
    """
    rated = {question.id for question in form.questions if question.kind == "scale"}
    kinds = dict(_kinds(form))
    tally = Tally(comments={name: [] for name, kind in kinds.items() if kind == "text"})
    for envelope, answer in answers:
        if answer is None:
            tally.unopened += 1
            continue
        tally.respondents += 1
        tally.complete += rated <= answer.answers.keys()
        for name, given in answer.answers.items():
            if name in kinds:
                _count(tally, kinds[name], name, given, _place(order_key, name, envelope))
    return tally


def _kinds(form: Form) -> Iterator[tuple[str, str]]:
    """List what is counted of a form: each question that can be answered, and what stands beside "other, namely"."""
    for question in form.questions:
        yield question.id, question.kind
        if question.other:
            yield other_id(question.id), "text"


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


def edition(published: Round, programme: Programme, form: Form, tally: Tally, invited: int) -> Document:
    """Make a round's edition: every figure that is ever shown of it."""
    hidden = disclosure.hidden_round(tally.respondents)
    return {
        "schema": SCHEMA,
        "kind": "round",
        "programme": published.programme,
        "round": published.id,
        "title": dict(form.title),
        "programme_title": dict(programme.title),
        "languages": list(programme.languages),
        "mode": published.mode,
        "form": published.form,
        "closed": f"{datetime.fromtimestamp(closes(published), UTC):%Y-%m-%dT%H:%M:%SZ}",
        "k": disclosure.RATINGS_FROM,
        "comments_from": disclosure.COMMENTS_FROM,
        "N": invited,
        "n": tally.respondents,
        "complete": None if hidden else tally.complete,
        "partial": None if hidden else tally.respondents - tally.complete,
        "unopened": tally.unopened,
        "hidden": _hidden(hidden),
        "questions": [document for question in form.questions for document in _documents(question, tally, invited)],
    }


def comments(form: Form, tally: Tally) -> Document:
    """Make the document of a round's comments, which lies beside its edition."""
    shown = {name: _comments(name, tally) for name, kind in _kinds(form) if kind == "text"}
    texts = {question: list(found.texts) for question, found in shown.items() if isinstance(found, Comments)}
    return {"schema": SCHEMA, "questions": texts}


def written(document: Document) -> bytes:
    """Write a document as JSON in one way, so that equal documents are equal bytes."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def prefix(published: Round, content: bytes) -> str:
    """Name the place of an edition in the bucket by its content."""
    return f"editions/{published.programme}/{published.id}/{hashlib.sha256(content).hexdigest()[:32]}"


def _documents(question: Question, tally: Tally, invited: int) -> Iterator[Document]:
    """Make a question's documents: none for a statement, and one more for what stands beside "other, namely"."""
    if question.kind == "statement":
        return
    yield _DOCUMENTS[question.kind](question, tally, invited)
    if question.other:
        label = {language: f"{text} – {question.other[language]}" for language, text in question.text.items()}
        yield _written_out(other_id(question.id), label, tally, invited)


def _options(question: Question) -> list[Option]:
    """List the options that are counted; "not relevant" is told apart."""
    return [*question.options, *([Option(OTHER, question.other)] if question.other else [])]


def _scale(question: Question, tally: Tally, invited: int) -> Document:
    counts = [tally.chosen[question.id, option.code] for option in question.options]
    found = disclosure.ratings(tally.respondents, counts, tally.chosen[question.id, NOT_RELEVANT])
    return _asked(question, invited) | (_figures(question, found, invited) if isinstance(found, Ratings) else {"hidden": _hidden(found)})


def _choice(question: Question, tally: Tally, invited: int) -> Document:
    """Make the document of a choice of one or of several; n is people, so the counts of several may add up to more."""
    na, group = tally.chosen[question.id, NOT_RELEVANT], tally.answered[question.id]
    if why := _too_few(question, tally, group):
        return _asked(question, invited) | {"hidden": _hidden(why)}
    counts = {option.code: tally.chosen[question.id, option.code] for option in _options(question)}
    return _asked(question, invited) | {"n": group - na, "na": na, "counts": counts}


def _number(question: Question, tally: Tally, invited: int) -> Document:
    found = tally.numbers.get(question.id, [])
    if why := _too_few(question, tally, len(found)):
        return _asked(question, invited) | {"hidden": _hidden(why)}
    spread = python_statistics.stdev(found) if len(found) > 1 else None
    location = {"median": python_statistics.median(found), "mean": python_statistics.fmean(found), "sd": spread} if found else {}
    return _asked(question, invited) | {"n": len(found), **location}


def _too_few(question: Question, tally: Tally, group: int) -> Hidden | None:
    """Tell why a question without groups to coarsen to is not shown, if that is so."""
    if not disclosure.is_shown(tally.respondents, group):
        return Hidden("small", disclosure.RATINGS_FROM)
    if group and disclosure.is_coarse(group, sensitive=question.sensitive):
        return Hidden("small", disclosure.COARSE_BELOW)
    return None


def _asked(question: Question, invited: int) -> Document:
    """Write down what was asked, with every figure still unknown."""
    return {
        "id": question.id,
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


def _text(question: Question, tally: Tally, invited: int) -> Document:
    return _written_out(question.id, question.text, tally, invited)


def _written_out(name: str, text: Text, tally: Tally, invited: int) -> Document:
    found = _comments(name, tally)
    n, hidden = (len(found.texts), None) if isinstance(found, Comments) else (None, _hidden(found))
    return {"id": name, "kind": "text", "text": dict(text), "N": invited, "n": n, "hidden": hidden}


_DOCUMENTS = {"scale": _scale, "choice": _choice, "choices": _choice, "number": _number, "text": _text}


def _comments(name: str, tally: Tally) -> Comments | Hidden:
    return disclosure.comments(tally.respondents, [text for _, text in sorted(tally.comments[name])])


def _hidden(found: Hidden | None) -> Document | None:
    return None if found is None else asdict(found)
