from collections.abc import Sequence
from typing import Any

import pytest

from infra.doctor.trails import recorded

ARN = "arn:aws:dynamodb:eu-north-1:123456789012:table/"
TABLES = {"Box": f"{ARN}kursdag-Box-1", "Keys": f"{ARN}kursdag-Keys-1"}
DATA = {"Field": "eventCategory", "Equals": ["Data"]}
OF_TABLES = {"Field": "resources.type", "Equals": ["AWS::DynamoDB::Table"]}


def basic(*values: str, kind: str = "AWS::DynamoDB::Table") -> dict[str, Any]:
    return {"EventSelectors": [{"ReadWriteType": "All", "DataResources": [{"Type": kind, "Values": list(values)}]}]}


def advanced(*fields: dict[str, Any]) -> dict[str, Any]:
    return {"AdvancedEventSelectors": [{"Name": "x", "FieldSelectors": list(fields)}]}


def on(**condition: Sequence[str]) -> dict[str, Any]:
    return {"Field": "resources.ARN", **{name: list(values) for name, values in condition.items()}}


@pytest.mark.parametrize(
    ("selectors", "tables"),
    [
        ({}, []),
        ({"EventSelectors": [{"IncludeManagementEvents": True, "DataResources": []}]}, []),
        (basic("arn:aws:dynamodb"), ["Box", "Keys"]),
        (basic(TABLES["Keys"]), ["Keys"]),
        (basic(f"{ARN}elsewhere"), []),
        (basic("arn:aws:s3", kind="AWS::S3::Object"), []),
        (advanced({"Field": "eventCategory", "Equals": ["Management"]}), []),
        (advanced(DATA, {"Field": "resources.type", "Equals": ["AWS::S3::Object"]}), []),
        (advanced(DATA, OF_TABLES), ["Box", "Keys"]),
        (advanced(DATA, OF_TABLES, {"Field": "readOnly", "Equals": ["false"]}), ["Box", "Keys"]),
        (advanced(DATA, OF_TABLES, {"Field": "eventName", "Equals": ["PutItem"]}), ["Box", "Keys"]),
        (advanced(DATA, OF_TABLES, on(Equals=[TABLES["Box"]])), ["Box"]),
        (advanced(DATA, OF_TABLES, on(StartsWith=[f"{ARN}kursdag-"])), ["Box", "Keys"]),
        (advanced(DATA, OF_TABLES, on(StartsWith=[f"{TABLES['Box']}/index"])), ["Box"]),
        (advanced(DATA, OF_TABLES, on(EndsWith=["Keys-1", "Roster-1"])), ["Keys"]),
        (advanced(DATA, OF_TABLES, on(NotEquals=[TABLES["Box"]])), ["Keys"]),
        (advanced(DATA, OF_TABLES, on(NotStartsWith=[f"{ARN}kursdag-"])), []),
        (advanced(DATA, OF_TABLES, on(NotEndsWith=["Box-1", "Keys-1"])), []),
        (advanced(DATA, OF_TABLES, on(StartsWith=[ARN], NotEquals=[TABLES["Keys"]])), ["Box"]),
    ],
)
def test_a_trail_is_judged_by_what_its_selectors_may_take(selectors: dict[str, Any], tables: list[str]) -> None:
    assert recorded(selectors, TABLES) == tables


def test_one_selector_of_many_is_enough() -> None:
    several = (
        advanced({"Field": "eventCategory", "Equals": ["Management"]})["AdvancedEventSelectors"]
        + advanced(DATA, OF_TABLES)["AdvancedEventSelectors"]
    )

    assert recorded({"AdvancedEventSelectors": several}, TABLES) == ["Box", "Keys"]
