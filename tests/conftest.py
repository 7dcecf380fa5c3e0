"""What tests stand on: an account in this process for most of them, the deployed stack for a few."""

import gc
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import boto3
import hypothesis
import pytest
from moto import mock_aws
from moto.core.base_backend import BackendDict, BaseBackend
from moto.s3.models import FakeKey

from infra.stack import deploying as local_stack
from infra.stack.access import REGION, session
from infra.stack.emulator import free_port
from shared.store.recent import Recent
from tests.dealing import Together
from tests.quick_moto import QuickSession, hasten
from tests.template import PARAMETERS, Properties, of_type, settings

# The same examples at every run, so that a test fails by a change and not by chance; others: HYPOTHESIS_PROFILE=default
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

TABLE_PROPERTIES = {"AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode", "DeletionProtectionEnabled"}
"""What moto's tables are told of the template's."""

OURS = ("shared.", "functions.")

CACHED = type(cache(lambda: None))
"""What ``@cache`` makes; others of a module's names, such as Flask's ``request``, mustn't even be looked at."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that needs the deployed stack, so that ``make check`` leaves it out."""
    for item in items:
        if "stack" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.stack)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together | None:
    """Deal out the tests of `make test`."""
    return Together(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_collection_finish() -> None:
    """Look no more for garbage in what has been imported, which is most of what there is."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def no_other_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test from an account of the person who runs it."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mapping[str, str]]:
    """Stand up the template's tables, queues, bucket and keys in this process; yield the settings that functions get."""
    with account_in_process(monkeypatch) as told:
        yield told


@contextmanager
def account_in_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mapping[str, str]]:
    """Make an account in this process for as long as a test, or several, need it."""
    _set(monkeypatch, {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION})
    hasten(monkeypatch)
    with mock_aws():
        monkeypatch.setattr(boto3, "DEFAULT_SESSION", one_session())
        told = new_account().stand()
        _set(monkeypatch, told)
        forget_clients()
        yield told
    forget_clients()


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[local_stack.Stack]:
    """Deploy the real template to an emulator of the tests' own, each function with its own role."""
    running = local_stack.start(tmp_path_factory.mktemp("stack"), free_port(), lambda _: None)
    try:
        running.deploy()
        yield running
    finally:
        running.stop()


@pytest.fixture
def stack_settings(stack: local_stack.Stack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mapping[str, str]]:
    """Let code in this process use the deployed stack's tables, as the account's root; yield the settings."""
    with settings_of(stack, monkeypatch) as told:
        yield told


@contextmanager
def settings_of(stack: local_stack.Stack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mapping[str, str]]:
    """Let code in this process use a stack's tables for as long as a test, or several, need it."""
    found = session().client("cloudformation", endpoint_url=stack.address).describe_stack_resources(StackName=local_stack.NAME)
    physical = {item["LogicalResourceId"]: item.get("PhysicalResourceId", "") for item in found["StackResources"]}
    told = settings(PARAMETERS | {"Stage": "local", "BaseAddress": stack.base_address} | physical)
    _set(monkeypatch, local_stack.environment(stack.emulator.port) | told)
    forget_clients()
    yield told
    forget_clients()


def _set(monkeypatch: pytest.MonkeyPatch, variables: Mapping[str, str]) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def forget_clients() -> None:
    """Clear what our modules keep: clients, unwrapped keys and what is published belong to one test's account."""
    for name in [name for name in sys.modules if name.startswith(OURS)]:
        for forget in _forgetting(name):
            forget()


@cache
def _forgetting(name: str) -> list[Callable[[], None]]:
    """Find what a module keeps; a cache of limited size keeps what follows from its arguments alone, whatever the account."""
    values = list(vars(sys.modules[name]).values())
    unlimited = [value.cache_clear for value in values if type(value) is CACHED and value.cache_parameters()["maxsize"] is None]
    return unlimited + [value.clear for value in values if type(value) is Recent]


@cache
def one_session() -> QuickSession:
    """Make the session of this process: reading what AWS's services look like takes longer than most tests."""
    made = QuickSession(asked)
    made.events.register("before-call", asked)
    made.events.register("before-call.sesv2.GetAccount", mail_account)
    made.events.register("before-call.lambda.Invoke", calling)
    return made


def asked(**_: Any) -> None:
    """Notice that the account may no longer be as it was put."""
    standing.clear()


def mail_account(**_: Any) -> Any:
    """Reply as SES does of an account that may send a lot; moto doesn't know the question."""
    quota = {"Max24HourSend": 50_000.0, "MaxSendRate": 1_000.0, "SentLast24Hours": 0.0}
    return SimpleNamespace(status_code=200), {"SendingEnabled": True, "SendQuota": quota}


def calling(params: Mapping[str, Any], **_: Any) -> Any:
    """Run the function that is called, as Lambda does."""
    name = params["url_path"].split("/")[-2]
    said = import_module(f"functions.{name}.handler").handler(json.loads(params["body"]), None)
    return SimpleNamespace(status_code=200), {"StatusCode": 200, "Payload": io.BytesIO(json.dumps(said).encode())}


@dataclass(frozen=True, eq=False)
class Account:
    """An account as it was at a moment, as moto holds it: making one takes longer than most tests."""

    told: Mapping[str, str]
    """The settings that functions get."""
    parts: list[tuple[Any, str, str, BaseBackend]]
    """Each service's part of it, with the service, the account's number and the region."""
    states: list[dict[str, Any]]
    """What each part knew at that moment."""

    def stand(self) -> Mapping[str, str]:
        """Put the account back as it was; return the settings."""
        for (service, number, region, part), state in zip(self.parts, self.states, strict=True):
            service[number][region] = part
            part.__dict__ = _copied(state, self.parts)
        standing[:] = [self]
        return self.told


standing: list[Account] = []
"""What the account in this process is like, as long as nothing has been asked of it since."""


@cache
def new_account() -> Account:
    """Make this process's account."""
    return taken(settings(PARAMETERS | _created()))


def taken(told: Mapping[str, str] | None = None) -> Account:
    """Take down what this process's account is like."""
    services: list[Any] = BackendDict._instances  # type: ignore[misc]
    parts = [(service, *place) for service in services for place in service.iter_backends()]
    live = len(FakeKey.instances_tracked)  # type: ignore[attr-defined]
    account = Account(told or new_account().told, parts, [_copied(part.__dict__, parts) for *_, part in parts])
    _keep(FakeKey.instances_tracked, live)  # type: ignore[attr-defined]
    return account


def _keep(files: list[FakeKey], live: int) -> None:
    """Have moto leave alone the bucket's files of an account that was taken down: with each start it empties all that it knows of."""
    for file in files[live:]:
        file.disposed = True
    del files[live:]


def _copied(state: dict[str, Any], parts: Iterable[tuple[Any, str, str, BaseBackend]]) -> dict[str, Any]:
    """Copy what a part knows; the parts that it points to stay the same, and so do locks, which can't be copied."""
    locks = [queue._messages_lock for queue in state.get("queues", {}).values()]
    return deepcopy(state, {id(same): same for same in [part for *_, part in parts] + locks})


@cache
def account(service: str) -> Any:
    """Return a client for what tests set up themselves."""
    return one_session().client(service)


def _created() -> dict[str, str]:
    """Create what the template describes; return what each logical id stands for."""
    account("sesv2").create_email_identity(EmailIdentity=PARAMETERS["Sender"])
    return {
        **{name: _table(name, properties) for name, properties in of_type("AWS::DynamoDB::Table").items()},
        **{name: _queue(name, properties) for name, properties in of_type("AWS::SQS::Queue").items()},
        **{name: _configuration_set(name) for name in of_type("AWS::SES::ConfigurationSet")},
        **{name: _bucket(name) for name in of_type("AWS::S3::Bucket")},
        **{name: _key() for name in of_type("AWS::KMS::Key")},
        **{name: name.lower() for name in of_type("AWS::Serverless::Function")},
    }


def _table(name: str, properties: Properties) -> str:
    wanted: dict[str, Any] = {key: value for key, value in properties.items() if key in TABLE_PROPERTIES}
    account("dynamodb").create_table(TableName=name, **wanted)
    return name


def _queue(name: str, properties: Properties) -> str:
    attributes = {"VisibilityTimeout": str(properties.get("VisibilityTimeout", 30))}
    address: str = account("sqs").create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
    return address


def _configuration_set(name: str) -> str:
    account("sesv2").create_configuration_set(ConfigurationSetName=name)
    return name


def _bucket(name: str) -> str:
    account("s3").create_bucket(Bucket=name.lower(), CreateBucketConfiguration={"LocationConstraint": REGION})
    return name.lower()


def _key() -> str:
    arn: str = account("kms").create_key()["KeyMetadata"]["Arn"]
    return arn
