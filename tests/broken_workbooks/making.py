"""A valid workbook, written cell by cell as a person would, and ways to change it."""

import io
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

import openpyxl

QUESTION = [
    "form",
    "id",
    "kind",
    "text nb",
    "text en",
    "scale",
    "points nb",
    "points en",
    "not relevant nb",
    "not relevant en",
    "repeat",
    "if",
]
CHOICE = ["options", "option texts nb", "option texts en", "other nb", "other en", "min", "max"]

VALID: Mapping[str, list[list[Any]]] = {
    "programme": [
        ["key", "value", "text nb", "text en"],
        ["title", None, "Turleder", "Walk leader"],
        ["languages", "nb, en"],
        ["timezone", "Europe/Oslo"],
        ["sender", "Kursdag"],
        ["contact name", "The office"],
        ["contact email", "office@example.org"],
        ["controller", "The county"],
        ["data protection name", "The officer"],
        ["data protection email", "privacy@example.org"],
        ["legal basis", None, "Artikkel 6", "Article 6"],
        ["complaints", "Datatilsynet"],
        ["units", "region, school"],
    ],
    "roles": [["id", "title nb", "title en"], ["leader", "Leder", "Leader"]],
    "tracks": [["id", "title nb", "title en", "roles"], ["leaders", "For ledere", "For leaders", "leader"]],
    "goals": [["id", "title nb", "title en"], ["walking", "Gå langt", "Walk far"]],
    "days": [
        ["id", "title nb", "title en", "aims nb", "aims en", "date", "place"],
        ["day-1", "Dag 1", "Day 1", "Gå\nHvile", "Walk\nRest", date(2026, 8, 26), "Oslo"],
        ["day-2", "Dag 2", "Day 2"],
    ],
    "gatherings": [
        ["day", "id", "title nb", "title en", "date", "place", "units"],
        ["day-2", "north", None, None, date(2026, 10, 7), "Ås", "North"],
        ["day-2", "south", None, None, date(2026, 10, 8), "Bø", "South; West"],
    ],
    "sessions": [
        ["day", "id", "title nb", "title en", "speaker nb", "speaker en", "start", "end", "rated"],
        ["day-1", "maps", "Kart", "Maps", "En kartograf", "A cartographer", time(9), time(10), None],
        ["day-1", "boots", "Sko", "Boots", None, None, time(10, 15), time(11), "no"],
        ["day-2", "tents", "Telt", "Tents", None, None, "9:00", "12:00", "yes"],
    ],
    "forms": [
        ["id", "title nb", "title en", "mode", "uses", "without"],
        ["day", "Dagen", "The day", "anonymous"],
        ["later", None, None, None, "transfer", "helped"],
    ],
    "scales": [
        ["form", "id", "points nb", "points en", "positive", "bipolar"],
        ["day", "degree", "Ikke\nLite\nNoe\nMye\nAlt", "Not\nLittle\nSome\nMuch\nAll", "4, 5", None],
    ],
    "questions": [
        [*QUESTION, *CHOICE],
        ["day", "benefit", "scale", "Utbytte?", "Benefit?", "degree"],
        ["day", "far", "scale", "Langt?", "Far?", None, "For kort\nPasse\nFor langt", "Too short\nRight\nToo long"],
        ["day", "useful", "scale", "Var {session} nyttig?", "Was {session} useful?", "degree", None, None, "Nei", "No", "session"],
        ["day", "takeaway", "text", "Hva?", "What?"],
        ["day", None, "section", "Så", "Then"],
        ["day", "way", "choice", "Hvordan?", "How?", *[None] * 7, "mail, phone", "Post\nTelefon", "Mail\nPhone", "Annet", "Other"],
        ["day", "often", "number", "Hvor ofte?", "How often?", *[None] * 6, "way is mail", *[None] * 5, 1, "30"],
    ],
    "rounds": [
        ["form", "for", "opens", "closes", "id", "who", "reminds"],
        ["day", "each day", "when the last session ends", time(23, 59)],
        [
            "later",
            "once",
            "2 weeks after day-1 at 9:00",
            "7 days later at 20:00",
            "later",
            "leader",
            "9:00, 1 day before it closes at 8.00",
        ],
    ],
    "messages": [
        ["id", "title nb", "title en", "text nb", "text en", "on"],
        ["pack", "Pakk", "Pack", "Ta med:\n- sko", "Bring:\n- boots", "3 days before day-1 at 09:00"],
    ],
    "staff": [
        ["email", "role", "units"],
        ["organiser@example.org", "organiser"],
        ["owner@example.org", "owner", "North"],
    ],
}

Change = Callable[[openpyxl.Workbook], object]


def workbook(cells: Mapping[str, Any] | None = None, change: Change | None = None) -> bytes:
    """Write the valid workbook, with some cells (`days!C4`) changed, or anything else."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in VALID.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for place, value in (cells or {}).items():
        name, cell = place.split("!")
        book[name][cell] = value
    if change:
        change(book)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """Give a workbook as a file's bytes."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
