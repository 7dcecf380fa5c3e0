"""Editions: the published, frozen result of a round, as plain documents made of what disclosure control lets through."""

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from shared import disclosure, statistics
from shared.disclosure import Comments, Hidden, Ratings
from shared.envelopes import Answer
from shared.forms import NOT_RELEVANT, Form, Question
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
    comments: dict[str, list[tuple[bytes, str]]] = field(default_factory=dict)
    """By question id, each behind the place that it is sorted by."""


def tallied(form: Form, answers: Iterable[tuple[str, Answer | None]], order_key: bytes) -> Tally:
    """Count answers as they come, each under its envelope's name, None for an envelope that did not open.

    Only what the round's own form asks is counted. Comments are shuffled by ``order_key``: the same way each time, so
    that a job killed half way makes the same edition again, and otherwise for each question.
    """
    scales = {question.id for question in form.questions if question.kind == "scale"}
    tally = Tally(comments={question.id: [] for question in form.questions if question.kind == "text"})
    for envelope, answer in answers:
        if answer is None:
            tally.unopened += 1
            continue
        tally.respondents += 1
        tally.complete += scales <= answer.answers.keys()
        for question, given in answer.answers.items():
            if question in scales:
                tally.chosen[question, given] += 1
            elif question in tally.comments:
                tally.comments[question].append((_place(order_key, question, envelope), given))
    return tally


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
        "questions": [_DOCUMENTS[question.kind](question, tally, invited) for question in form.questions],
    }


def comments(form: Form, tally: Tally) -> Document:
    """Make the document of a round's comments, which lies beside its edition."""
    shown = {question.id: _comments(question, tally) for question in form.questions if question.kind == "text"}
    texts = {question: list(found.texts) for question, found in shown.items() if isinstance(found, Comments)}
    return {"schema": SCHEMA, "questions": texts}


def written(document: Document) -> bytes:
    """Write a document as JSON in one way, so that equal documents are equal bytes."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def prefix(published: Round, content: bytes) -> str:
    """Name the place of an edition in the bucket by its content."""
    return f"editions/{published.programme}/{published.id}/{hashlib.sha256(content).hexdigest()[:32]}"


def _scale(question: Question, tally: Tally, invited: int) -> Document:
    counts = [tally.chosen[question.id, option.code] for option in question.options]
    found = disclosure.ratings(tally.respondents, counts, tally.chosen[question.id, NOT_RELEVANT])
    return {
        "id": question.id,
        "kind": question.kind,
        "text": dict(question.text),
        "bipolar": question.bipolar,
        "options": [{"code": option.code, "label": dict(option.label)} for option in question.options],
        "not_relevant": question.not_relevant and dict(question.not_relevant),
        "N": invited,
        **_UNKNOWN,
        **(_figures(question, found, invited) if isinstance(found, Ratings) else {"hidden": _hidden(found)}),
    }


_UNKNOWN: Mapping[str, None] = dict.fromkeys(
    ("n", "na", "counts", "median", "mean", "sd", "IM", "DI", "positive", "shares", "hidden"),
)


def _figures(question: Question, found: Ratings, invited: int) -> Document:
    codes = [option.code for option in question.options]
    counted = {"n": sum(found.counts), "na": found.not_relevant, "counts": dict(zip(codes, found.counts, strict=True))}
    if not counted["n"]:
        return counted
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
    found = _comments(question, tally)
    n, hidden = (len(found.texts), None) if isinstance(found, Comments) else (None, _hidden(found))
    return {"id": question.id, "kind": question.kind, "text": dict(question.text), "N": invited, "n": n, "hidden": hidden}


_DOCUMENTS = {"scale": _scale, "text": _text}


def _comments(question: Question, tally: Tally) -> Comments | Hidden:
    return disclosure.comments(tally.respondents, [text for _, text in sorted(tally.comments[question.id])])


def _hidden(found: Hidden | None) -> Document | None:
    return None if found is None else asdict(found)
