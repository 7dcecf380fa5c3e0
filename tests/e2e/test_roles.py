"""Ways around a role: what the table of the design forbids, tried by every call that would reach it."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from infra.stack.access import REGION, session
from infra.stack.deploying import NAME, Stack
from tests.infra.rights import MAY
from tests.template import FUNCTIONS, of_type

Clients = Callable[[str], Any]
Call = Callable[[Clients, Mapping[str, str]], Any]

KEY = {"pk": {"S": "a"}, "sk": {"S": "b"}}
REFUSED = {"AccessDenied", "AccessDeniedException", "AuthorizationError", "UnauthorizedOperation"}


def arn(table: str) -> str:
    return f"arn:aws:dynamodb:{REGION}:000000000000:table/{table}"


def reading(table: str) -> list[Call]:
    """List the ways to read a table beside GetItem, Query and Scan."""
    return [
        lambda of, to: of("dynamodb").batch_get_item(RequestItems={to[table]: {"Keys": [KEY]}}),
        lambda of, to: of("dynamodb").transact_get_items(TransactItems=[{"Get": {"TableName": to[table], "Key": KEY}}]),
        lambda of, to: of("dynamodb").execute_statement(Statement=f'SELECT * FROM "{to[table]}"'),  # noqa: S608 – a test's own text
    ]


def writing(table: str) -> list[Call]:
    """List the ways to write to a table beside PutItem, UpdateItem and DeleteItem."""
    return [
        lambda of, to: of("dynamodb").batch_write_item(RequestItems={to[table]: [{"PutRequest": {"Item": KEY}}]}),
        lambda of, to: of("dynamodb").transact_write_items(TransactItems=[{"Put": {"TableName": to[table], "Item": KEY}}]),
        lambda of, to: of("dynamodb").execute_statement(Statement=f"INSERT INTO \"{to[table]}\" VALUE {{'pk': 'a', 'sk': 'b'}}"),
    ]


def deleting(table: str) -> list[Call]:
    """List the ways to take items from a table beside DeleteItem."""
    return [
        lambda of, to: of("dynamodb").batch_write_item(RequestItems={to[table]: [{"DeleteRequest": {"Key": KEY}}]}),
        lambda of, to: of("dynamodb").transact_write_items(TransactItems=[{"Delete": {"TableName": to[table], "Key": KEY}}]),
    ]


def recording(table: str) -> list[Call]:
    """List the ways to copy or record a whole table, to delete it, or to switch off what guards it."""
    return [
        lambda of, to: of("dynamodb").export_table_to_point_in_time(TableArn=arn(to[table]), S3Bucket=to["EditionsBucket"]),
        lambda of, to: of("dynamodb").create_backup(TableName=to[table], BackupName="stolen"),
        lambda of, to: of("dynamodb").delete_table(TableName=to[table]),
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


def queueing(queue: str) -> list[Call]:
    """List the ways to put a message into a queue."""
    return [
        lambda of, to: of("sqs").send_message(QueueUrl=to[queue], MessageBody="{}"),
        lambda of, to: of("sqs").send_message_batch(QueueUrl=to[queue], Entries=[{"Id": "a", "MessageBody": "{}"}]),
    ]


QUEUES_OWN: list[Call] = [
    lambda of, to: of("sqs").purge_queue(QueueUrl=to["SendQueue"]),
    lambda of, to: of("sqs").receive_message(QueueUrl=to["DeadLetters"]),
    lambda of, to: of("sqs").send_message(QueueUrl=to["EventQueue"], MessageBody="{}"),
    lambda of, to: of("sns").publish(TopicArn=to["EventTopic"], Message="{}"),
    lambda of, to: of("sqs").set_queue_attributes(QueueUrl=to["SendQueue"], Attributes={"DelaySeconds": "900"}),
]

EDITIONS_OWN: list[Call] = [
    lambda of, to: of("s3").list_objects_v2(Bucket=to["EditionsBucket"]),
    lambda of, to: of("s3").delete_object(Bucket=to["EditionsBucket"], Key="editions/a"),
    lambda of, to: of("s3").put_bucket_versioning(Bucket=to["EditionsBucket"], VersioningConfiguration={"Status": "Suspended"}),
    lambda of, to: of("s3").put_bucket_policy(Bucket=to["EditionsBucket"], Policy="{}"),
]
"""What no function does with editions."""

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

TABLES = tuple(of_type("AWS::DynamoDB::Table"))
KEYS = ("LinkKey", "PairKey", "LetterKey", "BoxKey")

ABILITIES: Mapping[str, list[Call]] = {
    **{f"read {table}": reading(table) for table in TABLES},
    **{f"write {table}": writing(table) for table in TABLES},
    **{f"delete in {table}": deleting(table) for table in TABLES},
    **{f"record {table}": recording(table) for table in TABLES},
    **{f"unwrap by {key}": unwrapping(key) for key in KEYS},
    "mail": MAIL,
    "queue into SendQueue": queueing("SendQueue"),
    "queue into AggregateQueue": queueing("AggregateQueue"),
    "read editions": [lambda of, to: of("s3").get_object(Bucket=to["EditionsBucket"], Key="editions/a")],
    "write editions": [lambda of, to: of("s3").put_object(Bucket=to["EditionsBucket"], Key="editions/a", Body=b"")],
    "rule the queues": QUEUES_OWN,
    "rule the editions": EDITIONS_OWN,
    "widen rights": WIDENING,
}

GIVES = {
    "dynamodb:GetItem": "read",
    "dynamodb:Query": "read",
    "dynamodb:PutItem": "write",
    "dynamodb:UpdateItem": "write",
    "dynamodb:DeleteItem": "delete in",
    "kms:Decrypt": "unwrap by",
    "ses:SendEmail": "mail",
    "ses:SendRawEmail": "mail",
    "sqs:SendMessage*": "queue into",
    "s3:GetObject": "read editions",
    "s3:PutObject": "write editions",
}
"""The ability that a right is part of."""

MANIFESTS = "Editions/retired/*"
"""What lies beside editions: a right there is none to them."""

LETTERS = {"read Letters", "write Letters", "delete in Letters"}
UNWRAPPING = {f"unwrap by {key}" for key in KEYS}

MUST_NOT = {
    "publish": {
        *UNWRAPPING,
        "read Box",
        "write Box",
        *LETTERS,
        "read Invitations",
        "write Invitations",
        "mail",
    },
    "invite": {"read Box", "write Box", *LETTERS, "unwrap by BoxKey", "mail"},
    "send": {"read Box", "write Box", *LETTERS, "unwrap by BoxKey"},
    "deliveries": {
        "read Invitations",
        "read Box",
        "write Box",
        *LETTERS,
        "read Keys",
        *UNWRAPPING,
        "mail",
        "queue into SendQueue",
    },
    "answer": {
        "read Box",
        "read Roster",
        "write Roster",
        "read Keys",
        *UNWRAPPING,
        "mail",
    },
    "aggregate": {
        "read Roster",
        "write Invitations",
        "write Box",
        *LETTERS,
        "unwrap by LinkKey",
        "unwrap by PairKey",
        "unwrap by LetterKey",
        "mail",
        "queue into SendQueue",
    },
    "desk": {"read Box", "write Box", *LETTERS, "read Keys", "write Keys", *UNWRAPPING, "mail"},
    "retire": {
        *(f"read {table}" for table in ("Box", "Letters", "Keys")),
        *(f"write {table}" for table in ("Published", "Roster", "Invitations", "Box", "Letters", "Keys")),
        *UNWRAPPING,
        "write editions",
        "mail",
        "queue into SendQueue",
        "queue into AggregateQueue",
    },
}
"""What the design forbids by name."""

NOBODY = {"rule the queues", "rule the editions", "widen rights", *(f"record {table}" for table in TABLES)}


def abilities(function: str) -> set[str]:
    """Name what a function may do, by the rights that its role is checked to have."""
    rights = [(right, on) for right, on in MAY[function] if right in GIVES and on != MANIFESTS]
    return {GIVES[right] if GIVES[right] in ABILITIES else f"{GIVES[right]} {on}" for right, on in rights}


def outcome(call: Call, clients: Clients, names: Mapping[str, str]) -> str:
    """Name what became of a call; rights are checked before anything else."""
    try:
        call(clients, names)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return "done"


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
    outputs = stack.outputs()
    tables = {table: outputs[table if table in outputs else f"{table}Table"] for table in TABLES}
    return (
        outputs
        | tables
        | {
            "Role": role_arn(stack, function),
            "RoleName": role_name(stack, function),
            "OtherRole": role_arn(stack, other),
            "Log": log["StackResourceDetail"]["PhysicalResourceId"],
        }
    )


def test_no_way_leads_to_what_a_role_does_not_give(function: str, clients: Clients, names: Mapping[str, str]) -> None:
    forbidden = ABILITIES.keys() - abilities(function)
    tried = [(name, outcome(call, clients, names)) for name in sorted(forbidden) for call in ABILITIES[name]]

    assert [(name, code) for name, code in tried if code not in REFUSED] == []
    assert len(tried) > 50


def test_what_a_role_gives_is_not_refused(function: str, clients: Clients, names: Mapping[str, str]) -> None:
    given = [name for name in abilities(function) if name.startswith(("mail", "write editions"))]
    read = [table for table in TABLES if f"read {table}" in abilities(function)]

    done = [outcome(ABILITIES[name][0], clients, names) for name in given]
    done += [outcome(lambda of, to, table=table: first_read(of, to[table]), clients, names) for table in read]  # type: ignore[misc]

    assert done
    assert not REFUSED & set(done)


def test_no_role_gives_what_the_design_forbids(function: str) -> None:
    assert MUST_NOT[function] <= ABILITIES.keys()
    assert abilities(function).isdisjoint(MUST_NOT[function] | NOBODY)


def first_read(of: Clients, table: str) -> Any:
    """Read a table in one of the two ways that a role may have."""
    try:
        return of("dynamodb").get_item(TableName=table, Key=KEY)
    except ClientError:
        return of("dynamodb").query(TableName=table, KeyConditionExpression="pk = :pk", ExpressionAttributeValues={":pk": {"S": "a"}})
