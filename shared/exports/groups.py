"""Whom an edition's figures are about, line by line: everyone, every gathering and unit, those hidden too, and roles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.dates import day_text
from shared.languages import catalogue
from shared.presentation.sentences import Words, hidden_because
from shared.results.editions import Document
from shared.results.groups import GATHERING, Group, every_group, figures, figures_by_role
from shared.rosters.columns import unit_heading


@dataclass(frozen=True, slots=True)
class Line:
    """A group with its figures for one question, or with the reason why they are not shown."""

    level: str
    path: Sequence[str]
    """A name for each level, empty below its own."""
    everyone: int
    depth: int = 0
    rest: bool = False
    found: Document | None = None
    why: str = ""

    @property
    def name(self) -> str:
        """Name the group itself."""
        return next((step for step in reversed(self.path) if step), self.level)


@dataclass(frozen=True, slots=True)
class Groups:
    """All groups of an edition, in one language."""

    edition: Document
    language: str
    groups: Sequence[Group]

    @property
    def levels(self) -> list[str]:
        """Name what an edition is broken down by, roles last."""
        words, breakdown = catalogue(self.language).gettext, self.edition["breakdown"]
        levels = breakdown["levels"] if breakdown else ()
        names = [words("Gathering") if level == GATHERING else unit_heading(level, self.language) for level in levels]
        return [*names, *([words("Role")] if self._roles else [])]

    @property
    def _roles(self) -> Sequence[Document]:
        return (self.edition["roles"] or {}).get("columns") or ()

    @property
    def any(self) -> bool:
        """Tell whether there is anything but the whole."""
        return bool(self._roles) or len(self.groups) > 1

    def whole(self, question: Document) -> Line:
        """Give the line of everyone."""
        return Line(catalogue(self.language).gettext("Everyone"), [""] * len(self.levels), question["N"], found=question)

    def parts(self, question: Document) -> Iterator[Line]:
        """List the lines of all groups, unless none of this question is shown."""
        if question["kind"] == "text" or question["hidden"]:
            return
        if question["blocks"]:
            yield from self._units(question)
        if question["roles"]:
            yield from self._by_role(question)

    def _units(self, question: Document) -> Iterator[Line]:
        _, levels, known = catalogue(self.language).gettext, self.levels, figures(question)
        for group in self.groups[1:]:
            path = [self._step(step, _) for step in group.path]
            why = hidden_because({"reason": group.reason, "k": self.edition["k"]}, _) if group.reason else ""
            level, padded = levels[len(path) - 1], path + [""] * (len(levels) - len(path))
            yield Line(level, padded, group.everyone, len(path), group.path[-1] is None, known.get(group.path), why)

    def _by_role(self, question: Document) -> Iterator[Line]:
        levels, known = self.levels, figures_by_role(question)
        for column in self._roles:
            path = [*[""] * (len(levels) - 1), self._role(column)]
            yield Line(levels[-1], path, column["N"], 1, found=known.get(column["role"]))

    def _step(self, step: str | None, _: Words) -> str:
        if step is None:
            return _("The others, together")
        held = next((item for item in self.edition["gatherings"] if item["id"] == step), None)
        return self._gathering(held) if held and self.edition["breakdown"]["levels"][:1] == [GATHERING] else step

    def _gathering(self, held: Document) -> str:
        date = day_text(datetime.fromisoformat(held["date"]), self.language) if held["date"] else ""
        return ", ".join(part for part in (held["place"] or held["id"], date) if part)

    def _role(self, column: Document) -> str:
        untold = catalogue(self.language).gettext("Role not told")
        named = zip(column["roles"], column["titles"], strict=True)
        return " + ".join(title.get(self.language) or role or untold for role, title in named)


def groups(edition: Document, language: str) -> Groups:
    """List the groups of an edition."""
    return Groups(edition, language, every_group(edition))
