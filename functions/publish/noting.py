"""Notes what was published when and by whom, for those who ask later."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from shared.declarations import Declared
from shared.forms import form_id
from shared.store import publications
from shared.store.publications import Publication

CARRIED_OUT = ("new", "changed")


def note(event: Mapping[str, Any], found: Declared, told: Sequence[Mapping[str, str]]) -> None:
    """Note what an event has published, unless it is what was published last.

    The time is the event's own: history goes by real time, even where the local stack's clock has been moved.
    """
    last = publications.newest(found.programme.id)
    changes = tuple(step for step in told if step["change"] in CARRIED_OUT)
    forms = {name: form_id(form) for name, form in found.forms.items()}
    if last and not changes and (last.programme, last.forms) == (found.programme, forms):
        return
    at = max(int(datetime.fromisoformat(event["time"]).timestamp()), last.at + 1 if last else 0)
    publications.put_publication(Publication(at, event.get("by", "unknown"), changes, found.programme, forms))
