import re
import sys
from io import StringIO
from itertools import combinations
from pathlib import Path
from unicodedata import normalize

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given
from hypothesis import strategies as st
from marshmallow import ValidationError

from infra.cli.main import FAULTS, main
from infra.cli.new import new
from infra.publishing import declared_by, files_in
from shared.declarations.declared import Declared
from shared.declarations.fields import Line
from shared.declarations.yaml_source import read as read_yaml
from shared.languages import NAMES
from shared.new_programmes import NewDay, Wish, files, spoken
from shared.programmes import Contact
from shared.slugs import slug

pytestmark = pytest.mark.slow

OFFERS = [offered for count in range(1, len(NAMES) + 1) for offered in combinations(NAMES, count)]
OFFICE = Contact("The office", "office@example.org")

USUAL = [
    "--no-input",
    "--title",
    "Walk leaders",
    "--language",
    "en",
    "--day",
    "2026-08-26 Oslo: Maps",
    "--contact",
    "Office <o@example.org>",
]


@pytest.fixture(autouse=True)
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*options: str, typed: str = "") -> Result:
    return CliRunner().invoke(new, options, input=typed, standalone_mode=True)


def read(folder: Path) -> Declared:
    """Read what was written, as `check` does; there must be no fault."""
    found = declared_by(folder, files_in(folder))
    assert isinstance(found, Declared), found
    return found


def wish(title: str, languages: tuple[str, ...] = ("en",)) -> Wish:
    return Wish(spoken([title], languages), languages, (NewDay("2026-08-26", title, spoken([title], languages)),), OFFICE, title, OFFICE)


@pytest.mark.parametrize("offered", OFFERS, ids="-".join)
def test_what_options_say_passes_the_check_in_every_choice_of_languages(offered: tuple[str, ...], at: Path) -> None:
    languages = [option for language in offered for option in ("--language", language)]
    titles = " | ".join(f"Tittel på {language}" for language in offered)
    days = ["--day", "2026-08-26 Oslo: Kart: og kompass", "--day", "2026-09-02 Bø i Telemark"]

    ended = run("walks", "--no-input", "--title", titles, *languages, *days, "--contact", "Kontoret <kontor@example.org>")

    assert ended.exit_code == 0, ended.output
    found = read(at / "walks")
    assert found.programme.languages == offered
    assert found.programme.title == {language: f"Tittel på {language}" for language in offered}
    assert [day.gatherings[0].place for day in found.programme.days] == ["Oslo", "Bø i Telemark"]
    assert set(found.programme.days[0].title.values()) == {"Kart: og kompass"}
    assert [question.id for question in found.forms["day-2"].questions][:3] == ["benefit", "use", "next-step"]
    assert found.warnings == ()


@pytest.mark.parametrize("offered", OFFERS, ids="-".join)
def test_what_is_typed_passes_the_check_in_every_choice_of_languages(offered: tuple[str, ...], at: Path) -> None:
    titles = [f"Title {language}" for language in offered]
    day = ["2026-08-26", "Oslo", *("" for _ in offered)]

    ended = run("walks", typed="\n".join([", ".join(offered), *titles, "The office", "office@example.org", "", "", "", *day, ""]) + "\n")

    assert ended.exit_code == 0, ended.output
    found = read(at / "walks")
    assert found.programme.title == dict(zip(offered, titles, strict=True))
    assert found.programme.contact == found.programme.data_protection == OFFICE
    assert found.programme.controller == "The office"
    assert found.programme.days[0].title == {language: "Day 1" if language == "en" else "Dag 1" for language in offered}


def test_only_what_options_leave_open_is_asked(at: Path) -> None:
    ended = run(*USUAL[1:], typed="The county\nThe officer\nprivacy@example.org\n")

    assert "Title" not in ended.output
    found = read(at / "walk-leaders").programme
    assert (found.controller, found.data_protection) == ("The county", Contact("The officer", "privacy@example.org"))


def test_an_answer_that_files_can_t_hold_is_asked_for_again(at: Path) -> None:
    typed = ["sv, fr", "sv", "", "Kurs", "Kansliet", "nobody", "kansli@example.org", "", "", ""]
    days = ["2026-02-30", "2026-02-28", "Lund", "Kartor", "later", "2026-03-01", "Lund", "", ""]

    ended = run("walks", typed="\n".join([*typed, *days]) + "\n")

    assert ended.exit_code == 0, ended.output
    assert "write one or more of da, nb, nn, sv, en" in ended.output
    assert "there is no such day as 2026-02-30" in ended.output
    assert [day.gatherings[0].date for day in read(at / "walks").programme.days] == ["2026-02-28", "2026-03-01"]


def test_an_interrupted_conversation_writes_nothing(at: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["kursdag", "new"])
    monkeypatch.setattr(sys, "stdin", StringIO("nb\nTurer\n"))

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 1
    assert list(at.iterdir()) == []


def test_the_folder_is_named_by_the_title_and_lies_under_forms_where_there_is_one(at: Path) -> None:
    assert run(*USUAL).exit_code == 0
    (at / "forms").mkdir()
    assert run(*USUAL).exit_code == 0

    assert read(at / "walk-leaders").programme == read(at / "forms/walk-leaders").programme


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Læringsmakker 2026", "laeringsmakker-2026"),
        ("Å lede: mot & ro", "a-lede-mot-ro"),
        ("Förändring", "forandring"),
        ("!?", "programme"),
        ("x" * 39 + " yz", "x" * 39),
    ],
)
def test_an_id_is_made_of_the_title(title: str, name: str) -> None:
    assert slug(title) == name


@given(st.text())
def test_any_title_makes_an_id(title: str) -> None:
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug(title))
    assert len(slug(title)) <= 40


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=200))
@example("\ufeff")
def test_any_text_that_files_may_hold_reads_back_as_it_was(text: str) -> None:
    try:
        title = Line().deserialize(normalize("NFC", text))
    except ValidationError:
        return

    written = read_yaml(files(wish(title, ("nb", "en")))["programme.yaml"].encode())

    assert not written.faults
    assert written.value["title"] == {"nb": title, "en": title}
    assert written.value["controller"] == written.value["days"][0]["place"] == title


@pytest.mark.parametrize(
    "text", ["no", "Yes", "null", "2026", "1e3", "~", "a: b", "a #b", "- a", "{a}", "a:", "'a'", '"', "\\", "=", "<<", "Ny?"]
)
def test_what_yaml_would_read_as_something_else_reads_back_as_it_was(text: str) -> None:
    found = declared_by(Path("walks"), {name: content.encode() for name, content in files(wish(text, ("nb", "en"))).items()})

    assert isinstance(found, Declared), found
    assert found.programme.title == {"nb": text, "en": text}


@pytest.mark.parametrize("languages", [("nb",), ("da", "en")])
def test_what_stands_in_comments_can_be_used_as_it_stands(languages: tuple[str, ...]) -> None:
    written = files(wish("Walks", languages))
    commented = re.compile(r"^( *)# ((?: *- )?(?: *[a-z_]+:( |$)|  - ).*)$", re.MULTILINE)
    used = {name: commented.sub(r"\1\2", content) for name, content in written.items()}

    found = declared_by(Path("walks"), {name: content.encode() for name, content in used.items()})

    assert isinstance(found, Declared), found
    assert found.programme.units == ("region", "school")
    assert found.programme.staff[0].email == "office@example.org"
    assert len(found.programme.days[0].aims) == 1
    asked = [question.id for question in found.forms["day-1"].questions]
    assert "expectations" not in asked
    assert asked[-1] == "more"


@pytest.mark.parametrize("name", ["walks", "walks/programme.yaml"])
def test_nothing_is_overwritten(name: str, at: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    place = at / name
    place.parent.mkdir(exist_ok=True)
    place.write_text("mine")
    monkeypatch.setattr(sys, "argv", ["kursdag", "new", "walks", *USUAL])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == FAULTS
    assert "walks exists already; nothing was written" in capsys.readouterr().err
    assert place.read_text() == "mine"
    assert [path for path in at.rglob("*") if path.is_file()] == [place]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (USUAL[:1], "--title, --language, --day, --contact"),
        (["Walk Leaders", *USUAL], "is not an id"),
        ([*USUAL, "--language", "fr"], "fr"),
        ([*USUAL, "--title", "A | B | C"], "3 titles for 1 languages"),
        ([*USUAL, "--title", ""], "--title"),
        ([*USUAL, "--title", "x" * 201], "--title"),
        ([*USUAL, "--contact", "office@example.org"], "write a name and an address"),
        ([*USUAL, "--contact", "Office <nobody>"], "--contact"),
        ([*USUAL, "--day", "2026-02-30 Oslo"], "there is no such day"),
        ([*USUAL, "--day", "Oslo"], "write a date, a place and a title"),
        ([*USUAL, "--day", "2026-08-27 Oslo: A | B"], "2 titles for 1 languages"),
        ([*USUAL, "--data-protection", "x"], "--data-protection"),
    ],
)
def test_options_that_say_too_little_or_too_much_are_wrong_usage(options: list[str], said: str, at: Path) -> None:
    ended = run(*options)

    assert ended.exit_code == 2
    assert said in ended.output
    assert list(at.iterdir()) == []


def test_a_text_that_no_file_may_hold_is_refused_and_nothing_is_written(
    at: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["kursdag", "new", *USUAL, "--title", "Walks\x1b[31m"])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 2
    assert "U+001B can't be shown" in capsys.readouterr().err
    assert list(at.iterdir()) == []
