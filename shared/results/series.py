"""Series: the same people's ratings in an earlier and a later round, compared without telling whose they are."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

from shared.envelopes import Answer
from shared.forms import Form, Question, form_id
from shared.protection import disclosure, pair_sets
from shared.protection.pair_sets import Everyone, Kept
from shared.protection.suppression import Path
from shared.results.breakdowns import Levels
from shared.results.counting import Place
from shared.results.versions import Asked, asked

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
    earlier: Sequence["Both"] = ()
    """The first round's comparisons with those between the two, which are known by now."""


def chosen(before: Part, after: Part, chance: Random, earlier: Sequence[Both] = ()) -> Both:
    """Choose the pairs, given the first round's earlier comparisons."""

    def marks(part: Part) -> dict[str, tuple[object, ...]]:
        return {name: (part.role(name), *(name in other.kept.people for other in earlier)) for name in part.people}

    one = Everyone(before.paths(), before.shown, marks(before))
    two = Everyone(after.paths(), after.shown, marks(after))
    kept = pair_sets.kept_pairs(one, two, chance)
    eligible = Counter(before.levels.path(place) for person, place in before.invited.items() if person in after.invited)
    return Both(before, after, kept, one, two, eligible, tuple(earlier))


class Item(NamedTuple):
    """A scale that both rounds ask alike, as each of them counts it."""

    before: Asked
    after: Asked


def compared(both: Both) -> Iterator[Item]:
    """List the scales that both rounds ask alike; of one whose middle is best, higher is no better."""
    first = len(both.before.forms)
    for item in asked([*both.before.forms, *both.after.forms]):
        before, after = _own(item, both.before, 0), _own(item, both.after, first)
        if item.question.kind == "scale" and not item.question.bipolar and before and after:
            yield Item(before, after)


def _own(item: Asked, part: Part, earlier: int) -> Asked | None:
    """Find a question of both rounds' forms as one round counts it, before whose versions there are some of the other's."""
    alike = (own for own in asked(part.forms) if own.question.id == item.question.id)
    return next((own for own in alike if earlier + own.versions[0] in item.versions), None)


def pairs_of(item: Item, both: Both) -> dict[str, tuple[int, int]]:
    """Find, of the pairs that are compared, who rated a question both times."""
    before, after = both.before.points(item.before), both.after.points(item.after)
    return {name: (before[name], after[name]) for name in both.kept.people if name in before and name in after}


def fits(people: Collection[str], both: Both, item: Item, shown: Collection[Path]) -> bool:
    """Tell whether a question's pairs may be shown at these nodes, among those who rated it in either round."""
    k = fewest(item)
    if len(people) < k:
        return False
    before = _raters(both.everyone_before, both.before, item.before, _told_earlier(item, both))
    after = _raters(both.everyone_after, both.after, item.after)
    return pair_sets.pairs_fit(people, before, after, shown, k)


def looked_back(item: Item, both: Both) -> Asked | None:
    """Find the later round's question that asks the same about the time before."""
    now = item.after.question
    alike = (own for own in asked(both.after.forms) if own.question.looks_back == now.id)
    return next((own for own in alike if own.question.options == now.options), None)


def triples_of(item: Item, then: Asked, both: Both) -> dict[str, tuple[int, int, int]]:
    """Find, of a question's pairs, who told looking back how it was: before, looking back, now."""
    points = both.after.points(then)
    return {name: (before, points[name], after) for name, (before, after) in pairs_of(item, both).items() if name in points}


def looking_back_fits(people: Collection[str], both: Both, item: Item, then: Asked) -> bool:
    """Tell whether it may be shown what these say looking back, beside the question's pairs and what is told of everyone."""
    k, rated = fewest(item), pairs_of(item, both).keys()
    if len(people) < k:
        return False
    told = [rated] if len(people) < len(rated) else []
    before = _raters(both.everyone_before, both.before, item.before, [*_told_earlier(item, both), *told])
    sides = [_raters(both.everyone_after, both.after, own, told) for own in (item.after, then)]
    return all(pair_sets.pairs_fit(people, before, after, {()}, k) for after in sides)


def _told_earlier(item: Item, both: Both) -> list[Collection[str]]:
    """List whom the first round's earlier comparisons tell of."""
    return [people for other in both.earlier for people in _told(item.before, other)]


def fewest(item: Item) -> int:
    """Return the fewest pairs of which a question's figures are shown; means tell more than the groups of a sensitive one."""
    sensitive = item.before.question.sensitive or item.after.question.sensitive
    return disclosure.COARSE_BELOW if sensitive else disclosure.RATINGS_FROM


def _told(own: Asked, earlier: Both) -> Iterator[Collection[str]]:
    """Name those of whose answers to a question of the first round an earlier comparison tells, and of them who looked back."""
    item = next((item for item in compared(earlier) if item.before.name == own.name), None)
    people = pairs_of(item, earlier) if item else {}
    if not item or not fits(people, earlier, item, {()}):
        return
    yield people.keys()
    then = looked_back(item, earlier)
    triples = triples_of(item, then, earlier) if then else {}
    if then and looking_back_fits(triples, earlier, item, then):
        yield triples.keys()


def _raters(everyone: Everyone, part: Part, own: Asked, told: Sequence[Collection[str]] = ()) -> Everyone:
    """Name those who rated a question, with the nodes at which it is shown for all of them, marked by what is ``told`` of it already."""
    found = next(question for question in part.edition["questions"] if question["id"] == own.name)
    blocks = {()} if found["hidden"] else {(), *(tuple(block["path"]) for block in found["blocks"] or ())}
    rated = part.points(own)
    paths = {name: path for name, path in everyone.paths.items() if name in rated}
    marks = {name: (everyone.marks.get(name), *(name in people for people in told)) for name in paths}
    return Everyone(paths, [path for path in everyone.shown if path in blocks], marks)
