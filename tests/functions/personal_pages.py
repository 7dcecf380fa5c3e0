"""What people meet on pages of their own: letters, what a buddy shares, and copies of their answers, in every language."""

import json
from collections.abc import Iterator
from typing import Any

from shared.rosters.people import Participant
from shared.store import published
from tests.functions.buddying import Writer
from tests.functions.every_kind import LANGUAGES, PROGRAMME, QUESTIONS, five
from tests.functions.examples import OPEN, enrol, invite, oslo, publish
from tests.functions.own_copies import Writer as Keeper

NAME = "letters"
BEFORE, AFTER, OVER = oslo("2025-08-20T09:00"), oslo("2025-08-28T09:00"), oslo("2025-09-08T09:00")

BENEFIT, TAKEAWAY = (next(asked for asked in QUESTIONS if asked.get("id") == name) for name in ("benefit", "takeaway"))
GOALS: dict[str, Any] = {"id": "goal", "kind": "goals"}

ROUNDS = [
    {"form": "letter", "for": "each day", "closes": "2 days later at 23:59"},
    {"form": "before", "opens": "7 days before day-1 at 08:00", "closes": "1 day before day-1 at 23:59", "stage": "before"},
    {"form": "after", "opens": "1 day after day-1 at 08:00", "closes": "9 days later at 23:59", "stage": "after"},
]


def _form(mode: str, *questions: dict[str, Any], **more: str) -> dict[str, Any]:
    return {"title": five("Where you stand"), "mode": mode, "questions": list(questions), **more}


FILES = {
    "programme": {
        **PROGRAMME,
        "rounds": [{"for": "once", "id": one["form"], "series": "goals"} | one if "stage" in one else one for one in ROUNDS],
    },
    "letter": _form("personal", TAKEAWAY, shared_with="buddy"),
    "before": _form("confidential", BENEFIT, GOALS),
    "after": _form("confidential", BENEFIT, GOALS | {"looking_back": ["maps"]}),
}

Personal = tuple[str, str, str]
"""A page's name, its language and its HTML."""


def personal() -> Iterator[Personal]:
    """Publish a programme with a letter that buddies share and a series, and get each page that two people in each language meet."""
    publish({f"{name}.yaml": json.dumps(content) for name, content in FILES.items()}, programme=NAME)
    named = [
        Participant(f"{at}-{language}@example.org", f"P {at}", language, "leader", ("North",), buddy=f"{1 - at}-{language}@example.org")
        for language in LANGUAGES
        for at in (0, 1)
    ]
    held = {person.participant.email: person for person in enrol(named, NAME)}
    for at in (BEFORE, OPEN, AFTER):
        invite(at)
    rounds = published.rounds(NAME)
    for language in LANGUAGES:
        mine, other = (held[f"{at}-{language}@example.org"] for at in (0, 1))
        shown = [*_written(Writer(mine, rounds["day-1"]), Writer(other, rounds["day-1"])), *_kept(Keeper(mine, rounds))]
        yield from ((name, language, html) for name, html in shown)


def _written(mine: Writer, other: Writer) -> Iterator[tuple[str, str]]:
    yield "letter", mine.look().text
    yield "letter, saved", mine.save("Maps first.\n\nThen walks.", share=other).text
    yield "letter, kept", mine.look().text
    yield "letter, read again", mine.press("open").text
    yield "letter, shared with a buddy", other.look().text
    yield "letter, read by a buddy", other.read(mine).text
    yield "letter, to be deleted", mine.press("delete").text
    yield "letter, deleted", mine.press("delete-now").text


def _kept(keeper: Keeper) -> Iterator[tuple[str, str]]:
    goal = {"goal.maps": "2"}
    yield "form of a series", keeper.look("before", BEFORE).text
    yield "receipt with a copy", keeper.answer("before", BEFORE, _copy="yes", **goal).text
    yield "form that looks back", keeper.look("after", AFTER).text
    keeper.answer("after", AFTER, _copy="yes", **goal)
    yield "own copy, closed", keeper.look("after", OVER).text
    yield "own copy", keeper.press("after", OVER).text
    yield "own copy, to be deleted", keeper.press("after", OVER, "delete").text
    yield "own copy, deleted", keeper.press("after", OVER, "delete-now").text
