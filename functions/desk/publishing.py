"""How the desk has something published: what it asks the function that publishes, and what that says."""

import base64
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import abort
from markupsafe import Markup, escape

from functions.desk.staff import guard
from functions.desk.staff.guard import Visitor
from shared import jobs
from shared.languages import catalogue
from shared.web.pages import language

IN_FILE = re.compile(r"([^\s:]+):(\d+):(\d+): (.*)", re.DOTALL)
IN_CELL = re.compile(r"([^!:]+![A-Z]+\d+): (.*)", re.DOTALL)
CODE = re.compile("`([^`]*)`")


def asked(visitor: Visitor, programme_id: str, **more: Any) -> dict[str, Any]:
    """Ask for a plan, or for a publication, in the visitor's name."""
    try:
        return jobs.publish(event(visitor, programme_id, **more))
    except jobs.Failed:
        abort(503)


def event(visitor: Visitor, programme_id: str, **more: Any) -> dict[str, Any]:
    """Write what the function that publishes is called with, in the visitor's name."""
    return {
        "time": f"{datetime.fromtimestamp(guard.now(), UTC):%Y-%m-%dT%H:%M:%SZ}",
        "by": visitor.email,
        "author": visitor.email,
        "language": language(),
        "programme": programme_id,
        **more,
    }


def encoded(files: Mapping[str, bytes]) -> dict[str, str]:
    """Write files so that they can travel in an event."""
    return {name: base64.b64encode(content).decode() for name, content in files.items()}


def placed(fault: str) -> tuple[str, Markup]:
    """Part a fault into where it is, as the page speaks, and what is wrong; the place is empty where all of a workbook is meant."""
    in_file, in_cell = IN_FILE.fullmatch(fault), IN_CELL.fullmatch(fault)
    if in_file:
        pattern = catalogue(language()).gettext("{file}, line {line}, column {column}")
        return pattern.format(file=in_file[1], line=in_file[2], column=in_file[3]), coded(in_file[4])
    return (in_cell[1], coded(in_cell[2])) if in_cell else ("", coded(fault))


def coded(message: str) -> Markup:
    """Write a message of the check as a sentence of a page, with what stands in files set apart."""
    text = str(escape(message[:1].upper() + message[1:]))
    return Markup(CODE.sub(r"<code>\1</code>", text))  # noqa: S704 – it has been escaped
