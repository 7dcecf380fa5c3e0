"""What staff change of a programme in the desk: laid over its files each time that it is published, until somebody takes it back."""

import json
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from shared.phrases import N_

What = Literal["gathering", "session"]
Action = Literal["change", "drop", "add"]

MAY_CHANGE: Mapping[str, tuple[str, ...]] = {"gathering": ("date", "place"), "session": ("title", "speaker", "start", "end")}
"""What of each can be changed here; all else is changed in the files."""

ACTIONS: Mapping[str, tuple[str, ...]] = {"gathering": ("change",), "session": ("change", "drop", "add")}

MOST = 200
"""Changes that a programme may have on file."""


class Unknown(Exception):
    """Not a change that can be made in the desk."""


@dataclass(frozen=True, slots=True)
class Override:
    """One gathering or session of a day, as staff want it instead of what the files say."""

    day: str
    what: What
    id: str
    action: Action
    values: Mapping[str, Any]
    """The new values by key, as a file would have them; None takes one away."""
    at: int
    by: str

    @property
    def name(self) -> str:
        """Name what is changed: one override at most stands for it."""
        return f"{self.day}/{self.what}/{self.id}"


def override(change: Mapping[str, Any], at: int, by: str) -> Override:
    """Read a change that somebody asks for; raise `Unknown` where it is none."""
    what, action, values = change.get("what", ""), change.get("action", ""), change.get("values", {})
    if action not in ACTIONS.get(what, ()) or not set(values) <= set(MAY_CHANGE[what]):
        raise Unknown
    return Override(str(change["day"]), what, str(change["id"]), action, values, at, by)


def with_change(standing: Sequence[Override], new: Override) -> tuple[Override, ...]:
    """Put a change beside those that stand; together with one of the same thing it is one change."""
    before = next((item for item in standing if item.name == new.name), None)
    others = tuple(item for item in standing if item.name != new.name)
    if before is None:
        return (*others, new)
    if before.action == "add":
        # What the desk added and drops again leaves no trace.
        return others if new.action == "drop" else (*others, replace(new, action="add", values={**before.values, **new.values}))
    values = {} if new.action == "drop" else {**before.values, **new.values}
    return (*others, replace(new, values=values))


def without(standing: Sequence[Override], name: str) -> tuple[Override, ...]:
    """Take a change back."""
    return tuple(item for item in standing if item.name != name)


def laid_over(programme: Mapping[str, Any], overrides: Iterable[Override], shift: int = 0) -> tuple[dict[str, Any], dict[str, str]]:
    """Lay changes over a programme's file as it was read; return it with them, and why some don't fit, by name.

    ``shift`` is the number of days by which all dates of the file are moved afterwards.
    """
    changed, misfits = deepcopy(dict(programme)), {}
    for item in overrides:
        day = next((day for day in changed["days"] if day["id"] == item.day), None)
        why = N_("there is no day {day} any more", day=item.day) if day is None else _KINDS[item.what](day, item, shift)
        if why:
            misfits[item.name] = why
    return changed, misfits


def _gathering(day: dict[str, Any], wanted: Override, shift: int) -> str:
    """Change when or where a day is held; a day held once says so itself."""
    held = day.get("gatherings", [day])
    found = next((item for item in held if item["id"] == wanted.id), None)
    if found is None:
        return N_("{day} has no gathering {id} any more", day=wanted.day, id=wanted.id)
    found.update(wanted.values)
    if "date" in wanted.values:
        found["date"] = _moved(wanted.values["date"], -shift)
    return ""


def _moved(written: str, days: int) -> str:
    """Move a date; what is none stays, and is told by the check."""
    try:
        return (date.fromisoformat(written) + timedelta(days=days)).isoformat()
    except ValueError:
        return written


def _session(day: dict[str, Any], wanted: Override, _shift: int) -> str:
    sessions = day.setdefault("sessions", [])
    found = next((item for item in sessions if item["id"] == wanted.id), None)
    if (found is None) != (wanted.action == "add"):
        if found is None:
            return N_("{day} has no session {id} any more", day=wanted.day, id=wanted.id)
        return N_("{day} has a session {id} now", day=wanted.day, id=wanted.id)
    if wanted.action == "drop":
        sessions.remove(found)
        return ""
    if found is None:
        found = {"id": wanted.id}
        sessions.append(found)
    found.update(wanted.values)
    for key in [key for key, value in found.items() if value is None]:
        del found[key]
    sessions.sort(key=lambda item: str(item.get("start", "")))
    return ""


_KINDS = {"gathering": _gathering, "session": _session}


def written(overrides: Iterable[Override]) -> str:
    """Write changes as they are stored."""
    return json.dumps([asdict(item) for item in overrides], ensure_ascii=False, sort_keys=True)


def read(document: str) -> tuple[Override, ...]:
    """Read changes that `written` wrote."""
    return tuple(Override(**item) for item in json.loads(document))
