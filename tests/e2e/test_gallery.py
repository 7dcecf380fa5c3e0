"""The gallery's way through a programme, shown by one of a single day with a team's plan."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from infra.example_roster import participants
from infra.gallery.camera import Camera, Picture
from infra.gallery.captions import STEPS
from infra.gallery.desk import signed_in, while_open
from infra.gallery.life import begun
from infra.gallery.visitors import Visitors
from infra.gallery.walking import PHONE, WRITTEN
from infra.publishing import declared_by, files_in
from infra.service import connect
from infra.stack.deploying import Stack
from shared.declarations.declared import Declared
from shared.store import published
from tests.conftest import settings_of
from tests.e2e.lives import OWNER
from tests.e2e.unspoken import Unspoken

PROGRAMME = """
title: {da: En dag, en: A day}
languages: [da, en]
timezone: Europe/Copenhagen
sender: Kursdag for en dag
contact: {name: Kontoret, email: kontor@example.org}
controller: Kommunen
data_protection: {name: Rådgiveren, email: dpo@example.org}
legal_basis: {da: Artikel 6, en: Article 6}
complaints: Datatilsynet
retention: 100
units: [school]
roles: {teacher: {da: Lærer, en: Teacher}}
days:
  - id: first
    title: {da: Første dag, en: First day}
    date: 2014-09-02
    place: Rådhuset
    sessions:
      - {id: talk, title: {da: Oplæg, en: Talk}, start: 09:00, end: 15:00}
rounds:
  - {form: course-day, for: each day, reminds: [19:00]}
  - {form: action-plan, for: first, id: plan, opens: 15:30, closes: 3 days later at 23:59}
staff:
  - {email: owner@example.org, role: owner}
"""

BESIDE = {"answered", "absent, noted", "unwilling, noted", "find, sent", "let in", "stopped", "kept", "deleted", "member, opened", "lost"}
"""What must be there beside forms, receipts and mails."""


@pytest.fixture(scope="module")
def taken(stack: Stack, chromium: Browser, unspoken: Unspoken, tmp_path_factory: pytest.TempPathFactory) -> list[Picture]:
    folder: Path = tmp_path_factory.mktemp("programme") / "one-day"
    folder.mkdir()
    (folder / "programme.yaml").write_text(PROGRAMME)
    found = declared_by(folder, files_in(folder))
    assert isinstance(found, Declared), found
    people = [person for person in participants(found.programme) if person.units[0] in ("Birkeskolen", "Lilleåskolen", "Elbækskolen")]
    camera = Camera(tmp_path_factory.mktemp("gallery"), "one-day")
    with pytest.MonkeyPatch.context() as monkeypatch, settings_of(stack, monkeypatch):
        service = connect()
        start = f"{stack.base_address}/desk/programmes/one-day"
        context = chromium.new_context(**PHONE, locale="da")
        desk = chromium.new_context(locale="da")
        by_address = {person.email: person for person in people}
        visitors = Visitors(
            camera,
            context,
            found.programme,
            by_address,
            meanwhile=lambda name: while_open(signed_in(desk, service, stack.base_address, OWNER), start, name, camera),
        )
        life = begun(service, folder, people)
        try:
            life.live(visitors)
        finally:
            published.put_clock_offset(0)
        visitors.late([mail for done in life.done for mail in done.mails])
        context.close()
        desk.close()
    unspoken.add(*WRITTEN.values(), *by_address)
    return camera.taken


def test_it_shows_what_lies_beside_the_straight_way(taken: list[Picture]) -> None:
    told = [picture.said for picture in taken]

    assert {step for step in BESIDE if STEPS[step] not in told} == set()
    assert told.count(STEPS["form"]) == 2
    assert "An open form is extended, paused or reminded of" in told


def test_every_page_is_pictured_on_a_phone_and_on_a_desk(taken: list[Picture]) -> None:
    assert {tuple(name.rpartition("-")[2] for name in picture.files) for picture in taken} == {("360.png", "1280.png")}
    assert len({name for picture in taken for name in picture.files}) == 2 * len(taken)


def test_a_mail_is_pictured_once_in_the_programmes_language_with_its_plain_text(taken: list[Picture]) -> None:
    mails = [picture for picture in taken if picture.text]

    assert len({picture.title for picture in mails}) == len(mails)
    assert all("Deltager" in picture.text for picture in mails)
