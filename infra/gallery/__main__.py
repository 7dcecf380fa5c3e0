"""`make gallery`: lives through the programmes of forms/ and takes pictures of all that they produce."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader
from playwright.sync_api import Browser, Page, sync_playwright

from infra.example_roster import participants, with_buddies
from infra.gallery.camera import Camera, Picture, draws_files
from infra.gallery.desk import Tour, closing_report, signed_in
from infra.gallery.life import begun
from infra.gallery.walking import PHONE, Participants
from infra.publishing import declared_by, files_in
from infra.service import ROOT, Service, connect
from infra.stack import deploying as stack
from shared.declarations.declared import Declared
from shared.programmes import Programme
from shared.store import published

GALLERY = ROOT / "gallery"
FORMS = ROOT / "forms"
PROGRAMMES = ("kollegasamarbeid", "laeringsmakker", "laeringsledelse", "lederseminar", "inkluderende")
WITH_BUDDIES = {"laeringsmakker": ("teacher", "pedagogue")}
"""Where some of the participants are buddies, in which roles."""

PORT = 4790
CHAPTERS = {"forms": "Forms and receipts", "mails": "Mails", "desk": "The desk", "files": "Files"}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}


def main() -> None:
    """Live through the programmes that were asked for, and write the gallery."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programmes", nargs="*", metavar="PROGRAMME", help="some of the folders of forms/ (default: the five)")
    chosen = parser.parse_args().programmes or PROGRAMMES
    shutil.rmtree(GALLERY, ignore_errors=True)
    with tempfile.TemporaryDirectory() as home:
        running = stack.start(Path(home), PORT, print)
        try:
            running.deploy()
            os.environ.update(stack.environment(PORT))
            _write({name: _pictured(connect(), running.base_address, name) for name in chosen})
        finally:
            running.stop()


def _pictured(service: Service, base: str, folder: str) -> list[Picture]:
    """Live through a programme and take its pictures."""
    started = time.monotonic()
    camera = Camera(GALLERY, folder)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        _take(service, base, folder, camera, browser)
        browser.close()
    print(f"{folder}: {len(camera.taken)} pages and files after {time.monotonic() - started:.0f} s", flush=True)
    return camera.taken


def _take(service: Service, base: str, folder: str, camera: Camera, browser: Browser) -> None:
    people = with_buddies(list(participants(_programme(folder))), WITH_BUDDIES.get(folder, ()))
    life = begun(service, FORMS / folder, people)
    language = life.programme.languages[0]

    def look(name: str, page: Page) -> None:
        camera.page("forms", name, page)

    phone = browser.new_context(**PHONE, locale=language)
    walked = Participants(phone, language, look, {person.email: person.buddy for person in people}, keeps_copies=True)
    life.live(walked)
    for link in [walked.links[name] for name in walked.links if published.rounds(folder)[name].pairs][-1:]:
        walked.own_copy(link)
    reader = phone.new_page()
    for what, mail in walked.mails.items():
        camera.mail(what, mail, reader)
    start = f"{base}/desk/programmes/{folder}"
    owner = signed_in(browser.new_context(**DESK, locale=language), service, base, _owner(life.programme))
    closing_report(owner, start, camera)
    Tour(owner, camera, start).go()


def _programme(folder: str) -> Programme:
    found = declared_by(FORMS / folder, files_in(FORMS / folder))
    if not isinstance(found, Declared):
        raise SystemExit(f"forms/{folder} has faults: see `kursdag check forms/{folder}`")
    return found.programme


def _owner(programme: Programme) -> str:
    return next(person.email for person in programme.staff if person.role == "owner" and not person.units)


def _write(taken: dict[str, list[Picture]]) -> None:
    """Write the page that leads to all pictures."""
    template = Environment(loader=PackageLoader("infra.gallery"), autoescape=True).get_template("index.html")
    (GALLERY / "index.html").write_text(template.render(taken=taken, chapters=CHAPTERS, drawn=draws_files()))
    print(f"{GALLERY / 'index.html'}", flush=True)


if __name__ == "__main__":
    main()
