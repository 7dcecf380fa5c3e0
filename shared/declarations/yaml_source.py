"""YAML 1.2 texts read as plain values, with the place of every key and value; what could surprise is refused."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml import events as yaml_events
from ruamel.yaml.error import YAMLError

from shared.declarations.yaml_messages import explained
from shared.declarations.yaml_scalars import resolved
from shared.phrases import N_

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20

Path = tuple[str | int, ...]
"""The keys and indexes that lead to a value, for example ``("days", 0, "title")``."""

UNWANTED = re.compile(r"[^\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
DIRECTIVE = re.compile(r"^%", re.MULTILINE)
LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text; both count from 1."""

    line: int
    column: int


START = Position(1, 1)


@dataclass(frozen=True, slots=True, order=True)
class SourceFault:
    """Something in a text that YAML does not allow, or that Kursdag refuses."""

    position: Position
    message: str


@dataclass(frozen=True, slots=True)
class Source:
    """One text as plain values, with what is wrong with it."""

    value: Any
    values_at: Mapping[Path, Position]
    keys_at: Mapping[Path, Position]
    faults: tuple[SourceFault, ...]
    whole: bool
    """Whether the text was read to its end, so that `value` can be judged even where there are faults."""

    def position(self, path: Path) -> Position:
        """Tell where a value stands or, if it is missing, the innermost mapping or list that lacks it."""
        while path and path not in self.values_at:
            path = path[:-1]
        return self.values_at.get(path, START)


@lru_cache(maxsize=64)
def read(data: bytes) -> Source:
    """Read one YAML text; one that was read lately is known again, since files are looked at several times before they are published."""
    if len(data) > MAX_BYTES:
        return _refused(N_("the file is larger than {size} KB: split it or shorten it", size=MAX_BYTES // 1024))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _refused(N_("the file is not UTF-8: save it again with the encoding UTF-8"))
    if not text.strip():
        return _refused(N_("the file is empty"))
    return _Reading(text).source()


def _refused(message: str) -> Source:
    return Source(None, {}, {}, (SourceFault(START, message),), whole=False)


class _Lines:
    """The lines of a text, to turn an index into a position that lies inside the file."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(match.end() for match in LINE_END.finditer(text))]
        self.last = len(text.rstrip())

    def position(self, index: int) -> Position:
        inside = min(index, self.last)
        line = bisect_right(self.starts, inside)
        return Position(line, inside - self.starts[line - 1] + 1)


class _Halt(Exception):
    """Reading can't go on."""


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is being read; `key` is the key whose value comes next."""

    path: Path
    value: Any
    key: str | None = None
    wants_key: bool = False


@dataclass
class _Reading:
    """Builds values from events with a stack of its own, so that no depth can exhaust Python's."""

    text: str
    frames: list[_Frame] = field(default_factory=list)
    value: Any = None
    values_at: dict[Path, Position] = field(default_factory=dict)
    keys_at: dict[Path, Position] = field(default_factory=dict)
    faults: list[SourceFault] = field(default_factory=list)
    documents: int = 0

    def __post_init__(self) -> None:
        self.lines = _Lines(self.text)

    def source(self) -> Source:
        """Read the text to its end or to what stops the reading."""
        clean = self._clean()
        whole = self._take_all(clean, silent=clean != self.text) and clean == self.text
        if whole and self.value is None and not self.faults:
            return _refused(N_("the file is empty"))
        return Source(self.value, self.values_at, self.keys_at, tuple(sorted(self.faults)), whole)

    def _clean(self) -> str:
        """Put spaces for characters that are refused, so that the rest is read and no place moves."""
        lines = set()
        for match in UNWANTED.finditer(self.text):
            position = self.lines.position(match.start())
            if position.line not in lines:
                self.faults.append(SourceFault(position, unwanted_fault(match.group())))
            lines.add(position.line)
        return UNWANTED.sub(" ", self.text)

    def _take_all(self, text: str, silent: bool) -> bool:
        """Take every event; `silent` leaves out a syntax error, which a refused character may have caused."""
        try:
            for event in _events(text):
                self._take(event)
        except _Halt:
            return False
        except (YAMLError, ValueError, OverflowError) as error:
            if not silent:
                self._syntax(error)
            return False
        return True

    def _syntax(self, error: Exception) -> None:
        index, message = explained(error, self.text)
        self.faults.append(SourceFault(self.lines.position(index), message))

    def _fault(self, event: yaml_events.Event, message: str) -> None:
        self.faults.append(SourceFault(self._at(event), message))

    def _at(self, event: yaml_events.Event) -> Position:
        return self.lines.position(event.start_mark.index)

    def _take(self, event: yaml_events.Event) -> None:
        match event:
            case yaml_events.DocumentStartEvent():
                self._document(event)
            case yaml_events.AliasEvent():
                self._fault(event, N_("`*{anchor}` refers to another place: write the value out here", anchor=event.anchor))
                self._place(event, None)
            case yaml_events.ScalarEvent():
                self._refuse_extras(event)
                self._place(event, self._scalar(event))
            case yaml_events.MappingStartEvent():
                self._open(event, {})
            case yaml_events.SequenceStartEvent():
                self._open(event, [])
            case yaml_events.CollectionEndEvent():
                self._close()

    def _document(self, event: yaml_events.DocumentStartEvent) -> None:
        self.documents += 1
        if event.version or event.tags:
            position = self.lines.position(next(match.start() for match in DIRECTIVE.finditer(self.text)))
            self.faults.append(SourceFault(position, N_("a line that begins with `%` is not allowed: remove it")))
            raise _Halt
        if self.documents > 1:
            self._fault(event, N_("a second document begins here: one file holds one document, remove the `---`"))
            raise _Halt

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            self._fault(event, N_("`&{anchor}` names a place: remove it, and write values out where they are used", anchor=event.anchor))
        if event.tag is not None:
            self._fault(event, N_("a tag (`!…`) is not allowed: remove it"))

    def _scalar(self, event: yaml_events.ScalarEvent) -> Any:
        if event.style is None and not self._key_comes():
            return resolved(str(event.value))
        return self._text(event)

    def _text(self, event: yaml_events.ScalarEvent) -> str:
        unwanted = UNWANTED.search(event.value)
        if unwanted:
            self._fault(event, unwanted_fault(unwanted.group()))
        return unicodedata.normalize("NFC", UNWANTED.sub(" ", event.value))

    def _key_comes(self) -> bool:
        return bool(self.frames) and self.frames[-1].wants_key

    def _open(self, event: yaml_events.CollectionStartEvent, value: Any) -> None:
        self._refuse_extras(event)
        if len(self.frames) == MAX_DEPTH:
            self._fault(event, N_("nested deeper than {most} levels: check the indentation and the brackets", most=MAX_DEPTH))
            raise _Halt
        if self._key_comes():
            self._fault(event, N_("a key must be a plain text: if this is a text that begins with {{ or [, put it in quotes"))
        path = self._place(event, value)
        self.frames.append(_Frame(path, value, wants_key=isinstance(value, dict)))

    def _close(self) -> None:
        self.frames.pop()

    def _place(self, event: yaml_events.Event, value: Any) -> Path:
        """Put a value where it belongs and tell its path."""
        if not self.frames:
            return self._root(event, value)
        frame = self.frames[-1]
        if isinstance(frame.value, list):
            return self._item(frame, event, value)
        if frame.wants_key:
            return self._key(frame, event, value)
        return self._entry(frame, event, value)

    def _root(self, event: yaml_events.Event, value: Any) -> Path:
        self.value = value
        self.values_at[()] = self._at(event)
        return ()

    def _item(self, frame: _Frame, event: yaml_events.Event, value: Any) -> Path:
        path = (*frame.path, len(frame.value))
        frame.value.append(value)
        self.values_at[path] = self._at(event)
        return path

    def _key(self, frame: _Frame, event: yaml_events.Event, key: Any) -> Path:
        frame.wants_key = False
        frame.key = self._accepted(frame, event, key)
        if frame.key is None:
            return self._nowhere(event)
        path = (*frame.path, frame.key)
        self.keys_at[path] = self._at(event)
        return path

    def _accepted(self, frame: _Frame, event: yaml_events.Event, key: Any) -> str | None:
        """Give a key back unless it is refused; a mapping or list as a key was refused when it opened."""
        if not isinstance(key, str):
            return None
        if not key:
            self._fault(event, N_("a key is missing before the colon"))
        elif key in frame.value:
            first = self.keys_at[(*frame.path, key)].line
            self._fault(event, N_("`{key}` stands twice, first in line {first}: remove one of the two", key=key, first=first))
        else:
            return key
        return None

    def _entry(self, frame: _Frame, event: yaml_events.Event, value: Any) -> Path:
        frame.wants_key = True
        if frame.key is None:
            return self._nowhere(event)
        path = (*frame.path, frame.key)
        frame.value[frame.key] = value
        # The parser puts a value that is not there where the next one begins, maybe many lines below its key.
        self.values_at[path] = self.keys_at[path] if _absent(event) else self._at(event)
        return path

    def _nowhere(self, event: yaml_events.Event) -> Path:
        """Make a path of its own for what is read only so that its faults are found, and then forgotten."""
        return ("", event.start_mark.index)


def _absent(event: yaml_events.Event) -> bool:
    return isinstance(event, yaml_events.ScalarEvent) and event.style is None and not event.value


def _events(text: str) -> Iterator[yaml_events.Event]:
    return iter(YAML(typ="safe", pure=True).parse(text))


def unwanted_fault(character: str) -> str:
    """Say what is wrong with a character that `UNWANTED` finds."""
    if character == "\t":
        return N_("a tab: use spaces instead")
    return N_("the character U+{code:04X} can't be shown: remove it", code=ord(character))
