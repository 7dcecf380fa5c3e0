"""A programme from files to published, as its organiser does it in the browser."""

import io
import re
import zipfile
from collections.abc import Mapping

import pytest

from shared.packing import packed
from shared.store import desk_drafts, published, sources
from shared.workbook.conversion import as_workbook
from tests.functions.desk.programmes.uploading import uploaded
from tests.functions.desk.visitors import OBSERVER, ORGANISER, OWNER, STAFF, STRANGER, Browser, Page, desk, staffed
from tests.functions.examples import DAY, PROGRAMME, dump, publish, scanned

pytestmark = pytest.mark.usefixtures("tables")

OWN = {"programme.yaml": PROGRAMME.replace("2025-", "2095-") + STAFF, "day.yaml": DAY}
NEW = "/desk/new/files"


@pytest.fixture
def owner(tables: object) -> Browser:  # noqa: ARG001
    desk()
    return Browser().sign_in(OWNER)


def bring(browser: Browser, files: Mapping[str, str | bytes], programme: str = "", path: str = NEW, **more: str) -> Page:
    """Bring files with the form of a page that has one."""
    token = browser.get("/desk/new").form()["form"]
    return uploaded(browser, path, files, form=token, programme=programme, **more)


def begun(browser: Browser, files: Mapping[str, str | bytes], programme: str = "runs") -> str:
    """Begin a draft; return its page's path."""
    page = bring(browser, files, programme)
    assert page.status == 303, page.text
    return page.place


def press(browser: Browser, path: str, action: str, **more: str) -> Page:
    """Press a button of a draft's page."""
    shown = re.findall(r'name="(plan)" value="(\w+)"', browser.get(path).text)
    fields = {"form": browser.get("/desk/new").form()["form"]} | dict(shown) | more
    return browser.post(f"{path}/{action}", fields)


def test_files_are_checked_planned_and_published_on_a_press(owner: Browser) -> None:
    path = begun(owner, OWN)
    before = dump("PUBLISHED")

    page = owner.get(path)
    assert "No faults. Nothing is published yet." in page.said()
    assert "day-1 · New Friday 26 August 2095 at 11:00 – Friday 26 August 2095 at 23:59" in page.said()
    assert dump("PUBLISHED") == before
    done = press(owner, path, "publish")

    assert (done.status, done.place) == (303, "/desk/programmes/runs")
    assert "Walk leader" in owner.get("/desk/programmes/runs").said()
    assert published.rounds("runs").keys() == {"day-1", "day-2"}
    assert owner.get(path).status == 404
    assert not [item for item in scanned("DESK") if item["sk"]["S"].startswith("DRAFT#")]


def test_faults_are_told_with_their_places_and_nothing_can_be_published_before_they_are_mended(owner: Browser) -> None:
    path = begun(owner, OWN | {"day.yaml": DAY.replace("kind: text", "kind: poem")})

    page = owner.get(path)
    assert "1 fault" in page.said()
    assert "day.yaml, line 15, column 11" in page.said()
    assert f"{path}/publish" not in page.text
    assert press(owner, path, "publish", plan="").status == 409
    assert published.programme("runs") is None

    assert bring(owner, {"day.yaml": DAY}, "", f"{path}/files").place == path
    assert press(owner, path, "publish").status == 303


def test_faults_are_told_in_the_reader_s_language(owner: Browser) -> None:
    path = begun(
        owner,
        OWN | {"day.yaml": DAY.replace("kind: text", "kind: txt"), "programme.yaml": OWN["programme.yaml"].replace("Europe/Oslo", "Oslo")},
    )

    page = owner.get(path, accept_language="da").said()

    assert "day.yaml, linje 15, tegn 11 txt kendes ikke her: mente du text ?" in page
    assert "Oslo er ikke en kendt tidszone: " in page


@pytest.mark.slow
def test_a_workbook_is_a_whole_programme_and_its_name_the_id(owner: Browser) -> None:
    content = as_workbook({name: text.encode() for name, text in OWN.items()})
    assert isinstance(content, bytes)

    path = begun(owner, {"Walks-2026.XLSX": content, "~$walks.xlsx": b"locked"}, "walks-2026")

    assert "No faults" in owner.get(path).said()
    press(owner, path, "publish")
    assert published.programme("walks-2026") is not None
    kept = sources.sources("walks-2026")
    assert kept is not None
    assert kept.files.keys() == OWN.keys()


def test_faults_of_a_workbook_are_told_with_their_cells(owner: Browser) -> None:
    files = OWN | {"programme.yaml": OWN["programme.yaml"].replace("Europe/Oslo", "Europe/Roma")}
    content = as_workbook({name: text.encode() for name, text in files.items()})
    assert isinstance(content, bytes)

    assert "programme!B4" in owner.get(begun(owner, {"runs.xlsx": content}, "")).said()


def test_a_zip_file_holds_files_in_a_folder_or_not(owner: Browser) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name, text in OWN.items():
            package.writestr(f"runs/{name}", text)
        package.writestr("__MACOSX/._day.yaml", b"\0")

    path = begun(owner, {"runs.zip": content.getvalue()}, "")

    assert "Draft: runs" in owner.get(path).said()
    assert "No faults" in owner.get(path).said()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "No file was chosen"),
        ({"a.zip": b"PK no zip"}, "This zip file is damaged or locked"),
        ({"a.zip": packed({f"{number}.yaml": b"" for number in range(61)})}, "more files, or larger ones"),
        ({"a.zip": packed({"a.yaml": b" " * 2_000_001})}, "more files, or larger ones"),
        ({"a.xlsx": bytes(range(256)) * 4000}, ""),
        ({"programme.yaml": PROGRAMME}, "Say which id"),
    ],
)
def test_what_is_no_programme_is_explained_at_once(owner: Browser, files: Mapping[str, str | bytes], said: str) -> None:
    page = bring(owner, files)

    if said:
        assert page.status == 422
        assert said in page.said()
    else:
        assert "can" in owner.get(page.place).said()


def test_more_than_five_megabytes_are_not_read(owner: Browser) -> None:
    assert bring(owner, {"a.xlsx": b"x" * 5_500_000}).status == 413


def test_a_draft_is_its_maker_s_alone_and_runs_out(owner: Browser) -> None:
    path = begun(owner, OWN)
    stranger = Browser().sign_in(STRANGER)

    assert [stranger.get(f"{path}{below}").status for below in ("", "/files.zip")] == [404, 404]
    assert [press(stranger, path, action).status for action in ("publish", "drop")] == [404, 404]
    assert "runs" in owner.get("/desk/new").said()
    (draft,) = desk_drafts.drafts(OWNER, 0)
    assert desk_drafts.drafts(OWNER, draft.expires) == []
    assert desk_drafts.draft(OWNER, draft.id, draft.expires) is None


def test_a_draft_can_be_downloaded_and_thrown_away(owner: Browser) -> None:
    path = begun(owner, OWN)

    file = owner.get(f"{path}/files.zip")
    assert file.body == packed({name: text.encode() for name, text in OWN.items()})
    assert file.headers["content-disposition"] == 'attachment; filename="runs.zip"'

    assert press(owner, path, "drop").place == "/desk/new"
    assert owner.get(path).status == 404


def test_the_plan_that_was_shown_is_published_or_none(owner: Browser) -> None:
    path = begun(owner, OWN)
    shown = re.findall(r'name="plan" value="(\w+)"', owner.get(path).text)[0]
    publish({**OWN, "day.yaml": DAY.replace("Utbytte?", "Hva fikk du?")}, programme="runs")
    before = dump("PUBLISHED")

    page = owner.post(f"{path}/publish", {"form": owner.get("/desk/new").form()["form"], "plan": shown})

    assert page.status == 409
    assert "Something has changed since this page was made" in page.said()
    assert "day-1 · Changed" in page.said()
    assert dump("PUBLISHED") == before


def test_somebody_else_s_programme_is_not_overwritten(owner: Browser) -> None:
    path = begun(owner, OWN, "swims")
    before = dump("PUBLISHED")

    assert "Another programme has this id." in owner.get(path).said()
    assert press(owner, path, "publish", plan="x").status == 409
    assert dump("PUBLISHED") == before


def test_whoever_makes_a_programme_is_among_its_staff(owner: Browser) -> None:
    path = begun(owner, OWN | {"programme.yaml": OWN["programme.yaml"].replace("Owner@", "other@")})

    assert "You are not among the staff of this programme." in owner.get(path).said()
    assert press(owner, path, "publish", plan="x").status == 409
    assert published.programme("runs") is None


@pytest.mark.slow
@pytest.mark.parametrize(("who", "may"), [(ORGANISER, False), (OWNER, True)])
def test_only_an_owner_changes_who_is_staff(who: str, may: bool) -> None:
    publish(OWN, programme="runs")
    browser = Browser().sign_in(who)
    more = {"programme.yaml": OWN["programme.yaml"].replace("observer@example.org, role: observer", "observer@example.org, role: owner")}

    page = bring(browser, more, path="/desk/programmes/runs/files")

    said = browser.get(page.place).said()
    assert ("Only an owner can change who may see what." in said) != may
    assert (press(browser, page.place, "publish", plan="").status == 303) is False
    assert press(browser, page.place, "publish").status == (303 if may else 409)


def test_a_published_programme_is_changed_by_bringing_the_file_that_changed() -> None:
    publish(OWN, programme="runs")
    organiser = Browser().sign_in(ORGANISER)

    page = bring(organiser, {"day.yaml": DAY.replace("Utbytte?", "Hva fikk du?")}, path="/desk/programmes/runs/files")

    assert "day-1 · Changed" in organiser.get(page.place).said()
    assert press(organiser, page.place, "publish").status == 303
    kept = sources.sources("runs")
    assert kept is not None
    assert kept.files["programme.yaml"].decode() == OWN["programme.yaml"]
    assert "Hva fikk du?" in kept.files["day.yaml"].decode()


def test_the_files_of_a_programme_are_downloaded_as_they_were_published() -> None:
    publish(OWN, programme="runs")
    organiser = Browser().sign_in(ORGANISER)

    with zipfile.ZipFile(io.BytesIO(organiser.get("/desk/programmes/runs/files.zip").body)) as package:
        assert {name: package.read(name).decode() for name in package.namelist()} == OWN


def test_of_a_programme_whose_files_are_not_kept_the_page_says_so() -> None:
    staffed()
    organiser = Browser().sign_in(ORGANISER)

    assert "are not kept yet" in organiser.get("/desk/programmes/walks/files").said()
    assert organiser.get("/desk/programmes/walks/files.zip").status == 404


def test_observers_make_no_programmes() -> None:
    staffed()
    observer = Browser().sign_in(OBSERVER)

    assert [observer.get(path).status for path in ("/desk/new", "/desk/programmes/walks/files")] == [403, 403]
    assert "/desk/new" not in observer.get("/desk/programmes/walks").text


def test_a_form_of_another_site_brings_nothing(owner: Browser) -> None:
    before = dump("DESK")

    page = uploaded(owner, NEW, OWN, form="forged", programme="runs")

    assert page.status == 403
    assert dump("DESK") == before
