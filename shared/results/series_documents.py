"""The document of a comparison: all that is ever shown of the same people's ratings in two rounds of a series."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from shared.forms import Question
from shared.measures import comparisons, pairs
from shared.protection import disclosure
from shared.protection.pair_sets import Kept
from shared.protection.suppression import Path
from shared.results import series
from shared.results.series import Both, Item

SCHEMA = 1

Document = dict[str, Any]


def document(both: Both, programme: str, name: str) -> Document:
    """Make the document of a comparison: all that is ever shown of it."""
    kept = both.kept
    return {
        "schema": SCHEMA,
        "kind": "series",
        "programme": programme,
        "series": name,
        **{key: both.after.edition[key] for key in ("method", "title", "programme_title", "languages", "timezone", "k")},
        "before": _round(both.before.edition),
        "after": _round(both.after.edition),
        "N": sum(both.eligible.values()),
        "n": len(kept.people) or None,
        "left_out": kept.left_out,
        "hidden": None if kept.people else _why_none(both),
        "levels": both.before.levels.names,
        "nodes": [list(path) for path in _nodes(kept)],
        "questions": [_question(item, both) for item in series.compared(both)],
    }


def _why_none(both: Both) -> Document:
    """Say why nobody is compared: few answered both times, or any set of them would tell of a few."""
    return _hidden(len(both.before.people.keys() & both.after.people.keys()), disclosure.RATINGS_FROM)


def _hidden(pairs: int, k: int) -> Document:
    """Say why so many pairs are not shown."""
    return {"reason": "small" if pairs < k else "protect", "k": k}


def _round(edition: Document) -> Document:
    return {key: edition[key] for key in ("round", "title", "closed", "N", "n")}


def _nodes(kept: Kept) -> list[Path]:
    return sorted(path for path in kept.shown if path)


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
    pairs_of_it = series.pairs_of(item, both)
    if not pairs_of_it or not series.fits(pairs_of_it, both, item, {()}):
        nothing = dict.fromkeys(("figures", "attrition", "blocks", "looking_back"))
        return {**told, "hidden": _why_hidden(item, both), **nothing, "unpaired": _unpaired(item, both)}
    table = Counter(pairs_of_it.values())
    return {
        **told,
        "hidden": None,
        "figures": {**_figures(question, table, sum(both.eligible.values())), **_document(pairs.advanced(table))},
        "attrition": _attrition(item, both, pairs_of_it),
        "blocks": _blocks(item, both, pairs_of_it),
        "looking_back": _looking_back(item, both),
        "unpaired": None,
    }


def _why_hidden(item: Item, both: Both) -> Document:
    """Say why a question's pairs are not shown: few people rated it both times, or some of them would be told."""
    rated = both.before.points(item.before).keys() & both.after.points(item.after).keys()
    return _hidden(len(rated), series.fewest(item))


Table = Counter[tuple[int, int]]
"""How many pairs rated a question so before and after."""


def _figures(question: Question, table: Table, everyone: int) -> Document:
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
    """Make a question's figures at each node of the comparison; None where that would single out some who rated it.

    Effect sizes and tests are made of all pairs alone: among hundreds of groups some would always stand out.
    """
    nodes = _nodes(both.kept)
    if not nodes or not series.fits(rated.keys(), both, item, {(), *nodes}):
        return None
    tables: defaultdict[Path, Table] = defaultdict(Counter)
    for name, points in rated.items():
        for node in _above(both.everyone_before.paths[name]):
            tables[node][points] += 1
    eligible: Counter[Path] = Counter()
    for path, number in both.eligible.items():
        eligible.update(dict.fromkeys(_above(path), number))
    return [{"path": list(node), **_block(item, tables[node], eligible[node])} for node in nodes]


def _above(path: Path) -> list[Path]:
    """List a node and all above it."""
    return [path[:depth] for depth in range(len(path) + 1)]


def _block(item: Item, table: Table, everyone: int) -> Document:
    """Make a group's figures; how those with room changed is told of all pairs alone: subtracting groups would tell it of a few."""
    if not table:
        return {"n": 0}
    found = _figures(item.after.question, table, everyone)
    return found | ({"ceiling": {**found["ceiling"], "mean_change": None}} if found["ceiling"] else {})


def _looking_back(item: Item, both: Both) -> Document | None:
    """Set what pairs say looking back beside what they said before and say now; None where nobody is asked to look back."""
    then = series.looked_back(item, both)
    if then is None:
        return None
    triples = series.triples_of(item, then, both)
    if not series.looking_back_fits(triples, both, item, then):
        return {"hidden": _hidden(len(triples), series.fewest(item))}
    found = pairs.then_test(Counter(triples.values()), max(sum(both.eligible.values()), len(triples)))
    return {"id": then.name, "hidden": None, "n": found.change.n, **_document(found)}


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
        "counts_before": one["counts"],
        "counts_after": two["counts"],
        "mean_before": one["mean"],
        "mean_after": two["mean"],
        "difference": welch and [welch.low, welch.high],
        "share_difference": list(newcombe) if newcombe else None,
    }


def _published(edition: Document, name: str) -> Document | None:
    """Find a question's published figures, where it has them in full."""
    found: Document | None = next((question for question in edition["questions"] if question["id"] == name), None)
    return found if found and not found["hidden"] and found.get("counts") and found["n"] and found["mean"] is not None else None
