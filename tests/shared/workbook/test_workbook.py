from datetime import date, time
from pathlib import Path

import openpyxl

from shared.declarations.declared import Declared, declared
from shared.library import library
from shared.workbook.reading import declared_in
from tests.broken_workbooks.making import workbook

LIBRARY = library()


def valid(data: bytes) -> Declared:
    found = declared_in("walks", data, LIBRARY)
    assert isinstance(found, Declared), [str(fault) for fault in found]
    return found


def test_what_the_cells_say_becomes_a_programme() -> None:
    programme = valid(workbook()).programme

    assert programme.title == {"nb": "Turleder", "en": "Walk leader"}
    assert programme.languages == ("nb", "en")
    assert programme.contact.email == "office@example.org"
    assert programme.units == ("region", "school")
    assert programme.roles == {"leader": {"nb": "Leder", "en": "Leader"}}
    assert [staff.units for staff in programme.staff] == [(), ("North",)]


def test_days_have_their_aims_gatherings_and_sessions() -> None:
    first, second = valid(workbook()).programme.days

    assert first.aims == ({"nb": "Gå", "en": "Walk"}, {"nb": "Hvile", "en": "Rest"})
    assert [(held.date, held.place) for held in first.gatherings] == [("2026-08-26", "Oslo")]
    assert [(session.id, session.start, session.rated) for session in first.sessions] == [
        ("maps", "09:00", True),
        ("boots", "10:15", False),
    ]
    assert [(held.id, held.date, held.units) for held in second.gatherings] == [
        ("north", "2026-10-07", ("North",)),
        ("south", "2026-10-08", ("South", "West")),
    ]


def test_questions_have_the_points_of_their_scale_or_their_own() -> None:
    benefit, far, useful, takeaway, *_ = valid(workbook()).forms["day-1"].questions

    assert [option.label["en"] for option in benefit.options] == ["Not", "Little", "Some", "Much", "All"]
    assert benefit.positive == ("4", "5")
    assert [option.label["nb"] for option in far.options] == ["For kort", "Passe", "For langt"]
    assert (useful.id, useful.text["en"], useful.not_relevant) == ("useful.maps", "Was Maps useful?", {"nb": "Nei", "en": "No"})
    assert takeaway.kind == "text"


def test_a_workbook_written_otherwise_means_the_same() -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["days"].title = "Days "
        book["Days "].insert_rows(2, 3)
        book["programme"].append(["", "   "])
        book["sessions"].move_range("A1:I4", cols=3)
        book.create_sheet("Read me")["A1"] = "=1+1"
        book.create_sheet("notes to myself").sheet_state = "hidden"

    odd = {
        "programme!A8": " Data_Protection  NAME",
        "programme!A9": "controller",
        "programme!B8": "The officer",
        "programme!B9": "The county",
        "days!F2": "26.08.2026",
        "gatherings!E2": "2026-10-07 ",
        "sessions!G2": 0.375,
        "sessions!G4": time(9),
        "sessions!I3": False,
        "rounds!D2": "23.59",
        "scales!E2": "5; 4",
        "questions!C5": "Text ",
    }
    swapped = {"programme!A9": "controller", "programme!A8": odd["programme!A8"]}

    assert valid(workbook({**odd, **swapped}, change)) == valid(workbook())


def test_a_programme_in_one_language_needs_no_language_in_its_headings() -> None:
    def change(book: openpyxl.Workbook) -> None:
        for sheet in book:
            for column in range(sheet.max_column, 0, -1):
                heading = str(sheet.cell(1, column).value)
                if heading.endswith(" nb") and sheet.title != "programme":
                    sheet.delete_cols(column)
                elif heading.endswith(" en"):
                    sheet.cell(1, column).value = heading if sheet.title == "programme" else heading.removesuffix(" en")

    cells = {"programme!B3": "en", "programme!C2": None, "programme!D2": None, "programme!B2": "Walk leader", "programme!C11": None}

    programme = valid(workbook(cells, change)).programme

    assert programme.title == {"en": "Walk leader"}
    assert programme.days[0].aims == ({"en": "Walk"}, {"en": "Rest"})


def test_a_date_is_the_same_in_workbooks_that_count_from_1904() -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    assert valid(workbook({"days!F2": date(2026, 8, 26)}, change)).programme.days[0].gatherings[0].date == "2026-08-26"


def test_a_folder_and_a_workbook_that_say_the_same_are_the_same() -> None:
    folder = Path(__file__).parent.parent.parent / "broken/valid"
    files = {path.name: path.read_bytes() for path in folder.glob("*.yaml")}
    found = declared("walks", files)

    assert isinstance(found, Declared)
    assert valid(workbook()).programme.days[0].sessions[0] == found.programme.days[0].sessions[0]
    assert valid(workbook()).programme.contact == found.programme.contact
