"""Reads the facts that the doctor judges, wherever the stack is."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import boto3
from botocore.exceptions import ClientError

from infra.doctor.known import PRIVATE, RECOVERY, Facts, Heart, Mail, Sender, Unreadable
from infra.doctor.sign_in import SignIn
from infra.doctor.trails import recorded
from infra.jobs import JOBS, NIGHTLY, waiting
from infra.service import Service
from shared import id_tokens, provider
from shared.settings import setting
from shared.store import deliverability, desk_heartbeats, desk_reconciliation, published

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

Known = TypeVar("Known")


def facts(service: Service) -> Facts:
    """Read everything; what AWS refuses to tell is marked so."""
    outputs = service.outputs
    tables = {name: outputs[f"{name}Table"] for name in RECOVERY}
    return Facts(
        is_local=service.is_local,
        sender=read(lambda: sender(outputs["Sender"])),
        mail=read(mail),
        largest_roster=read(largest_roster),
        schedules=read(lambda: {job: _schedule(outputs[f"{job.capitalize()}Schedule"]) for job in (*JOBS, *NIGHTLY)}),
        heartbeats=read(lambda: heartbeats(service.is_local)),
        dead_letters=read(lambda: waiting(outputs["DeadLetters"])),
        dead_events=read(lambda: waiting(outputs["DeadEvents"])),
        dead_editions=read(lambda: waiting(outputs["DeadEditions"])),
        stopped=read(deliverability.stopped),
        recovery=read(lambda: _each(tables, has_recovery)),
        backups=read(lambda: _each(tables, backups)),
        streams=read(lambda: _each(tables, has_stream)),
        protection=read(lambda: _each(tables, is_protected)),
        insights=read(lambda: _each(tables, has_insights)),
        trails=read(lambda: trails({name: tables[name] for name in PRIVATE})),
        access_log=read(lambda: _has_access_log(outputs["Api"])),
        retention=read(lambda: _each({name: outputs[name] for name in outputs if name.endswith("Function")}, _retention)),
        sign_in=read(lambda: sign_in(_settings(outputs["DeskFunction"]))),
        reconciled=read(desk_reconciliation.latest),
        rotation=read(lambda: _each({name: outputs[name] for name in ("LinkKey", "PairKey", "LetterKey", "BoxKey")}, rotates)),
    )


def read(call: Callable[[], Known]) -> Known | Unreadable:
    """Call AWS; give what it said, or its refusal."""
    try:
        return call()
    except ClientError as error:
        return Unreadable(error.response["Error"]["Code"])


def _each(named: Mapping[str, str], call: Callable[[str], Known]) -> dict[str, Known]:
    return {name: call(physical) for name, physical in named.items()}


def sender(address: str) -> Sender:
    """Read whether an address, or else its domain, may send, and signs."""
    client = boto3.client("sesv2")
    found = [_identity(client, name) for name in (address, address.partition("@")[2])]
    dkim = [item["DkimAttributes"] for item in found if "DkimAttributes" in item]
    return Sender(
        address,
        verified=any(item.get("VerifiedForSendingStatus") for item in found),
        signed=any(item.get("SigningEnabled") and item.get("Status") == "SUCCESS" for item in dkim),
    )


def _identity(client: SESV2Client, name: str) -> Mapping[str, Any]:
    try:
        return client.get_email_identity(EmailIdentity=name)
    except client.exceptions.NotFoundException:
        return {}


def mail() -> Mail:
    """Read the account's standing with the mail service."""
    account = boto3.client("sesv2").get_account()
    quota = account["SendQuota"]
    return Mail(
        sandboxed=not account["ProductionAccessEnabled"],
        paused=not account["SendingEnabled"],
        health=account.get("EnforcementStatus", ""),
        daily=int(quota["Max24HourSend"]),
        sent=int(quota["SentLast24Hours"]),
    )


def largest_roster() -> int:
    """Count the people of the largest roster; reads no more of them than that they are there."""
    pages = (
        boto3.client("dynamodb")
        .get_paginator("scan")
        .paginate(
            TableName=setting("ROSTER_TABLE"),
            ProjectionExpression="pk",
            FilterExpression="begins_with(sk, :person)",
            ExpressionAttributeValues={":person": {"S": "PERSON#"}},
        )
    )
    people = Counter(item["pk"]["S"] for page in pages for item in page["Items"])
    return max(people.values(), default=0)


def _schedule(name: str) -> str:
    return boto3.client("scheduler").get_schedule(Name=name)["State"]


def heartbeats(is_local: bool) -> dict[str, Heart]:
    """Read when the jobs last ran, beside the clock that they go by."""
    offset = published.clock_offset() if is_local else 0
    now = int(time.time()) + offset
    return {job: _heart(desk_heartbeats.last(job), now, is_local, offset, at_night=job in NIGHTLY) for job in (*JOBS, *NIGHTLY)}


def _heart(last: int | None, now: int, is_local: bool, offset: int, *, at_night: bool) -> Heart:
    """Only a clock that was moved back, if by a reset, comes to stand before the last run."""
    age = None if last is None else now - last
    return Heart(age, is_local and (offset != 0 or (age is not None and age < 0)), at_night)


def has_recovery(table: str) -> bool:
    """Tell whether a table could be brought back as it was at some second."""
    found = boto3.client("dynamodb").describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    return found.get("PointInTimeRecoveryDescription", {}).get("PointInTimeRecoveryStatus") == "ENABLED"


def backups(table: str) -> int:
    """Count a table's backups, made by hand or by AWS Backup."""
    return len(boto3.client("dynamodb").list_backups(TableName=table, BackupType="ALL")["BackupSummaries"])


def has_stream(table: str) -> bool:
    """Tell whether changes to a table are passed on, by a stream of its own or by Kinesis."""
    client = boto3.client("dynamodb")
    own = client.describe_table(TableName=table)["Table"].get("StreamSpecification", {})
    others = client.describe_kinesis_streaming_destination(TableName=table)["KinesisDataStreamDestinations"]
    return own.get("StreamEnabled", False) or any(item["DestinationStatus"] not in ("DISABLED", "ENABLE_FAILED") for item in others)


def is_protected(table: str) -> bool:
    """Tell whether a table can't be deleted by mistake."""
    return boto3.client("dynamodb").describe_table(TableName=table)["Table"].get("DeletionProtectionEnabled", False)


def has_insights(table: str) -> bool:
    """Tell whether contributor insights record the keys that are asked for."""
    found = boto3.client("dynamodb").describe_contributor_insights(TableName=table)["ContributorInsightsStatus"]
    return found not in ("DISABLED", "FAILED")


def trails(tables: Mapping[str, str]) -> dict[str, Sequence[str]]:
    """Read which of these tables' data events the account's trails record."""
    client, dynamodb = boto3.client("cloudtrail"), boto3.client("dynamodb")
    arns = {name: dynamodb.describe_table(TableName=table)["Table"]["TableArn"] for name, table in tables.items()}
    found = client.describe_trails()["trailList"]
    return {trail["Name"]: recorded(_plain(client.get_event_selectors(TrailName=trail["TrailARN"])), arns) for trail in found}


def _plain(answer: Any) -> dict[str, Any]:
    return dict(answer)


def _has_access_log(api: str) -> bool:
    return bool(boto3.client("apigatewayv2").get_stage(ApiId=api, StageName="$default").get("AccessLogSettings"))


def _retention(function: str) -> int | None:
    group = boto3.client("lambda").get_function_configuration(FunctionName=function)["LoggingConfig"]["LogGroup"]
    return retention(group)


def retention(group: str) -> int | None:
    """Read after how many days a log's lines are deleted; None is never."""
    found = boto3.client("logs").describe_log_groups(logGroupNamePrefix=group)["logGroups"]
    return next((item.get("retentionInDays") for item in found if item["logGroupName"] == group), None)


def rotates(key: str) -> bool:
    """Tell whether a key gets new material by itself."""
    return boto3.client("kms").get_key_rotation_status(KeyId=key)["KeyRotationEnabled"]


def sign_in(told: Mapping[str, str]) -> SignIn:
    """Read how staff sign in by what the desk is told, and ask the sign-in service what the desk would ask it."""
    issuer = told["SIGN_IN_ISSUER"]
    fault, secret = (_fault(issuer), _kept(told["SIGN_IN_SECRET"])) if issuer else ("", "")
    return SignIn(issuer, told["SIGN_IN_CLIENT"], fault, secret, mailed=told["MAILED_LINKS"] == "on")


def _settings(function: str) -> Mapping[str, str]:
    return boto3.client("lambda").get_function_configuration(FunctionName=function)["Environment"]["Variables"]


def _fault(issuer: str) -> str:
    try:
        provider.keys(issuer)
    except provider.Unreachable as error:
        return str(error)
    except id_tokens.NotProven:
        return "it publishes no key that could sign"
    return ""


def _kept(parameter: str) -> str:
    client = boto3.client("ssm")
    try:
        return client.get_parameter(Name=parameter)["Parameter"]["Type"]
    except client.exceptions.ParameterNotFound:
        return ""
