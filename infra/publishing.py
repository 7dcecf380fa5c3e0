"""Reads programme folders, checks them here, and hands them to the function that publishes."""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3

from infra.service import Service
from infra.times import iso
from shared.declarations import Declared, Fault, declared
from shared.library import library

PROGRAMME = "programme.yaml"


class Faulty(Exception):
    """What was given has faults; each is a line for the screen."""

    def __init__(self, faults: list[str]) -> None:
        """Take the faults as lines."""
        super().__init__(*faults)
        self.faults = faults


def folder_of(path: Path) -> Path:
    """Return the programme's folder, for the folder itself or one of its files."""
    return path if path.is_dir() else path.parent


def check_all(path: Path) -> list[str]:
    """Check a programme, or every programme in a folder; return their names, or raise `Faulty` with all faults."""
    folders = _programmes(folder_of(path))
    if not folders:
        raise Faulty([f"{path}: there is no {PROGRAMME} in this folder or in the folders in it"])
    faults = [fault for folder in folders for fault in _faults(folder)]
    if faults:
        raise Faulty(faults)
    return [folder.resolve().name for folder in folders]


def _programmes(folder: Path) -> list[Path]:
    return [folder] if (folder / PROGRAMME).exists() else sorted(found.parent for found in folder.glob(f"*/{PROGRAMME}"))


def files_in(folder: Path) -> dict[str, bytes]:
    """Read the files of a programme's folder, by their names."""
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.yaml"))}


def declared_by(folder: Path, files: Mapping[str, bytes]) -> Declared | list[Fault]:
    """Read what a folder's files declare; the folder's name is the programme's id."""
    return declared(folder.resolve().name, files, library())


def _faults(folder: Path) -> list[str]:
    found = declared_by(folder, files_in(folder))
    return [f"{folder / fault.file}:{fault.line}:{fault.column}: {fault.message}" for fault in found] if isinstance(found, list) else []


def published_plan(service: Service, folder: Path, *, plan_only: bool, today: str | None) -> dict[str, Any]:
    """Publish a programme, or plan it; return what the function says, or raise `Faulty`."""
    check_all(folder)
    files = {name: base64.b64encode(content).decode() for name, content in files_in(folder).items()}
    event = {
        "time": iso(time.time()),
        "by": _caller(service),
        "programme": folder.resolve().name,
        "files": files,
        "plan_only": plan_only,
    }
    said = service.invoke("publish", event | ({"today": today} if today else {}))
    if "faults" in said:
        raise Faulty([f"{folder}/{fault}" for fault in said["faults"]])
    return said


def _caller(service: Service) -> str:
    """Name who publishes, for the history."""
    return "local" if service.is_local else boto3.client("sts").get_caller_identity()["Arn"]
