"""Writes the files of a new programme: a template that is already filled in with what is known."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared import new_words as words
from shared.languages import Text
from shared.packing import PROGRAMME_FILE
from shared.programmes import Contact, Staff

PLAIN = re.compile(r"[^\W\d_][\w .,()/–’'“”«»&@?!+-]*")
"""Texts that YAML takes as they are, without quotation marks."""

RESERVED = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


@dataclass(frozen=True, slots=True)
class NewDay:
    """A course day, as far as it is known."""

    date: str
    place: str
    title: Text


@dataclass(frozen=True, slots=True)
class Wish:
    """What is known of a new programme."""

    title: Text
    languages: tuple[str, ...]
    days: tuple[NewDay, ...]
    contact: Contact
    controller: str
    data_protection: Contact
    staff: tuple[Staff, ...] = ()

    @property
    def main(self) -> str:
        """Return the programme's first language."""
        return self.languages[0]


def files(wish: Wish) -> dict[str, str]:
    """Write the files, by name."""
    return {PROGRAMME_FILE: "\n".join(_programme(wish)) + "\n", "day.yaml": "\n".join(_day_form(wish)) + "\n"}


def _programme(wish: Wish) -> Iterator[str]:
    yield "# What this programme is, when and where it meets, and when its participants are asked. docs/forms.md says what else can"
    yield "# stand here; `kursdag check` tells what is wrong, `kursdag preview` shows the forms as participants will see them."
    yield from _text("title", wish.title, wish)
    yield f"languages: [{', '.join(wish.languages)}]  # the first is used where a participant's own is unknown"
    yield f"timezone: {words.ZONES[wish.main]}  # all times are local times there"
    yield ""
    yield f"sender: {scalar(wish.title[wish.main])}  # the name that mails come from"
    yield from _contact("contact", wish.contact)
    yield ""
    yield from _responsible(wish)
    yield ""
    yield "# units: [region, school]  # where participants belong: the roster's unit columns from top to bottom"
    yield "roles:  # what participants can be; the roster says who is what"
    yield from _text("participant", words.PARTICIPANT, wish, "  ")
    yield ""
    yield "days:"
    for number, day in enumerate(wish.days, 1):
        yield from _day(number, day, wish)
    yield from _rounds_and_staff(wish)


def _responsible(wish: Wish) -> Iterator[str]:
    yield "# These stand in the notice on each form. Let your data protection officer read them."
    yield f"controller: {scalar(wish.controller)}  # who is responsible for the data"
    yield from _contact("data_protection", wish.data_protection)
    yield from _text("legal_basis", words.LEGAL_BASIS, wish)
    yield f"complaints: {scalar(words.AUTHORITY[wish.main])}  # the authority that takes complaints"


def _day(number: int, day: NewDay, wish: Wish) -> Iterator[str]:
    yield f"  - id: day-{number}"
    yield from _text("title", day.title, wish, "    ")
    if number == 1:
        yield "    # aims:  # shown above the form"
        yield f"    #   - {_inline(words.AIM, wish)}"
    yield f"    date: {day.date}"
    yield f"    place: {scalar(day.place)}"
    yield "    sessions:" + ("  # the agenda; each session is asked about, unless it says `rated: false`" if number == 1 else "")
    for name, (start, end, title) in words.SESSIONS.items():
        yield f"      - id: {name}"
        yield from _text("title", title, wish, "        ")
        yield f"        start: {start}"
        yield f"        end: {end}"
    yield ""


def _rounds_and_staff(wish: Wish) -> Iterator[str]:
    yield "rounds:"
    yield "  - form: day  # day.yaml"
    yield "    for: each day"
    yield "    opens: when the last session ends"
    yield "    closes: 23:59"
    yield "    # reminds: [19:00]  # mails those who have not answered by then; see docs/forms.md for forms that are open for days"
    yield ""
    yield from _staff(wish)


def _staff(wish: Wish) -> Iterator[str]:
    """Write who may sign in; where nobody is known, as a comment."""
    out, staff = ("", wish.staff) if wish.staff else ("# ", (Staff(wish.contact.email, "organiser"),))
    yield f"{out}staff:  # who may sign in; an organiser sees response rates, an owner results, an observer what is published"
    for member in staff:
        yield f"{out}  - email: {scalar(member.email)}"
        yield f"{out}    role: {member.role}"


def _day_form(wish: Wish) -> Iterator[str]:
    yield "# The evaluation of one course day, about ninety seconds: the library's (forms/library/course-day.yaml)."
    yield "uses: course-day"
    yield ""
    yield "# Adapt it here. What stands here replaces the library's; questions are added, or replace those of the same id."
    yield "# without: [expectations]  # questions that are left out"
    yield "# questions:"
    yield "#   - id: more"
    yield "#     kind: text"
    yield f"#     text: {_inline(words.QUESTION, wish)}"


def _contact(key: str, contact: Contact) -> Iterator[str]:
    yield f"{key}:"
    yield f"  name: {scalar(contact.name)}"
    yield f"  email: {scalar(contact.email)}"


def _text(key: str, text: Text, wish: Wish, indent: str = "") -> Iterator[str]:
    """Write a text: as it is in one language, else a line for each."""
    if len(wish.languages) == 1:
        yield f"{indent}{key}: {scalar(text[wish.main])}"
        return
    yield f"{indent}{key}:"
    for language in wish.languages:
        yield f"{indent}  {language}: {scalar(text[language])}"


def _inline(text: Text, wish: Wish) -> str:
    """Write a text on one line."""
    if len(wish.languages) == 1:
        return scalar(text[wish.main])
    return "{" + ", ".join(f"{language}: {_quoted(text[language])}" for language in wish.languages) + "}"


def scalar(text: str) -> str:
    """Write one value of YAML, with quotation marks where it would be read as something else."""
    is_plain = PLAIN.fullmatch(text) and text.lower() not in RESERVED and text == text.strip()
    return text if is_plain else _quoted(text)


def _quoted(text: str) -> str:
    """Write a text as JSON does, which YAML reads alike; what YAML takes for a line's end is written by its number."""
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda found: f"\\u{ord(found.group()):04x}", json.dumps(text, ensure_ascii=False))


def spoken(texts: Sequence[str], languages: Sequence[str]) -> Text:
    """Give each language its text; one text alone stands in for all."""
    return dict(zip(languages, list(texts) * len(languages) if len(texts) == 1 else texts, strict=True))
