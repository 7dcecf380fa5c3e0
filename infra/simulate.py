"""Answers a round as its participants would: by the links in their mails, through the real pages."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from infra.browser import Browser, fields
from infra.mailbox import link, mails
from infra.service import Service
from shared.forms import NOT_RELEVANT

AT_ONCE = 4
RESPONSE = 0.72
"""How many of those invited answer."""

ABSENT, SKIPPED, REMARKING = 0.07, 0.03, 0.4
"""How often a generated participant left before a session, skips a rating, and writes something."""

STORED, EMPTY, REFUSED = 200, 0, 409
"""What becomes of an answer: stored by its page; nothing to send; no form behind the link any more."""

EXPLAINED = {
    404: "the link is not known",
    409: "the round is not open, or the link has been used",
    422: "an answer that the form does not have",
}

WEIGHTS = (1, 3, 8, 16, 10)
"""How generated participants rate, from the first point to the last of five."""

AT_FIRST = (4, 12, 14, 7, 2)
"""How they rate themselves before a programme."""

THEN = ".then"
"""How the name of a question ends that looks back to the time before."""

REMARKS = {
    "da": (
        "Konkrete eksempler, som vi kan bruge på vores egne møder.",
        "God tid til at tale med kolleger fra andre skoler.",
        "Mere tid til egen refleksion efter frokost.",
        "En tydelig sammenhæng mellem forskning og praksis.",
        "Lidt mange slides, ellers en god dag.",
    ),
    "nb": (
        "Konkrete eksempler som vi kan bruke i egne møter.",
        "God tid til å snakke med kolleger fra andre skoler.",
        "Mer tid til egen refleksjon etter lunsj.",
        "Tydelig sammenheng mellom forskning og praksis.",
        "Litt mange lysbilder, ellers en god dag.",
    ),
    "en": ("Concrete examples that we can use at once.", "More time to talk with colleagues, please."),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one participant's answer."""

    email: str
    status: int
    """`STORED`, `EMPTY`, or what the page answered."""


class UnknownColumns(Exception):
    """The file of answers asks for questions that the form does not have."""


def links_of(service: Service, ref: str) -> dict[str, str]:
    """Find every participant's link to a round in the mailbox, by address in lower case."""
    found = ((mail.to.casefold(), link(mail, ref)) for mail in mails(service))
    return {email: address for email, address in found if address}


def generated(links: Mapping[str, str], seed: str, weights: Sequence[int] = WEIGHTS) -> Iterator[Result]:
    """Answer as generated participants; the same seed gives the same answers."""
    chance = random.Random(seed)  # noqa: S311 – made-up answers, no secret
    answering = [email for email in sorted(links) if chance.random() < RESPONSE]
    seeds = {email: chance.random() for email in answering}
    return _each(
        answering, lambda email: _answer(links[email], lambda offered, page: _made_up(offered, page, seeds[email], weights), email)
    )


def given(links: Mapping[str, str], rows: Mapping[str, Mapping[str, str]]) -> Iterator[Result]:
    """Give exactly these answers, by address; empty ones are left out."""
    return _each(list(rows), lambda email: _answer(links[email], lambda _offered, _page: rows[email], email))


def answers_in(file: Path) -> dict[str, dict[str, str]]:
    """Read a CSV file of answers: a column ``email``, then one for each question."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text)
        rows = list(reader)
    if "email" not in (reader.fieldnames or ()) or any(None in row for row in rows):
        raise ValueError("not a table with a column email")
    return {row["email"].strip().casefold(): {name: value for name, value in row.items() if name != "email" and value} for row in rows}


def _each(emails: list[str], answer: Callable[[str], Result]) -> Iterator[Result]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(answer, emails)


Choose = Callable[[Mapping[str, list[str]], str], Mapping[str, str]]


def _answer(address: str, choose: Choose, email: str) -> Result:
    """Open a form, fill it in and send it."""
    browser = Browser()
    opened = browser.get(address)
    if opened.status != STORED or "<form" not in opened.page:
        return Result(email, REFUSED if opened.status == STORED else opened.status)
    hidden, offered = fields(opened.page)
    chosen = choose(offered, opened.page) if offered else {}
    if not chosen:
        return Result(email, EMPTY)
    if unknown := chosen.keys() - offered.keys():
        raise UnknownColumns(", ".join(sorted(unknown)))
    return Result(email, browser.post(address, hidden | dict(chosen)).status)


def _made_up(offered: Mapping[str, list[str]], page: str, seed: float, weights: Sequence[int] = WEIGHTS) -> dict[str, str]:
    """Make up one participant's answers: mostly content, some questions skipped, now and then a remark."""
    chance = random.Random(seed)  # noqa: S311 – made-up answers, no secret
    remarks = next((texts for language, texts in REMARKS.items() if f'<html lang="{language}">' in page), REMARKS["en"])
    answers = {name: _choice(codes, remarks, chance, AT_FIRST if name.endswith(THEN) else weights) for name, codes in offered.items()}
    return {name: answer for name, answer in answers.items() if answer} or {next(iter(offered)): "4"}


def _choice(codes: list[str], remarks: tuple[str, ...], chance: random.Random, weights: Sequence[int]) -> str:
    if not codes:
        return chance.choice(remarks) if chance.random() < REMARKING else ""
    points = [code for code in codes if code != NOT_RELEVANT]
    if NOT_RELEVANT in codes and chance.random() < ABSENT:
        return NOT_RELEVANT
    if chance.random() < SKIPPED:
        return ""
    return chance.choices(points, weights[: len(points)] if len(points) <= len(weights) else None)[0]
