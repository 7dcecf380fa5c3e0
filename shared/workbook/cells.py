"""What a cell means by the kind of its column: the same plain values that a file of text would hold."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.utils.datetime import from_excel

from shared.declarations.yaml_source import UNWANTED, unwanted_fault
from shared.phrases import N_
from shared.workbook.layout import Kind
from shared.workbook.sheets import Odd

YES = ("yes", "true", "ja", "x", "1")
NO = ("no", "false", "nei", "nej", "0")
SHORT_TIME = re.compile(r"([0-9]{1,2})[.:]([0-9]{2})(?::00)?")
AT_TIME = re.compile(r"\bat ([0-9]{1,2})[.:]([0-9]{2})$")
WRITTEN_DATE = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
WHOLE = re.compile(r"[-+]?[0-9]{1,9}")
SERIALS = range(36_526, 73_051)
"""The numbers by which spreadsheets know the days from 2000 to 2099."""
TEST = re.compile(r"(\S+) +(is|any +of|at +least) +(.+)")


class Refused(Exception):
    """What stands in a cell can't be meant."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


def meaning(kind: Kind, cell: Any) -> Any:
    """Read one cell that is not empty; `words` give their text and `lines` a list of texts."""
    if isinstance(cell, Odd):
        raise Refused(cell.why)
    return READERS[kind](cell)


def text(cell: Any) -> str:
    """Read a text, or a number that is meant as one."""
    if isinstance(cell, bool):
        raise Refused(N_("a text is expected here, not true or false"))
    if isinstance(cell, date | time | timedelta):
        raise Refused(N_("this was taken for a date or time: format the cell as text, and write it again"))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _clean(str(cell))


def _clean(words: str) -> str:
    plain = unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    if unwanted := UNWANTED.search(plain):
        raise Refused(unwanted_fault(unwanted.group()))
    return plain.strip()


def _lines(cell: Any) -> list[str]:
    return _split(text(cell), "\n")


def _names(cell: Any) -> list[str]:
    return _split(text(cell), "[;\n]")


def _ids(cell: Any) -> list[str]:
    return _split(text(cell), "[,;\n]")


def _split(words: str, separator: str) -> list[str]:
    return [part.strip() for part in re.split(separator, words) if part.strip()]


def _word(cell: Any) -> str:
    return text(cell).casefold()


def _flag(cell: Any) -> bool:
    word = str(cell).strip().casefold() if isinstance(cell, bool | int | str) else ""
    if word not in YES + NO:
        raise Refused(N_("write yes or no"))
    return word in YES


def _number(cell: Any) -> int:
    words = text(cell)
    if not WHOLE.fullmatch(words):
        raise Refused(N_("write a whole number"))
    return int(words)


def _numbers(cell: Any) -> list[int]:
    # 4,5 is a number where decimals have a comma; as one number it can only be a slip.
    if isinstance(cell, float) and not cell.is_integer():
        raise Refused(N_("write the numbers with a semicolon between them, like `4; 5`"))
    return [_number(part) for part in _ids(cell)]


def _date(cell: Any) -> str:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and int(cell) in SERIALS:
        cell = from_excel(cell)
    if isinstance(cell, date):
        return cell.strftime("%Y-%m-%d")
    if found := WRITTEN_DATE.fullmatch(text(cell)):
        day, month, year = found.groups()
        return f"{year}-{month:0>2}-{day:0>2}"
    return text(cell)


def _time(cell: Any) -> str:
    """Read a time, or the words that may stand for one."""
    if isinstance(cell, datetime) and cell.year >= YEARS_BEGIN:
        return f"{cell:%Y-%m-%d} at {cell:%H:%M}"
    if isinstance(cell, float) and 0 <= cell < 1:
        cell = from_excel(cell)
    if isinstance(cell, time | datetime):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        return "{:02}:{:02}".format(*divmod(round(cell.total_seconds()) // 60, 60))
    words = text(cell)
    found = SHORT_TIME.fullmatch(words)
    if found:
        return f"{found[1]:0>2}:{found[2]}"
    return AT_TIME.sub(lambda match: f"at {match[1]:0>2}:{match[2]}", " ".join(words.split()))


NEVER = "never"
"""What stands for a list without a time, since an empty cell says nothing."""

YEARS_BEGIN = 1990
"""Times without a date are dated around 1900."""


def _times(cell: Any) -> list[str]:
    if isinstance(cell, str) and cell.strip().casefold() == NEVER:
        return []
    return [_time(part) for part in _ids(cell)] if isinstance(cell, str) else [_time(cell)]


def _condition(cell: Any) -> Mapping[str, Any]:
    found = TEST.fullmatch(" ".join(text(cell).split()))
    if not found:
        raise Refused(N_("write one test of an earlier question, like `benefit at least 3`, `way is mail` or `way any of mail, phone`"))
    question, operator, value = found.groups()
    if operator == "any of":
        return {"question": question, operator: list(map(_code, _ids(value)))}
    return {"question": question, operator: _code(value)}


def _code(word: str) -> str | int:
    return int(word) if WHOLE.fullmatch(word) else word


READERS: Mapping[Kind, Callable[[Any], Any]] = {
    "text": text,
    "word": _word,
    "words": text,
    "lines": _lines,
    "names": _names,
    "ids": _ids,
    "numbers": _numbers,
    "number": _number,
    "date": _date,
    "time": _time,
    "times": _times,
    "flag": _flag,
    "condition": _condition,
}


def zipped(columns: Mapping[str, list[str]]) -> Iterable[Mapping[str, str]]:
    """Join the lines of every language: the first lines make the first text, and so on."""
    longest = max(map(len, columns.values()))
    return [{key: lines[index] for key, lines in columns.items() if index < len(lines)} for index in range(longest)]
