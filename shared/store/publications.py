"""Publications: what was published when and by whom, with the whole of what the files said."""

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from shared import programmes
from shared.programmes import Programme
from shared.settings import setting
from shared.store.client import SCHEMA, Item, client, key, partition

PREFIX = "PUBLISHED#"


@dataclass(frozen=True, slots=True)
class Publication:
    """One time that a programme was published."""

    at: int
    """In epoch seconds."""
    by: str
    """Who published, as the caller's own tools say."""
    changes: tuple[Mapping[str, str], ...]
    """What it changed: the steps of the plan that were carried out."""
    programme: Programme
    forms: Mapping[str, str]
    """The form versions that the files declared, by round."""


def publications(programme_id: str) -> Iterator[Publication]:
    """Read a programme's publications, the oldest first."""
    return map(_publication, partition(_table(), _pk(programme_id), PREFIX))


def newest(programme_id: str) -> Publication | None:
    """Read a programme's latest publication."""
    found = client().query(
        TableName=_table(),
        KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
        ExpressionAttributeValues={":pk": {"S": _pk(programme_id)}, ":sk": {"S": PREFIX}},
        ScanIndexForward=False,
        Limit=1,
    )["Items"]
    return _publication(found[0]) if found else None


def put_publication(new: Publication) -> None:
    """Store a publication; fails where there is one of this very second."""
    version = _version(new)
    item = key(_pk(new.programme.id), PREFIX + _written(new.at)) | {
        "schema": SCHEMA,
        "by": {"S": new.by},
        "changes": {"S": json.dumps(new.changes, ensure_ascii=False)},
        "hash": {"S": hashlib.sha256(version).hexdigest()},
        "version": {"B": zlib.compress(version, 9)},
    }
    client().put_item(TableName=_table(), Item=item, ConditionExpression="attribute_not_exists(pk)")


def _table() -> str:
    return setting("PUBLISHED_TABLE")


def _pk(programme_id: str) -> str:
    return f"PROGRAMME#{programme_id}"


def _version(published: Publication) -> bytes:
    """Write the programme and the names of its forms, which are hashes of their content, in one way."""
    document = {"programme": asdict(published.programme), "forms": dict(published.forms)}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _publication(item: Item) -> Publication:
    version = json.loads(zlib.decompress(bytes(item["version"]["B"])))
    return Publication(
        at=_read(item["sk"]["S"].removeprefix(PREFIX)),
        by=item["by"]["S"],
        changes=tuple(json.loads(item["changes"]["S"])),
        programme=programmes.from_document(version["programme"]),
        forms=version["forms"],
    )


def _written(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _read(written: str) -> int:
    return int(datetime.fromisoformat(written).timestamp())
