"""A published day is changed in the desk: what moves is shown, published on a press, and told in every later plan."""

import json
import re
from typing import Any

import pytest

from infra.publishing import told_change
from shared.rounds import closes, opens
from shared.store import desk_account, published, sources
from tests.functions.desk.visitors import ORGANISER, OWNER, STAFF, Browser, Page
from tests.functions.examples import DAY, PROGRAMME, dump, publish
from tests.once import once

pytestmark = pytest.mark.usefixtures("tables")

ASKED = (
    DAY
    + """\
  - id: useful
    kind: scale
    repeat: session
    text: {nb: "Nyttig, {session}?", en: "Useful, {session}?"}
    scale: {points: [{nb: Nei, en: No}, {nb: Litt, en: Some}, {nb: Ja, en: Yes}]}
"""
)
FILES = {"programme.yaml": PROGRAMME.replace("2025-", "2095-") + STAFF, "day.yaml": DAY}
PAGE = "/desk/programmes/walks/days"
HALF_PAST_ELEVEN = {"what": "session", "id": "maps", "start": "09:00", "end": "11:30", "title-nb": "Kart", "title-en": "Maps"}


@pytest.fixture
def organiser(tables: object) -> Browser:  # noqa: ARG001
    once(publish)(FILES)
    return Browser().sign_in(ORGANISER)


def post(browser: Browser, path: str, **fields: str) -> Page:
    return browser.post(path, {"form": browser.get(PAGE).form()["form"], **fields})


def change(browser: Browser, **fields: str) -> Page:
    """Ask for a change of day 1 and press what the preview offers."""
    shown = post(browser, f"{PAGE}/day-1/preview", **fields)
    assert shown.status == 200, shown.text
    return browser.post(f"{PAGE}/day-1/change", shown.form())


def sessions() -> dict[str, str]:
    found = published.programme("walks")
    assert found is not None
    return {item.id: f"{item.start}-{item.end}" for item in found.days[0].sessions}


def test_a_later_end_moves_the_round_and_is_shown_before_it_is_published(organiser: Browser) -> None:
    before = dump("PUBLISHED")

    shown = post(organiser, f"{PAGE}/day-1/preview", **HALF_PAST_ELEVEN)

    assert "day-1 · Changed Friday 26 August 2095 at 11:00 – Friday 26 August 2095 at 23:59" in shown.said()
    assert "Friday 26 August 2095 at 11:30 – Friday 26 August 2095 at 23:59" in shown.said()
    assert dump("PUBLISHED") == before

    done = organiser.post(f"{PAGE}/day-1/change", shown.form())

    assert (done.status, done.place) == (303, PAGE)
    assert sessions() == {"maps": "09:00-11:30"}
    assert opens(published.rounds("walks")["day-1"]) % 3600 == 1800
    assert "day-1 maps · Ends: 11:30" in organiser.get(PAGE).said()
    assert ORGANISER in organiser.get(PAGE).said()
    assert desk_account.deeds("walks", 1)[0].what == "changed"


def test_what_moves_is_called_as_everywhere(organiser: Browser) -> None:
    shown = post(organiser, f"{PAGE}/day-1/preview", **HALF_PAST_ELEVEN)

    programme = published.programme("walks")
    assert programme
    assert f"<strong>{programme.days[0].title['en']}</strong>" in shown.text


def test_files_published_later_keep_the_change_and_the_plan_tells_it(organiser: Browser) -> None:
    change(organiser, **HALF_PAST_ELEVEN)

    said = publish({**FILES, "day.yaml": DAY.replace("Utbytte?", "Hva fikk du?")})

    assert sessions() == {"maps": "09:00-11:30"}
    (told,) = said["overrides"]
    assert re.fullmatch(
        r"day-1 session maps: end 11:30 \(changed in the desk on [-0-9]+ [:0-9]+ UTC by organiser@example\.org\)", told_change(told)
    )


def test_the_same_files_again_change_nothing(organiser: Browser) -> None:
    change(organiser, **HALF_PAST_ELEVEN)
    before = dump()

    publish(FILES)

    assert dump() == before


def test_a_change_that_no_longer_fits_is_told_and_stays_on_file(organiser: Browser) -> None:
    change(organiser, **HALF_PAST_ELEVEN)

    said = publish({**FILES, "programme.yaml": FILES["programme.yaml"].replace("id: maps", "id: charts")})

    assert sessions() == {"charts": "09:00-11:00"}
    assert said["overrides"][0]["why"] == "day-1 has no session maps any more"
    assert "not carried out: day-1 has no session maps any more" in told_change(said["overrides"][0])
    assert [item.name for item in sources.changes("walks")] == ["day-1/session/maps"]
    publish(FILES)
    assert sessions() == {"maps": "09:00-11:30"}


def test_a_change_that_would_make_faults_with_other_files_is_told_and_the_others_are_carried_out(organiser: Browser) -> None:
    change(organiser, what="gathering", id="day-1", date="2095-08-29", place="Oslo")
    change(organiser, **HALF_PAST_ELEVEN)

    later = FILES["programme.yaml"].replace("start: 09:00, end: 11:00", "start: 12:00, end: 13:00")
    said = publish({**FILES, "programme.yaml": later})

    assert {item["name"]: bool(item["why"]) for item in said["overrides"]} == {"day-1/gathering/day-1": False, "day-1/session/maps": True}
    found = published.programme("walks")
    assert found is not None
    assert found.days[0].gatherings[0].date == "2095-08-29"
    assert sessions() == {"maps": "12:00-13:00"}


def test_a_day_is_moved_to_another_date_and_place(organiser: Browser) -> None:
    before = closes(published.rounds("walks")["day-1"])

    change(organiser, what="gathering", id="day-1", date="2095-08-29", place="Bergen")

    assert closes(published.rounds("walks")["day-1"]) - before == 3 * 86_400
    assert "Monday 29 August 2095, Bergen" in organiser.get(PAGE).said()


def test_a_session_is_renamed_dropped_and_added_and_the_form_asks_accordingly() -> None:
    publish({**FILES, "day.yaml": ASKED})
    owner = Browser().sign_in(OWNER)

    shown = post(
        owner,
        f"{PAGE}/day-1/preview",
        what="session",
        action="add",
        start="12:00",
        end="13:00",
        **{"title-nb": "Telt", "title-en": "Tents"},
    )
    assert "New question: Useful, Tents?" in shown.said()
    owner.post(f"{PAGE}/day-1/change", shown.form())
    assert sessions() == {"maps": "09:00-11:00", "telt": "12:00-13:00"}

    shown = post(owner, f"{PAGE}/day-1/preview", what="session", id="maps", action="drop")
    assert "No longer asked: Useful, Maps?" in shown.said()
    owner.post(f"{PAGE}/day-1/change", shown.form())
    assert sessions() == {"telt": "12:00-13:00"}


def test_a_change_is_taken_back_with_a_preview(organiser: Browser) -> None:
    change(organiser, **HALF_PAST_ELEVEN)

    shown = post(organiser, f"{PAGE}/forget", name="day-1/session/maps")
    assert "at 11:00 – Friday 26 August 2095 at 23:59" in shown.said()
    assert sessions() == {"maps": "09:00-11:30"}

    assert organiser.post(f"{PAGE}/forget", shown.form()).place == PAGE
    assert sessions() == {"maps": "09:00-11:00"}
    assert sources.changes("walks") == ()
    assert post(organiser, f"{PAGE}/forget", name="day-1/session/maps").place == PAGE


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({**HALF_PAST_ELEVEN, "end": "08:00"}, "1 fault"),
        ({**HALF_PAST_ELEVEN, "title-nb": "", "title-en": ""}, "1 fault"),
        ({"what": "gathering", "id": "day-1", "date": "2095-02-30", "place": "Oslo"}, "1 fault"),
        ({"what": "gathering", "id": "day-1", "date": "", "place": ""}, "fault"),
    ],
)
def test_what_can_t_be_is_told_and_can_t_be_published(organiser: Browser, fields: dict[str, str], said: str) -> None:
    before = dump("PUBLISHED")

    page = post(organiser, f"{PAGE}/day-1/preview", **fields)

    assert said in page.said()
    assert "Publish the change" not in page.said()
    assert dump("PUBLISHED") == before


def test_where_all_is_as_it_was_the_page_says_so(organiser: Browser) -> None:
    page = post(organiser, f"{PAGE}/day-1/preview", what="gathering", id="day-1", date="2095-08-26", place="Oslo")

    assert (page.status, "Nothing was changed" in page.said()) == (422, True)


def test_what_was_shown_is_published_or_nothing(organiser: Browser) -> None:
    shown = post(organiser, f"{PAGE}/day-1/preview", **HALF_PAST_ELEVEN)
    publish({**FILES, "day.yaml": DAY.replace("Utbytte?", "Hva fikk du?")})

    page = organiser.post(f"{PAGE}/day-1/change", shown.form())

    assert page.status == 409
    assert "Something has changed since this page was made" in page.said()
    assert sessions() == {"maps": "09:00-11:00"}


@pytest.mark.parametrize(
    "forged",
    [{"what": "staff", "id": "x", "action": "add", "values": {}}, {"what": "session", "id": "maps", "values": {"rated": False}}, [], 7],
)
def test_a_forged_change_is_refused(organiser: Browser, forged: Any) -> None:
    before = dump("PUBLISHED")

    assert post(organiser, f"{PAGE}/day-1/change", change=json.dumps(forged), plan="").status in (409, 422)

    assert dump("PUBLISHED") == before
