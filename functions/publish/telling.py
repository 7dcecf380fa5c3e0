"""What is told of a plan: each round's change, the messages, what the forms ask, and a name for all of it."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from functions.publish.plan import Step
from functions.publish.reading import Material
from shared import forms, programmes, rounds, schedule
from shared.declarations.declared import Declared
from shared.forms import seconds
from shared.packing import packed
from shared.phrases import told
from shared.programmes import Programme
from shared.store import published
from shared.store.moments import Moment
from shared.store.publishing import Standing


def told_step(programme: Programme, step: Step, seen: Standing) -> dict[str, str]:
    """Tell what happens to a round, when it reminds, and when it was open so far if that changes."""
    before = seen.rounds.get(step.round.id)
    moved = before if before and before.windows != step.round.windows else None
    was = {"was_open": _minute(rounds.opens(moved), programme), "was_closing": _minute(rounds.closes(moved), programme)} if moved else {}
    return was | {
        "round": step.round.id,
        "change": step.change,
        "opens": _minute(rounds.opens(step.round), programme),
        "closes": _minute(rounds.closes(step.round), programme),
        "reminds": ", ".join(_minute(instant, programme) for instant in rounds.reminded(step.round)),
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


def told_declared(found: Declared) -> dict[str, Any]:
    """Tell everything that the files declare, for a preview: the programme, and each round's form."""
    return {
        "programme": programmes.canonical(found.programme),
        "forms": {name: forms.canonical(form) for name, form in found.forms.items()},
    }


def told_overrides(asked: Material, words: Callable[[str], str]) -> list[dict[str, Any]]:
    """Tell what is changed in the desk, and what of it is not carried out and why."""
    return [asdict(item) | {"name": item.name, "why": told(asked.misfits.get(item.name, ""), words)} for item in asked.overrides]


def told_questions(found: Declared, planned: Iterable[Step], seen: Standing) -> dict[str, dict[str, list[Any]]]:
    """Tell which questions are new, and which are gone, in rounds that take another form."""
    told = {}
    for step in planned:
        before = seen.rounds.get(step.round.id)
        earlier = published.form(before.programme, before.form) if before and before.form != step.round.form else None
        if earlier:
            old, new = ({question.id: question.text for question in form.questions} for form in (earlier, found.forms[step.round.id]))
            told[step.round.id] = {
                "new": [text for name, text in new.items() if text != old.get(name)],
                "gone": [text for name, text in old.items() if text != new.get(name)],
            }
    return told


def plan_name(seen: Standing, asked: Material, told: Sequence[Mapping[str, str]]) -> str:
    """Name a plan by what it is made from and what it does: another name, another plan."""
    made_from = hashlib.sha256(packed(asked.sources.files)).hexdigest()
    # Who changes something when is asked for and carried out at two moments.
    changes = [[item.name, item.action, item.values] for item in asked.overrides]
    whole = json.dumps([made_from, asked.sources.shift, changes, seen.publication, list(map(dict, told))], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def _minute(instant: int, programme: Programme) -> str:
    return schedule.wall_clock(instant, programme.timezone).isoformat()
