import subprocess
import sys
from pathlib import Path

import pytest

from infra.build import build, reached
from tests.template import FUNCTIONS

pytestmark = pytest.mark.slow

UNPACKED_LIMIT = 250 * 1024 * 1024
"""What AWS Lambda takes."""

AARCH64 = 183
"""The processor in an ELF file's header."""

SERVICES = {
    "publish": {"dynamodb", "kms"},
    "invite": {"dynamodb", "kms", "sesv2", "sqs"},
    "send": {"dynamodb", "kms", "sesv2", "sqs"},
    "deliveries": {"dynamodb"},
    "answer": {"dynamodb", "sqs"},
    "aggregate": {"dynamodb", "kms", "s3", "sqs"},
    "desk": {"dynamodb", "lambda", "s3", "sqs", "ssm"},
    "retire": {"dynamodb", "s3"},
}

HEAVY = {
    "publish": {"marshmallow", "nacl", "openpyxl", "ruamel", "xlsxwriter"},
    "invite": {"nacl"},
    "send": {"jinja2", "nacl"},
    "deliveries": set(),
    "answer": {"flask", "jinja2", "nacl"},
    "aggregate": {"lxml", "nacl", "pptx", "xlsxwriter"},
    "desk": {"authlib", "flask", "jinja2", "openpyxl", "xlsxwriter"},
    "retire": set(),
}
"""What of the larger packages a function ships."""


@pytest.fixture(scope="module", params=FUNCTIONS)
def function(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def for_aws(function: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(function)
    build(function, folder, "aws")
    return folder


def test_the_artefact_for_aws_fits_and_runs_on_arm(for_aws: Path) -> None:
    libraries = list(for_aws.rglob("*.so"))

    assert all(int.from_bytes(library.read_bytes()[18:20], "little") == AARCH64 for library in libraries)
    assert all("cpython-313-aarch64" in library.name for library in libraries if "cpython" in library.name)
    assert sum(path.stat().st_size for path in for_aws.rglob("*") if path.is_file()) < UNPACKED_LIMIT


def test_the_artefact_for_aws_holds_the_modules_that_its_handler_reaches_and_no_others(function: str, for_aws: Path) -> None:
    ours = [path.relative_to(for_aws) for folder in ("functions", "shared") for path in (for_aws / folder).rglob("*.py")]
    modules = {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in ours}

    assert modules == set(reached(f"functions.{function}.handler"))
    assert f"functions.{function}.handler" in modules
    assert not [module for module in modules if module.startswith("functions.") and module.split(".")[1] != function]
    assert not (for_aws / "infra").exists()


def test_the_artefact_for_aws_ships_only_what_the_function_needs(function: str, for_aws: Path) -> None:
    packages = {path.name for path in for_aws.iterdir()}
    heavy = set().union(*HEAVY.values())

    assert packages & heavy == HEAVY[function]
    assert {path.name for path in (for_aws / "botocore/data").iterdir() if path.is_dir()} == SERVICES[function]
    assert not [path for path in for_aws.rglob("*") if path.name in ("tests", "__pycache__")]


def test_what_a_handler_shows_goes_with_it(function: str, for_aws: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    beside = {
        path.relative_to(root) for path in (root / "functions" / function).rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }

    assert not [path for path in beside if path.suffix != ".py" and not (for_aws / path).exists()]


def test_a_function_starts_with_its_own_packages_alone(function: str, tmp_path: Path) -> None:
    build(function, tmp_path)
    start = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import functions.{function}.handler"

    started = subprocess.run([sys.executable, "-ISW", "ignore", "-c", start], env={}, capture_output=True, check=False, text=True)

    assert started.returncode == 0, started.stderr
