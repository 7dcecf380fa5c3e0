"""A programme's files as the next run's: its dates moved, and what the earlier run taught."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from shared.packing import PROGRAMME_FILE

DATE = re.compile(r"(?<![\w-])(2\d{3}-\d{2}-\d{2})(?![\w-])")
HELD = re.compile(r"\bdate:\s*[\"']?(2\d{3}-\d{2}-\d{2})")
CONTINUES = re.compile(r"^continues:.*\n(?:(?:[ \t#-].*)?\n)*", re.MULTILINE)
"""What the earlier run continued, up to the next key."""


def first_date(files: Mapping[str, bytes]) -> date | None:
    """Find the first date on which a programme is held."""
    return min(filter(None, map(_date, HELD.findall(_text(files)))), default=None)


def copied(files: Mapping[str, bytes], first: date, earlier: str, languages: Sequence[str], attention: Sequence[str]) -> dict[str, bytes]:
    """Write files for another run that begins on a date, which continues the earlier one and its points of attention.

    All else stays as its writers wrote it, comments too.
    """
    was = first_date(files)
    days = (first - was).days if was else 0
    moved = CONTINUES.sub("", DATE.sub(lambda found: _moved(found.group(), days), _text(files)))
    return {**files, PROGRAMME_FILE: (moved.rstrip() + "\n" + _continuing(earlier, languages, attention)).encode()}


def _continuing(earlier: str, languages: Sequence[str], attention: Sequence[str]) -> str:
    lines = ["", "continues:", f"  programme: {earlier}", *(["  attention:"] if attention else [])]
    for point in attention:
        text = json.dumps(point, ensure_ascii=False)
        lines.append("    - {" + ", ".join(f"{language}: {text}" for language in languages) + "}")
    return "\n".join(lines) + "\n"


def _text(files: Mapping[str, bytes]) -> str:
    return files[PROGRAMME_FILE].decode("utf-8-sig").replace("\r\n", "\n")


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _moved(written: str, days: int) -> str:
    found = _date(written)
    return (found + timedelta(days=days)).isoformat() if found else written
