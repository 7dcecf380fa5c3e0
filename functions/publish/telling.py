"""What is told of a plan: each round's change, the messages, what the forms ask, and a name for all of it."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from functions.publish.plan import Step
from shared import rounds, schedule
from shared.declarations import Declared
from shared.forms import seconds
from shared.packing import packed
from shared.programmes import Programme
from shared.store.published import Moment
from shared.store.publishing import Standing
from shared.store.sources import Sources


def told_step(programme: Programme, step: Step) -> dict[str, str]:
    """Tell what happens to a round."""
    return {
        "round": step.round.id,
        "change": step.change,
        "opens": _minute(rounds.opens(step.round), programme),
        "closes": _minute(rounds.closes(step.round), programme),
        "why": step.why,
    }


def told_messages(programme: Programme, moments: Iterable[Moment]) -> list[dict[str, str]]:
    """Tell when messages are due."""
    return [{"message": moment.id, "at": _minute(moment.at, programme)} for moment in sorted(moments, key=lambda moment: moment.at)]


def told_forms(found: Declared) -> list[dict[str, Any]]:
    """Tell what each round asks, and how long it takes."""
    return [
        {"round": name, "title": form.title, "questions": len(form.questions), "seconds": seconds(form)}
        for name, form in found.forms.items()
    ]


def plan_name(seen: Standing, kept: Sources, told: Sequence[Mapping[str, str]]) -> str:
    """Name a plan by what it is made from and what it does: another name, another plan."""
    made_from = hashlib.sha256(packed(kept.files)).hexdigest()
    whole = json.dumps([made_from, kept.shift, seen.publication, list(map(dict, told))], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def _minute(instant: int, programme: Programme) -> str:
    return schedule.wall_clock(instant, programme.timezone).isoformat()
