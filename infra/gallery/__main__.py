"""`make gallery`: lives through the programmes of forms/ and takes pictures of all that they produce."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from infra import jobs, mailbox
from infra.example_roster import participants, with_buddies
from infra.gallery.camera import Camera
from infra.gallery.desk import Tour, answered_back, closing_report, signed_in, while_open
from infra.gallery.index import Chapter, write
from infra.gallery.life import begun
from infra.gallery.visitors import Visitors
from infra.gallery.walking import PHONE
from infra.publishing import declared_by, files_in
from infra.service import ROOT, Service, connect
from infra.stack import deploying as stack
from infra.stack.emulator import free_port
from shared.declarations.declared import Declared
from shared.programmes import Programme
from shared.store import published

GALLERY = ROOT / "gallery"
FORMS = ROOT / "forms"
PROGRAMMES = ("kollegasamarbeid", "laeringsmakker", "laeringsledelse", "lederseminar", "inkluderende")
WITH_BUDDIES = {"laeringsmakker": ("teacher", "pedagogue")}
"""Where some of the participants are buddies, in which roles."""

HEARD = {
    "da": "I har flyttet jer mest, hvor I har prøvet noget sammen. Det giver vi mere tid.",
    "nb": "Dere har flyttet dere mest der dere har prøvd noe sammen. Det gir vi mer tid.",
}
"""What an owner tells those who have answered, by the programme's own language."""

NIGHT = 10 * 3600
"""Seconds from a life's last closing to the morning after: no mail goes out at night."""

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}


def main() -> None:
    """Live through the programmes that were asked for, and put the gallery in the place of an earlier one when it is whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programmes", nargs="*", metavar="PROGRAMME", help="some of the folders of forms/ (default: the five)")
    chosen = parser.parse_args().programmes or PROGRAMMES
    if not shutil.which("chromium"):
        raise SystemExit(
            "The gallery's pictures are taken by Chromium, and there is no program `chromium` here. Install it (apt install chromium)."
        )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    with tempfile.TemporaryDirectory() as home:
        _make(Path(home), chosen)
        shutil.rmtree(GALLERY, ignore_errors=True)
        shutil.move(Path(home) / "gallery", GALLERY)
    print(GALLERY / "index.html")


def _make(home: Path, chosen: Sequence[str]) -> None:
    """Make a gallery in a folder, on a stack of its own."""
    port = free_port()
    running = stack.start(home / "stack", port, print)
    try:
        running.deploy()
        os.environ.update(stack.environment(port))
        write(home / "gallery", [_pictured(home / "gallery", connect(), running.base_address, name) for name in chosen])
    finally:
        running.stop()


def _pictured(gallery: Path, service: Service, base: str, folder: str) -> Chapter:
    """Live through a programme and take its pictures."""
    started = time.monotonic()
    camera, programme = Camera(gallery, folder), _programme(folder)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        _take(service, base, programme, camera, browser)
        browser.close()
    print(f"{folder}: {len(camera.taken)} pages and files after {time.monotonic() - started:.0f} s", flush=True)
    return Chapter(programme, camera.taken)


def _take(service: Service, base: str, programme: Programme, camera: Camera, browser: Browser) -> None:
    people = with_buddies(list(participants(programme)), WITH_BUDDIES.get(programme.id, ()))
    language, owner = programme.languages[0], _owner(programme)
    start = f"{base}/desk/programmes/{programme.id}"

    def sign_in() -> Page:
        return signed_in(browser.new_context(**DESK, locale=language), service, base, owner)

    visitors = Visitors(
        camera,
        browser.new_context(**PHONE, locale=language),
        programme,
        {person.email: person for person in people},
        meanwhile=lambda name: while_open(sign_in(), start, name, camera),
    )
    life = begun(service, FORMS / programme.id, people)
    life.live(visitors)
    desk = sign_in()
    visitors.mail("staff", [*mailbox.mails(service, owner)][-1])
    rounds = published.rounds(programme.id)
    last = next((name for name in reversed(visitors.walked.links) if rounds[name].pairs), "")
    if last:
        answered_back(desk, start, last, HEARD[language])
        list(jobs.run(service, ["invite"], life.done[-1].moment.at + NIGHT))
    visitors.late(list(mailbox.mails(service)))
    closing_report(desk, start)
    Tour(desk, camera, start).go()
    if last:
        visitors.walked.own_copy(visitors.walked.links[last])


def _programme(folder: str) -> Programme:
    found = declared_by(FORMS / folder, files_in(FORMS / folder))
    if not isinstance(found, Declared):
        raise SystemExit(f"forms/{folder} has faults: see `kursdag check forms/{folder}`")
    return found.programme


def _owner(programme: Programme) -> str:
    return next(person.email for person in programme.staff if person.role == "owner" and not person.units)


if __name__ == "__main__":
    main()
