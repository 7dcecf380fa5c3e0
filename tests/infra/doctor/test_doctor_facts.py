import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from click.testing import CliRunner, Result

from infra.cli.main import SERVICE, kursdag, main
from infra.doctor import facts as doctor_facts
from infra.doctor.known import Heart, Sender, Unreadable
from infra.doctor.sign_in import SignIn
from infra.jobs import set_schedule
from infra.service import Service
from infra.stack.access import environment
from infra.stack.emulator import free_port
from shared import provider
from shared.rosters.people import Participant
from shared.store import desk_heartbeats, published, roster
from tests.conftest import account
from tests.functions.desk.staff.issuer import running

in_process = pytest.mark.usefixtures("tables")


@in_process
@pytest.mark.parametrize("address", ["kursdag@example.org", "nobody@elsewhere.example.org"])
def test_an_address_that_is_not_verified_or_not_known_may_not_send(address: str) -> None:
    assert doctor_facts.sender(address) == Sender(address, verified=False, signed=False)


@in_process
def test_the_largest_roster_is_counted_in_people() -> None:
    assert doctor_facts.largest_roster() == 0

    for programme, size in (("walks", 3), ("talks", 5)):
        roster.raise_version(programme, 0)
        for number in range(size):
            person = Participant(f"{programme}-{number}@example.org", "", "en", "teacher", ())
            roster.put_person(programme, roster.new_person(person))

    assert doctor_facts.largest_roster() == 5


@in_process
def test_recovery_backups_and_protection_are_read_from_the_tables() -> None:
    assert [doctor_facts.has_recovery("Roster"), doctor_facts.is_protected("Roster"), doctor_facts.backups("Roster")] == [False, True, 0]

    recovery = {"PointInTimeRecoveryEnabled": True}
    account("dynamodb").update_continuous_backups(TableName="Roster", PointInTimeRecoverySpecification=recovery)
    account("dynamodb").update_table(TableName="Roster", DeletionProtectionEnabled=False)
    account("dynamodb").create_backup(TableName="Roster", BackupName="kept")

    assert [doctor_facts.has_recovery("Roster"), doctor_facts.is_protected("Roster"), doctor_facts.backups("Roster")] == [True, False, 1]


@in_process
def test_trails_are_read_with_the_private_tables_that_they_record() -> None:
    account("s3").create_bucket(Bucket="trail", CreateBucketConfiguration={"LocationConstraint": "eu-north-1"})
    client = account("cloudtrail")
    client.create_trail(Name="quiet", S3BucketName="trail")
    client.create_trail(Name="telling", S3BucketName="trail")
    arn = account("dynamodb").describe_table(TableName="Box")["Table"]["TableArn"]
    resources = [{"Type": "AWS::DynamoDB::Table", "Values": [arn]}]
    client.put_event_selectors(TrailName="telling", EventSelectors=[{"ReadWriteType": "All", "DataResources": resources}])

    assert doctor_facts.trails({"Box": "Box", "Keys": "Keys"}) == {"quiet": [], "telling": ["Box"]}


@in_process
def test_a_log_without_a_retention_is_kept_for_ever() -> None:
    logs = boto3.client("logs")
    logs.create_log_group(logGroupName="answer")
    logs.create_log_group(logGroupName="answer-other")
    logs.put_retention_policy(logGroupName="answer-other", retentionInDays=30)

    assert [doctor_facts.retention(group) for group in ("answer", "answer-other", "gone")] == [None, 30, None]


@in_process
def test_the_rotation_of_keys_is_read() -> None:
    key = account("kms").create_key()["KeyMetadata"]["KeyId"]
    assert doctor_facts.rotates(key) is False

    account("kms").enable_key_rotation(KeyId=key)
    assert doctor_facts.rotates(key) is True


@in_process
@pytest.mark.parametrize(("offset", "is_local", "moved"), [(0, True, False), (-86_400, True, True), (-86_400, False, False)])
def test_heartbeats_are_read_by_the_stacks_clock(offset: int, is_local: bool, moved: bool) -> None:
    published.put_clock_offset(offset)
    shift = offset if is_local else 0
    desk_heartbeats.beat("invite", int(time.time()) + shift - 100)

    hearts = doctor_facts.heartbeats(is_local)

    assert hearts["invite"].age in (100, 101)
    assert (hearts["invite"].clock_moved, hearts["aggregate"]) == (moved, Heart(None, clock_moved=moved))


@in_process
def test_a_heartbeat_of_the_future_says_that_the_local_clock_was_moved() -> None:
    desk_heartbeats.beat("invite", int(time.time()) + 86_400)

    assert doctor_facts.heartbeats(is_local=True)["invite"].clock_moved is True
    assert doctor_facts.heartbeats(is_local=False)["invite"].clock_moved is False


def test_a_refusal_is_kept_as_what_aws_said() -> None:
    def refuse() -> int:
        raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": ""}}, "GetAccount")

    assert doctor_facts.read(refuse) == Unreadable("AccessDeniedException")


@pytest.mark.slow
@in_process
def test_how_staff_sign_in_is_read_and_the_service_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGE", "local")
    with running(0, "") as issuer:
        published_rightly = sign_in(issuer.name)
        account("ssm").put_parameter(Name="/kursdag/sign-in-secret", Value="secret", Type="SecureString")
        issuer.keys.clear()
        without_keys = sign_in(f"{issuer.name}")
    gone = sign_in(f"{issuer.name}/")

    assert published_rightly == SignIn(issuer.name, "kursdag", "", "", mailed=True)
    assert without_keys == SignIn(issuer.name, "kursdag", "it publishes no key that could sign", "SecureString", mailed=True)
    assert gone.fault == "127.0.0.1 gives no answer that can be read"
    assert sign_in("") == SignIn("", "kursdag", "", "", mailed=True)


def sign_in(issuer: str) -> SignIn:
    """Read what the doctor knows of a desk with this issuer."""
    provider._metadata.clear()
    provider._keys.clear()
    told = {"SIGN_IN_ISSUER": issuer, "SIGN_IN_CLIENT": "kursdag", "SIGN_IN_SECRET": "/kursdag/sign-in-secret", "MAILED_LINKS": "on"}
    return doctor_facts.sign_in(told)


# ---- the command, on the deployed stack ----


@pytest.fixture
def service(stack: Any, stack_settings: object) -> Service:  # noqa: ARG001
    return Service(stack.outputs())


@pytest.fixture
def beating(service: Service) -> None:
    for job in ("invite", "aggregate"):
        service.invoke(job, {"time": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"})


def test_an_address_may_send_where_it_or_its_domain_is_verified(service: Service) -> None:
    boto3.client("sesv2").create_email_identity(EmailIdentity="verified.example.org")

    senders = [doctor_facts.sender(address) for address in (service.outputs["Sender"], "a@verified.example.org", "a@other.example.org")]

    assert [sender.verified for sender in senders] == [True, True, False]


def doctor() -> Result:
    return CliRunner().invoke(kursdag, ["doctor"])


def verdicts(result: Result) -> dict[str, str]:
    return {line[:24].strip(): line[24:47].strip() for line in result.output.splitlines()}


@pytest.mark.usefixtures("beating")
def test_the_deployed_stack_is_well() -> None:
    result = doctor()

    assert (result.exit_code, set(verdicts(result).values())) == (0, {"ok", "can't be checked here"}), result.output


@pytest.fixture
def broken(service: Service) -> Iterator[Callable[[str], None]]:
    """Break one thing of the stack until the test is over."""
    outputs = service.outputs
    table, key, api = outputs["BoxTable"], outputs["LinkKey"], {"ApiId": outputs["Api"], "StageName": "$default"}
    clients: list[Any] = [boto3.client(name) for name in ("dynamodb", "kms", "apigatewayv2", "sqs")]
    dynamodb, kms, stages, sqs = clients
    log = {"DestinationArn": "arn:aws:logs:eu-north-1:000000000000:log-group:paths", "Format": "$context.path"}
    do_and_undo: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
        "schedules": (
            lambda: set_schedule(outputs["InviteSchedule"], "DISABLED"),
            lambda: set_schedule(outputs["InviteSchedule"], "ENABLED"),
        ),
        "deletion protection": (
            lambda: dynamodb.update_table(TableName=table, DeletionProtectionEnabled=False),
            lambda: dynamodb.update_table(TableName=table, DeletionProtectionEnabled=True),
        ),
        "streams": (
            lambda: dynamodb.update_table(TableName=table, StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}),
            lambda: dynamodb.update_table(TableName=table, StreamSpecification={"StreamEnabled": False}),
        ),
        "contributor insights": (
            lambda: dynamodb.update_contributor_insights(TableName=table, ContributorInsightsAction="ENABLE"),
            lambda: dynamodb.update_contributor_insights(TableName=table, ContributorInsightsAction="DISABLE"),
        ),
        "key rotation": (lambda: kms.disable_key_rotation(KeyId=key), lambda: kms.enable_key_rotation(KeyId=key)),
        "access log": (
            lambda: stages.update_stage(**api, AccessLogSettings=log),
            lambda: stages.update_stage(**api, AccessLogSettings={}),
        ),
        "mails that failed": (
            lambda: sqs.send_message(QueueUrl=outputs["DeadLetters"], MessageBody=json.dumps({})),
            lambda: sqs.purge_queue(QueueUrl=outputs["DeadLetters"]),
        ),
    }
    undo: list[Callable[[], Any]] = []

    def breaking(what: str) -> None:
        do, put_right = do_and_undo[what]
        undo.append(put_right)
        do()

    yield breaking
    for put_right in undo:
        put_right()


@pytest.mark.usefixtures("beating")
@pytest.mark.parametrize(
    "what",
    ["schedules", "deletion protection", "streams", "contributor insights", "key rotation", "access log", "mails that failed"],
)
def test_what_is_broken_on_the_deployed_stack_is_found_alone(what: str, broken: Callable[[str], None]) -> None:
    broken(what)

    result = doctor()

    assert [check for check, verdict in verdicts(result).items() if verdict == "not ok"] == [what], result.output
    assert result.exit_code == 1


def test_a_stack_that_cannot_be_reached_has_an_exit_code_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (environment(free_port()) | {"AWS_MAX_ATTEMPTS": "1"}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.argv", ["kursdag", "doctor"])

    with pytest.raises(SystemExit) as stopped:
        main()

    assert stopped.value.code == SERVICE
