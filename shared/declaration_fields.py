"""What a single value in a declaration may be, and what to say when it is something else."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from marshmallow import ValidationError, fields
from marshmallow.experimental.context import Context

from shared import addresses
from shared.languages import NAMES

LAST_SESSION = "when the last session ends"
YEARS = range(2000, 2100)
FEWEST_POINTS, MOST_POINTS = 3, 7
"""How many points a scale may have."""

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_LENGTH = 40
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ZONE = re.compile(r"UTC|[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+){1,2}")
LINE_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

Offered = Context[tuple[str, ...]]
"""The languages that the programme offers, while one of its files is loaded; empty if they are not known."""


class AtKey(str):
    """A message about a key, where others are about the value."""

    __slots__ = ()


def suggestion(word: str, known: Iterable[str]) -> str:
    """Ask whether a known word was meant that looks like this one."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f": did you mean `{near[0]}`?" if near else ""


def listed(words: Iterable[str]) -> str:
    """Write words for a message: `a`, `b`."""
    return ", ".join(f"`{word}`" for word in words)


def described(value: object) -> str:
    """Say in plain words what kind of value this is."""
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list"}
    return kinds.get(type(value), "a mapping (`key: value`)")


def _text(value: object) -> str:
    if isinstance(value, bool | int | float):
        raise ValidationError(f"a text is expected here, not {described(value)}: put it in quotes")
    if not isinstance(value, str):
        raise ValidationError(f"a text is expected here, not {described(value)}")
    if not value.strip():
        raise ValidationError("this text is empty: fill it in")
    return value.strip()


def _bounded(text: str, longest: int, lines: bool) -> str:
    if len(text) > longest:
        raise ValidationError(f"this text has {len(text)} characters, at most {longest} are allowed: shorten it")
    if not lines and LINE_BREAK.search(text):
        raise ValidationError("this text must be a single line: remove the line breaks")
    return text


class Plain(fields.Field[Any]):
    """A field whose value depends on nothing but what stands there."""

    default_error_messages: ClassVar[dict[str, Any]] = {"null": "a value is missing here: fill it in, or remove the line"}

    def read(self, value: Any) -> Any:
        """Check one value and give it the form that it has inside."""
        raise NotImplementedError

    def _deserialize(self, value: Any, *_place: Any, **_options: Any) -> Any:
        return self.read(value)


class Line(Plain):
    """One line of text that is not translated."""

    def read(self, value: Any) -> str:
        """Trim the text."""
        return _bounded(_text(value), 200, lines=False)


class Words(Plain):
    """A text in every language of the programme."""

    def __init__(self, longest: int = 500, lines: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.longest = longest
        self.lines = lines

    def read(self, value: Any) -> dict[str, str]:
        """Give the text by language, in the order in which the programme offers them."""
        return _translated(value, self.longest, self.lines)


class Slug(Plain):
    """An id."""

    def read(self, value: Any) -> str:
        """Check the id's letters and length."""
        return read_slug(value)


class Clock(Plain):
    """A local time, "HH:MM"."""

    def read(self, value: Any) -> str:
        """Check the time."""
        return _clock(value)


class Opening(Plain):
    """The time at which a round opens, or LAST_SESSION."""

    def read(self, value: Any) -> str:
        """Check the time or the words."""
        return LAST_SESSION if value == LAST_SESSION else _clock(value, f", or `{LAST_SESSION}`")


class Date(Plain):
    """A date, year-month-day."""

    def read(self, value: Any) -> str:
        """Check that there is such a day."""
        return _date(value)


class Address(Plain):
    """One e-mail address."""

    def read(self, value: Any) -> str:
        """Write the address in the one way."""
        return _address(value)


class Zone(Plain):
    """The name of a time zone."""

    def read(self, value: Any) -> str:
        """Check that the zone is known."""
        return _zone(value)


class Flag(Plain):
    """True or false."""

    def read(self, value: Any) -> bool:
        """Take nothing but these two."""
        if not isinstance(value, bool):
            raise ValidationError("write true or false")
        return value


class Number(Plain):
    """A whole number within bounds."""

    def __init__(self, least: int, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.least = least
        self.most = most

    def read(self, value: Any) -> int:
        """Check the bounds."""
        if type(value) is not int or not self.least <= value <= self.most:
            raise ValidationError(f"write a whole number from {self.least} to {self.most}")
        return value


class Choice(Plain):
    """One of some words; `later` are those that are not supported yet."""

    def __init__(self, known: Collection[str], later: Collection[str] = (), **options: Any) -> None:
        super().__init__(**options)
        self.known = known
        self.later = later

    def read(self, value: Any) -> str:
        """Check that the word is known."""
        return _choice(value, self.known, self.later)


class Named(Plain):
    """A mapping from ids of the writer's choice to values of one kind."""

    def __init__(self, inner: fields.Field[Any], **options: Any) -> None:
        super().__init__(**options)
        self.inner = inner

    def read(self, value: Any) -> dict[str, Any]:
        """Read every value by the inner field."""
        return _named(value, self.inner)


def read_slug(value: object) -> str:
    """Check that a value is an id."""
    text = _text(value)
    if not SLUG.fullmatch(text):
        raise ValidationError(f"`{text[:50]}` is not an id: use the letters a-z, digits, and hyphens between them")
    if len(text) > SLUG_LENGTH:
        raise ValidationError(f"this id has {len(text)} characters, at most {SLUG_LENGTH} are allowed")
    return text


def _translated(value: object, longest: int, lines: bool) -> dict[str, str]:
    offered = Offered.get(())
    if not isinstance(value, Mapping):
        text = _bounded(_text(value), longest, lines)
        if len(offered) > 1:
            raise ValidationError("write this text in every language of the programme: " + listed(offered))
        return dict.fromkeys(offered, text)
    faults = {**_untranslated(value, offered), **_faulty(value, longest, lines)}
    faults |= {language: [_stranger(language, offered)] for language in value if language not in offered and offered}
    if faults:
        raise ValidationError(faults)
    return {language: value[language].strip() for language in offered}


def _untranslated(value: Mapping[str, object], offered: Iterable[str]) -> dict[str, list[str]]:
    return {language: [f"this text is missing in `{language}`"] for language in offered if language not in value}


def _faulty(value: Mapping[str, object], longest: int, lines: bool) -> dict[str, Any]:
    faults: dict[str, Any] = {}
    for language, text in value.items():
        try:
            _bounded(_text("" if text is None else text), longest, lines)
        except ValidationError as error:
            faults[language] = error.messages
    return faults


def _stranger(key: str, offered: Collection[str]) -> AtKey:
    if key in ("session", "speaker"):
        return AtKey("a text that begins with { needs quotes around all of it")
    if key in NAMES:
        return AtKey(f"the programme does not offer `{key}`: remove this text, or add the language to `languages`")
    return AtKey(f"`{key}` is not a language of the programme{suggestion(key, offered) or ': it has ' + listed(offered)}")


def _clock(value: object, alternative: str = "") -> str:
    if not isinstance(value, str) or not CLOCK.fullmatch(value):
        raise ValidationError(f"write a time from 00:00 to 23:59, with two digits each, like `09:00`{alternative}")
    return value


def _date(value: object) -> str:
    if not isinstance(value, str) or not ISO_DATE.fullmatch(value):
        raise ValidationError("write a date as year-month-day, like `2026-08-26`")
    try:
        year = date.fromisoformat(value).year
    except ValueError:
        raise ValidationError(f"there is no such day as {value}") from None
    if year not in YEARS:
        raise ValidationError(f"the year must lie between {YEARS.start} and {YEARS.stop - 1}")
    return value


def _address(value: object) -> str:
    address = addresses.normalised(_bounded(_text(value), 254, lines=False))
    if address is None:
        raise ValidationError("write one plain e-mail address, like `course@example.org`")
    return address


def _zone(value: object) -> str:
    name = _text(value)
    try:
        known = bool(ZONE.fullmatch(name)) and ZoneInfo(name) is not None
    except (KeyError, ValueError, OSError):
        known = False
    if not known:
        hint = suggestion(name, available_timezones()) or ": write it like `Europe/Oslo`"
        raise ValidationError(f"`{name[:50]}` is not a known time zone{hint}")
    return name


def _choice(value: object, known: Collection[str], later: Collection[str]) -> str:
    word = _text(value)
    if word in later:
        raise ValidationError(f"`{word}` is not supported yet: use {listed(known)}")
    if word not in known:
        raise ValidationError(f"`{word[:50]}` is not known here{suggestion(word, known) or ': use ' + listed(known)}")
    return word


def _named(value: object, inner: fields.Field[Any]) -> dict[str, Any]:
    if not isinstance(value, Mapping) or not value:
        raise ValidationError("write at least one `name: value` here, each on a line of its own")
    faults: dict[str, Any] = {}
    read = {}
    for name, raw in value.items():
        try:
            read[read_slug(name)] = inner.deserialize(raw, name)
        except ValidationError as error:
            faults[name] = error.messages if SLUG.fullmatch(name) else [AtKey(error.messages[0])]
    if faults:
        raise ValidationError(faults)
    return read
