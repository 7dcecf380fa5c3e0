"""What was changed in the desk, laid over the files; what no longer fits them is told and stays on file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from functions.publish.plan import Impossible
from shared import overrides
from shared.declarations.declared import Declared, declared_by
from shared.declarations.yaml_source import Source, read
from shared.library import library
from shared.overrides import Override, Unknown
from shared.packing import PROGRAMME_FILE
from shared.phrases import N_
from shared.store.sources import Sources


def wanted(event: Mapping[str, Any], standing: Sequence[Override]) -> tuple[Override, ...]:
    """Return the changes that are to stand: those on file, with the one that the event makes or without the one that it takes back."""
    if "change" not in event:
        return overrides.without(standing, event.get("forget", ""))
    try:
        new = overrides.override(event["change"], int(datetime.fromisoformat(event["time"]).timestamp()), event.get("by", "unknown"))
    except Unknown as error:
        raise Impossible(N_("this can't be changed here: change it in the files")) from error
    made = overrides.with_change(standing, new)
    if len(made) > overrides.MOST:
        raise Impossible(N_("{most} changes are on file: write them into the files and take them back here", most=overrides.MOST))
    return made


def changed(found: Declared, given: Sources, changes: Sequence[Override], newest: str = "") -> tuple[Declared, dict[str, str]]:
    """Lay changes over files without a fault; return what they declare then, and why some don't fit, by name.

    The newest is somebody's wish of now: raise `Impossible` where that one doesn't fit.
    """
    if not changes:
        return found, {}
    files = {name: read(content) for name, content in sorted(given.files.items())}
    judged, misfits = _judged(found, files, given, changes)
    if newest in misfits:
        raise Impossible(misfits[newest])
    return judged, misfits


def _judged(found: Declared, files: Mapping[str, Source], given: Sources, changes: Sequence[Override]) -> tuple[Declared, dict[str, str]]:
    """Judge all changes together, or, where they make faults, one after the other, leaving out those that do."""
    together, misfits = _laid_over(found, files, given, changes)
    if isinstance(together, Declared):
        return together, misfits
    fitting: list[Override] = []
    judged = found
    for item in changes:
        tried, why = _laid_over(found, files, given, [*fitting, item])
        if isinstance(tried, Declared) and item.name not in why:
            judged = tried
            fitting.append(item)
        else:
            misfits[item.name] = why.get(item.name) or (tried if isinstance(tried, str) else "")
    return judged, misfits


def _laid_over(
    found: Declared, files: Mapping[str, Source], given: Sources, changes: Sequence[Override]
) -> tuple[Declared | str, dict[str, str]]:
    """Declare files with changes laid over them; or say the first thing that is wrong with them then."""
    value, misfits = overrides.laid_over(files[PROGRAMME_FILE].value, changes, given.shift)
    judged = declared_by(found.programme.id, {**files, PROGRAMME_FILE: replace(files[PROGRAMME_FILE], value=value)}, library())
    return (judged if isinstance(judged, Declared) else judged[0].message), misfits
