"""Publications: what was published when and by whom, with the whole of what the files said."""

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

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
        ConsistentRead=True,
    )["Items"]
    return _publication(found[0]) if found else None


def name(publication: Publication) -> str:
    """Name a publication within its programme, by its time."""
    return PREFIX + _written(publication.at)


def item(new: Publication) -> dict[str, Any]:
    """Write a publication as an item."""
    version = _version(new)
    return key(_pk(new.programme.id), name(new)) | {
        "schema": SCHEMA,
        "by": {"S": new.by},
        "changes": {"S": json.dumps(new.changes, ensure_ascii=False)},
        "hash": {"S": hashlib.sha256(version).hexdigest()},
        "version": {"B": zlib.compress(version, 9)},
    }


def _table() -> str:
    return setting("PUBLISHED_TABLE")


def _pk(programme_id: str) -> str:
    return f"PROGRAMME#{programme_id}"


def _version(published: Publication) -> bytes:
    """Write the programme and the names of its forms, which are hashes of their content, in one way."""
    document = {"programme": asdict(published.programme), "forms": dict(published.forms)}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _publication(found: Item) -> Publication:
    version = json.loads(zlib.decompress(bytes(found["version"]["B"])))
    return Publication(
        at=_read(found["sk"]["S"].removeprefix(PREFIX)),
        by=found["by"]["S"],
        changes=tuple(json.loads(found["changes"]["S"])),
        programme=programmes.from_document(version["programme"]),
        forms=version["forms"],
    )


def _written(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _read(written: str) -> int:
    return int(datetime.fromisoformat(written).timestamp())
