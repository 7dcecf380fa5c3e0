"""What a function may be able to do, and all calls by which it would."""

from collections.abc import Callable, Mapping
from typing import Any

from infra.stack.access import REGION
from infra.stack.deploying import NAME
from tests.template import of_type

Clients = Callable[[str], Any]


Call = Callable[[Clients, Mapping[str, str]], Any]

KEY = {"pk": {"S": "a"}, "sk": {"S": "b"}}


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
