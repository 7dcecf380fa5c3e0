from typing import Any

import pytest

from shared.settings import setting
from shared.store.client import SCHEMA, client, key, partition

pytestmark = pytest.mark.usefixtures("tables")


def put(sk: str, size: int = 0) -> None:
    item = key("PK", sk) | {"schema": SCHEMA, "data": {"S": "x" * size}}
    client().put_item(TableName=setting("BOX_TABLE"), Item=item)


def test_a_partition_is_read_to_its_end_page_by_page() -> None:
    for number in range(6):
        put(f"A#{number}", 300_000)

    assert len(list(partition(setting("BOX_TABLE"), "PK"))) == 6


def test_a_prefix_leaves_the_rest_out() -> None:
    put("A#1")
    put("B#1")

    assert [item["sk"]["S"] for item in partition(setting("BOX_TABLE"), "PK", "A#")] == ["A#1"]


def test_a_person_waiting_on_a_phone_is_not_kept_waiting_long() -> None:
    patience: Any = client().meta.config

    assert patience.connect_timeout <= 1
    assert patience.read_timeout <= 2
    assert patience.retries["total_max_attempts"] <= 3
