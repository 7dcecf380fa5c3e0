"""Ways around a role: what the table of the design forbids, tried by every call that would reach it."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from infra.stack import NAME, Stack
from infra.stack_access import REGION, session
from tests.template import FUNCTIONS

Clients = Callable[[str], Any]
Call = Callable[[Clients, Mapping[str, str]], Any]

KEY = {"pk": {"S": "a"}, "sk": {"S": "b"}}
REFUSED = {"AccessDenied", "AccessDeniedException", "AuthorizationError", "UnauthorizedOperation"}


def reading(table: str) -> list[Call]:
    """List the ways to read a table beside GetItem, Query and Scan."""
    return [
        lambda of, to: of("dynamodb").batch_get_item(RequestItems={to[table]: {"Keys": [KEY]}}),
        lambda of, to: of("dynamodb").transact_get_items(TransactItems=[{"Get": {"TableName": to[table], "Key": KEY}}]),
        lambda of, to: of("dynamodb").execute_statement(Statement=f'SELECT * FROM "{to[table]}"'),  # noqa: S608 – a test's own text
        lambda of, to: of("dynamodb").export_table_to_point_in_time(TableArn=arn(to[table]), S3Bucket=to["EditionsBucket"]),
        lambda of, to: of("dynamodb").create_backup(TableName=to[table], BackupName="stolen"),
    ]


def writing(table: str) -> list[Call]:
    """List the ways to write to a table beside PutItem, UpdateItem and DeleteItem."""
    return [
        lambda of, to: of("dynamodb").batch_write_item(RequestItems={to[table]: [{"PutRequest": {"Item": KEY}}]}),
        lambda of, to: of("dynamodb").transact_write_items(TransactItems=[{"Put": {"TableName": to[table], "Item": KEY}}]),
        lambda of, to: of("dynamodb").execute_statement(Statement=f"INSERT INTO \"{to[table]}\" VALUE {{'pk': 'a', 'sk': 'b'}}"),
    ]


def deleting(table: str) -> list[Call]:
    """List the ways to take items from a table, or the table itself."""
    return [
        lambda of, to: of("dynamodb").batch_write_item(RequestItems={to[table]: [{"DeleteRequest": {"Key": KEY}}]}),
        lambda of, to: of("dynamodb").transact_write_items(TransactItems=[{"Delete": {"TableName": to[table], "Key": KEY}}]),
        lambda of, to: of("dynamodb").delete_table(TableName=to[table]),
    ]


def recording(table: str) -> list[Call]:
    """List the ways to switch on a recording of a table, or off what guards it."""
    return [
        lambda of, to: of("dynamodb").update_table(TableName=to[table], DeletionProtectionEnabled=False),
        lambda of, to: of("dynamodb").update_table(
            TableName=to[table], StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
        ),
        lambda of, to: of("dynamodb").update_continuous_backups(
            TableName=to[table], PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
        ),
        lambda of, to: of("dynamodb").update_contributor_insights(TableName=to[table], ContributorInsightsAction="ENABLE"),
    ]


def unwrapping(key: str) -> list[Call]:
    """List the ways to use a KMS key for opening, or to gain that."""
    return [
        lambda of, to: of("kms").decrypt(CiphertextBlob=b"x" * 64, KeyId=to[key]),
        lambda of, to: of("kms").re_encrypt(CiphertextBlob=b"x" * 64, SourceKeyId=to[key], DestinationKeyId=to[key]),
        lambda of, to: of("kms").generate_data_key(KeyId=to[key], KeySpec="AES_256"),
        lambda of, to: of("kms").create_grant(KeyId=to[key], GranteePrincipal=to["Role"], Operations=["Decrypt"]),
        lambda of, to: of("kms").put_key_policy(KeyId=to[key], PolicyName="default", Policy="{}"),
        lambda of, to: of("kms").schedule_key_deletion(KeyId=to[key], PendingWindowInDays=7),
    ]


MAIL: list[Call] = [
    lambda of, _: of("sesv2").send_email(FromEmailAddress="kursdag@example.org", Content={"Raw": {"Data": b"a"}}),
    lambda of, _: of("ses").send_raw_email(RawMessage={"Data": b"Subject: a\n\na"}),
    lambda of, _: of("ses").send_email(
        Source="kursdag@example.org",
        Destination={"ToAddresses": ["a@example.org"]},
        Message={"Subject": {"Data": "a"}, "Body": {"Text": {"Data": "a"}}},
    ),
]
"""Ways to send a mail."""

QUEUE: list[Call] = [
    lambda of, to: of("sqs").send_message(QueueUrl=to["SendQueue"], MessageBody="{}"),
    lambda of, to: of("sqs").send_message_batch(QueueUrl=to["SendQueue"], Entries=[{"Id": "a", "MessageBody": "{}"}]),
]
"""Ways to queue a mail."""

QUEUES_OWN: list[Call] = [
    lambda of, to: of("sqs").purge_queue(QueueUrl=to["SendQueue"]),
    lambda of, to: of("sqs").receive_message(QueueUrl=to["DeadLetters"]),
    lambda of, to: of("sqs").set_queue_attributes(QueueUrl=to["SendQueue"], Attributes={"DelaySeconds": "900"}),
]

EDITIONS: list[Call] = [
    lambda of, to: of("s3").list_objects_v2(Bucket=to["EditionsBucket"]),
    lambda of, to: of("s3").get_object(Bucket=to["EditionsBucket"], Key="editions/a"),
    lambda of, to: of("s3").delete_object(Bucket=to["EditionsBucket"], Key="editions/a"),
    lambda of, to: of("s3").put_bucket_versioning(Bucket=to["EditionsBucket"], VersioningConfiguration={"Status": "Suspended"}),
    lambda of, to: of("s3").put_bucket_policy(Bucket=to["EditionsBucket"], Policy="{}"),
]
"""What no function does with editions."""

WRITING_EDITIONS: list[Call] = [lambda of, to: of("s3").put_object(Bucket=to["EditionsBucket"], Key="editions/a", Body=b"")]

WIDENING: list[Call] = [
    lambda of, to: of("iam").put_role_policy(RoleName=to["RoleName"], PolicyName="more", PolicyDocument="{}"),
    lambda of, to: of("iam").attach_role_policy(RoleName=to["RoleName"], PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess"),
    lambda of, _: of("iam").create_access_key(UserName="admin"),
    lambda of, to: of("sts").assume_role(RoleArn=to["OtherRole"], RoleSessionName="other"),
    lambda of, to: of("lambda").invoke(FunctionName=to["AggregateFunction"], Payload=b"{}"),
    lambda of, to: of("lambda").update_function_code(FunctionName=to["SendFunction"], ZipFile=b""),
    lambda of, to: of("lambda").update_function_configuration(FunctionName=to["SendFunction"], Role=to["Role"]),
    lambda of, to: of("lambda").get_function(FunctionName=to["SendFunction"]),
    lambda of, to: of("scheduler").delete_schedule(Name=to["InviteSchedule"]),
    lambda of, _: of("logs").describe_log_groups(),
    lambda of, to: of("logs").filter_log_events(logGroupName=to["Log"]),
    lambda of, _: of("cloudformation").describe_stacks(StackName=NAME),
    lambda of, _: of("ssm").get_parameter(Name="/kursdag/deployed"),
]
"""Ways to more rights than one's own, and what nobody needs who answers, invites or counts."""

TABLES = ("PublishedTable", "RosterTable", "InvitationsTable", "BoxTable", "KeysTable")

READS = {
    "publish": {"PublishedTable"},
    "invite": {"PublishedTable", "RosterTable", "InvitationsTable", "KeysTable"},
    "send": {"PublishedTable", "RosterTable", "InvitationsTable", "KeysTable"},
    "answer": {"PublishedTable", "InvitationsTable"},
    "aggregate": {"PublishedTable", "InvitationsTable", "BoxTable", "KeysTable"},
}
WRITES = {
    "publish": {"PublishedTable", "KeysTable"},
    "invite": {"InvitationsTable"},
    "send": {"InvitationsTable"},
    "answer": {"InvitationsTable", "BoxTable"},
    "aggregate": {"PublishedTable"},
}
UNWRAPS = {"publish": set(), "invite": {"LinkKey"}, "send": {"LinkKey"}, "answer": set(), "aggregate": {"BoxKey"}}
DOES = {"invite": QUEUE, "send": MAIL, "aggregate": WRITING_EDITIONS}
"""The design's table of who may do what; whatever it does not name is forbidden."""


def forbidden(function: str) -> Iterator[tuple[str, Call]]:
    """List every call that a function's row of the table forbids."""
    unread = [(f"read {table}", call) for table in TABLES if table not in READS[function] for call in reading(table)]
    unwritten = [(f"write {table}", call) for table in TABLES if table not in WRITES[function] for call in writing(table)]
    yield from unread + unwritten
    yield from ((f"delete in {table}", call) for table in TABLES for call in deleting(table))
    yield from ((f"record {table}", call) for table in TABLES for call in recording(table))
    yield from ((f"unwrap by {key}", call) for key in ("LinkKey", "BoxKey") if key not in UNWRAPS[function] for call in unwrapping(key))
    for name, calls in (("mail", MAIL), ("queue", QUEUE), ("write editions", WRITING_EDITIONS)):
        yield from ((name, call) for call in calls if DOES.get(function) is not calls)
    for name, calls in (("use the queues", QUEUES_OWN), ("use editions", EDITIONS), ("widen rights", WIDENING)):
        yield from ((name, call) for call in calls)


def outcome(call: Call, clients: Clients, names: Mapping[str, str]) -> str:
    """Name what became of a call; rights are checked before anything else."""
    try:
        call(clients, names)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return "done"


def arn(table: str) -> str:
    return f"arn:aws:dynamodb:{REGION}:000000000000:table/{table}"


def role_name(stack: Stack, function: str) -> str:
    client = session().client("cloudformation", endpoint_url=stack.address)
    found = client.describe_stack_resource(StackName=NAME, LogicalResourceId=f"{function.capitalize()}Role")
    return found["StackResourceDetail"]["PhysicalResourceId"]


def role_arn(stack: Stack, function: str) -> str:
    return f"arn:aws:iam::000000000000:role/{role_name(stack, function)}"


@pytest.fixture(params=FUNCTIONS)
def function(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def clients(function: str, stack: Stack) -> Clients:
    """Give clients that hold the rights of a function's role."""
    sts = session().client("sts", endpoint_url=stack.address)
    taken = sts.assume_role(RoleArn=role_arn(stack, function), RoleSessionName="test")["Credentials"]
    of_role = boto3.Session(taken["AccessKeyId"], taken["SecretAccessKey"], taken["SessionToken"], region_name=REGION)
    return cache(lambda service: of_role.client(service, endpoint_url=stack.address))


@pytest.fixture
def names(function: str, stack: Stack) -> Mapping[str, str]:
    """Name everything that the stack is made of."""
    other = next(name for name in FUNCTIONS if name != function)
    found = session().client("cloudformation", endpoint_url=stack.address)
    log = found.describe_stack_resource(StackName=NAME, LogicalResourceId=f"{other.capitalize()}Log")
    return stack.outputs() | {
        "Role": role_arn(stack, function),
        "RoleName": role_name(stack, function),
        "OtherRole": role_arn(stack, other),
        "Log": log["StackResourceDetail"]["PhysicalResourceId"],
    }


def test_no_way_leads_to_what_the_design_forbids(function: str, clients: Clients, names: Mapping[str, str]) -> None:
    tried = [(name, outcome(call, clients, names)) for name, call in forbidden(function)]

    assert [(name, code) for name, code in tried if code not in REFUSED] == []
    assert len(tried) > 50


def test_what_a_function_may_do_is_not_refused(function: str, clients: Clients, names: Mapping[str, str]) -> None:
    read = [outcome(lambda of, to, table=table: first_read(of, to[table]), clients, names) for table in READS[function]]  # type: ignore[misc]
    does = [outcome(call, clients, names) for call in DOES.get(function, [])]

    assert not REFUSED & {*read, *does[:1]}


def first_read(of: Clients, table: str) -> Any:
    """Read a table in the one of the two ways that a role may have."""
    try:
        return of("dynamodb").get_item(TableName=table, Key=KEY)
    except ClientError:
        return of("dynamodb").query(TableName=table, KeyConditionExpression="pk = :pk", ExpressionAttributeValues={":pk": {"S": "a"}})
