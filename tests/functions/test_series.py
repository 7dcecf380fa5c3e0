"""A programme's ratings before and after, from links to what is published of the pairs."""

import json
from collections.abc import Iterable, Mapping

import boto3
import pytest

from shared import bucket
from shared.results.editions import Document
from shared.settings import setting
from shared.store import published
from shared.store.roster import Person
from tests.functions.aggregating import aggregate
from tests.functions.examples import dump, enrol, event, invite, oslo, participant, publish
from tests.functions.test_confidential import AFTER, BEFORE, FIRST, SECOND, SERIES, answered, series
from tests.goldens import GOLDENS
from tests.once import once

pytestmark = pytest.mark.usefixtures("tables")

LAST = SECOND.replace("id: after", "id: last").replace("stage: after", "stage: follow-up").replace("1 day after", "60 days after")
GOING_ON = {**SERIES, "programme.yaml": SERIES["programme.yaml"].replace(SECOND, SECOND + LAST)}
CLOSED_BEFORE, CLOSED_AFTER = oslo("2025-08-26T01:00"), oslo("2025-09-06T12:00")


@once
def given(before: Iterable[int], after: Iterable[int], files: Mapping[str, str] = SERIES) -> list[Person]:
    """Let people answer before and after, each by her links; 0 for no answer."""
    rounds, one, two = series(files), list(before), list(after)
    people = enrol([participant(f"person{number:02}") for number in range(len(one))])
    invite(BEFORE)
    for person, point in zip(people, one, strict=True):
        if point:
            answered(rounds["before"], person, BEFORE, str(point))
    aggregate(event(CLOSED_BEFORE), None)
    invite(AFTER)
    for person, point in zip(people, two, strict=True):
        if point:
            answered(rounds["after"], person, AFTER, str(point))
    aggregate(event(CLOSED_AFTER), None)
    return people


def compared() -> Document:
    prefix = published.rounds("walks")["after"].edition
    document: Document = json.loads(bucket.get(f"{prefix}/pairs.json"))
    return document


def question(document: Document) -> Document:
    (found,) = document["questions"]
    return dict(found)


@pytest.mark.slow
def test_the_goldens_come_out_of_the_whole_way_from_links_to_what_is_published() -> None:
    golden = GOLDENS["paired"]["likert24"]
    given(golden["pre"], golden["post"])

    document = compared()
    figures = question(document)["figures"]

    assert (document["N"], document["n"], document["left_out"], document["hidden"]) == (24, 24, 0, None)
    assert figures["mean_change"] == pytest.approx(golden["mean_change"])
    assert figures["interval"] == pytest.approx(golden["ci95"])
    assert [figures["directions"][way] for way in ("improved", "unchanged", "worsened")] == [16, 6, 2]
    assert figures["effect"]["d_z"] == pytest.approx(golden["dz"])
    assert figures["wilcoxon"]["p"] == pytest.approx(golden["wilcoxon_exact_p"])


@pytest.mark.slow
def test_a_single_person_who_did_not_answer_again_is_not_told_by_subtraction() -> None:
    given([3] * 12, [4] * 11 + [0])

    document = compared()

    assert document["n"] is None or document["n"] <= 12 - 5
    assert document["n"] is None or document["left_out"] + document["n"] == 11


@pytest.mark.slow
def test_with_few_pairs_two_groups_stand_side_by_side() -> None:
    given([2, 3] * 5 + [0] * 8, [0] * 8 + [4, 5] * 5)

    document = compared()
    unpaired = question(document)["unpaired"]

    assert document["n"] is None
    assert (unpaired["n_before"], unpaired["n_after"]) == (10, 10)
    assert unpaired["difference"][0] > 0


@pytest.mark.slow
def test_no_pseudonym_leaves_the_job() -> None:
    people = given([3] * 6, [4] * 6)
    assert len(people) == 6
    listed = boto3.client("s3").list_objects_v2(Bucket=setting("EDITIONS_BUCKET"))["Contents"]
    written = b" ".join(bucket.get(entry["Key"]) for entry in listed if entry["Key"].endswith(".json")).decode()

    stored = " ".join(text for items in dump().values() for text in items)

    for person in people:
        assert person.id not in written
    assert '"pair"' not in written
    assert '"pair"' not in stored


@pytest.mark.slow
def test_killed_and_run_again_the_same_pairs_are_chosen() -> None:
    given([2, 3, 4] * 7, [4] * 18 + [0] * 3)
    held = compared()
    item = next(text for text in dump("PUBLISHED")["PUBLISHED"] if '"ROUND#after"' in text)
    assert "edition" in item

    closed = published.rounds("walks")["after"]
    boto3.client("dynamodb").update_item(
        TableName=setting("PUBLISHED_TABLE"),
        Key={"pk": {"S": "PROGRAMME#walks"}, "sk": {"S": "ROUND#after"}},
        UpdateExpression="SET due = :open REMOVE edition",
        ExpressionAttributeValues={":open": {"S": "OPEN"}},
    )
    aggregate(event(CLOSED_AFTER + 900), None)

    assert published.rounds("walks")["after"].edition == closed.edition
    assert compared() == held


@pytest.mark.slow
def test_a_round_that_is_slipped_in_before_one_that_is_compared_already_is_compared_with_none() -> None:
    people = given([3] * 12, [4] * 12, GOING_ON)
    held = compared()
    slipped = FIRST.replace("id: before", "id: midway").replace("stage: before", "stage: midway")
    slipped = slipped.replace("7 days before", "2 days before").replace("1 day before day-1 at", "40 days later at")
    said = publish({**SERIES, "programme.yaml": GOING_ON["programme.yaml"].replace("rounds:\n", slipped)}, at=CLOSED_AFTER + 3600)
    assert "faults" not in said
    now = CLOSED_AFTER + 7200
    invite(now)
    for person in people[:11]:
        answered(published.rounds("walks")["midway"], person, now, "3")

    aggregate(event(oslo("2025-10-20T01:00")), None)

    prefix = published.rounds("walks")["midway"].edition
    assert json.loads(bucket.get(f"{prefix}/pairs.json")) is None
    assert json.loads(bucket.get(f"{prefix}/edition.json"))["n"] == 11
    assert compared() == held


def test_no_round_joins_a_series_once_all_its_results_are_made() -> None:
    given([3] * 6, [4] * 6)

    said = publish(GOING_ON, at=CLOSED_AFTER + 3600)

    assert "all results of the series `goals` are made, and its key is destroyed" in str(said["faults"])
    assert "faults" not in publish(SERIES, at=CLOSED_AFTER + 3600)
    assert published.rounds("walks").keys() == {"before", "after", "day-1", "day-2"}


@pytest.mark.slow
def test_by_unit_only_those_groups_are_compared_that_both_rounds_show() -> None:
    rounds = series()
    schools = ["A"] * 6 + ["B"] * 6 + ["C"] * 2
    people = enrol([participant(f"person{number:02}", school=school) for number, school in enumerate(schools)])
    for name, at, closed, point in (("before", BEFORE, CLOSED_BEFORE, "2"), ("after", AFTER, CLOSED_AFTER, "4")):
        invite(at)
        for person in people:
            answered(rounds[name], person, at, point)
        aggregate(event(closed), None)

    document = compared()
    blocks = question(document)["blocks"]

    assert [block["path"] for block in blocks] == document["nodes"]
    assert {tuple(block["path"]) for block in blocks} <= {("North",), ("North", "A"), ("North", "B")}
    assert all(block["n"] >= 5 and block["mean_change"] == 2 for block in blocks)
    rest = len(people) - sum(block["n"] for block in blocks if len(block["path"]) == 2)
    assert rest == 0 or rest >= 5
