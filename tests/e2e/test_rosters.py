"""A roster on its way in: by the command line, and in a browser without JavaScript."""

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from infra.stack.deploying import Stack
from tests.e2e.command_line import CommandLine
from tests.e2e.test_desk import ENGLISH, Desk
from tests.e2e.unspoken import Unspoken
from tests.template import ROOT

NAME = "listed"
FILES = ROOT / "tests/rosters/files"
HEADER = "E-post;Navn;Rolle;Region;Skole\n"
LIV, DAG = "liv@listed.example.org;Liv Lunde;Leder;Follo;Ås skole\n", "dag@listed.example.org;Dag Dahl;Leder;Follo;Ås skole\n"


@pytest.fixture(scope="module")
def listed(kursdag: CommandLine, unspoken: Unspoken, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """Publish a programme of these tests, long before its days."""
    folder = tmp_path_factory.mktemp("listed") / NAME
    folder.mkdir()
    for path in (ROOT / "forms/kollegasamarbeid").glob("*.yaml"):
        (folder / path.name).write_text(path.read_text().replace("date: 2014-", "date: 2031-"))
    kursdag("publish", folder)
    unspoken.add(
        "liv@listed.example.org",
        "dag@listed.example.org",
        "liv.b@listed.example.org",
        "kari@example.org",
        "door@listed.example.org",
        "substitute@listed.example.org",
    )
    return kursdag


def test_a_roster_is_planned_imported_and_mended_by_the_command_line(listed: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes((HEADER + LIV + DAG).encode("cp1252"))

    planned = listed("roster", "import", NAME, file, "--plan")
    assert "new      row 2: liv@listed.example.org, Liv Lunde, Follo › Ås skole › leader" in planned
    assert "2 new, 0 changed, 0 unchanged, 0 not in this file" in planned
    assert "2 new" in listed("roster", "import", NAME, file)
    assert "0 new, 0 changed, 2 unchanged" in listed("roster", "import", NAME, file)

    file.write_text(HEADER + LIV.replace("liv@", "liv.b@") + "nobody;;;;\n")
    refused = listed.tried("roster", "import", NAME, file)
    assert (refused.code, "row 3, email: " in refused.err) == (1, True)
    asked = listed.tried("roster", "import", NAME, file, "--valid-part")
    assert (asked.code, "say which with --same" in asked.err) == (1, True)
    done = listed("roster", "import", NAME, file, "--valid-part", "--same", "2", "--leave")
    assert "0 new, 1 changed, 0 unchanged, 0 not in this file, 1 leave today" in done


def test_the_template_and_columns_by_hand(listed: CommandLine, tmp_path: Path) -> None:
    template, file = tmp_path / "template.xlsx", tmp_path / "people.csv"
    file.write_text(HEADER.replace("E-post", "Kontakt") + DAG)

    listed("roster", "template", NAME, "-o", template, "--language", "en")

    assert openpyxl.load_workbook(io.BytesIO(template.read_bytes())).worksheets[0]["A1"].value == "E-mail"
    assert "2 new" not in listed("roster", "import", NAME, file, "--plan", "--column", "email=Kontakt")
    assert listed.tried("roster", "import", NAME, file, "--column", "mail=Kontakt").code == 2


@pytest.fixture(scope="module")
def organiser(listed: CommandLine, stack: Stack, unspoken: Unspoken, chromium: Browser) -> Iterator[Page]:  # noqa: ARG001
    """Sign an organiser in on a phone."""
    context = chromium.new_context(locale=ENGLISH, viewport={"width": 360, "height": 740})
    page = context.new_page()
    Desk(stack, unspoken).sign_in(page, "organiser@example.org")
    yield page
    context.close()


@pytest.fixture
def page(organiser: Page, stack: Stack) -> Page:
    """Go to the list of participants."""
    organiser.goto(f"{stack.base_address}/desk/programmes/{NAME}")
    organiser.get_by_role("link", name="Who takes part").click()
    return organiser


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{item['id']}: {item['nodes'][0]['html']}" for item in found]


def test_a_file_of_libreoffice_is_brought_in_a_browser_and_somebody_is_added_at_the_door(page: Page) -> None:
    seen = [violations(page)]
    page.get_by_role("link", name="Bring a list from Excel or a CSV file").click()
    page.get_by_label("The file").set_input_files(FILES / "libreoffice-from-csv.xlsx")
    seen.append(violations(page))
    page.get_by_role("button", name="Show what would change").click()
    page.wait_for_selector("h1:has-text('What would change')")
    assert "Kari Nordås kari@example.org · Follo › Ås skole › Leader" in page.inner_text("main")
    seen.append(violations(page))
    page.get_by_role("button", name="Import").click()
    page.wait_for_selector("text=Imported: 3 new, 0 changed.")

    page.get_by_role("link", name="Add somebody").click()
    seen.append(violations(page))
    for label, text in {"Name": "Door", "Mail address": "door@listed.example.org", "Region": "Follo", "School": "Ås skole"}.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Leader", exact=True).check()
    page.get_by_role("button", name="Add").click()
    page.get_by_role("link", name="Door").click()
    page.wait_for_selector("h1:has-text('Door')")
    seen.append(violations(page))

    assert seen == [[]] * 5
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_substitute_at_the_door_takes_three_fields_and_one_press(page: Page, record_property: Callable[[str, float], None]) -> None:
    page.get_by_role("link", name="Attendance").click()
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").filter(has_text=":").first.click()
    requests: list[str] = []
    page.on("request", lambda asked: requests.append(asked.url) if asked.resource_type == "document" else None)

    began = time.perf_counter()
    page.get_by_role("link", name="Add somebody at the door").click()
    page.get_by_label("Name", exact=True).fill("Substitute")
    page.get_by_label("Mail address").fill("substitute@listed.example.org")
    page.get_by_label("Comes instead of").fill("kari nord")
    assert not page.get_by_label("Region").is_visible()
    page.get_by_role("button", name="Add").click()
    page.get_by_role("link", name="Substitute").wait_for()
    took = time.perf_counter() - began

    record_property("seconds", took)
    # The form, the press, and where it leads: the rest of ten seconds is for typing.
    assert len(requests) == 3
    assert took < 5
    page.get_by_role("link", name="Substitute").click()
    assert page.get_by_label("School").input_value() == "Ås skole"
    assert violations(page) == []


def test_a_file_of_megabytes_reaches_the_service(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    rows = [f"many{number:05}@listed.example.org;Many {'x' * 150};Leder;Follo;Ås skole\n" for number in range(18_000)]
    file.write_text(HEADER + "".join(rows))
    assert 3_500_000 < file.stat().st_size < 4_400_000

    page.get_by_role("link", name="Bring a list from Excel or a CSV file").click()
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Show what would change").click()

    page.wait_for_selector("h1:has-text('What would change')", timeout=60_000)
    assert "18000" in page.inner_text("table")
