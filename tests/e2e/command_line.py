"""The command line as people run it: a process of its own, with an exit code."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from infra.stack.deploying import Stack, environment
from tests.template import ROOT

PROGRAM = ROOT / ".venv/bin/kursdag"
PATIENCE = 180


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str
    raw: bytes


@dataclass(frozen=True)
class CommandLine:
    """Runs commands with an environment of their own."""

    environment: Mapping[str, str]

    @classmethod
    def for_stack(cls, stack: Stack) -> Self:
        """Point AWS's usual variables to a stack."""
        return cls(environment(stack.emulator.port))

    def __call__(self, *arguments: object) -> str:
        """Run a command that must succeed; return what it says."""
        return self.done(*arguments).out

    def done(self, *arguments: object) -> Said:
        """Run a command that must succeed."""
        said = self.tried(*arguments)
        assert said.code == 0, said.out + said.err
        return said

    def tried(self, *arguments: object) -> Said:
        """Run a command, however it ends."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "KURSDAG_"))}
        ended = subprocess.run(
            [PROGRAM, *map(str, arguments)],
            env=inherited | {"COLUMNS": "200"} | dict(self.environment),
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        return Said(ended.returncode, ended.stdout.decode(errors="replace"), ended.stderr.decode(), ended.stdout)
