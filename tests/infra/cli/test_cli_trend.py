"""The command about a programme's result, beside an account in this process."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from functions.aggregate import merging
from infra.publishing import Faulty
from shared import bucket
from shared.results import editions
from shared.store import desk_account, programme_pointers, published
from tests import storing
from tests.shared.examples import ROUND, answers, documents, programme

Command = Callable[..., Result]


@pytest.fixture
def walks(command: Command) -> None:  # noqa: ARG001
    """Publish a programme with one result."""
    storing.put_programme(programme("en", "nb"))
    storing.put_round(ROUND)
    content = editions.written(documents(answers("44455"), 8, "en", "nb")[0])
    prefix = editions.prefix(ROUND, content)
    bucket.put(f"{prefix}/edition.json", content, "application/json")
    assert published.freeze(ROUND, prefix)


@pytest.mark.usefixtures("walks")
def test_a_programme_s_result_is_printed_and_noted(command: Command) -> None:
    merging.merge("walks")

    found = json.loads(command("trend", "walks").output)

    assert (found["kind"], [told["round"] for told in found["rounds"]]) == ("programme", ["day-1"])
    assert [deed.what for deed in desk_account.deeds("walks", 10)] == ["downloaded_whole"]


@pytest.mark.usefixtures("walks")
def test_two_runs_are_set_side_by_side_in_a_file(command: Command, tmp_path: Path) -> None:
    merging.merge("walks")

    command("trend", "walks", "--against", "walks", "-o", str(tmp_path / "runs.json"))

    found = json.loads((tmp_path / "runs.json").read_bytes())
    assert [item["id"] for item in found["questions"]] == ["benefit", "session", "expected"]


@pytest.mark.usefixtures("walks")
def test_before_the_first_result_it_says_so(command: Command) -> None:
    assert programme_pointers.edition("walks") is None

    with pytest.raises(Faulty, match="no result yet"):
        command("trend", "walks")
