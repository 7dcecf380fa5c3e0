"""A day held by the sea and two forms about it, in every language, for the mails that ask for them."""

from dataclasses import replace
from typing import Any

from shared.forms import Form, form_id
from shared.languages import NAMES, Text
from shared.mail_texts.messages import Told
from shared.mail_texts.phrases import Asked
from shared.programmes import Contact, Day, Gathering, Message, Programme
from shared.rosters.people import Participant
from shared.rounds import Round, Window
from tests.functions.examples import oslo
from tests.shared.examples import BENEFIT, TAKEAWAY, programme

LANGUAGES = tuple(NAMES)

BASE = "https://kursdag.example.org"
LINK = f"{BASE}/e/abcdefgh/{'t' * 26}"
OTHER_LINK = f"{BASE}/e/hgfedcba/{'u' * 26}"
STOP = f"{BASE}/stop/abcdefgh/{'f' * 64}/{'s' * 26}"

EVENING = Window(oslo("2025-08-26T15:30"), oslo("2025-08-27T00:00"))
"""From the end of the day until midnight."""

WEEK = Window(oslo("2025-08-26T15:30"), oslo("2025-09-02T12:00"))

TASK = Message("bring", {}, {}, "day-1", "12:00")


def everywhere(text: str) -> Text:
    """Give every language the same text."""
    return dict.fromkeys(LANGUAGES, text)


def walks(**changes: Any) -> Programme:
    """Make the programme, with some of it changed."""
    held = Gathering("day-1", None, "2025-08-26", "Ås gård")
    day = Day("day-1", everywhere("Day 1: The sea"), (), (), (held,))
    said = {"title": everywhere("Walk leader"), "legal_basis": everywhere("Consent"), "contact": Contact("Åse Li", "office@example.org")}
    return replace(programme(*LANGUAGES), **{**said, "days": (day,), **changes})


def reader(language: str = "en", **changes: Any) -> Participant:
    """Make a reader, with some of her changed."""
    return replace(Participant("kari@example.org", "Kari", language, "leader", ()), **changes)


def asked(address: str = LINK, window: Window = EVENING, *, once: bool = False, title: str = "The day") -> Asked:
    """Make a form that is asked for: about the day, or about the programme."""
    form = Form(everywhere(title), "anonymous", (BENEFIT, TAKEAWAY))
    round_ = Round("walks", "day-1", "abcdefgh", form_id(form), "anonymous", "day-1", {"day-1": window}, b"", once)
    return Asked(round_, form, "day-1", address)


def both() -> list[Asked]:
    """Make two forms that are asked for at once."""
    return [asked(), asked(OTHER_LINK, WEEK, once=True, title="Your goals")]


def task(text: str, title: str = "Bring a map") -> Told:
    """Make a message of the programme."""
    return Told(replace(TASK, title=everywhere(title), text=everywhere(text)))
