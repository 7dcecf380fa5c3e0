"""The template as tests see it: one definition of tables, roles and settings for code and tests."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cfnlint.decode import cfn_yaml

ROOT = Path(__file__).resolve().parent.parent

FUNCTIONS = ["publish", "invite", "send", "deliveries", "answer", "aggregate", "desk", "retire"]

PARAMETERS = {
    "Stage": "test",
    "BaseAddress": "https://kursdag.example.org",
    "Sender": "kursdag@example.org",
    "Contact": "privacy@example.org",
    "AlarmAddress": "alarms@example.org",
    "SignInIssuer": "",
    "SignInClient": "",
    "MailedLinks": "on",
}

Properties = Mapping[str, Any]


@cache
def template() -> Mapping[str, Any]:
    """Return the whole template, its short functions (``!Ref``) in their long form."""
    plain: Mapping[str, Any] = json.loads(json.dumps(cfn_yaml.load(str(ROOT / "template.yaml"))))
    return plain


def of_type(kind: str) -> dict[str, Properties]:
    """Return the properties of every resource of a type, by logical id."""
    resources = template()["Resources"].items()
    return {name: resource.get("Properties", {}) for name, resource in resources if resource["Type"] == kind}


def settings(physical: Mapping[str, str]) -> dict[str, str]:
    """Return the environment variables of all functions together, given what each logical id stands for."""
    variables = dict(template()["Globals"]["Function"]["Environment"]["Variables"])
    for function in of_type("AWS::Serverless::Function").values():
        variables |= function["Environment"]["Variables"]
    return {name: _setting(value, physical) for name, value in variables.items()}


def _setting(value: str | Properties, physical: Mapping[str, str]) -> str:
    if isinstance(value, str):
        return value
    return value["Fn::Sub"].replace("${AWS::StackName}", "kursdag") if "Fn::Sub" in value else physical[_named(value)]


def _named(value: Properties) -> str:
    """Return the logical id that a ``!Ref`` or ``!GetAtt ….Arn`` names."""
    name: str = value["Ref"] if "Ref" in value else value["Fn::GetAtt"][0]
    return name
