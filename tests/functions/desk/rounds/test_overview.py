import re
from dataclasses import replace

import pytest

from shared.response import Totals
from shared.store import desk_samples, published
from shared.store.desk_samples import Sample
from tests import storing
from tests.functions.desk.visitors import (
    NORTH,
    OBSERVER,
    ORGANISER,
    OTHERS_STAFF,
    OWNER,
    Browser,
    desk,
    opened,
    staffed,
)
from tests.functions.examples import oslo

pytestmark = pytest.mark.usefixtures("tables")

ROUND = "/desk/programmes/walks/rounds/day-1"
RESULT = f"{ROUND}/result"


def sample(answered: int, invited: int, name: str = "walks") -> None:
    desk_samples.put_sample(f"day-1-{name}", answered, Sample(oslo("2025-08-26T19:00"), Totals(invited, answered)))


def test_somebody_of_one_programme_comes_straight_to_it() -> None:
    staffed()
    browser = Browser().sign_in(OWNER)

    assert browser.get("/desk/programmes").place == "/desk/programmes/walks"
    assert "Walk leader" in browser.get("/desk/programmes", "all=1").said()


def test_somebody_of_two_programmes_chooses() -> None:
    staffed()
    staffed("staff: [{email: OWNER@example.org, role: observer}]\n", "swims")

    page = Browser().sign_in(OWNER).get("/desk/programmes")

    assert re.findall(r'href="(/desk/programmes/\w+)"', page.text) == ["/desk/programmes/swims", "/desk/programmes/walks"]


def test_a_programme_without_rounds_says_so() -> None:
    staffed()

    assert "This programme has no rounds yet." in Browser().sign_in(OWNER).get("/desk/programmes/walks").said()


@pytest.mark.parametrize(
    ("answered", "invited", "said"),
    [
        (41, 58, "41 of 58 answered (71 %)"),
        (0, 58, "0 of 58 answered (0 %)"),
        (58, 58, "58 of 58 answered (100 %)"),
        (0, 0, "Nobody was invited"),
        (1, 10_000, "1 of 10000 answered (0 %)"),
    ],
)
def test_the_response_is_the_latest_sample(answered: int, invited: int, said: str) -> None:
    opened(staffed())
    desk_samples.put_sample("day-1-walks", 0, Sample(oslo("2025-08-26T12:00"), Totals(invited, 0)))
    desk_samples.put_sample("day-1-walks", 1, Sample(oslo("2025-08-26T19:00"), Totals(invited, answered)))
    organiser = Browser(oslo("2025-08-26T20:00")).sign_in(ORGANISER)

    assert said in organiser.get("/desk/programmes/walks").said()
    assert said in organiser.get(ROUND).said()
    assert "Counted Tuesday 26 August at 19:00." in organiser.get(ROUND).said()


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2025-08-26T10:59", "Opens Tuesday 26 August at 11:00"),
        ("2025-08-26T11:00", "Open until Tuesday 26 August at 23:59"),
        ("2025-08-27T00:00", "Closed; the result is being made"),
    ],
)
def test_a_round_says_where_it_stands(at: str, state: str) -> None:
    opened(staffed())
    organiser = Browser(oslo(at)).sign_in(ORGANISER)

    assert state in organiser.get("/desk/programmes/walks").said()
    assert state in organiser.get(ROUND).said()
    assert "Oslo Opens Tuesday 26 August at 11:00 Reminders none Last minute Tuesday 26 August at 23:59" in organiser.get(ROUND).said()


def test_rounds_of_one_name_are_told_apart_by_when_they_closed() -> None:
    opened(staffed())
    organiser = Browser(oslo("2025-08-27T00:00")).sign_in(ORGANISER)

    assert "Tuesday 26 August at 23:59 · Closed" in organiser.get("/desk/programmes/walks").said()


def test_before_the_first_count_the_page_says_when_there_is_one() -> None:
    opened(staffed())

    early, late = (Browser(oslo(at)).sign_in(ORGANISER).get(ROUND).said() for at in ("2025-08-26T10:00", "2025-08-26T12:00"))

    assert "Nobody is invited yet." in early
    assert "Not counted yet." in late


def test_observers_see_no_response_and_organisers_no_result() -> None:
    desk()

    observer, organiser, north = (Browser().sign_in(email).get(ROUND) for email in (OBSERVER, ORGANISER, NORTH))

    assert "41 of 58" not in observer.said()
    assert RESULT in observer.text
    assert "41 of 58 answered (71 %)" in organiser.said()
    assert "The programme's owners can see the result." in organiser.said()
    assert f'href="{RESULT}/groups/0">See the result of your units' in north.text
    assert RESULT not in organiser.text


def test_a_round_whose_day_the_files_dropped_keeps_its_pages() -> None:
    desk()
    found = staffed()
    days = tuple(day for day in found.programme.days if day.id != "day-1")
    storing.put_programme(replace(found.programme, days=days))
    owner = Browser().sign_in(OWNER)

    assert [owner.get(path).status for path in ("/desk/programmes/walks", ROUND, RESULT)] == [200] * 3


def test_a_round_about_the_programme_is_called_as_its_form_is() -> None:
    found = staffed()
    storing.update_round(replace(opened(found), once=True))

    page = Browser().sign_in(OWNER).get(ROUND).said()

    assert found.forms["day-1"].title["en"] in page


def test_of_letters_no_result_is_promised() -> None:
    storing.update_round(replace(opened(staffed()), mode="personal"))
    owner = Browser(oslo("2025-08-28T12:00")).sign_in(OWNER)

    for page in (owner.get("/desk/programmes/walks"), owner.get(ROUND)):
        assert "Closed; what was written belongs to those who wrote it" in page.said()
        assert "the result is being made" not in page.said()


@pytest.mark.parametrize("path", ["days", "days/day-1", "files", "people", "account"])
def test_every_page_below_a_programme_leads_back_to_it(path: str) -> None:
    desk()

    page = Browser().sign_in(OWNER).get(f"/desk/programmes/walks/{path}").text

    assert '<p class="over trail"><a href="/desk/programmes/walks">' in page


SPOKEN = {"nb": "nb", "no": "nb", "nb-NO,nb;q=0.9,en;q=0.8": "nb", "en": "en", "da": "nb", "": "nb", "*": "nb", "tlh;q=x": "nb"}


def test_a_programme_s_pages_speak_one_of_its_languages() -> None:
    desk()
    owner = Browser().sign_in(OWNER)

    for asked, spoken in SPOKEN.items():
        assert f'<html lang="{spoken}">' in owner.get(ROUND, accept_language=asked).text, asked


def test_a_round_s_page_is_small_and_asks_nobody_else_for_anything() -> None:
    desk()
    owner = Browser().sign_in(OWNER)

    for path in ("/desk/programmes/walks", ROUND, RESULT, "/desk/sign-in"):
        page = owner.get(path)
        assert len(page.body) < 40_000
        addresses = re.findall(r'(?:href|src|action)="([^"]*)"', page.text)
        assert all(address.startswith(("/static/", "/desk/", "/accessibility?", "data:")) for address in addresses)
        assert "style=" not in page.text


def test_the_clock_of_a_local_stack_moves_rounds_but_no_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGE", "local")
    opened(staffed())
    now = oslo("2026-01-01T12:00")
    organiser = Browser(now).sign_in(ORGANISER)
    assert "Closed" in organiser.get(ROUND).said()

    published.put_clock_offset(oslo("2025-08-26T12:00") - now)

    assert "Open until" in organiser.get(ROUND).said()


def test_one_programme_s_samples_are_not_another_s() -> None:
    opened(staffed())
    opened(staffed(OTHERS_STAFF, "swims"))
    sample(7, 9, "swims")

    assert "7 of 9" not in Browser(oslo("2025-08-26T20:00")).sign_in(ORGANISER).get(ROUND).said()
