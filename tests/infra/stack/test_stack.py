import http.client
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from infra.stack import emulator as stack_emulator
from infra.stack.access import REGION, session
from infra.stack.deploying import NAME, AlreadyRunning, PortTaken, Stack
from infra.stack.emulator import free_port
from infra.stack.mails import BUCKET, mails
from tests.infra.rights import MAY
from tests.template import FUNCTIONS, of_type

KEY = {"pk": {"S": "a"}, "sk": {"S": "b"}}
TABLE_CALLS: dict[str, Callable[[str], dict[str, Any]]] = {
    "GetItem": lambda table: {"TableName": table, "Key": KEY},
    "PutItem": lambda table: {"TableName": table, "Item": KEY},
    "UpdateItem": lambda table: {"TableName": table, "Key": KEY},
    "DeleteItem": lambda table: {"TableName": table, "Key": KEY},
    "Query": lambda table: {
        "TableName": table,
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": {":pk": {"S": "a"}},
    },
    "Scan": lambda table: {"TableName": table},
}


@pytest.fixture(params=FUNCTIONS)
def function(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def role(function: str, stack: Stack) -> Callable[[str], Any]:
    """Give clients that hold the rights of a function's role."""
    found = (
        session()
        .client("cloudformation", endpoint_url=stack.address)
        .describe_stack_resource(StackName=NAME, LogicalResourceId=f"{function.capitalize()}Role")
    )
    name = found["StackResourceDetail"]["PhysicalResourceId"]
    taken = (
        session()
        .client("sts", endpoint_url=stack.address)
        .assume_role(RoleArn=f"arn:aws:iam::000000000000:role/{name}", RoleSessionName="test")["Credentials"]
    )
    of_role = boto3.Session(taken["AccessKeyId"], taken["SecretAccessKey"], taken["SessionToken"], region_name=REGION)
    return lambda service: of_role.client(service, endpoint_url=stack.address)  # type: ignore[call-overload]


def refused(call: Callable[..., Any], **arguments: Any) -> bool:
    """Tell whether a call is refused for want of a right; other errors come after that check."""
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"] in ("AccessDenied", "AccessDeniedException")
    return False


def test_a_function_reaches_only_the_tables_of_its_role(function: str, role: Callable[[str], Any], stack: Stack) -> None:
    client, outputs = role("dynamodb"), stack.outputs()
    methods = {"GetItem": client.get_item, "PutItem": client.put_item, "UpdateItem": client.update_item}
    methods |= {"DeleteItem": client.delete_item, "Query": client.query, "Scan": client.scan}

    allowed = {
        (f"dynamodb:{action}", table)
        for table in of_type("AWS::DynamoDB::Table")
        for action, arguments in TABLE_CALLS.items()
        if not refused(methods[action], **arguments(outputs[f"{table.removesuffix('Table')}Table"]))
    }

    assert allowed == {(action, on) for action, on in MAY[function] if action.removeprefix("dynamodb:") in TABLE_CALLS and "/" not in on}


def test_what_is_read_by_key_alone_is_refused_as_soon_as_more_is_asked_for(role: Callable[[str], Any], stack: Stack, function: str) -> None:
    client, outputs = role("dynamodb"), stack.outputs()
    limited = [(action, on) for action, on in MAY[function] if " of " in action]
    methods = {"dynamodb:Query": client.query, "dynamodb:Scan": client.scan}

    for right, on in limited:
        action, _, names = right.partition(" of ")
        wanted = TABLE_CALLS[action.removeprefix("dynamodb:")](outputs[f"{on}Table"]) | {"Select": "SPECIFIC_ATTRIBUTES"}
        assert not refused(methods[action], **wanted, ProjectionExpression=names)
        for more in ("sealed", f"{names}, sealed", "wrapped"):
            assert refused(methods[action], **wanted, ProjectionExpression=more)


def test_a_function_reaches_only_the_keys_of_its_role(function: str, role: Callable[[str], Any], stack: Stack) -> None:
    client, outputs = role("kms"), stack.outputs()

    allowed = {
        (action, key)
        for key in ("LinkKey", "PairKey", "LetterKey", "BoxKey")
        for action, call, content in (
            ("kms:Encrypt", client.encrypt, {"Plaintext": b"secret"}),
            ("kms:Decrypt", client.decrypt, {"CiphertextBlob": b"secret"}),
        )
        if not refused(call, KeyId=outputs[key], **content)
    }

    assert allowed == {(action, on) for action, on in MAY[function] if action.startswith("kms:")}


def test_only_aggregate_writes_editions_and_few_read_them(function: str, role: Callable[[str], Any], stack: Stack) -> None:
    client, bucket = role("s3"), stack.outputs()["EditionsBucket"]

    assert refused(client.put_object, Bucket=bucket, Key="editions/a", Body=b"") is (function != "aggregate")
    assert refused(client.put_object, Bucket=bucket, Key="elsewhere/a", Body=b"")
    assert refused(client.put_object, Bucket=bucket, Key="retired/a", Body=b"") is (function != "retire")
    assert refused(client.get_object, Bucket=bucket, Key="editions/a") is (function not in ("aggregate", "desk", "retire"))
    assert refused(client.get_object, Bucket=bucket, Key="elsewhere/a")


def test_only_functions_that_have_something_to_mail_queue_it_and_only_send_sends_it(
    function: str, role: Callable[[str], Any], stack: Stack
) -> None:
    queue, mail = stack.outputs()["SendQueue"], {"FromEmailAddress": "kursdag@example.org", "Content": {}}

    assert refused(role("sqs").send_message, QueueUrl=queue, MessageBody="{}") is (function not in ("invite", "answer", "desk"))
    assert refused(role("sqs").receive_message, QueueUrl=queue) is (function != "send")
    assert refused(role("sesv2").send_email, **mail) is (function != "send")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/e/unknown/unknown", 404), ("/desks", 404), ("/desk", 303), ("/desk/sign-in", 200), ("/desk/programmes/walks/rounds/day-1", 303)],
)
def test_pages_answer_under_the_base_address_each_by_its_function(path: str, status: int, stack: Stack) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", stack.emulator.port)) as connection:
        connection.request("GET", path, headers={"Host": stack.base_address.removeprefix("http://")})
        reply = connection.getresponse()
        page = reply.read().decode()

    assert (reply.status, page[:15].lower()) == (status, "<!doctype html>")


def test_every_alarm_of_the_template_is_deployed(stack: Stack) -> None:
    alarms = session().client("cloudwatch", endpoint_url=stack.address).describe_alarms()["MetricAlarms"]

    assert len(alarms) == len(of_type("AWS::CloudWatch::Alarm"))
    assert all(alarm["AlarmActions"] and "arn:aws:sns" in alarm["AlarmActions"][0] for alarm in alarms)


def test_what_has_not_changed_is_not_deployed_again(stack: Stack) -> None:
    client = session().client("cloudformation", endpoint_url=stack.address)
    before = client.describe_stack_events(StackName=NAME)["StackEvents"]

    stack.deploy()

    assert client.describe_stack_events(StackName=NAME)["StackEvents"] == before


@pytest.fixture
def stopping() -> Iterator[Callable[[stack_emulator.Emulator], stack_emulator.Emulator]]:
    """Stop the emulators of a test, whatever happens."""
    started: list[stack_emulator.Emulator] = []

    def remembered(emulator: stack_emulator.Emulator) -> stack_emulator.Emulator:
        started.append(emulator)
        return emulator

    yield remembered
    for emulator in started:
        emulator.stop()


@pytest.mark.stack
def test_everything_is_found_again_after_a_stop_even_on_another_port(tmp_path: Path, stopping: Callable[..., Any]) -> None:
    first = stopping(stack_emulator.start(tmp_path, free_port()))
    before = _clients(first.port)
    before("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    before("s3").put_object(Bucket=BUCKET, Key="kept", Body=b"kept")
    key = before("kms").create_key()["KeyMetadata"]["KeyId"]
    wrapped = before("kms").encrypt(KeyId=key, Plaintext=b"kept")["CiphertextBlob"]
    before("sqs").create_queue(QueueName="mails")
    before("sesv2").create_email_identity(EmailIdentity="kursdag@example.org")
    content = {"Simple": {"Subject": {"Data": "kept"}, "Body": {"Text": {"Data": "kept"}}}}
    before("sesv2").send_email(FromEmailAddress="kursdag@example.org", Destination={"ToAddresses": ["a@example.org"]}, Content=content)

    first.stop()
    second = stopping(stack_emulator.start(tmp_path, free_port()))

    after = _clients(second.port)
    assert after("s3").get_object(Bucket=BUCKET, Key="kept")["Body"].read() == b"kept"
    assert after("kms").decrypt(KeyId=key, CiphertextBlob=wrapped)["Plaintext"] == b"kept"
    assert after("sqs").get_queue_url(QueueName="mails")["QueueUrl"].endswith(f":{second.port}/000000000000/mails")
    assert [mail["Subject"] for mail in mails(second.port)] == ["kept"]


@pytest.mark.stack
def test_a_taken_port_and_a_second_start_are_said_plainly(tmp_path: Path, stopping: Callable[..., Any]) -> None:
    running = stopping(stack_emulator.start(tmp_path / "one", free_port()))

    with pytest.raises(PortTaken, match=f"port {running.port} is taken"):
        stack_emulator.start(tmp_path / "other", running.port)
    with pytest.raises(AlreadyRunning, match=f"already running on port {running.port}"):
        stack_emulator.start(tmp_path / "one", free_port())


def _clients(port: int) -> Callable[[str], Any]:
    return lambda service: session().client(service, endpoint_url=f"http://127.0.0.1:{port}")  # type: ignore[call-overload]
