"""A programme in every language with a form of every kind, open to its participants."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared import bucket, keys, links
from shared.envelopes import Answer, Opener
from shared.languages import NAMES
from shared.rosters.people import Participant
from shared.rounds import SETTLE
from shared.store import box, published, secrets
from tests.functions.aggregating import aggregate
from tests.functions.examples import enrol, event, invite, oslo, publish, queued
from tests.functions.open_round import forget

NAME = "kinds"
LANGUAGES = tuple(NAMES)
LONG = "Specialundervisningskonsulentuddannelse"
"""A word as long as the languages of these pages have them."""

CLOSED = oslo("2025-08-27T00:00")

STAFF = "organiser@example.org", "owner@example.org", "observer@example.org"


def five(text: str) -> dict[str, str]:
    """Say a text in every language."""
    return {code: text if code == "en" else f"{text} ({code})" for code in LANGUAGES}


def points(*labels: str) -> dict[str, Any]:
    """Make a scale."""
    return {"points": list(map(five, labels))}


DEGREES = points("Not at all", "To a small extent", "To some extent", "To a large extent", "To a very large extent")
SEVEN = points("Far below", "Below", "A little below", "As expected", "A little above", "Above", f"Far above: {LONG}") | {"bipolar": True}

PROGRAMME: Mapping[str, Any] = {
    "title": five("Walk leaders"),
    "languages": list(LANGUAGES),
    "timezone": "Europe/Oslo",
    "sender": "Kursdag for walk leaders",
    "contact": {"name": "The office", "email": "office@example.org"},
    "controller": "The county",
    "data_protection": {"name": "The officer", "email": "privacy@example.org"},
    "legal_basis": five("Article 6"),
    "complaints": "Datatilsynet",
    "units": ["region"],
    "roles": {"leader": five("Leader")},
    "goals": [{"id": "maps", "title": five("Find the way with a map")}],
    "staff": [{"email": address, "role": address.partition("@")[0]} for address in STAFF],
    "days": [
        {
            "id": "day-1",
            "title": five("Finding the way"),
            "aims": [five("Read a map in any weather"), five(LONG)],
            "date": "2025-08-26",
            "place": "Oslo",
            "sessions": [{"id": "maps", "title": five("Reading maps"), "start": "09:00", "end": "11:00", "speaker": five("Kari Kart")}],
        }
    ],
    "rounds": [{"form": "day", "for": "each day", "closes": "23:59"}],
}

QUESTIONS: list[dict[str, Any]] = [
    {"id": "benefit", "kind": "scale", "text": five("How much have you gained?"), "scale": DEGREES, "required": True},
    {
        "id": "useful",
        "kind": "scale",
        "repeat": "session",
        "text": five("How useful was “{session}”?"),
        "scale": DEGREES,
        "not_relevant": five("Did not attend"),
    },
    {"id": "expected", "kind": "scale", "text": five("How did the day compare with your expectations?"), "scale": SEVEN},
    {
        "section": five("Getting there"),
        "questions": [
            {
                "id": "way",
                "kind": "choice",
                "text": five("How did you get here?"),
                "options": {"foot": five("On foot"), "train": five("By train"), "car": five(LONG)},
                "other": five("In another way, namely"),
                "not_relevant": five("I took part from home"),
            },
            {
                "id": "packed",
                "kind": "choices",
                "text": five("What had you packed?"),
                "help": five("Choose as many as you like."),
                "options": {"map": five("A map"), "compass": five("A compass"), "food": five("Something to eat")},
                "other": five("Something else, namely"),
            },
            {"id": "kilometres", "kind": "number", "text": five("How many kilometres did you walk?"), "min": 0, "max": 60},
            {
                "id": "why",
                "kind": "text",
                "lines": "one",
                "text": five("You answered “{answer:way}”. Why?"),
                "if": {"any": [{"question": "way", "is": "train"}, {"question": "kilometres", "at least": 10}]},
            },
        ],
    },
    {"id": "again", "kind": "yes-no", "text": five("Would you walk this way again?")},
    {"id": "goal", "kind": "goals"},
    {"id": "nearly", "kind": "statement", "text": five("The last question is about the day as a whole.")},
    {
        "id": "takeaway",
        "kind": "text",
        "text": five("What do you take with you?"),
        "help": five("Write nothing that tells who you are."),
        "max_length": 500,
    },
]

FORM: Mapping[str, Any] = {"title": five("The day"), "introduction": five("A few questions."), "mode": "anonymous", "questions": QUESTIONS}

FILES = {f"{name}.yaml": json.dumps(content, ensure_ascii=False) for name, content in (("programme", PROGRAMME), ("day", FORM))}

ANSWERS: Mapping[str, str | list[str]] = {
    "benefit": "4",
    "useful.maps": "na",
    "expected": "7",
    "way": "other",
    "way.other": "På ski",
    "packed": ["map", "food", "other"],
    "packed.other": "Telt",
    "kilometres": "12",
    "why": "Det snødde",
    "again": "yes",
    "goal.maps": "3",
    "takeaway": "Å gå <b>på tur</b> & {{ 7*7 }}\nto linjer 👩\u200d🏫",
}
"""An answer to every question."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is invited: the paths of the links in her mails."""

    link: str
    stop: str


def invited(number: int) -> list[Guest]:
    """Publish the programme and invite people, their languages in turn."""
    publish(FILES, programme=NAME)
    named = [Participant(f"p{at}@example.org", f"P {at}", LANGUAGES[at % len(LANGUAGES)], "leader", ("North",)) for at in range(number)]
    people = enrol(named, NAME)
    invite()
    queued()
    forget()
    ref = published.rounds(NAME)["day-1"].ref
    return [_guest(ref, person.id, keys.unwrapped("link", ref, secrets.secret(ref, "link"))) for person in people]


def _guest(ref: str, person: str, key: bytes) -> Guest:
    token = links.answer_token(key, person)
    return Guest(links.path(ref, token), links.stop_address("", ref, links.fingerprint(token), links.stop_token(key, person)))


def answers() -> list[Answer]:
    """Open the box."""
    ref = published.rounds(NAME)["day-1"].ref
    opener = Opener(keys.unwrapped("box", ref, secrets.secret(ref, "box")))
    return [opener.opened(sealed) for _, sealed in box.envelopes(ref)]


def result() -> dict[str, Any]:
    """Close the round, let it be counted, and return its edition."""
    aggregate(event(CLOSED + SETTLE), None)
    edition = published.rounds(NAME)["day-1"].edition
    read: dict[str, Any] = json.loads(bucket.get(f"{edition}/edition.json"))
    return read
