"""Publishing: what stands of a programme, and the one step that puts something new in its place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shared.overrides import Override
from shared.programmes import Programme
from shared.rounds import Round
from shared.settings import setting
from shared.store import publications, published
from shared.store import sources as files
from shared.store.client import TOGETHER, Item, client, key
from shared.store.publications import Publication
from shared.store.sources import Sources

MOST_ROUNDS = TOGETHER - 4
"""Rounds that one step takes beside the programme, its files, what the desk changed, and the note of its publication."""

CHANGED_BY_STAFF = ("later_closing", "extra", "paused")
"""What of a round the desk changes, and no file."""

Write = Mapping[str, Any]


class Overtaken(Exception):
    """Something that a plan was made from has changed since: nothing was published."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of a programme: what a plan is made from."""

    programme: Programme | None = None
    publication: str = ""
    """The name of the publication that this stems from, "" where none is noted."""
    rounds: Mapping[str, Round] = field(default_factory=dict)
    sources: Sources | None = None
    overrides: tuple[Override, ...] = ()
    """What was changed in the desk."""


@dataclass(frozen=True, slots=True)
class Writes:
    """What of a programme is written in one step beside itself."""

    new: Sequence[Round] = ()
    changed: Sequence[Round] = ()
    removed: Sequence[Round] = ()
    sources: Sources | None = None
    """The files that it is published from."""
    overrides: Sequence[Override] = ()
    """What stays changed in the desk."""

    @property
    def fit(self) -> bool:
        """Tell whether all of it can be written as one step."""
        return len(self.new) + len(self.changed) + len(self.removed) <= MOST_ROUNDS


def standing(programme_id: str) -> Standing:
    """Read what stands of a programme. The programme comes first: a publication after it is noticed when writing."""
    item = client().get_item(TableName=_table(), Key=published.programme_key(programme_id), ConsistentRead=True).get("Item")
    rounds = published.rounds(programme_id, ConsistentRead=True)
    if item is None:
        return Standing(rounds=rounds)
    kept, changed = files.sources(programme_id, ConsistentRead=True), files.changes(programme_id, ConsistentRead=True)
    return Standing(published.programme_in(item), item["publication"]["S"] if "publication" in item else "", rounds, kept, changed)


def carry_out(seen: Standing, publication: Publication, writes: Writes) -> None:
    """Publish a programme with its rounds and the note of it, all or nothing; raise `Overtaken` where it isn't as it was seen."""
    try:
        client().transact_write_items(TransactItems=list(_steps(seen, publication, writes)))
    except client().exceptions.TransactionCanceledException as error:
        raise Overtaken from error


def _steps(seen: Standing, publication: Publication, writes: Writes) -> Iterable[Any]:
    yield _programme(seen, publication)
    yield {"Put": {"TableName": _table(), "Item": publications.item(publication), "ConditionExpression": "attribute_not_exists(pk)"}}
    if writes.sources:
        yield {"Put": {"TableName": _table(), "Item": files.item(publication.programme.id, writes.sources)}}
    if tuple(writes.overrides) != seen.overrides:
        yield {"Put": {"TableName": _table(), "Item": files.changes_item(publication.programme.id, writes.overrides)}}
    for new in writes.new:
        yield {"Put": {"TableName": _table(), "Item": published.round_item(new), "ConditionExpression": "attribute_not_exists(pk)"}}
    for changed in writes.changed:
        yield {"Put": {"Item": published.round_item(changed), **_as_seen(seen.rounds[changed.id])}}
    for removed in writes.removed:
        yield {"Delete": {"Key": key(*published.round_key(removed)), **_as_seen(removed)}}


def _programme(seen: Standing, publication: Publication) -> Write:
    """Put the programme, unless somebody else has published since it was seen."""
    item = published.programme_item(publication.programme) | {"publication": {"S": publications.name(publication)}}
    if not seen.publication:
        return {"Put": {"TableName": _table(), "Item": item, "ConditionExpression": "attribute_not_exists(publication)"}}
    last: Item = {":last": {"S": seen.publication}}
    condition = {"ConditionExpression": "publication = :last", "ExpressionAttributeValues": last}
    return {"Put": {"TableName": _table(), "Item": item, **condition}}


def put_changed(seen: Round, changed: Round) -> None:
    """Store what staff have changed of a round; raise `Overtaken` where it isn't as it was seen."""
    try:
        client().put_item(Item=published.round_item(changed), **_as_seen(seen))
    except client().exceptions.ConditionalCheckFailedException as error:
        raise Overtaken from error


def _as_seen(seen: Round) -> Write:
    """Expect a round to be as it was seen: the same form and windows, and no result yet."""
    item = published.round_item(seen)
    # Rounds that were published before staff could change them have no such attributes.
    unchanged = " AND ".join(f"(attribute_not_exists({name}) OR {name} = :{name})" for name in CHANGED_BY_STAFF)
    return {
        "TableName": _table(),
        "ConditionExpression": f"attribute_not_exists(edition) AND windows = :windows AND form = :form AND {unchanged}",
        "ExpressionAttributeValues": {f":{name}": item[name] for name in ("windows", "form", *CHANGED_BY_STAFF)},
    }


def _table() -> str:
    return setting("PUBLISHED_TABLE")
