"""What a single value in a declaration may be, and what to say when it is something else."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from marshmallow import ValidationError, fields

from shared import addresses, slugs
from shared.declarations.texts import AtKey, bounded, text, translated
from shared.hints import suggestion, to_use
from shared.phrases import N_

LAST_SESSION = "when the last session ends"
TIME_EXPECTED = N_("write a time from 00:00 to 23:59, with two digits each, like `09:00`")
YEARS = range(2000, 2100)
FEWEST_POINTS, MOST_POINTS = 3, 7
"""How many points a scale may have."""

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LENGTH = slugs.LONGEST
CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ZONE = re.compile(r"UTC|[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+){1,2}")


class Plain(fields.Field[Any]):
    """A field whose value depends on nothing but what stands there."""

    default_error_messages = {"null": N_("a value is missing here: fill it in, or remove the line")}  # noqa: RUF012 – as marshmallow has it

    def read(self, value: Any) -> Any:
        """Check one value and give it the form that it has inside."""
        raise NotImplementedError

    def _deserialize(self, value: Any, *_place: Any, **_options: Any) -> Any:
        return self.read(value)


class Line(Plain):
    """One line of text that is not translated."""

    def read(self, value: Any) -> str:
        """Trim the text."""
        return bounded(text(value), 200, lines=False)


class Words(Plain):
    """A text in every language of the programme."""

    def __init__(self, longest: int = 500, *, lines: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.longest = longest
        self.lines = lines

    def read(self, value: Any) -> dict[str, str]:
        """Give the text by language, in the order in which the programme offers them."""
        return translated(value, self.longest, lines=self.lines)


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
            raise ValidationError(N_("write true or false"))
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
            raise ValidationError(N_("write a whole number from {least} to {most}", least=self.least, most=self.most))
        return value


class Choice(Plain):
    """One of some words."""

    def __init__(self, known: Collection[str], **options: Any) -> None:
        super().__init__(**options)
        self.known = known

    def read(self, value: Any) -> str:
        """Check that the word is known."""
        return _choice(value, self.known)


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
    name = text(value)
    if not SLUG.fullmatch(name):
        raise ValidationError(N_("`{name}` is not an id: use the letters a-z, digits, and hyphens between them", name=name[:50]))
    if len(name) > SLUG_LENGTH:
        raise ValidationError(N_("this id has {count} characters, at most {most} are allowed", count=len(name), most=SLUG_LENGTH))
    return name


def _clock(value: object) -> str:
    if not isinstance(value, str) or not CLOCK.fullmatch(value):
        raise ValidationError(TIME_EXPECTED)
    return value


def _date(value: object) -> str:
    if not isinstance(value, str) or not ISO_DATE.fullmatch(value):
        raise ValidationError(N_("write a date as year-month-day, like `2026-08-26`"))
    try:
        year = date.fromisoformat(value).year
    except ValueError:
        raise ValidationError(N_("there is no such day as {date}", date=value)) from None
    if year not in YEARS:
        raise ValidationError(N_("the year must lie between {start} and {end}", start=YEARS.start, end=YEARS.stop - 1))
    return value


def _address(value: object) -> str:
    address = addresses.normalised(bounded(text(value), 254, lines=False))
    if address is None:
        raise ValidationError(N_("write one plain e-mail address, like `course@example.org`"))
    return address


def _zone(value: object) -> str:
    name = text(value)
    try:
        known = bool(ZONE.fullmatch(name)) and ZoneInfo(name) is not None
    except (KeyError, ValueError, OSError):
        known = False
    if not known:
        hint = suggestion(name, available_timezones()) or N_(": write it like `Europe/Oslo`")
        raise ValidationError(N_("`{name}` is not a known time zone{hint}", name=name[:50], hint=hint))
    return name


def _choice(value: object, known: Collection[str]) -> str:
    word = text(value)
    if word not in known:
        raise ValidationError(N_("`{word}` is not known here{hint}", word=word[:50], hint=suggestion(word, known) or to_use(known)))
    return word


def _named(value: object, inner: fields.Field[Any]) -> dict[str, Any]:
    if not isinstance(value, Mapping) or not value:
        raise ValidationError(N_("write at least one `name: value` here, each on a line of its own"))
    faults: dict[str, Any] = {}
    read = {}
    for name, raw in value.items():
        try:
            read[name] = _under_slug(name, raw, inner)
        except ValidationError as error:
            faults[name] = error.messages
    if faults:
        raise ValidationError(faults)
    return read


def _under_slug(name: str, raw: object, inner: fields.Field[Any]) -> Any:
    try:
        read_slug(name)
    except ValidationError as error:
        raise ValidationError([AtKey.of(message) for message in error.messages]) from None
    return inner.deserialize(raw, name)


def named_list(value: list[Any], inner: fields.Field[Any], key: str, what: str) -> dict[str, Any]:
    """Read a list of entries with an `id` as a mapping from the ids to what stands under a key."""
    faults: dict[int, Any] = {}
    read: dict[str, Any] = {}
    for index, raw in enumerate(value):
        try:
            entry = inner.deserialize(raw)
        except ValidationError as error:
            faults[index] = error.messages
            continue
        if entry["id"] in read:
            faults[index] = {"id": [N_("two {what} have the id `{name}`: give each its own", what=what, name=entry["id"])]}
        read[entry["id"]] = entry[key]
    if faults:
        raise ValidationError(faults)
    return read
