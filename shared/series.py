"""Series: the same people's ratings in an earlier and a later round, compared without telling whose they are."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

from shared import comparisons, disclosure, pair_sets, pairs
from shared.breakdowns import Levels
from shared.counting import Place
from shared.envelopes import Answer
from shared.forms import Form, Question, form_id
from shared.pair_sets import Everyone, Kept
from shared.suppression import Path
from shared.versions import Asked, asked

SCHEMA = 1

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Respondent:
    """What is compared of one person's answer."""

    form: str
    place: Place
    points: Mapping[str, int]
    """By the ids of the scales that she rated, the first point being 1."""


def respondents(forms: Sequence[Form], answers: Iterable[tuple[str, Answer]]) -> dict[str, Respondent]:
    """Read a round's answers, each under its envelope's name, by pseudonym; what is no point of a scale is left out.

    An answer without a pseudonym, or with one that another has, is nobody's pair: it keeps its envelope's name.
    """
    scales = {form_id(form): {question.id: _points(question) for question in form.questions if question.kind == "scale"} for form in forms}
    found: dict[str, Respondent] = {}
    for envelope, answer in answers:
        form = answer.form if answer.form in scales else form_id(forms[-1])
        known = scales[form]
        points = {
            name: known[name][given] for name, given in answer.answers.items() if isinstance(given, str) and given in known.get(name, ())
        }
        name = answer.pair if answer.pair and answer.pair not in found else envelope
        found[name] = Respondent(form, Place(answer.gathering, answer.cell), points)
    return found


def _points(question: Question) -> dict[str, int]:
    return {option.code: at for at, option in enumerate(question.options, 1)}


@dataclass(frozen=True, slots=True)
class Part:
    """A round of a series whose answers are compared."""

    forms: Sequence[Form]
    """The versions of its form, the oldest first."""
    edition: Document
    """What is published of everyone who answered it."""
    levels: Levels
    people: Mapping[str, Respondent]
    """By pseudonym."""
    invited: Mapping[str, Place]
    """Who could have answered it, by their ids on the roster, and where they come from."""

    def points(self, own: Asked) -> dict[str, int]:
        """Tell how each rated a question who did, as this round's versions ask it."""
        forms = {form_id(self.forms[number - 1]) for number in own.versions}
        people = ((name, person) for name, person in self.people.items() if person.form in forms)
        return {name: person.points[own.question.id] for name, person in people if own.question.id in person.points}

    @property
    def shown(self) -> frozenset[Path]:
        """List the nodes that are shown for everyone."""
        breakdown = self.edition["breakdown"]
        nodes = [node for node in breakdown["nodes"] if node["shown"] and not node["rest"]] if breakdown else []
        return frozenset() if self.edition["hidden"] else frozenset({(), *(tuple(node["path"]) for node in nodes)})

    def paths(self) -> dict[str, Path]:
        """Tell to which node each answer belongs."""
        return {name: self.levels.path(person.place) for name, person in self.people.items()}

    def role(self, name: str) -> str:
        """Tell in which column of roles somebody is counted, where roles are shown."""
        role = self.levels.role(self.people[name].place)
        columns = (self.edition["roles"] or {"columns": ()})["columns"]
        return next((column["role"] for column in columns if role in column["roles"]), "")


@dataclass(frozen=True, slots=True)
class Both:
    """Two rounds of a series, and the pairs of answers that may be compared."""

    before: Part
    after: Part
    kept: Kept
    everyone_before: Everyone
    everyone_after: Everyone
    eligible: Mapping[Path, int] = field(default_factory=dict)
    """How many could have answered both times, by where they stood the first time."""


def chosen(before: Part, after: Part, chance: Random, compared: Sequence[Collection[str]] = ()) -> Both:
    """Choose the pairs; ``compared`` are those of earlier comparisons with the same first round, which are known by now."""

    def marks(part: Part) -> dict[str, tuple[object, ...]]:
        return {name: (part.role(name), *(name in people for people in compared)) for name in part.people}

    one = Everyone(before.paths(), before.shown, marks(before))
    two = Everyone(after.paths(), after.shown, marks(after))
    kept = pair_sets.kept_pairs(one, two, chance)
    eligible = Counter(before.levels.path(place) for person, place in before.invited.items() if person in after.invited)
    return Both(before, after, kept, one, two, eligible)


def document(both: Both, programme: str, series: str) -> Document:
    """Make the document of a comparison: all that is ever shown of it."""
    kept = both.kept
    return {
        "schema": SCHEMA,
        "kind": "series",
        "programme": programme,
        "series": series,
        **{key: both.after.edition[key] for key in ("method", "title", "programme_title", "languages", "timezone", "k")},
        "before": _round(both.before.edition),
        "after": _round(both.after.edition),
        "N": sum(both.eligible.values()),
        "n": len(kept.people) or None,
        "left_out": kept.left_out,
        "hidden": None if kept.people else _few(),
        "levels": both.before.levels.names,
        "nodes": [list(path) for path in _nodes(kept)],
        "questions": [_question(item, both) for item in _compared(both)],
    }


def _few() -> Document:
    return {"reason": "small", "k": disclosure.RATINGS_FROM}


def _round(edition: Document) -> Document:
    return {key: edition[key] for key in ("round", "title", "closed", "N", "n")}


def _nodes(kept: Kept) -> list[Path]:
    return sorted(path for path in kept.shown if path)


class Item(NamedTuple):
    """A scale that both rounds ask alike, as each of them counts it."""

    before: Asked
    after: Asked


def _compared(both: Both) -> Iterator[Item]:
    """List the scales that both rounds ask alike."""
    first = len(both.before.forms)
    for item in asked([*both.before.forms, *both.after.forms]):
        before, after = _own(item, both.before, 0), _own(item, both.after, first)
        if item.question.kind == "scale" and before and after:
            yield Item(before, after)


def _own(item: Asked, part: Part, earlier: int) -> Asked | None:
    """Find a question of both rounds' forms as one round counts it, before whose versions there are some of the other's."""
    alike = (own for own in asked(part.forms) if own.question.id == item.question.id)
    return next((own for own in alike if earlier + own.versions[0] in item.versions), None)


def _question(item: Item, both: Both) -> Document:
    """Make a question's document: its pairs, or else two groups who need not be the same people."""
    question = item.after.question
    told = {
        "id": item.after.name,
        "text": dict(question.text),
        "options": [{"code": option.code, "label": dict(option.label)} for option in question.options],
        "positive": list(question.positive),
        "bipolar": question.bipolar,
    }
    pairs_of_it = _pairs(item, both)
    if not pairs_of_it or not _fits(pairs_of_it, both, item, {()}):
        why = {"reason": "protect", "k": disclosure.RATINGS_FROM} if pairs_of_it and both.kept.people else _few()
        return {**told, "hidden": why, **dict.fromkeys(("figures", "attrition", "blocks")), "unpaired": _unpaired(item, both)}
    return {
        **told,
        "hidden": None,
        "figures": _figures(question, pairs_of_it.values(), sum(both.eligible.values())),
        "attrition": _attrition(item, both, pairs_of_it),
        "blocks": _blocks(item, both, pairs_of_it),
        "unpaired": None,
    }


def _pairs(item: Item, both: Both) -> dict[str, tuple[int, int]]:
    """Find, of the pairs that are compared, who rated a question both times."""
    before, after = both.before.points(item.before), both.after.points(item.after)
    return {name: (before[name], after[name]) for name in both.kept.people if name in before and name in after}


def _fits(people: Collection[str], both: Both, item: Item, shown: Collection[Path]) -> bool:
    """Tell whether a question's pairs may be shown at these nodes, among those who rated it in either round."""
    if len(people) < disclosure.RATINGS_FROM:
        return False
    before = _raters(both.everyone_before, both.before, item.before)
    after = _raters(both.everyone_after, both.after, item.after)
    return pair_sets.pairs_fit(people, before, after, shown)


def _raters(everyone: Everyone, part: Part, own: Asked) -> Everyone:
    """Name those who rated a question, with the nodes at which it is shown for all of them."""
    found = next(question for question in part.edition["questions"] if question["id"] == own.name)
    blocks = {()} if found["hidden"] else {(), *(tuple(block["path"]) for block in found["blocks"] or ())}
    rated = part.points(own)
    paths = {name: path for name, path in everyone.paths.items() if name in rated}
    return Everyone(paths, [path for path in everyone.shown if path in blocks], everyone.marks)


def _figures(question: Question, rated: Iterable[tuple[int, int]], everyone: int) -> Document:
    table = Counter(rated)
    points = [int(at) for at, option in enumerate(question.options, 1) if option.code in question.positive]
    found = pairs.paired(table, max(everyone, table.total()), len(question.options), points)
    told = _document(found)
    return {"N": told.pop("everyone"), **told}


def _plain(value: Any) -> Any:
    """Write named tuples as documents, and other tuples as lists."""
    if hasattr(value, "_asdict"):
        return _document(value)
    return list(value) if isinstance(value, tuple) else value


def _document(told: Any) -> Document:
    return {name: _plain(part) for name, part in told._asdict().items()}


def _blocks(item: Item, both: Both, rated: Mapping[str, tuple[int, int]]) -> list[Document] | None:
    """Make a question's figures at each node of the comparison; None where that would single out some who rated it."""
    nodes = _nodes(both.kept)
    if not nodes or not _fits(rated.keys(), both, item, {(), *nodes}):
        return None
    made = []
    for node in nodes:
        here = [points for name, points in rated.items() if both.everyone_before.paths[name][: len(node)] == node]
        everyone = sum(number for path, number in both.eligible.items() if path[: len(node)] == node)
        made.append({"path": list(node), **(_figures(item.after.question, here, everyone) if here else {"n": 0})})
    return made


def _attrition(item: Item, both: Both, rated: Collection[str]) -> Document | None:
    """Compare how those began who are compared, and all others who rated it before."""
    size = len(item.before.question.options)
    stayed, left = [0] * size, [0] * size
    for name, point in both.before.points(item.before).items():
        (stayed if name in rated else left)[point - 1] += 1
    found = pairs.attrition(stayed, left)
    return _document(found) if found else None


def _unpaired(item: Item, both: Both) -> Document | None:
    """Compare the rounds' own published counts, where both are shown."""
    one, two = _published(both.before.edition, item.before.name), _published(both.after.edition, item.after.name)
    if one is None or two is None:
        return None
    first, second = (list(found["counts"].values()) for found in (two, one))
    welch = comparisons.welch(first, second)
    shares = (two["positive"], one["positive"])
    newcombe = all(shares) and comparisons.newcombe(shares[0]["x"], two["n"], shares[1]["x"], one["n"])
    return {
        "n_before": one["n"],
        "n_after": two["n"],
        "mean_before": one["mean"],
        "mean_after": two["mean"],
        "difference": welch and [welch.low, welch.high],
        "share_difference": list(newcombe) if newcombe else None,
    }


def _published(edition: Document, name: str) -> Document | None:
    """Find a question's published figures, where it has them in full."""
    found: Document | None = next((question for question in edition["questions"] if question["id"] == name), None)
    return found if found and not found["hidden"] and found.get("counts") and found["n"] and found["mean"] is not None else None
