import html
import os
import re
from pathlib import Path

import pytest

from infra.cli.workbook import write_template
from infra.publishing import declared_by, files_in
from shared.declarations.declared import Declared
from tests.functions.examples import DAY, FILES, PROGRAMME
from tests.infra.previewing import BASE, FORM, Preview, opened
from tests.template import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    return opened(tmp_path)


def test_every_round_is_listed_with_its_form_and_mail_in_each_language_and_place(preview: Preview) -> None:
    page = preview.get("/").text

    for place in (FORM, "/rounds/day-2/north", "/rounds/day-2/south", "/rounds/day-2/west"):
        for language in ("nb", "en"):
            assert f'href="{place}?lang={language}"' in page
            assert f'href="{place}/mail?lang={language}"' in page
    assert "Tuesday 26 August 2025, 11:00" in page


@pytest.mark.parametrize(("language", "words"), [("nb", "Utbytte?"), ("en", "Benefit?")])
def test_a_form_is_the_product_s_own_page_in_the_language_that_is_asked_for(preview: Preview, language: str, words: str) -> None:
    page = preview.get(f"{FORM}?lang={language}").text

    assert f'<html lang="{language}">' in page
    assert f"<legend>{words}</legend>" in page
    assert re.search(r'<link rel="stylesheet" href="/static/kursdag\.\w+\.css">', page)


def test_a_language_that_is_not_offered_gives_the_programme_s_first(preview: Preview) -> None:
    assert '<html lang="nb">' in preview.get(f"{FORM}?lang=sv").text


def followed(preview: Preview) -> set[str]:
    """Open the index and every page that can be reached from it; none may fail."""
    seen, waiting = set(), {"/"}
    while waiting:
        path = waiting.pop()
        seen.add(path)
        answered = preview.get(path)
        assert answered.status_code == 200, path
        if answered.mimetype == "text/html":
            found = re.findall(r'(?:href|src)="(.*?)"', answered.text)
            local = {html.unescape(link).removeprefix(BASE) for link in found if not link.startswith(("mailto:", "data:", "#"))}
            waiting |= {path.partition("?")[0] + link if link.startswith("?") else link for link in local} - seen
    return seen


def test_every_link_of_every_page_leads_somewhere(preview: Preview) -> None:
    assert len(followed(preview)) > 30


@pytest.mark.parametrize("folder", sorted((ROOT / "forms").glob("*/programme.yaml")), ids=lambda path: path.parent.name)
def test_the_programmes_that_come_along_are_shown_whole(folder: Path) -> None:
    preview = Preview(folder.parent)

    pages = followed(preview)

    found = declared_by(folder.parent, files_in(folder.parent))
    assert isinstance(found, Declared)
    for plan in found.programme.rounds:
        for language in found.programme.languages:
            assert any(path.startswith(f"/rounds/{plan.id}/") and path.endswith(f"?lang={language}") for path in pages)


def test_a_form_that_is_answered_by_conditions_shows_what_they_leave_out(preview: Preview) -> None:
    preview.write("day.yaml", DAY + "    if: {question: benefit, at least: 4}\n")

    kept, left = preview.send(benefit="4", takeaway="A map"), preview.send(benefit="2", takeaway="A map")

    assert "A map" in kept.text
    assert "their conditions don’t hold" not in kept.text
    assert "their conditions don’t hold" in left.text
    assert "A map" not in left.text


def test_warnings_stand_on_the_index(preview: Preview) -> None:
    more = "".join(f"  - {{id: more-{number}, kind: text, text: {{nb: Mer, en: More}}}}\n" for number in range(4))
    preview.write("day.yaml", DAY + more)

    page = preview.get("/").text

    assert "<h2>Warnings</h2>" in page
    assert "day.yaml:" in page


def test_a_workbook_is_shown_like_a_folder_and_its_faults_by_their_cells(tmp_path: Path) -> None:
    write_template(tmp_path / "walks.xlsx", ("nb", "en"))
    preview = Preview(tmp_path / "walks.xlsx")

    assert len(followed(preview)) > 10

    preview.folder.write_bytes(b"no workbook")
    answered = preview.get("/")
    assert answered.status_code == 422
    assert "1 fault in the files" in answered.text


def test_a_changed_file_shows_at_the_next_look(preview: Preview) -> None:
    assert "Hvor stort utbytte?" not in preview.get(FORM).text
    stamp = (preview.folder / "day.yaml").stat()
    preview.write("day.yaml", DAY.replace("Utbytte?", "Vinning?"))
    os.utime(preview.folder / "day.yaml", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    assert "<legend>Vinning?</legend>" in preview.get(FORM).text


@pytest.mark.parametrize("path", ["/", FORM, f"{FORM}/mail", f"{FORM}/mail/html", f"{FORM}/received"])
def test_a_faulty_file_shows_its_faults_with_their_lines(preview: Preview, path: str) -> None:
    preview.write("day.yaml", DAY.replace("kind: text", "kind: poem"))
    preview.write("programme.yaml", PROGRAMME.replace("2025-08-26", "2025-02-30"))

    answered = preview.get(path)

    assert answered.status_code == 422
    assert "2 faults in the files" in answered.text
    assert "<code>day.yaml:15:11</code>" in answered.text
    assert "15      kind: poem" in answered.text
    assert "there is no such day as 2025-02-30" in answered.text
    preview.write("day.yaml", DAY)
    preview.write("programme.yaml", PROGRAMME)
    assert preview.get(path).status_code == 200


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"\x00" * 9, b"x" * 300_000, b"a:\n\tb: <script>", b"title: <script>\n"])
def test_whatever_a_file_holds_the_page_tells_it(preview: Preview, content: bytes) -> None:
    (preview.folder / "day.yaml").write_bytes(content)

    answered = preview.get("/")

    assert answered.status_code == 422
    assert "<code>day.yaml:" in answered.text
    assert "<script" not in answered.text


def test_a_folder_whose_files_are_gone_says_so(preview: Preview) -> None:
    for name in FILES:
        (preview.folder / name).unlink()

    assert "programme.yaml:1:1" in preview.get("/").text


@pytest.mark.parametrize("path", ["/rounds/day-9/day-1", "/rounds/day-1/north", "/rounds/day-1/day-1/mails", "/nothing"])
def test_what_the_programme_does_not_have_is_not_there(preview: Preview, path: str) -> None:
    answered = preview.get(path)

    assert answered.status_code == 404
    assert 'href="/"' in answered.text


@pytest.mark.parametrize(("language", "greeting"), [("nb", "Hei Kim Lind,"), ("en", "Hello Kim Lind,")])
def test_the_mail_is_the_product_s_own_and_its_link_opens_the_form(preview: Preview, language: str, greeting: str) -> None:
    page = preview.get(f"{FORM}/mail?lang={language}")
    framed = preview.get(f"{FORM}/mail/html?lang={language}")

    assert greeting in page.text
    assert f"{BASE}{FORM}?lang={language}" in page.text
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert f'href="{BASE}{FORM}?lang={language}"' in framed.text
    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]


MESSAGES = """\
messages:
  - id: boots
    title: {nb: Før vi går, en: Before we walk}
    text: {nb: Prøv skoene., en: Try your boots.}
    on: 7 days before day-2 at 08:00
"""


@pytest.mark.parametrize(
    ("language", "title", "words"), [("nb", "Før vi går", "Prøv skoene."), ("en", "Before we walk", "Try your boots.")]
)
def test_a_message_is_listed_and_its_mail_shown_in_each_language(preview: Preview, language: str, title: str, words: str) -> None:
    preview.write("programme.yaml", PROGRAMME + MESSAGES)

    listed = preview.get("/").text
    page = preview.get(f"/messages/boots/mail?lang={language}")
    framed = preview.get(f"/messages/boots/mail/html?lang={language}")

    assert f'href="/messages/boots/mail?lang={language}"' in listed
    assert "30 September 2025, 08:00" in listed
    assert title in page.text
    assert words in page.text
    assert f'src="/messages/boots/mail/html?lang={language}"' in page.text
    assert words in framed.text
    assert preview.get("/messages/gloves/mail").status_code == 404


@pytest.mark.parametrize("host", ["evil.example.org:4590", "127.0.0.1", "127.0.0.1:4580"])
def test_a_page_under_another_name_is_refused(preview: Preview, host: str) -> None:
    answered = preview.client.get("/", headers={"Host": host})

    assert answered.status_code == 403
    assert "kursdag preview" in answered.text
