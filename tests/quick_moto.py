"""What makes calls to the account in this process quick: boto3 and moto work out anew at every call what never changes here."""

import copy
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from botocore.auth import SigV4Auth
from moto.backend_index import backend_url_patterns
from moto.core.serialize import AttributePickerContext, BaseJSONSerializer, XFormedAttributePicker
from moto.core.utils import method_names_from_class
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table
from moto.kms.utils import generate_private_key

SERVICES = {"cloudtrail", "dynamodb", "kms", "logs", "s3", "ses", "sesv2", "sqs", "ssm", "sts"}
"""What the account in this process has: moto makes ready for every service that it knows, at every start."""

PATTERNS = [(service, pattern) for service, pattern in backend_url_patterns if service in SERVICES]

private_key = cache(generate_private_key)
"""One for all of moto's KMS keys: making it takes longer than most tests, and wrapped secrets are bound to their key anyway."""

method_names = cache(method_names_from_class)
"""What moto looks up at every call, from hundreds of methods."""


class Picker(XFormedAttributePicker):
    """Takes what an answer says under its own name from a plain dictionary, where moto would try eight names for what is not there."""

    def __call__(self, context: AttributePickerContext) -> Any:
        return context.obj.get(context.key) if type(context.obj) is dict else super().__call__(context)


add_auth = SigV4Auth.add_auth


def signed(auth: Any, request: Any) -> None:
    """Say who calls, which is all that moto reads of a signature; that of the bucket also tells how the body is to be read."""
    if auth._service_name == "s3":
        add_auth(auth, request)
        return
    scope = f"{auth.credentials.access_key}/20250101/{auth._region_name}/{auth._service_name}/aws4_request"
    request.headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=none"


def hasten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have moto and boto3 leave out what tells nothing here."""
    monkeypatch.setattr("moto.kms.models.generate_private_key", private_key)
    monkeypatch.setattr("moto.backend_index.backend_url_patterns", PATTERNS)
    monkeypatch.setattr("moto.core.responses.method_names_from_class", method_names)
    monkeypatch.setattr("moto.core.responses.XFormedAttributePicker", Picker)
    monkeypatch.setattr("moto.core.serialize.BaseJSONSerializer._serialize_type_structure", serialized)
    monkeypatch.setattr("moto.dynamodb.models.copy", SimpleNamespace(deepcopy=backup))
    monkeypatch.setattr("moto.dynamodb.models.DynamoDBBackend.update_item", update_item)
    monkeypatch.setattr("moto.dynamodb.models.table.Table.all_items", all_items)
    monkeypatch.setattr("moto.dynamodb.models.table.Table.query", query)
    monkeypatch.setattr("botocore.useragent.UserAgentString.to_string", lambda _: "tests")
    monkeypatch.setattr("botocore.auth.SigV4Auth.add_auth", signed)


structure = BaseJSONSerializer._serialize_type_structure


def serialized(writer: Any, into: Any, value: Any, shape: Any, name: str) -> None:
    """Write of a table's value the one type that it has, where moto would look for ten."""
    if type(value) is dict and shape.name == "AttributeValue":
        into[name] = found = dict[str, Any]()
        for kind in value:
            writer._serialize_structure_member(found, value, shape.members[kind], kind)
    else:
        structure(writer, into, value, shape, name)


def backup(anything: Any) -> Any:
    """Copy a table for a transaction, of which moto makes a copy for each of its parts, without copying its items: see `update_item`."""
    if not isinstance(anything, Table):
        return copy.deepcopy(anything)
    held = copy.copy(anything)
    held.items = defaultdict(dict, {key: dict(items) for key, items in anything.items.items()})
    return held


update = DynamoDBBackend.update_item


def update_item(part: DynamoDBBackend, table_name: str, key: dict[str, Any], *args: Any, **more: Any) -> Any:
    """Change an item of a table in a copy of its own, and not the one that a copy of the table holds, too."""
    table = part.get_table(table_name)
    one, other = DynamoType(key[table.hash_key_attr]), DynamoType(key[str(table.range_key_attr)])
    if (item := table.get_item(one, other)) is not None:
        table.items[one][other] = copy.deepcopy(item)
    return update(part, table_name, key, *args, **more)


def all_items(table: Table) -> list[Item]:
    """Put a table's items in order by their keys, each of which moto would read anew at every comparison."""
    items = [item for held in table.items.values() for item in held.values()]
    return sorted(items, key=lambda item: (item.hash_key.cast_value, item.range_key.cast_value))


whole_query = Table.query
INDEX = 6
"""Where a query's further arguments name the index."""


def query(table: Table, hash_key: DynamoType, *args: Any, **more: Any) -> Any:
    """Look for what has one key among what has it, and not in the whole table; through an index in all of it, as ever."""
    if args[INDEX]:
        return whole_query(table, hash_key, *args, **more)
    part = copy.copy(table)
    part.items = defaultdict(dict, {hash_key: table.items.get(hash_key, {})})
    return whole_query(part, hash_key, *args, **more)


class QuickSession(boto3.Session):
    """Keeps its clients: making one takes longer than ten calls, and nothing in it is of one account."""

    def __init__(self, meddled: Callable[[], None]) -> None:
        super().__init__()
        self._meddled = meddled
        self._kept: dict[str, Any] = {}

    def client(self, service_name: str, **wanted: Any) -> Any:  # type: ignore[override]
        key = f"{service_name} {_told(wanted)}"
        if key not in self._kept:
            self._kept[key] = super().client(service_name, **wanted)  # type: ignore[call-overload]
            self._watch(key)
        return self._kept[key]

    def _watch(self, key: str) -> None:
        """Let go of a client once a test has its say in its calls."""
        events = self._kept[key].meta.events
        for way in ("register", "register_first", "register_last"):
            setattr(events, way, self._letting_go(key, getattr(events, way)))

    def _letting_go(self, key: str, register: Callable[..., None]) -> Callable[..., None]:
        def meddle(*args: Any, **more: Any) -> None:
            self._kept.pop(key, None)
            self._meddled()
            register(*args, **more)

        return meddle


def _told(wanted: Mapping[str, Any]) -> str:
    options = {name: vars(value)["_user_provided_options"] if name == "config" else value for name, value in wanted.items()}
    return repr(sorted(options.items()))
