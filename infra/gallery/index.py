"""The page that leads to all pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader

from infra.gallery.camera import Picture, draws_files
from infra.gallery.captions import READERS
from shared.programmes import Programme


@dataclass(frozen=True, slots=True)
class Chapter:
    """A programme and all that was seen of it, in the order in which it was seen."""

    programme: Programme
    pictures: Sequence[Picture]

    @property
    def title(self) -> str:
        """Return the programme's title in its own language."""
        return self.programme.title[self.programme.languages[0]]

    @property
    def in_english(self) -> str:
        """Return the programme's English title, where it has one."""
        return self.programme.title.get("en", "")

    def of(self, readers: str) -> list[Picture]:
        """List what some readers see."""
        return [picture for picture in self.pictures if picture.readers == readers]


def write(gallery: Path, chapters: Sequence[Chapter]) -> None:
    """Write the page into the folder of the pictures."""
    template = Environment(loader=PackageLoader("infra.gallery"), autoescape=True).get_template("index.html")
    text = template.render(chapters=chapters, readers=READERS, drawn=draws_files())
    (gallery / "index.html").write_text(text, encoding="utf-8")
