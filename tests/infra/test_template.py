"""What the template makes: roles, tables, the bucket, queues, schedules, alarms and logs."""

import os
import re
import subprocess

import pytest

from tests.infra.rights import MAY, ROLES, privileges
from tests.template import FUNCTIONS, ROOT, Properties, of_type, template

TABLES = of_type("AWS::DynamoDB::Table")
SAM = of_type("AWS::Serverless::Function")
UNRECORDED = ["Invitations", "Box", "Letters", "Keys"]
"""The tables of which no recording may exist: it would tell who answered what, or how to open it."""


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_may_do_what_the_design_says_and_nothing_else(function: str) -> None:
    log = f"{function.capitalize()}Log"

    allowed = privileges(ROLES[f"{function.capitalize()}Role"])

    assert allowed == MAY[function] | {("logs:CreateLogStream", log), ("logs:PutLogEvents", log)}


def test_every_function_has_a_role_of_its_own_and_no_managed_policy() -> None:
    roles = {name: function["Role"]["Fn::GetAtt"][0] for name, function in SAM.items()}

    assert roles == {name.capitalize(): f"{name.capitalize()}Role" for name in FUNCTIONS}
    assert set(ROLES) == {*roles.values(), "ScheduleRole"}
    assert not [name for name, role in ROLES.items() if "ManagedPolicyArns" in role]


def test_a_function_is_told_of_a_table_only_where_it_may_use_it() -> None:
    for name, function in SAM.items():
        told = {value["Ref"] for value in function["Environment"]["Variables"].values() if isinstance(value, dict) and "Ref" in value}

        assert told & set(TABLES) == {on for _, on in MAY[name.lower()] if on in TABLES}


@pytest.mark.parametrize("kind", ["AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key"])
def test_what_holds_data_outlives_the_stack(kind: str) -> None:
    for name in of_type(kind):
        policies = {template()["Resources"][name].get(policy) for policy in ("DeletionPolicy", "UpdateReplacePolicy")}

        assert policies == {"Retain"}, name


def test_no_table_can_be_deleted_by_mistake_and_none_has_a_stream() -> None:
    assert set(TABLES) == {"Published", "Roster", "DeskTable", *UNRECORDED}
    assert all(table["DeletionProtectionEnabled"] is True for table in TABLES.values())
    assert not [name for name, table in TABLES.items() if "StreamSpecification" in table or "KinesisStreamSpecification" in table]
    assert {table["BillingMode"] for table in TABLES.values()} == {"PAY_PER_REQUEST"}


def test_recovery_is_on_for_what_staff_made_and_off_for_what_participants_did() -> None:
    recovery = {name: table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] for name, table in TABLES.items()}

    assert recovery == {
        "Published": True,
        "Roster": True,
        "DeskTable": True,
        "Invitations": False,
        "Box": False,
        "Letters": False,
        "Keys": False,
    }
    assert not [name for name in UNRECORDED if TABLES[name]["ContributorInsightsSpecification"]["Enabled"]]


def test_only_what_the_desk_keeps_runs_out_by_itself() -> None:
    running_out = {name: table["TimeToLiveSpecification"] for name, table in TABLES.items() if "TimeToLiveSpecification" in table}

    assert running_out == {"DeskTable": {"AttributeName": "expires", "Enabled": True}}


def test_nothing_watches_or_backs_up_the_tables() -> None:
    kinds = {item["Type"] for item in template()["Resources"].values()}

    assert not [kind for kind in kinds if kind.startswith(("AWS::CloudTrail", "AWS::Backup", "AWS::Kinesis"))]


def test_editions_are_encrypted_versioned_and_closed_to_the_public() -> None:
    bucket = of_type("AWS::S3::Bucket")["Editions"]

    (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert bucket["LifecycleConfiguration"]["Rules"][0]["NoncurrentVersionExpiration"] == {"NoncurrentDays": 35}
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}


def test_the_keys_rotate() -> None:
    keys = of_type("AWS::KMS::Key")

    assert set(keys) == {"LinkKey", "PairKey", "LetterKey", "BoxKey"}
    assert all(key["EnableKeyRotation"] for key in keys.values())


def test_jobs_run_every_five_minutes_or_at_night_on_the_default_event_which_carries_the_time() -> None:
    schedules = of_type("AWS::Scheduler::Schedule")

    assert {name: item["Target"]["Arn"]["Fn::GetAtt"][0] for name, item in schedules.items()} == {
        "InviteSchedule": "Invite",
        "AggregateSchedule": "Aggregate",
        "RetireSchedule": "Retire",
    }
    for name, schedule in schedules.items():
        assert schedule["ScheduleExpression"] == ("cron(20 1,4 * * ? *)" if name == "RetireSchedule" else "rate(5 minutes)")
        assert "Input" not in schedule["Target"]


@pytest.mark.parametrize(
    ("queue", "aside", "function", "event"),
    [
        ("SendQueue", "DeadLetters", "Send", "Queued"),
        ("EventQueue", "DeadEvents", "Deliveries", "Told"),
        ("AggregateQueue", "DeadEditions", "Aggregate", "Queued"),
    ],
)
def test_what_fails_five_times_is_put_aside_and_told(queue: str, aside: str, function: str, event: str) -> None:
    queued, taker = of_type("AWS::SQS::Queue")[queue], SAM[function]
    source = taker["Events"][event]["Properties"]

    assert queued["RedrivePolicy"] == {"deadLetterTargetArn": {"Fn::GetAtt": [aside, "Arn"]}, "maxReceiveCount": 5}
    assert queued["VisibilityTimeout"] >= 6 * taker["Timeout"]
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_the_mail_service_tells_what_became_of_mails_and_follows_no_reader() -> None:
    (told,) = of_type("AWS::SES::ConfigurationSetEventDestination").values()

    assert told["ConfigurationSetName"] == {"Ref": "MailEvents"}
    assert sorted(told["EventDestination"]["MatchingEventTypes"]) == ["bounce", "complaint", "delivery", "deliveryDelay", "reject"]
    assert told["EventDestination"]["SnsDestination"] == {"TopicARN": {"Ref": "EventTopic"}}
    assert of_type("AWS::SNS::Subscription")["EventSubscription"]["Endpoint"] == {"Fn::GetAtt": ["EventQueue", "Arn"]}


def watched(alarm: Properties) -> tuple[str, str]:
    """Name what an alarm watches: a metric, and the logical id that it is told for."""
    names = [value.get("Ref") or value["Fn::GetAtt"][0] for value in (dimension["Value"] for dimension in alarm["Dimensions"])]
    return alarm["MetricName"], "".join(names)


def test_a_person_is_told_when_anything_fails_stops_or_is_refused() -> None:
    alarms = of_type("AWS::CloudWatch::Alarm").values()

    assert sorted(map(watched, alarms)) == sorted(
        {
            *(("Errors", name) for name in SAM),
            ("Invocations", "Invite"),
            ("Invocations", "Aggregate"),
            ("Invocations", "Retire"),
            ("Throttles", ""),
            ("ReadThrottleEvents", "Published"),
            ("ReadThrottleEvents", "Invitations"),
            ("WriteThrottleEvents", "Invitations"),
            ("WriteThrottleEvents", "Box"),
            ("ApproximateNumberOfMessagesVisible", "DeadLetters"),
            ("ApproximateNumberOfMessagesVisible", "DeadEvents"),
            ("ApproximateNumberOfMessagesVisible", "DeadEditions"),
            ("ApproximateAgeOfOldestMessage", "SendQueue"),
            ("5xx", "Api"),
        }
    )
    assert [alarm["AlarmActions"] for alarm in alarms] == [[{"Ref": "Alarms"}]] * len(alarms)


@pytest.mark.parametrize("name", of_type("AWS::CloudWatch::Alarm"))
def test_an_alarm_goes_off_at_the_first_of_what_it_watches_and_says_what_to_do(name: str) -> None:
    alarm = of_type("AWS::CloudWatch::Alarm")[name]
    stopped, late = alarm["MetricName"] == "Invocations", alarm["MetricName"] == "ApproximateAgeOfOldestMessage"

    assert alarm["Threshold"] == (1800 if late else 1)
    assert alarm["ComparisonOperator"] == ("LessThanThreshold" if stopped else "GreaterThanOrEqualToThreshold")
    assert (alarm["Period"] * alarm["EvaluationPeriods"], alarm["TreatMissingData"]) == (
        (86400 if name == "RetireStopped" else 900, "breaching") if stopped else (300, "notBreaching")
    )
    assert re.search(r"[Rr]ead the log|`kursdag doctor`|Ask for a|set a", alarm["AlarmDescription"])
    assert 60 < len(alarm["AlarmDescription"]) < 1024


def test_the_desk_has_its_own_addresses_and_participants_all_others() -> None:
    routes = {route["RouteKey"]: route["Target"]["Fn::Sub"] for route in of_type("AWS::ApiGatewayV2::Route").values()}
    integrations = {name: item["IntegrationUri"]["Fn::GetAtt"][0] for name, item in of_type("AWS::ApiGatewayV2::Integration").items()}

    reached = {path: integrations[target.removeprefix("integrations/${").removesuffix("}")] for path, target in routes.items()}
    assert reached == {"$default": "Answer", "ANY /desk": "Desk", "ANY /desk/{proxy+}": "Desk"}


def test_logs_are_kept_for_thirty_days_in_groups_of_the_template() -> None:
    groups = of_type("AWS::Logs::LogGroup")

    assert {group["RetentionInDays"] for group in groups.values()} == {30}
    assert {name: function["LoggingConfig"]["LogGroup"]["Ref"] for name, function in SAM.items()} == {name: f"{name}Log" for name in SAM}


def test_no_line_of_lambda_s_own_tells_when_an_answer_came() -> None:
    assert SAM["Answer"]["LoggingConfig"].items() >= {"LogFormat": "JSON", "SystemLogLevel": "WARN"}.items()


def test_no_access_log_sees_the_paths_that_hold_links() -> None:
    (stage,) = of_type("AWS::ApiGatewayV2::Stage").values()

    assert stage["StageName"] == "$default"
    assert "AccessLogSettings" not in stage


def test_every_function_is_built_for_python_3_13_on_arm() -> None:
    shared = template()["Globals"]["Function"]

    assert (shared["Runtime"], shared["Architectures"]) == ("python3.13", ["arm64"])
    assert {name: template()["Resources"][name]["Metadata"]["BuildMethod"] for name in SAM} == dict.fromkeys(SAM, "makefile")


@pytest.mark.stack  # needs nothing deployed, but five seconds
def test_the_sam_cli_finds_the_template_valid() -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "SAM_CLI_TELEMETRY": "0"}

    checked = subprocess.run(
        [ROOT / ".tools/sam/bin/sam", "validate", "--lint"], cwd=ROOT, env=environment, capture_output=True, check=False
    )

    assert checked.returncode == 0, checked.stdout.decode() + checked.stderr.decode()
