import html
import os
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from infra.cli.workbook import write_template
from infra.preview.app import create_app
from infra.preview.shown import Line, held, left_out, stored
from infra.publishing import declared_by, files_in
from shared import answers
from shared.conditions import Condition
from shared.declarations.declared import Declared, declared
from shared.forms import Form, Option, Question
from shared.web import slips
from shared.web.form_page import Sent
from tests.functions.examples import DAY, FILES, PROGRAMME
from tests.template import ROOT

pytestmark = pytest.mark.slow

BASE = "http://127.0.0.1:4590"
FORM = "/rounds/day-1/day-1"
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


class Preview:
    """The pages of a folder, as a browser on this machine meets them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client: FlaskClient = create_app(folder, 4590).test_client()

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, base_url=BASE)

    def send(self, path: str = FORM, **typed: str | list[str]) -> TestResponse:
        """Fill in a form as it stands on its page, and send it."""
        return self.post(path, self.hidden(path) | typed)

    def hidden(self, path: str = FORM) -> dict[str, str | list[str]]:
        fields = re.findall(r'<input type="hidden" name="(.+?)" value="(.*?)">', self.get(path).text)
        assert fields
        return {name: html.unescape(value) for name, value in fields}

    def post(self, path: str, fields: dict[str, str | list[str]], **headers: str) -> TestResponse:
        return self.client.post(path, data=fields, base_url=BASE, headers=SAME_SITE | headers)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    """Write a programme's folder and open it; no table, no setting, no AWS is there."""
    folder = tmp_path / "walks"
    folder.mkdir()
    found = Preview(folder)
    for name, text in FILES.items():
        found.write(name, text)
    return found


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


def test_sending_shows_what_would_be_stored_by_code_and_in_words(preview: Preview) -> None:
    answered = preview.send(benefit="4", takeaway="A <b>map</b>\r\nand a compass ")

    assert answered.status_code == 200
    assert "<td><code>4</code></td>" in answered.text
    assert "Mye" in answered.text
    assert "A &lt;b&gt;map&lt;/b&gt;\nand a compass" in answered.text
    assert "&#34;benefit&#34;: &#34;4&#34;" in answered.text


def test_sending_nothing_shows_the_form_s_own_fault(preview: Preview) -> None:
    answered = preview.send(f"{FORM}?lang=en", takeaway=" ")

    assert answered.status_code == 422
    assert "Nothing is filled in yet" in answered.text


def test_what_must_be_mended_is_shown_with_what_was_typed(preview: Preview) -> None:
    preview.write("day.yaml", DAY.replace("kind: text", "kind: text\n    max_length: 5"))

    answered = preview.send(f"{FORM}?lang=en", takeaway="Maps and more maps")

    assert answered.status_code == 422
    assert "Write at most 5 characters." in answered.text
    assert "Maps and more maps</textarea>" in answered.text


@pytest.mark.parametrize(("wanted", "spoken"), [("en", "en"), ("nb", "nb"), ("tlh", "nb")])
def test_the_language_can_be_switched_with_what_was_typed(preview: Preview, wanted: str, spoken: str) -> None:
    answered = preview.send(takeaway="A map", _switch=wanted)

    assert answered.status_code == 200
    assert f'<html lang="{spoken}">' in answered.text
    assert "A map</textarea>" in answered.text


def test_the_receipt_is_the_product_s_own(preview: Preview) -> None:
    assert "Thank you, your answer is received" in preview.get(f"{FORM}/received?lang=en").text


def test_a_changed_file_shows_at_the_next_look(preview: Preview) -> None:
    assert "Hvor stort utbytte?" not in preview.get(FORM).text
    stamp = (preview.folder / "day.yaml").stat()
    preview.write("day.yaml", DAY.replace("Utbytte?", "Vinning?"))
    os.utime(preview.folder / "day.yaml", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    assert "<legend>Vinning?</legend>" in preview.get(FORM).text


def test_a_form_that_was_changed_since_it_was_opened_is_not_mixed_with_the_new_one(preview: Preview) -> None:
    fields = preview.hidden() | {"benefit": "4"}
    preview.write("day.yaml", DAY.replace("Utbytte?", "Hvor stort utbytte?"))

    answered = preview.post(FORM, fields)

    assert answered.status_code == 422
    assert "it has changed since you opened the page" in answered.text


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


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_from_another_site_is_refused(preview: Preview, site: str) -> None:
    assert preview.post(FORM, preview.hidden() | {"benefit": "4"}, **{"Sec-Fetch-Site": site}).status_code == 403


@pytest.mark.parametrize("fields", [{}, {"benefit": "4"}, {"benefit": "9"}, {"_nonce": "mine"}, {"_language": "sv"}, {"poem": "x"}])
def test_what_no_form_of_ours_can_have_sent_is_refused(preview: Preview, fields: dict[str, str | list[str]]) -> None:
    hidden = {} if fields in ({}, {"benefit": "4"}) else preview.hidden()

    assert preview.post(FORM, hidden | fields).status_code == 422


SIZES = (Option("small", {"en": "Small"}), Option("large", {"en": "Large"}))
BRANCHING = Form(
    {"en": "A form"},
    "anonymous",
    (
        Question("sizes", "choices", {"en": "Which?"}, options=SIZES, other={"en": "Another"}),
        Question("why", "text", {"en": "Why {answer:sizes}?"}, max_length=100, shown_if=Condition("is", "sizes", ("large",))),
    ),
)


def read(**given: list[str]) -> Sent:
    found = declared("walks", {name: text.encode() for name, text in FILES.items()})
    assert isinstance(found, Declared)
    place = next(held(Declared(found.programme, dict.fromkeys(found.forms, BRANCHING)))).place
    typed = {name.replace("__", "."): values for name, values in given.items()}
    return Sent(place, "link", slips.new_slip("form", (), "day-1", "en"), typed, answers.read(BRANCHING, typed))


def test_several_choices_are_told_by_code_and_label_and_recalled_in_words() -> None:
    sent = read(sizes=["other", "large"], sizes__other=["Huge"], why=["To see"])

    assert stored(sent) == [
        Line("Which?", "sizes", "large, other", "Large, Another"),
        Line("Which?", "sizes.other", "Huge", ""),
        Line("Why Large, Another?", "why", "To see", ""),
    ]
    assert left_out(sent) == []


def test_an_answer_whose_condition_does_not_hold_is_told_as_left_out() -> None:
    sent = read(sizes=["small"], why=["To see"])

    assert [line.id for line in stored(sent)] == ["sizes"]
    assert left_out(sent) == ["Why Small?"]
    assert left_out(read(sizes=["small"], why=[" "])) == []
