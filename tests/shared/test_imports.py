"""What the pages load when they start: somebody waits for it on a phone."""

import json
import os
import subprocess
import sys
from statistics import median

import pytest

from infra.stack.access import REGION
from tests.template import ROOT

pytestmark = pytest.mark.slow

PAGES = "import functions.answer.handler; from shared.store.client import client; client()"
FRAMEWORK = "import flask, boto3; boto3.client('dynamodb')"

MOST = 1.4
"""How much longer the pages may take than what they are made of."""

TIMES = 3


def said(code: str) -> str:
    """Run code in a fresh interpreter; return what it printed."""
    fresh = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "AWS_DEFAULT_REGION": REGION, "PYTHONHASHSEED": "0"}
    run = subprocess.run([sys.executable, "-c", code], env=fresh, cwd=ROOT, capture_output=True, text=True, check=True)
    return run.stdout


def processor_time(code: str) -> float:
    return float(said(f"{code}; import resource; used = resource.getrusage(resource.RUSAGE_SELF); print(used.ru_utime + used.ru_stime)"))


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    names: list[str] = json.loads(said(f"{PAGES}; import json, sys; print(json.dumps(list(sys.modules)))"))
    return set(names)


@pytest.mark.parametrize(
    "unwanted",
    ["scipy", "numpy", "ruamel", "yaml", "marshmallow", "xlsxwriter", "openpyxl", "boto3.dynamodb", "infra", "rich", "babel"],
)
def test_the_pages_load_nothing_that_they_don_t_need(loaded: set[str], unwanted: str) -> None:
    assert {name for name in loaded if name == unwanted or name.startswith(f"{unwanted}.")} == set()


@pytest.mark.parametrize(
    "unwanted", ["shared.keys", "shared.store.secrets", "shared.store.roster", "shared.mail", "shared.queue", "shared.bucket"]
)
def test_the_pages_don_t_load_what_they_are_not_allowed_to_use(loaded: set[str], unwanted: str) -> None:
    assert f"shared.{unwanted}" not in loaded


def test_the_desk_loads_what_speaks_to_a_sign_in_service_only_when_somebody_uses_it() -> None:
    names = json.loads(said("import functions.desk.handler, json, sys; print(json.dumps(list(sys.modules)))"))

    assert {"authlib", "requests", "joserfc", "cryptography", "shared.provider"} & set(names) == set()


def test_the_pages_start_nearly_as_fast_as_the_framework_and_one_client() -> None:
    pairs = [(processor_time(PAGES), processor_time(FRAMEWORK)) for _ in range(TIMES)]

    pages, framework = (median(times) for times in zip(*pairs, strict=True))

    assert pages / framework <= MOST
