"""Takes pictures of pages and mails, on a phone and on a desk, and of the pages of files."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from infra.gallery.captions import Readers
from infra.mailbox import Mail
from shared.slugs import slug

WIDTHS = (360, 1280)
PAGES = 4
"""How many pages of a file are shown."""

DOTS = "60"
"""Dots per inch of a file's picture."""

PATIENCE = 120
"""Seconds in which a file is drawn."""

ABOVE = """([sender, subject]) => {
    const head = document.createElement("div"), from = document.createElement("div"), title = document.createElement("strong");
    head.style.cssText = "padding: 12px 16px; border-bottom: 1px solid #999; font: 14px/1.4 sans-serif; background: #fff; color: #222";
    from.textContent = sender;
    title.textContent = subject;
    head.append(from, title);
    document.body.prepend(head);
}"""
"""Puts what a mailbox shows of a mail above it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One thing that was seen."""

    readers: Readers
    """Who sees it."""
    said: str
    """What it shows."""
    title: str
    """What it is called where it was seen: a page's heading, a mail's subject, a file's name."""
    files: tuple[str, ...]
    """Its pictures, and the file itself where it is one; relative to the gallery."""
    text: str = ""
    """Of a mail: what stands in it where no pictures and colours are shown."""


@dataclass
class Camera:
    """Takes pictures for one programme."""

    gallery: Path
    programme: str
    taken: list[Picture] = field(default_factory=list)

    def page(self, readers: Readers, said: str, page: Page, title: str = "", text: str = "") -> None:
        """Take a page at both widths, and leave it as it was."""
        title = title or page.title()
        before = page.viewport_size or {"width": WIDTHS[0], "height": 740}
        files = []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("scrollTo(0, 0)")
            path = self._path(title, f"-{width}.png")
            page.screenshot(path=path, full_page=True)
            files.append(path)
        page.set_viewport_size(before)
        self._keep(readers, said, title, files, text)

    def mail(self, readers: Readers, said: str, mail: Mail, page: Page) -> None:
        """Take a mail as it is read, below its sender and subject."""
        page.set_content(mail.html)
        page.evaluate(ABOVE, [mail.sender, mail.subject])
        self.page(readers, said, page, mail.subject, mail.text)

    def file(self, readers: Readers, said: str, name: str, content: bytes) -> None:
        """Keep a file, and take its first pages where a program is there that draws them."""
        path = self._path(name, "")
        path.write_bytes(content)
        self._keep(readers, said, name, [path, *_drawn(path)])

    def _path(self, title: str, ending: str) -> Path:
        """Name a file by its place in the gallery and by what it shows, without letters that file systems differ about."""
        stem, dot, kind = title.rpartition(".") if not ending else (title, "", "")
        folder = self.gallery / self.programme
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{len(self.taken) + 1:03}-{slug(stem)[:40]}{dot}{kind}{ending}"

    def _keep(self, readers: Readers, said: str, title: str, files: Iterable[Path], text: str = "") -> None:
        self.taken.append(Picture(readers, said, title, tuple(str(file.relative_to(self.gallery)) for file in files), text))


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
