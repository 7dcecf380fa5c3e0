import re

import pytest

from functions.desk.handler import create_app
from functions.desk.sections import BELOW, SECTIONS
from shared.store import desk_account
from tests.functions.desk.visitors import OBSERVER, ORGANISER, OWNER, Browser, desk

pytestmark = pytest.mark.usefixtures("tables")

NOW = 1_800_000_000
DAY = 24 * 3600
ACCOUNT = "/desk/programmes/walks/account"
RESULT = "/desk/programmes/walks/rounds/day-1/result"


def deeds() -> list[tuple[str, str, tuple[str, ...]]]:
    return [(deed.who, deed.what, deed.about) for deed in reversed(desk_account.deeds("walks", 100))]


def test_who_looks_at_a_result_is_noted_once_a_day() -> None:
    desk()
    for day in range(2):
        owner = Browser(NOW + day * DAY).sign_in(OWNER)
        for _ in range(3):
            assert owner.get(RESULT).status == 200
            assert owner.get(f"{RESULT}.csv").status == 200
        owner.ask("HEAD", RESULT)

    once = [("owner@example.org", "looked", ("day-1",)), ("owner@example.org", "downloaded", ("day-1", "CSV"))]
    assert sorted((who.lower(), what, about) for who, what, about in deeds()) == sorted(once * 2)


def test_the_account_tells_the_latest_first_in_the_reader_s_language() -> None:
    desk()
    Browser(NOW).sign_in(OBSERVER).get(RESULT)
    desk_account.note("walks", NOW + 60, "arn:aws:iam::1:user/x", "imported", "3", "2")
    desk_account.note("walks", NOW + 120, "arn:aws:iam::1:user/x", "of a later version", "7")
    desk_account.note("swims", NOW + 120, "stranger@example.org", "published")

    organiser = Browser(NOW + 180).sign_in(ORGANISER)
    said, norwegian = (organiser.get(ACCOUNT, accept_language=code).said() for code in ("en", "nb"))

    told = ["of a later version 7", "Imported a list of participants: 3 new, 2 changed", "Looked at the result: Day 1"]
    assert sorted(told, key=said.index) == told
    assert "stranger" not in said
    assert "Så på resultatet: Dag 1" in norwegian


def test_the_account_is_read_page_by_page_and_each_deed_stands_on_one_page() -> None:
    desk()
    for number in range(120):
        desk_account.note("walks", NOW + number // 7, ORGANISER, "imported", str(number), "0")
    organiser = Browser(NOW + DAY).sign_in(ORGANISER)

    seen: list[int] = []
    query: str | None = ""
    while query is not None:
        page = organiser.get(ACCOUNT, query)
        seen += map(int, re.findall(r"participants: (\d+) new", page.text))
        found = re.search(r'account\?(before=[^"]*)"', page.text)
        query = found.group(1) if found else None

    assert sorted(seen) == list(range(120))
    assert len(re.findall("<li><strong>", organiser.get(ACCOUNT).text)) == 50


def test_a_made_up_page_of_the_account_does_not_exist() -> None:
    desk()
    organiser = Browser(NOW).sign_in(ORGANISER)

    for before in ("x", "1#2", "000000000001#0000000g", "ROUND%23"):
        assert organiser.get(ACCOUNT, f"before={before}").status == 404
    assert "There is nothing earlier" in organiser.get(ACCOUNT, "before=000000000001%2300000000").said()


def test_a_programme_s_pages_lead_to_its_sections_and_say_where_one_is() -> None:
    desk()
    organiser, observer = Browser(NOW).sign_in(ORGANISER), Browser(NOW).sign_in(OBSERVER)

    assert f'<a href="{ACCOUNT}" aria-current="page">' in organiser.get(ACCOUNT).text
    assert '<a href="/desk/programmes/walks" aria-current="true">' in organiser.get("/desk/programmes/walks/rounds/day-1").text
    assert ACCOUNT not in observer.get("/desk/programmes/walks").text


def test_every_page_of_a_programme_belongs_to_a_section() -> None:
    rules = [rule for rule in create_app().url_map.iter_rules() if "programme_id" in rule.arguments and "GET" in (rule.methods or ())]
    known = {first.partition(".")[0] for first, _, _ in SECTIONS} | {name for names in BELOW.values() for name in names}

    # Posters are files, not pages.
    assert {rule.endpoint.partition(".")[0] for rule in rules} - known == {"posters"}


def test_pages_below_a_section_say_to_which_they_belong() -> None:
    desk()
    owner = Browser(NOW).sign_in(OWNER)
    walks = "/desk/programmes/walks"

    for below, section in {
        "rounds/day-1/change": "",
        "rounds/day-1/reply": "/results",
        "report": "/results",
        "people/file": "/people",
        "retention": "/account",
    }.items():
        assert f'<a href="{walks}{section}" aria-current="true">' in owner.get(f"{walks}/{below}").text, below
