"""A roster's columns: in any order and four languages, named by hand, spelt as on file, and those that may be missing."""

from dataclasses import replace

import pytest

from shared.programmes import Programme, Staff
from shared.rosters.attendance import LeftOut, left_out
from shared.rosters.files import table
from shared.rosters.people import Participant
from tests.shared.rosters.reading import HEADER, KARI, KIM, faults, read


def test_columns_may_stand_in_any_order_and_be_written_in_capitals(programme: Programme) -> None:
    text = "School;Region;ROLE;Language; Name ;E-mail\nS;Follo;leader;;Kari;kari@example.org\n".replace("E-mail", "Email")

    assert read(text, programme) == [Participant("kari@example.org", "Kari", "nb", "leader", ("Follo", "S"))]


def test_missing_unknown_and_doubled_columns_are_told(programme: Programme) -> None:
    assert faults("email,naem,role,region,role\nx", programme) == [
        "row 1: the column `name` is missing",
        "row 1: the column `school` is missing",
        "row 1, role: this column stands twice: remove one of the two",
        "row 1, naem: this column is not known: did you mean `name`?",
    ]


def test_units_that_no_gathering_of_a_day_names_are_told(programme: Programme) -> None:
    strangers = [
        replace(KIM, email=f"kim-{n}@example.org", units=(unit, "Skolen")) for n, unit in enumerate(["Toten", "Hadeland", "Toten"])
    ]

    (found,) = left_out([KIM, *strangers], programme)

    assert found == LeftOut("day-3", ("Hadeland", "Toten"), 3)
    assert str(found) == "day-3: no gathering names `Hadeland`, `Toten`, so 3 in this file will not be invited"


def test_nobody_is_left_out_where_every_unit_has_its_gathering(programme: Programme) -> None:
    assert left_out([KIM], programme) == []


def test_nobody_is_left_out_of_a_programme_without_units(programme: Programme) -> None:
    assert left_out([replace(KIM, units=())], replace(programme, units=(), days=programme.days[:2])) == []


def test_a_unit_is_spelt_as_the_staff_list_spells_it(programme: Programme) -> None:
    watching = replace(programme, staff=(Staff("kari@example.org", "observer", ("Toten",)),))

    (person,) = read(HEADER + KARI.replace("Follo", "TOTEN"), watching)

    assert person.units[0] == "Toten"


def test_columns_that_are_no_part_of_a_roster_are_told_and_not_read(programme: Programme) -> None:
    found = table(b"email,name,role,region,school,Telefon\nk@example.org,K,leader,Follo,S,+47 12\n", programme)

    assert (found.unread, len(found.rows)) == (("Telefon",), 1)


@pytest.mark.parametrize(
    "header",
    [
        "E-mail;Fornavn;Efternavn;Sprog;Rolle;Region;Skole",
        "E-post;Fornavn;Etternavn;Språk;Stilling;Region;Skole",
        "E-postadress;Förnamn;Efternamn;Språk;Befattning;Region;Skola",
        "E-mail address;First name;Last name;Language;Position;REGION;School",
        "Mailadresse:;Fornavn *;Efternavn *;sprog;ROLLE;region;skole",
    ],
)
def test_headings_are_understood_in_four_languages(header: str, programme: Programme) -> None:
    row = "kari@example.org;Kari;Nordås;Norsk bokmål;Leder;Follo;Ås skole"

    assert read(f"{header}\n{row}\n", programme) == read(HEADER + KARI, programme)


def test_titles_may_stand_above_the_headings(programme: Programme) -> None:
    text = "Deltagere, efterår 2026;;;;\n;;;;\n" + (HEADER + KARI).replace(",", ";")

    assert read(text, programme) == read(HEADER + KARI, programme)
    assert faults(text.replace("leader", "chief"), programme)[0].startswith("row 4, role")


def test_a_column_is_named_by_hand(programme: Programme) -> None:
    data = b"Kontakt;Hvem;role;region;Arbejder i\nk@example.org;K;leader;Follo;S\n"

    found = table(data, programme, {"email": "Kontakt", "name": "hvem", "school": "Arbejder i"})

    assert [row.participant.email for row in found.rows] == ["k@example.org"]
    assert next(map(str, table(data, programme, {"email": "Kontact"}).faults)) == (
        "row 1: there is no column with the heading `Kontact`: the table has `Kontakt`, `Hvem`, `role`, `region`, `Arbejder i`"
    )


def test_units_are_spelt_as_they_are_on_file(programme: Programme) -> None:
    (row,) = table((HEADER + KARI.replace("Ås skole", "ÅS  Skole")).encode(), programme, on_file=[("Follo", "Ås skole")]).rows

    assert row.participant.units == ("Follo", "Ås skole")


OPTIONAL = "email,name,role,region,school,gathering,buddy,team,valid from\n"


def test_gathering_buddy_team_and_date_are_read_where_there_are_columns(programme: Programme) -> None:
    rows = "kari@example.org,Kari,leader,Follo,S,Sandvika,Ola,Blue,1.8.2027\nola@example.org,Ola,leader,Follo,S,,KARI@example.org,,\n"

    kari, ola = read(OPTIONAL + rows, programme)

    assert (kari.buddy, kari.team, kari.since) == ("ola@example.org", "Blue", "2027-08-01")
    assert len(kari.gatherings) == 1
    assert (ola.buddy, ola.team, ola.since, ola.gatherings) == ("KARI@example.org", "", "", ())


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ("Nowhere,,,", "row 2, gathering: no gathering is called `Nowhere`: there is "),
        (",Nobody,,", "row 2, buddy: no one row has the name `Nobody`: write the buddy's address"),
        (",a@b,,", "row 2, buddy: this is not a plain e-mail address"),
        (",,,32.1.2027", "row 2, from: this is not a date, like 2027-08-01"),
        (",,,soon", "row 2, from: this is not a date, like 2027-08-01"),
        (",,#N/A,", "row 2, team: an error value: write what is meant"),
    ],
)
def test_faults_in_optional_columns_are_told(cells: str, fault: str, programme: Programme) -> None:
    assert faults(f"{OPTIONAL}kari@example.org,Kari,leader,Follo,S,{cells}\n", programme)[0].startswith(fault)
