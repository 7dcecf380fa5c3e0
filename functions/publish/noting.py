"""Notes what was published when and by whom, for those who ask later."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from shared.declarations.declared import Declared
from shared.forms import form_id
from shared.store.publications import Publication

CARRIED_OUT = ("new", "changed", "replaced", "removed")


def noted(
    event: Mapping[str, Any], found: Declared, told: Sequence[Mapping[str, str]], last: Publication | None, *, same_files: bool
) -> Publication | None:
    """Make the note of what an event publishes; None where it is what was published last.

    The time is the event's own: history goes by real time, even where the local stack's clock has been moved.
    """
    changes = tuple(step for step in told if step["change"] in CARRIED_OUT)
    forms = {name: form_id(form) for name, form in found.forms.items()}
    if last and same_files and not changes and (last.programme, last.forms) == (found.programme, forms):
        return None
    at = max(int(datetime.fromisoformat(event["time"]).timestamp()), last.at + 1 if last else 0)
    return Publication(at, event.get("by", "unknown"), changes, found.programme, forms)
