"""What YAML's syntax errors mean to somebody who fills in a file, and where to look."""

import re
from collections.abc import Mapping

from ruamel.yaml.error import MarkedYAMLError

from shared.phrases import N_

BEYOND_UNICODE = re.compile(r"\\U(?!000|0010)[0-9A-Fa-f]{8}")
"""An escape that names no character: the one error that the parser raises without a place."""

AT_PROBLEM = {
    "mapping values are not allowed here": N_(
        "a second colon in one line, or a line that is indented too far: "
        "put a text that holds `: ` in quotes, or line the key up with the keys above"
    ),
    "expected <block end>, but found": N_(
        "this does not line up with what is above: check the indentation, "
        "and that a list's entries all begin with `- `; a text with quotes inside needs quotes around all of it"
    ),
    "sequence entries are not allowed here": N_("a list can't begin here: put its first `- ` on the next line"),
    "mapping keys are not allowed here": N_("a key can't stand here: check the indentation"),
    "invalid intendation or unclosed": N_("this line is indented too little, or a bracket above it is not closed"),
    "found unexpected ':'": N_("a colon that YAML can't place: put the text in quotes"),
    "found unknown escape character": N_("a backslash in \"…\" begins an escape: double it, or use '…' instead"),
    "expected escape sequence of": N_("a backslash in \"…\" begins an escape: double it, or use '…' instead"),
    "expected a comment or a line break": N_("nothing may follow on this line: put the text on the next one"),
    "more indented follow up line": N_("the text's first line is indented less than the next: line them up"),
    "expected alphabetic or numeric character": N_("a text that begins with `&` or `*` needs quotes"),
    "found undefined tag handle": N_("a tag (`!…`) is not allowed: remove it, or put the text in quotes"),
    "expected the node content": N_("a value is missing here, or a bracket is not closed"),
    "expected '<document start>'": N_("a text that begins with {{ or [ needs quotes around all of it"),
}
AT_CONTEXT = {
    "found unexpected end of stream": N_("a quotation mark is opened here and never closed"),
    "found unexpected document separator": N_("a quotation mark is opened here and never closed"),
    "could not find expected ':'": N_("a key without its colon: write `key: value`, or indent the line if it belongs to the text above"),
    "expected ',' or ']'": N_(
        "this list is not closed with `]`, or a comma is missing between its entries; "
        "a text in it that holds `: `, a comma, quotes or brackets needs quotes around all of it"
    ),
    "expected ',' or '}'": N_(
        "this mapping is not closed with `}}`, or a comma is missing between its entries; "
        "a text in it that holds `: `, a comma, quotes or braces needs quotes around all of it, as does one that begins with {{"
    ),
}
CANNOT_START = re.compile(r"found character '(.*)' that cannot start any token")


def explained(error: Exception, text: str) -> tuple[int, str]:
    """Tell the index at which to look, and what to do there."""
    if not isinstance(error, MarkedYAMLError):
        place = BEYOND_UNICODE.search(text)
        return place.start() if place else 0, N_("this escape names no character: remove it")
    problem = str(error.problem or "")
    marks = (error.problem_mark, error.context_mark)
    if message := _found(AT_CONTEXT, problem):
        return _index(*reversed(marks)), message
    return _index(*marks), _found(AT_PROBLEM, problem) or _other(problem)


def _found(table: Mapping[str, str], problem: str) -> str | None:
    return next((message for beginning, message in table.items() if problem.startswith(beginning)), None)


def _other(problem: str) -> str:
    if character := CANNOT_START.search(problem):
        return N_("a text that begins with `{character}` needs quotes", character=character.group(1))
    return (
        N_("this is not valid YAML: {problem}", problem=problem)
        if problem
        else N_("this is not valid YAML: check the indentation and the quotes")
    )


def _index(*marks: object) -> int:
    return next((int(index) for mark in marks if (index := getattr(mark, "index", None)) is not None), 0)
