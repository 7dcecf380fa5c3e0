import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.programmes import Programme
from shared.rosters.files import table
from shared.rosters.people import MAX_ROWS, Participant
from tests.shared.rosters.reading import HEADER, KARI, OLA, faults, read


def test_a_row_is_a_participant(programme: Programme) -> None:
    assert read(HEADER + KARI, programme) == [Participant("kari@example.org", "Kari Nordås", "nb", "leader", ("Follo", "Ås skole"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16", "utf-16-le-bom", "utf-16-be-bom"])
def test_every_encoding_that_spreadsheets_write_is_read(encoding: str, programme: Programme) -> None:
    text = HEADER + KARI + OLA
    marks = {"utf-16-le-bom": ("utf-16-le", "\ufeff"), "utf-16-be-bom": ("utf-16-be", "\ufeff")}
    codec, mark = marks.get(encoding, (encoding, ""))

    assert read((mark + text).encode(codec), programme) == read(text, programme)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_found(separator: str, line_end: str, programme: Programme) -> None:
    text = (HEADER + KARI + OLA).replace(",", separator).replace("\n", line_end)

    assert read(text, programme) == read(HEADER + KARI + OLA, programme)


def test_a_spreadsheets_line_that_names_the_separator_is_passed_over(programme: Programme) -> None:
    assert read("sep=;\r\n" + (HEADER + KARI).replace(",", ";"), programme) == read(HEADER + KARI, programme)


def test_an_empty_language_is_the_programmes_first(programme: Programme) -> None:
    assert read(HEADER + KARI.replace(",nb,", ",,"), programme)[0].language == "nb"


def test_an_address_is_trimmed_and_its_domain_written_small(programme: Programme) -> None:
    assert read(HEADER + KARI.replace("kari@example.org", " Kari@EXAMPLE.org "), programme)[0].email == "Kari@example.org"


def test_an_international_domain_is_written_as_mail_needs_it(programme: Programme) -> None:
    assert read(HEADER + KARI.replace("example.org", "bærum.example.org"), programme)[0].email == "kari@xn--brum-voa.example.org"


def test_spaces_are_made_single_and_letters_composed(programme: Programme) -> None:
    assert read(HEADER + KARI.replace("Kari Nordås", " Kari \u00a0 Norda\u030as "), programme)[0].name == "Kari Nordås"


def test_a_unit_written_in_two_ways_is_one_unit(programme: Programme) -> None:
    text = HEADER + KARI.replace("Follo", "follo") + OLA.replace("Romerike,Mailand skole", "FOLLO,ås  SKOLE")

    assert [found.units for found in read(text, programme)] == [("Follo", "Ås skole"), ("Follo", "Ås skole")]


def test_empty_rows_are_passed_over_and_rows_keep_their_numbers(programme: Programme) -> None:
    assert len(read(HEADER + "\n" + KARI + ",,,,,\n" + OLA, programme)) == 2
    assert faults(HEADER + "\n" + KARI.replace("leader", "chief"), programme)[0].startswith("row 3, role: ")


def test_a_name_with_a_comma_stands_in_quotation_marks(programme: Programme) -> None:
    assert read(HEADER + KARI.replace("Kari Nordås", '"Nordås, Kari"'), programme)[0].name == "Nordås, Kari"


def test_all_faults_of_all_rows_are_told_at_once(programme: Programme) -> None:
    text = HEADER + KARI + "ola@,,da,middleleader,Follo,\n" + "KARI@example.org,K,en,leader,Follo,S\n"

    assert faults(text, programme) == [
        "row 3, email: this is not a plain e-mail address, like `name@example.org`",
        "row 3, name: this is empty: fill it in",
        "row 3, language: the programme does not offer this language: it has `nb`, `en`",
        "row 3, role: the programme does not have this role: did you mean `middle-leader`?",
        "row 3, school: this is empty: fill it in",
        "row 4, email: row 2 has the same address",
    ]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("a@example.org b@example.org", "there is more than one address here: write one for each participant"),
        ('"a@example.org,b@example.org"', "there is more than one address here: write one for each participant"),
        ("Kari <kari@example.org>", "this is not a plain e-mail address, like `name@example.org`"),
        ("mailto:kari@example.org", "this is not a plain e-mail address, like `name@example.org`"),
        ("kari@example", "this is not a plain e-mail address, like `name@example.org`"),
        ("kari@example..org", "this is not a plain e-mail address, like `name@example.org`"),
        ("kåri@example.org", "this is not a plain e-mail address, like `name@example.org`"),
        (".kari@example.org", "this is not a plain e-mail address, like `name@example.org`"),
        ("k" * 65 + "@example.org", "this is not a plain e-mail address, like `name@example.org`"),
        ("", "this is empty: fill it in"),
    ],
)
def test_only_one_plain_address_is_taken(cell: str, message: str, programme: Programme) -> None:
    assert faults(HEADER + KARI.replace("kari@example.org", cell), programme) == [f"row 2, email: {message}"]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\u2028", "\x0b"])
def test_a_line_break_in_a_cell_is_refused(line_break: str, programme: Programme) -> None:
    name = f'"Kari{line_break}Bcc: ola@example.org"'

    assert faults(HEADER + KARI.replace("Kari Nordås", name), programme) == ["row 2, name: line breaks are not allowed in a cell"]


def test_a_control_character_in_a_cell_is_refused(programme: Programme) -> None:
    assert faults(HEADER + KARI.replace("Kari N", "Kari\x00N"), programme) == [
        "row 2, name: the character U+0000 can't be shown: remove it"
    ]


def test_a_row_longer_than_the_header_is_refused(programme: Programme) -> None:
    assert faults(HEADER + KARI.replace("Kari Nordås", "Nordås, Kari"), programme)[0] == (
        "row 2: this row has more cells than the header: check the separators and quotation marks"
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \r\n", "the file is empty"),
        (HEADER.encode(), "there are no participants below the header"),
        (b"\xff\xfea", "the file's characters can't be read: save it again as CSV UTF-8"),
        (b"email\x81\xe6", "the file's characters can't be read: save it again as CSV UTF-8"),
    ],
)
def test_a_file_that_holds_no_table_is_refused(data: bytes, message: str, programme: Programme) -> None:
    assert faults(data, programme) == [f"row 1: {message}"]


def test_a_quotation_mark_that_is_not_closed_is_refused(programme: Programme) -> None:
    assert faults(HEADER + KARI + 'ola@example.org,"Ola\n', programme) == [
        "row 3: a quotation mark is not closed, or stands within a cell: double it"
    ]


@pytest.mark.slow
def test_more_rows_than_allowed_are_refused(programme: Programme) -> None:
    rows = [f"p{number}@example.org,P,nb,leader,Follo,S\n" for number in range(MAX_ROWS + 1)]

    assert len(read(HEADER + "".join(rows[:-1]), programme)) == MAX_ROWS
    assert faults(HEADER + "".join(rows), programme) == ["row 20002: a roster has at most 20,000 rows"]


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: (HEADER + text).encode("utf-8", "replace"))))
def test_any_bytes_give_participants_or_faults(programme: Programme, data: bytes) -> None:
    found = table(data, programme)

    assert found.rows or found.faults


def test_valid_rows_are_there_beside_the_faults(programme: Programme) -> None:
    found = table((HEADER + KARI + OLA.replace("middle-leader", "x")).encode(), programme)

    assert [row.number for row in found.rows] == [2]
    assert [fault.row for fault in found.faults] == [3]
