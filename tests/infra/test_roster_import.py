from collections.abc import Mapping
from pathlib import Path

import boto3
import pytest
from click.testing import CliRunner, Result

from infra.cli import kursdag
from infra.service import SETTINGS
from shared.store import roster
from tests.functions.examples import publish

HEADER = "email,name,language,role,region,school\n"
KARI = "kari@example.org,Kari,nb,leader,North,A\n"
OLA = "ola@example.org,Ola,nb,leader,[red]Nroth,B\n"


class _Done:
    status_code = 200


@pytest.fixture(autouse=True)
def service(tables: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer for AWS which stack there is: the command line asks it for the tables' names."""
    outputs = [{"OutputKey": output, "OutputValue": tables[name]} for name, output in SETTINGS.items()]
    told = {"Stacks": [{"Outputs": outputs}], "ResponseMetadata": {}}
    session = boto3.Session()
    session.events.register("before-call.cloudformation.DescribeStacks", lambda **_: (_Done(), told))  # type: ignore[arg-type]
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", session)


def imported(folder: Path, text: str, *options: str) -> Result:
    publish()
    file = folder / "roster.csv"
    file.write_text(text, encoding="utf-8")
    return CliRunner().invoke(kursdag, ["roster", "import", "walks", str(file), *options], catch_exceptions=False)


@pytest.mark.parametrize(("options", "stored"), [([], 2), (["--dry-run"], 0)])
def test_units_that_no_gathering_names_are_warned_of_and_imported_all_the_same(options: list[str], stored: int, tmp_path: Path) -> None:
    result = imported(tmp_path, HEADER + KARI + OLA, *options)

    assert result.exit_code == 0
    assert "warning: day-2: no gathering names `[red]Nroth`, so 1 in this file will not be invited\n" in result.output
    assert len(list(roster.people("walks"))) == stored


def test_a_roster_whose_units_all_have_gatherings_is_imported_without_a_warning(tmp_path: Path) -> None:
    result = imported(tmp_path, HEADER + KARI)

    assert "Imported." in result.output
    assert "warning" not in result.output
