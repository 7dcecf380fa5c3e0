"""The sections of an edition: the questions that stand together in its files, as they do on its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from shared.presentation.sentences import Words
from shared.results.editions import Document


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading; those for free text are in none."""

    title: str
    questions: list[Document]


def sections(edition: Document, language: str, _: Words) -> list[Section]:
    """Group an edition's questions under the form's own headings, and those about sessions in the agenda's order."""
    rated = [question for question in edition["questions"] if question["kind"] != "text"]
    about = (question for question in rated if question["session"] is None)
    found = [Section(_heading(section, language, _), list(group)) for section, group in groupby(about, lambda item: item["section"])]
    agenda = [question for session in edition["sessions"] for question in rated if question["session"] == session["id"]]
    known = {question["id"] for section in found for question in section.questions} | {question["id"] for question in agenda}
    left = [question for question in rated if question["id"] not in known]
    return [*found, *([Section(_("Sessions"), agenda + left)] if agenda or left else [])]


def _heading(section: Mapping[str, str] | None, language: str, _: Words) -> str:
    return section.get(language) or next(iter(section.values())) if section else _("Questions")
