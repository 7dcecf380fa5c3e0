"""What stands in every file of an edition about how it came about: when it closed, and how its figures are made."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from shared.languages import catalogue
from shared.phrases import _
from shared.presentation.sentences import Document, Words, assumption, cautions, last_minute_text, made, precision, response


def closing(edition: Document) -> datetime:
    """Tell when an edition's round closed."""
    return datetime.fromisoformat(edition["closed"])


def closing_text(edition: Document, language: str) -> str:
    """Say when an edition's round closed, in the programme's zone."""
    return catalogue(language).gettext(_("Closed %(closed)s.")) % {"closed": last_minute_text(edition, language)}


def cover(edition: Document, _: Words) -> Iterator[str]:
    """Say what a reader should know of a whole edition before she reads its figures."""
    sure = precision(edition, _)
    yield f"{response(edition, _)} {sure}".strip()
    yield from cautions(edition, _)
    if assumed := assumption(edition, _):
        yield assumed
    if told := hidden_groups(edition["hidden_rows"]):
        yield _(told).format(k=edition["k"], **edition["hidden_rows"])


def hidden_groups(hidden: Mapping[str, int]) -> str:
    """Choose the sentence on how many groups are not shown, and why."""
    if hidden["small"] and hidden["protect"]:
        return _("Groups not shown: {small} with fewer than {k} answers, {protect} to protect the answers of a smaller group.")
    if hidden["small"]:
        return _("Groups not shown: {small} with fewer than {k} answers.")
    return _("Groups not shown: {protect} to protect the answers of a smaller group.") if hidden["protect"] else ""


def method(edition: Document, _: Words) -> Iterator[str]:
    """Say what a reader of a file should know of how its figures are made."""
    yield _("The answers are the participants' own assessment, not a test of what they can do.")
    yield from made(edition, _)
    yield _("All files and pages of a result show the same figures. No single answer is in any of them.")
