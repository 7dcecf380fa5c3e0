"""Mails as the mailbox shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import lxml.html

from infra.stack.mails import Mail
from infra.times import written

ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]']")
"""A web address in running text, without the punctuation that follows it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail."""

    id: str
    """What the page's own address names it by; says nothing of its content."""
    readers: tuple[str, ...]
    sender: str
    subject: str
    text: str
    html: str
    sent: str
    """In real time, whatever the stack's clock says."""


def letters(mails: Sequence[Mail], reader: str = "") -> list[Letter]:
    """Return everybody's mails or one reader's, the newest first."""
    found = map(_letter, reversed(mails))
    return [letter for letter in found if not reader or reader.casefold() in map(str.casefold, letter.readers)]


def readers(mails: Iterable[Mail]) -> list[str]:
    """Name everybody who has got mail."""
    return sorted({reader for mail in mails for reader in mail["To"]})


def _letter(mail: Mail) -> Letter:
    return Letter(
        id=mail["MessageId"].partition("@")[0],
        readers=tuple(mail["To"]),
        sender=mail["Source"],
        subject=mail["Subject"],
        text=mail["BodyText"] or "",
        html=mail["BodyHtml"] or "",
        sent=written(int(mail["Timestamp"])),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text: a web address, or what stands around it."""

    text: str
    is_address: bool


def parts(text: str) -> Iterator[Part]:
    """Split a text at its web addresses, so that they can be clicked."""
    at = 0
    for found in ADDRESS.finditer(text):
        yield Part(text[at : found.start()], is_address=False)
        yield Part(found.group(), is_address=True)
        at = found.end()
    yield Part(text[at:], is_address=False)


def framed(html: str) -> bytes:
    """Return a mail's HTML, changed in one thing: its links open pages of their own, since it is shown in a frame."""
    document = lxml.html.document_fromstring(html)
    for link in document.iter("a"):
        link.set("target", "_blank")
        link.set("rel", "noopener noreferrer")
    shown: bytes = lxml.html.tostring(document, encoding="utf-8", doctype="<!doctype html>")
    return shown
