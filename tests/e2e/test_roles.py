"""Ways around a role: what the table of the design forbids, tried by every call that would reach it."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from infra.stack.access import REGION, session
from infra.stack.deploying import NAME, Stack
from tests.e2e.abilities import ABILITIES, KEY, KEYS, TABLES, Call, Clients
from tests.infra.rights import MAY
from tests.template import FUNCTIONS

REFUSED = {"AccessDenied", "AccessDeniedException", "AuthorizationError", "UnauthorizedOperation"}

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
