"""The stack on this machine: the real template, deployed by the SAM CLI to the emulator, with its state in .local."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import ClientError

from infra.stack import access as stack_access
from infra.stack import emulator as stack_emulator
from infra.stack.access import REGION, environment, session
from infra.stack.emulator import TOOLS, AlreadyRunning, Emulator, NotReady, PortTaken
from infra.stack.mails import BUCKET

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

__all__ = ["AlreadyRunning", "DeployFailed", "NotReady", "PortTaken", "Stack", "environment", "outputs", "reset", "start"]

ROOT = TOOLS.parent
NAME = "kursdag"
DOMAIN = "kursdag.localhost"
DEPLOYED = "/kursdag/deployed"
"""The parameter that holds the fingerprint of what is deployed: kept in the emulator's state, so they can't disagree."""
SENDER = "kursdag@example.org"

SAM = {"SAM_CLI_TELEMETRY": "0", "SAM_CLI_POLL_DELAY": "0.2", "KURSDAG_TARGET": "host"}
"""How the SAM CLI runs here; it would look every five seconds whether a deployment is done, as is right for AWS."""

DECLARED = ("template.yaml", "samconfig.toml", "pyproject.toml", "uv.lock", "Makefile", "infra/build.py")

Progress = Callable[[str], None]


class DeployFailed(Exception):
    """The SAM CLI could not build or deploy; what it said is the message."""


@dataclass(frozen=True)
class Stack:
    """The local stack, running."""

    emulator: Emulator
    progress: Progress

    @property
    def address(self) -> str:
        """Where AWS's services are spoken to."""
        return stack_access.address(self.emulator.port)

    @property
    def base_address(self) -> str:
        """What participants' links begin with."""
        return f"http://{DOMAIN}:{self.emulator.port}"

    def running(self) -> bool:
        """Tell whether it still runs."""
        return self.emulator.running()

    def deploy(self) -> dict[str, str]:
        """Build and deploy what has changed; return the template's outputs."""
        parameters = self._parameters()
        fingerprint = _fingerprint(parameters)
        if self._deployed() != fingerprint:
            self._prepare()
            self._build()
            self._deploy(parameters)
            self._name_api()
            self._remember(fingerprint)
        return self.outputs()

    def outputs(self) -> dict[str, str]:
        """Return the template's outputs."""
        return _outputs(session().client("cloudformation", endpoint_url=self.address), NAME)

    def stop(self) -> None:
        """Stop and keep the state."""
        self.emulator.stop()

    def _parameters(self) -> dict[str, str]:
        addresses = {"Sender": SENDER, "Contact": "privacy@example.org", "AlarmAddress": "alarms@example.org"}
        return {"Stage": "local", "BaseAddress": self.base_address, **addresses}

    def _prepare(self) -> None:
        """Make what an account has before the first deploy: a bucket for code, and a verified sender."""
        s3 = session().client("s3", endpoint_url=self.address)
        with suppress(s3.exceptions.BucketAlreadyOwnedByYou):
            s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        ses = session().client("sesv2", endpoint_url=self.address)
        with suppress(ses.exceptions.AlreadyExistsException):
            ses.create_email_identity(EmailIdentity=SENDER)

    def _build(self) -> None:
        self.progress("Building the functions …")
        self._sam("build", "--build-dir", str(self._built))

    def _deploy(self, parameters: dict[str, str]) -> None:
        self.progress("Deploying the template …")
        given = [f"{name}={value}" for name, value in parameters.items()]
        self._sam("deploy", "--template-file", str(self._built / "template.yaml"), "--no-progressbar", "--parameter-overrides", *given)

    @property
    def _built(self) -> Path:
        return self.emulator.state / "build"

    def _sam(self, command: str, *options: str) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        done = subprocess.run(
            [TOOLS / "sam/bin/sam", command, "--config-file", ROOT / "samconfig.toml", "--config-env", "local", *options],
            cwd=ROOT,
            env=inherited | environment(self.emulator.port) | SAM,
            capture_output=True,
            check=False,
            text=True,
        )
        if done.returncode:
            raise DeployFailed(done.stdout + done.stderr)

    def _name_api(self) -> None:
        """Give the HTTP API a name of its own, as an installation on AWS has; made anew because the API may be new."""
        api = session().client("apigatewayv2", endpoint_url=self.address)
        if DOMAIN in [item["DomainName"] for item in api.get_domain_names()["Items"]]:
            api.delete_domain_name(DomainName=DOMAIN)
        api.create_domain_name(DomainName=DOMAIN)
        api.create_api_mapping(DomainName=DOMAIN, ApiId=self.outputs()["Api"], Stage="$default")

    def _deployed(self) -> str | None:
        try:
            return session().client("ssm", endpoint_url=self.address).get_parameter(Name=DEPLOYED)["Parameter"]["Value"]
        except ClientError:
            return None

    def _remember(self, fingerprint: str) -> None:
        client = session().client("ssm", endpoint_url=self.address)
        client.put_parameter(Name=DEPLOYED, Value=fingerprint, Type="String", Overwrite=True)


def start(root: Path, port: int, progress: Progress) -> Stack:
    """Start the local stack with its state under ``root/.local``; raise `PortTaken`, `AlreadyRunning` or `NotReady`."""
    progress("Starting the emulator …")
    return Stack(stack_emulator.start(root / ".local", port), progress)


def outputs(stack_name: str = NAME) -> dict[str, str]:
    """Return the outputs of a stack, wherever the environment's AWS is."""
    return _outputs(boto3.client("cloudformation"), stack_name)


def _outputs(client: CloudFormationClient, stack_name: str) -> dict[str, str]:
    (stack,) = client.describe_stacks(StackName=stack_name)["Stacks"]
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def reset(root: Path) -> None:
    """Stop the stack of a folder, if it runs, and forget all its data."""
    stack_emulator.stop_other(root / ".local")
    shutil.rmtree(root / ".local", ignore_errors=True)


def _fingerprint(parameters: dict[str, str]) -> str:
    """Name everything that decides what is deployed."""
    digest = hashlib.sha256(repr(sorted(parameters.items())).encode())
    for path in _deployable():
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _deployable() -> Iterator[Path]:
    yield from (ROOT / name for name in DECLARED)
    for folder in ("shared", "functions"):
        yield from sorted(path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)


if __name__ == "__main__" and sys.argv[1:] == ["reset"]:
    reset(ROOT)
