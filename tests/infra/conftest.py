"""The command line in this process, beside an account that has what the deployed stack tells of itself."""

import os
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from infra.cli.main import kursdag
from infra.service import SETTINGS
from tests.conftest import one_session

Command = Callable[..., Result]

DESCRIBED = "before-call.cloudformation.DescribeStacks"


@pytest.fixture
def command(tables: object) -> Iterator[Command]:  # noqa: ARG001
    """Run a command that needs a service, as typed; faults come as they are raised."""

    def described(**_: Any) -> Any:
        """Reply as CloudFormation does; moto would load what is not installed here."""
        outputs = [{"OutputKey": output, "OutputValue": os.environ[name]} for name, output in SETTINGS.items()]
        outputs.append({"OutputKey": "RetireFunction", "OutputValue": "retire"})
        return SimpleNamespace(status_code=200), {"Stacks": [{"Outputs": outputs}]}

    one_session().events.register(DESCRIBED, described)
    yield _run
    one_session().events.unregister(DESCRIBED, described)


def _run(*typed: object) -> Result:
    return CliRunner().invoke(kursdag, list(map(str, typed)), catch_exceptions=False)
