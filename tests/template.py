"""The template as tests see it: one definition of tables, roles and settings for code and tests."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

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


class Short(yaml.CSafeLoader):
    """Reads a template's short functions (``!Ref``) in their long form."""


def _long(loader: Short, function: str, node: yaml.Node) -> dict[str, Any]:
    match node:
        case yaml.ScalarNode():
            given: Any = loader.construct_scalar(node)
        case yaml.SequenceNode():
            given = loader.construct_sequence(node, deep=True)
        case _:
            given = loader.construct_mapping(node, deep=True)  # type: ignore[arg-type] # there is no other kind
    if function == "GetAtt":
        given = given.split(".", 1)
    return {function if function in ("Ref", "Condition") else f"Fn::{function}": given}


Short.add_multi_constructor("!", _long)


@cache
def template() -> Mapping[str, Any]:
    """Return the whole template."""
    plain: Mapping[str, Any] = yaml.load((ROOT / "template.yaml").read_text(encoding="utf-8"), Short)  # noqa: S506 – a safe loader
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
