"""What the template lets each function do, and what it may be allowed."""

import re
from typing import Any

from tests.template import Properties, of_type

ROLES = of_type("AWS::IAM::Role")

MAY = {
    "publish": {
        ("dynamodb:GetItem", "Published"),
        ("dynamodb:Query", "Published"),
        ("dynamodb:PutItem", "Published"),
        ("dynamodb:DeleteItem", "Published"),
        ("dynamodb:PutItem", "Keys"),
        ("kms:Encrypt", "LinkKey"),
        ("kms:Encrypt", "PairKey"),
        ("kms:Encrypt", "LetterKey"),
        ("kms:Encrypt", "BoxKey"),
    },
    "invite": {
        ("dynamodb:GetItem", "Published"),
        ("dynamodb:Query", "Published"),
        ("dynamodb:GetItem", "Published/index/due"),
        ("dynamodb:Query", "Published/index/due"),
        ("dynamodb:GetItem", "Roster"),
        ("dynamodb:Query", "Roster"),
        ("dynamodb:GetItem", "Invitations"),
        ("dynamodb:Query", "Invitations"),
        ("dynamodb:PutItem", "Invitations"),
        ("dynamodb:UpdateItem", "Invitations"),
        ("dynamodb:GetItem", "Keys"),
        ("kms:Decrypt", "LinkKey"),
        ("kms:Decrypt", "PairKey"),
        ("kms:Decrypt", "LetterKey"),
        ("sqs:SendMessage*", "SendQueue"),
        ("ses:GetAccount", "*"),
        ("dynamodb:PutItem", "DeskTable"),
    },
    "send": {
        ("dynamodb:GetItem", "Published"),
        ("dynamodb:Query", "Published"),
        ("dynamodb:GetItem", "Roster"),
        ("dynamodb:GetItem", "Invitations"),
        ("dynamodb:UpdateItem", "Invitations"),
        ("dynamodb:GetItem", "Keys"),
        ("dynamodb:GetItem", "DeskTable"),
        ("dynamodb:Query", "DeskTable"),
        ("dynamodb:PutItem", "DeskTable"),
        ("kms:Decrypt", "LinkKey"),
        ("kms:Decrypt", "PairKey"),
        ("kms:Decrypt", "LetterKey"),
        ("sqs:ReceiveMessage", "SendQueue"),
        ("sqs:DeleteMessage", "SendQueue"),
        ("sqs:GetQueueAttributes", "SendQueue"),
        ("ses:SendEmail", "identity/Sender"),
        ("ses:SendEmail", "identity/Domain"),
        ("ses:SendRawEmail", "identity/Sender"),
        ("ses:SendRawEmail", "identity/Domain"),
        ("ses:SendEmail", "configuration-set/MailEvents"),
        ("ses:SendRawEmail", "configuration-set/MailEvents"),
        ("dynamodb:PutItem", "Roster"),
    },
    "deliveries": {
        ("dynamodb:UpdateItem", "Invitations"),
        ("dynamodb:GetItem", "Roster"),
        ("dynamodb:PutItem", "Roster"),
        ("sqs:ReceiveMessage", "EventQueue"),
        ("sqs:DeleteMessage", "EventQueue"),
        ("sqs:GetQueueAttributes", "EventQueue"),
    },
    "answer": {
        ("dynamodb:GetItem", "Published"),
        ("dynamodb:GetItem", "Invitations"),
        ("dynamodb:UpdateItem", "Invitations"),
        ("dynamodb:PutItem", "Box"),
        ("dynamodb:GetItem", "Letters"),
        ("dynamodb:PutItem", "Letters"),
        ("dynamodb:DeleteItem", "Letters"),
        ("sqs:SendMessage*", "SendQueue"),
    },
    "aggregate": {
        ("dynamodb:GetItem", "Published"),
        ("dynamodb:Query", "Published"),
        ("dynamodb:UpdateItem", "Published"),
        ("dynamodb:Query", "Published/index/due"),
        ("dynamodb:Query", "Invitations"),
        ("dynamodb:Query", "Box"),
        ("dynamodb:GetItem", "Keys"),
        ("kms:Decrypt", "BoxKey"),
        ("s3:GetObject", "Editions/editions/*"),
        ("s3:PutObject", "Editions/editions/*"),
        ("sqs:SendMessage*", "AggregateQueue"),
        ("sqs:ReceiveMessage", "AggregateQueue"),
        ("sqs:DeleteMessage", "AggregateQueue"),
        ("sqs:GetQueueAttributes", "AggregateQueue"),
        ("dynamodb:GetItem", "DeskTable"),
        ("dynamodb:Query", "DeskTable"),
        ("dynamodb:PutItem", "DeskTable"),
    },
    "desk": {
        ("dynamodb:GetItem", "Published"),
        ("dynamodb:Query", "Published"),
        ("dynamodb:GetItem", "DeskTable"),
        ("dynamodb:Query", "DeskTable"),
        ("dynamodb:PutItem", "DeskTable"),
        ("dynamodb:UpdateItem", "DeskTable"),
        ("dynamodb:DeleteItem", "DeskTable"),
        ("dynamodb:GetItem", "Roster"),
        ("dynamodb:Query", "Roster"),
        ("dynamodb:PutItem", "Roster"),
        ("dynamodb:DeleteItem", "Roster"),
        ("s3:GetObject", "Editions/editions/*"),
        ("sqs:SendMessage*", "SendQueue"),
        ("lambda:InvokeFunction", "Publish"),
        ("ssm:GetParameter", "parameter/AWS::StackName/sign-in-secret"),
    },
    "retire": {
        ("dynamodb:GetItem", "Published"),
        ("dynamodb:Query", "Published"),
        ("dynamodb:DeleteItem", "Published"),
        ("dynamodb:Query", "Published/index/due"),
        ("dynamodb:GetItem", "Roster"),
        ("dynamodb:Query", "Roster"),
        ("dynamodb:Scan", "Roster"),
        ("dynamodb:DeleteItem", "Roster"),
        ("dynamodb:Query", "Invitations"),
        ("dynamodb:DeleteItem", "Invitations"),
        ("dynamodb:Query of pk, sk", "Box"),
        ("dynamodb:DeleteItem", "Box"),
        ("dynamodb:Scan of pk, sk, round", "Letters"),
        ("dynamodb:DeleteItem", "Letters"),
        ("dynamodb:Query of pk, sk", "Keys"),
        ("dynamodb:DeleteItem", "Keys"),
        ("dynamodb:GetItem", "DeskTable"),
        ("dynamodb:Scan", "DeskTable"),
        ("dynamodb:PutItem", "DeskTable"),
        ("dynamodb:DeleteItem", "DeskTable"),
        ("s3:GetObject", "Editions/editions/*"),
        ("s3:DeleteObject", "Editions/editions/*/comments.json"),
        ("s3:GetObject", "Editions/retired/*"),
        ("s3:PutObject", "Editions/retired/*"),
    },
}
"""Everything that each function may do, beside writing its own log; of reads that are limited to some attributes, which."""


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def resource(value: Any) -> str:
    """Name a policy's resource shortly: by its logical id, and what follows it."""
    match value:
        case {"Fn::GetAtt": [name, "Arn"]}:
            return str(name)
        case {"Fn::If": ["Emulated", "*", elsewhere]}:
            return resource(elsewhere)
        case {"Fn::Sub": [text, *_]} | {"Fn::Sub": text}:
            return re.sub(r"\$\{([\w:]+?)(\.Arn)?\}", r"\1", re.sub(r"^arn:.*:(?=identity|parameter|configuration-set)", "", str(text)))
    return str(value)


def privileges(role: Properties) -> set[tuple[str, str]]:
    statements = [statement for policy in role["Policies"] for statement in policy["PolicyDocument"]["Statement"]]
    assert all(statement["Effect"] == "Allow" for statement in statements)
    return {
        (action + limit(item.get("Condition")), resource(on))
        for item in statements
        for action in listed(item["Action"])
        for on in listed(item["Resource"])
    }


def limit(condition: Properties | None) -> str:
    """Write to which attributes a right is limited; both conditions together keep all others from being asked for."""
    if condition is None:
        return ""
    assert condition.keys() == {"ForAllValues:StringEquals", "StringEquals"}
    assert condition["StringEquals"] == {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}
    return f" of {', '.join(condition['ForAllValues:StringEquals']['dynamodb:Attributes'])}"
