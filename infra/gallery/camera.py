"""Takes pictures of pages and mails, on a phone and on a desk, and of the pages of files."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from infra.mailbox import Mail

WIDTHS = (360, 1280)
PAGES = 4
"""How many pages of a file are shown."""

DOTS = "60"
"""Dots per inch of a file's picture."""

PATIENCE = 120
"""Seconds in which a file is drawn."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One thing that was seen: its name and its pictures, relative to the gallery."""

    chapter: str
    name: str
    files: tuple[str, ...]


@dataclass
class Camera:
    """Takes pictures for one programme."""

    gallery: Path
    programme: str
    taken: list[Picture] = field(default_factory=list)

    def page(self, chapter: str, name: str, page: Page) -> None:
        """Take a page at both widths, and leave it as it was."""
        before = page.viewport_size or {"width": WIDTHS[0], "height": 740}
        files = []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("scrollTo(0, 0)")
            path = self._path(chapter, name, f"-{width}.png")
            page.screenshot(path=path, full_page=True)
            files.append(path)
        page.set_viewport_size(before)
        self._keep(chapter, name, files)

    def mail(self, name: str, mail: Mail, page: Page) -> None:
        """Take a mail as it is read."""
        page.set_content(mail.html)
        self.page("mails", f"{name}: {mail.subject}", page)

    def file(self, name: str, content: bytes) -> None:
        """Keep a file, and take its first pages where a program is there that draws them."""
        path = self._path("files", name, "")
        path.write_bytes(content)
        self._keep("files", name, [path, *_drawn(path)])

    def _path(self, chapter: str, name: str, ending: str) -> Path:
        plain = re.sub(r"[^\w.-]+", "-", name).strip("-")
        folder = self.gallery / self.programme / chapter
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{plain}{ending}"

    def _keep(self, chapter: str, name: str, files: Iterable[Path]) -> None:
        self.taken.append(Picture(chapter, name, tuple(str(file.relative_to(self.gallery)) for file in files)))


def draws_files() -> bool:
    """Tell whether this machine has what draws files."""
    return all(map(shutil.which, ("soffice", "pdftoppm")))


def _drawn(path: Path) -> list[Path]:
    if path.suffix not in (".xlsx", ".pptx") or not draws_files():
        return []
    with tempfile.TemporaryDirectory() as folder:
        home = f"-env:UserInstallation=file://{folder}/home"
        _run("soffice", home, "--headless", "--convert-to", "pdf", "--outdir", folder, str(path))
        _run("pdftoppm", "-png", "-r", DOTS, "-l", str(PAGES), f"{folder}/{path.stem}.pdf", str(path))
    return sorted(path.parent.glob(f"{path.name}-*.png"))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
