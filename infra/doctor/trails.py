"""What a CloudTrail trail records: its event selectors in, the tables whose data events it takes out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

TABLE = "AWS::DynamoDB::Table"

Selector = Mapping[str, Any]


def recorded(selectors: Mapping[str, Sequence[Selector]], tables: Mapping[str, str]) -> list[str]:
    """Name the tables, given with their ARNs, of which a trail with these selectors may record some data event."""
    return [name for name, arn in tables.items() if _records(selectors, arn)]


def _records(selectors: Mapping[str, Sequence[Selector]], arn: str) -> bool:
    basic, advanced = selectors.get("EventSelectors") or (), selectors.get("AdvancedEventSelectors") or ()
    return any(_takes(item, arn) for item in basic) or any(_matches(item, arn) for item in advanced)


def _takes(selector: Selector, arn: str) -> bool:
    """Judge a basic selector, whose values are what an ARN begins with."""
    resources = [item for item in selector.get("DataResources", ()) if item["Type"] == TABLE]
    return any(arn.startswith(value) for item in resources for value in item["Values"])


def _matches(selector: Selector, arn: str) -> bool:
    """Judge an advanced selector: every field has to match. Fields that say nothing about the table may always do."""
    known = {"eventCategory": "Data", "resources.type": TABLE, "resources.ARN": arn}
    return all(_holds(field, known[field["Field"]]) for field in selector["FieldSelectors"] if field["Field"] in known)


def _holds(field: Selector, value: str) -> bool:
    """Judge one field: any of the values of each condition, none of those of its opposite."""
    wanted = {
        "Equals": lambda given: value == given,
        "StartsWith": lambda given: value.startswith(given) or given.startswith(f"{value}/"),
        "EndsWith": value.endswith,
    }
    unwanted = {"NotEquals": lambda given: value == given, "NotStartsWith": value.startswith, "NotEndsWith": value.endswith}
    some = [_any(test, field[name]) for name, test in wanted.items() if field.get(name)]
    none = [_any(test, field[name]) for name, test in unwanted.items() if field.get(name)]
    return all(some) and not any(none)


def _any(test: Any, values: Iterable[str]) -> bool:
    return any(map(test, values))
