"""Who takes part: brought as a file, or one by one at the door."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest

from shared.store import roster
from tests.functions.desk.visitors import NORTH, OBSERVER, ORGANISER, OWNER, SAME, Browser, Page, staffed
from tests.functions.examples import dump, enrol, invite, oslo, participant, publish, queued, scanned

PEOPLE = "/desk/programmes/walks/people"
FILE = f"{PEOPLE}/file"
HEADER = "E-mail;Name;Role;Region;School\n"
ANNA, BO = "anna@example.org;Anna;leader;North;A\n", "bo@example.org;Bo;leader;South;B\n"

pytestmark = pytest.mark.usefixtures("tables")


def organiser(email: str = ORGANISER) -> Browser:
    staffed()
    return Browser(oslo("2025-08-26T18:00")).sign_in(email)


def brought(browser: Browser, content: bytes | str, **fields: str) -> Page:
    """Upload a file as browsers do."""
    form = browser.get(FILE).form() | fields
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode() for name, text in form.items()]
    data = content if isinstance(content, bytes) else content.encode()
    file = b'--x\r\nContent-Disposition: form-data; name="file"; filename="people.csv"\r\n\r\n' + data + b"\r\n--x--\r\n"
    return browser.post(FILE, b"".join(parts) + file, content_type="multipart/form-data; boundary=x", **SAME)


def pressed(browser: Browser, place: str, **fields: str) -> Page:
    return browser.post(place, browser.get(place).form() | fields)


def on_file() -> dict[str, roster.Person]:
    return {person.participant.email: person for person in roster.people("walks")}


def test_a_file_is_previewed_and_stored_on_a_press_and_then_forgotten() -> None:
    browser = organiser()
    enrol([participant("anna"), participant("cecilie")])

    place = brought(browser, HEADER + ANNA.replace("Anna", "Anna B") + BO).place
    preview = browser.get(place)
    before = dump("ROSTER")
    done = pressed(browser, place)

    assert "New 1 Changed 1 Unchanged 0 On the list, not in this file 1 Faults 0" in preview.said()
    assert "Bo bo@example.org · South › B › Leader" in preview.said()
    assert "Anna → Anna B" in preview.said()
    assert len(before["ROSTER"]) == 5
    assert sorted(on_file()) == ["anna@example.org", "bo@example.org", "cecilie@example.org"]
    assert "Imported: 1 new, 1 changed." in browser.get(*done.place.split("?")).said()
    assert "Imported a list of participants: 1 new, 1 changed" in browser.get("/desk/programmes/walks/account").said()
    assert browser.get(place).status == 404
    assert not [item for item in scanned("DESK") if item["pk"]["S"].startswith("UPLOAD")]


def test_a_roster_changed_meanwhile_is_compared_anew_before_anything_is_stored() -> None:
    browser = organiser()
    place = brought(browser, HEADER + ANNA).place
    form = browser.get(place).form()
    enrol([participant("anna")])

    page = browser.post(place, form)

    assert page.status == 409
    assert "The list was changed by somebody else meanwhile." in page.said()
    assert len(on_file()) == 1


def test_with_faults_only_the_valid_part_that_is_asked_for_is_imported() -> None:
    browser = organiser()
    place = brought(browser, HEADER + ANNA + "x;Xi;leader;North;A\n").place

    refused = pressed(browser, place)
    assert (refused.status, on_file()) == (422, {})
    assert "Row 3, email: This is not a plain e-mail address" in refused.said()

    assert pressed(browser, place, valid="yes").status == 303
    assert list(on_file()) == ["anna@example.org"]


def test_the_same_person_with_a_new_address_keeps_her_id_and_who_is_missing_leaves_on_request() -> None:
    browser = organiser()
    anna, bo = enrol([participant("anna"), participant("bo")])
    place = brought(browser, HEADER + ANNA.replace("anna@", "anna.b@")).place

    assert "Anna is on file at the same place as anna@example.org" in browser.get(place).said()
    pressed(browser, place, same="2", leave="yes")

    assert on_file()["anna.b@example.org"].id == anna.id
    assert on_file()["bo@example.org"] == replace(bo, participant=replace(bo.participant, left="2025-08-26"))


def test_a_table_with_other_headings_is_read_by_hand() -> None:
    browser = organiser()
    table = HEADER.replace("E-mail", "Kontakt") + ANNA

    refused = brought(browser, table)
    assert refused.status == 422
    assert "Which column is what?" in refused.said()

    assert brought(browser, table, **{"column-email": "Kontakt"}).status == 303


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"PK\x03\x04 no", b"\xff\xfea"])
def test_a_file_that_is_no_roster_is_explained_and_not_kept(content: bytes) -> None:
    browser = organiser()

    page = brought(browser, content)

    assert page.status == 422
    assert "The file can't be read as a list yet" in page.said()
    assert not [item for item in scanned("DESK") if item["pk"]["S"].startswith("UPLOAD")]


def test_a_file_larger_than_5_megabytes_is_refused() -> None:
    assert brought(organiser(), b"x" * (5 * 1024**2 + 70_000)).status == 413


def test_an_upload_needs_the_page_s_own_token_and_runs_out_after_an_hour() -> None:
    browser = organiser()
    place = brought(browser, HEADER + ANNA).place

    assert brought(browser, HEADER + ANNA, form="0" * 64).status == 403
    browser.at += 1200
    assert browser.get(place).status == 200
    browser.at += 1200
    browser.get(place)
    browser.at += 1300
    assert browser.get(place).status == 404


def test_the_template_is_a_workbook() -> None:
    file = organiser().get(f"{PEOPLE}/template.xlsx")

    assert (file.status, file.body[:2]) == (200, b"PK")
    assert file.headers["content-disposition"] == 'attachment; filename="walks-roster.xlsx"'


WALK_IN = {"name": "Dag", "email": "dag@example.org", "unit-0": "north", "unit-1": "A", "role": "leader", "language": "nb"}


def test_somebody_at_the_door_is_mailed_with_the_next_run() -> None:
    publish()
    browser = organiser()
    queued()

    done = pressed(browser, f"{PEOPLE}/new", **WALK_IN)

    assert on_file()["dag@example.org"].participant == participant("dag", language="nb")
    assert "Dag dag@example.org · North › A › Leader" in browser.get(*done.place.split("?")).said()
    assert invite(oslo("2025-08-26T18:05")) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": "dag@"}, "This is not a plain e-mail address"),
        ({"name": " "}, "This is empty: fill it in"),
        ({"role": "chief"}, "The programme does not have this role"),
        ({"email": "ANNA@example.org"}, "Somebody with this address is on the list already."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(fields: dict[str, str], said: str) -> None:
    browser = organiser()
    enrol([participant("anna")])

    page = pressed(browser, f"{PEOPLE}/new", **(WALK_IN | fields))

    assert page.status == 422
    assert said in page.said()
    assert 'value="north"' in page.text
    assert len(on_file()) == 1


def test_somebody_is_found_corrected_and_moved_to_another_gathering() -> None:
    browser = organiser()
    anna, bo = enrol([participant("anna"), replace(participant("bo"), buddy="anna@example.org")])

    assert f"{PEOPLE}/{anna.id}" in browser.get(PEOPLE, urlencode({"q": "ANN exam"})).text
    pressed(browser, f"{PEOPLE}/{anna.id}", **(WALK_IN | {"name": "Anna", "email": "anna.b@example.org", "gathering": "south"}))

    found = on_file()
    assert found["anna.b@example.org"].id == anna.id
    assert found["anna.b@example.org"].participant.gatherings == ("south",)
    assert found["bo@example.org"].participant.buddy == "anna.b@example.org"
    assert found["bo@example.org"].id == bo.id


def test_somebody_leaves_and_comes_back() -> None:
    browser = organiser()
    (anna,) = enrol([participant("anna")])
    place = f"{PEOPLE}/{anna.id}"

    browser.post(f"{place}/leaving", {"form": browser.get(place).form()["form"], "left": "yes"})
    assert on_file()["anna@example.org"].participant.left == "2025-08-26"
    assert "Has left on 2025-08-26" in browser.get(place).said()

    browser.post(f"{place}/leaving", {"form": browser.get(place).form()["form"]})
    assert on_file()["anna@example.org"].participant == anna.participant


def test_staff_of_units_keep_theirs_and_see_no_others() -> None:
    browser = organiser(NORTH)
    anna, bo = enrol([participant("anna"), participant("bo", "South", "B")])

    found = browser.get(PEOPLE, "q=example")

    assert (anna.id in found.text, bo.id in found.text) == (True, False)
    assert browser.get(f"{PEOPLE}/{bo.id}").status == 404
    assert pressed(browser, f"{PEOPLE}/new", **(WALK_IN | {"unit-0": "South"})).status == 422
    assert pressed(browser, f"{PEOPLE}/new", **WALK_IN).status == 303


@pytest.mark.parametrize("email", [OBSERVER])
def test_observers_change_nothing(email: str) -> None:
    assert organiser(email).get(PEOPLE).status == 403
    assert PEOPLE not in Browser().sign_in(email).get("/desk/programmes/walks").text


def test_owners_keep_the_list_too() -> None:
    assert "Who takes part" in organiser(OWNER).get("/desk/programmes/walks").said()
