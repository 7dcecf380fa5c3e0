import re
from typing import Any
from urllib.parse import urlencode

import pytest

from shared.store import desk_account, desk_reports
from tests.functions.desk.visitors import (
    NORTH,
    OBSERVER,
    ORGANISER,
    OWNER,
    SAME,
    STAFF,
    Browser,
    Page,
    all_released,
    desk,
    frozen,
    opened,
    staffed,
    twelve,
)
from tests.functions.examples import queued
from tests.functions.open_round import TYPE
from tests.functions.test_confidential import SERIES
from tests.functions.test_series import given
from tests.goldens import GOLDENS

pytestmark = pytest.mark.usefixtures("tables")

REPORT = "/desk/programmes/walks/report"


def owner(invited: int = 20) -> Browser:
    """Sign the owner in beside a result that twelve of those invited have answered."""
    found = staffed()
    frozen(found, opened(found), twelve(), invited=invited)
    return Browser().sign_in(OWNER)


def make(browser: Browser, *chosen: str) -> Page:
    """Make a version with the comments that hold these texts."""
    page = browser.get(REPORT)
    offered = re.findall(r'name="comment" value="(\w+)".*?<span lang="">(.*?)</span>', page.text, re.DOTALL)
    body = [("form", page.form()["form"]), ("next", page.form()["next"])]
    body += [("comment", name) for name, text in offered if any(word in text for word in chosen)]
    return browser.post(REPORT, urlencode(body).encode(), **(SAME | {"content_type": TYPE}))


def version(number: int = 1) -> dict[str, Any]:
    found = desk_reports.get("walks", number)
    assert found
    return found


def test_a_report_tells_the_days_who_answered_and_what_came_of_it() -> None:
    browser = owner()

    assert make(browser).place == f"{REPORT}/1"
    said = browser.get(f"{REPORT}/1", "in=en").said()

    assert "Closing report" in said
    assert "Walk leader" in said
    assert "Day 1 26 August 2025, Oslo" in said
    assert "Day 1 12 20 60 %" in said
    assert "8 of 12 positive · among all 20: " in said
    assert "“Positive” are the answers set in bold." in said
    assert "First line" not in said


def test_the_options_that_count_as_positive_are_set_apart() -> None:
    browser = owner()
    make(browser)

    text = browser.get(f"{REPORT}/1", "in=en").text
    assert re.findall(r'<tr class="positive">.*?</svg>(.*?)</th>', text, re.DOTALL) == ["Much", "All", "Yes"]


def test_in_the_programme_s_first_language_unless_another_is_asked_for() -> None:
    browser = owner()
    make(browser)

    assert '<html lang="nb">' in browser.get(f"{REPORT}/1").text
    assert '<html lang="en">' in browser.get(f"{REPORT}/1", "in=en").text
    assert '<html lang="nb">' in browser.get(f"{REPORT}/1", "in=xx").text


def test_where_too_few_have_answered_for_readers_outside_that_is_said_and_no_figure() -> None:
    browser = owner(invited=58)
    make(browser)

    said = browser.get(f"{REPORT}/1", "in=en").said()

    assert "12 of 58 have answered. Not shown here: fewer than 10, or fewer than half of those invited, have answered." in said
    assert "positive ·" not in said


def test_of_comments_those_stand_there_that_are_released_and_chosen() -> None:
    browser = owner()
    assert "No comments are released." in browser.get(REPORT).said()
    all_released()

    make(browser, "First line")

    text = browser.get(f"{REPORT}/1").text
    assert re.findall("<blockquote[^>]*>(.*?)</blockquote>", text, re.DOTALL) == ["First line\nSecond line"]
    assert browser.get(REPORT).text.count("checked") == 1


def test_a_version_stays_as_it_is() -> None:
    browser = owner()
    make(browser)
    first = version()
    all_released()

    make(browser, "First line")

    assert version() == first
    assert "First line" in str(version(2))
    assert re.findall(r"Version (\d)", browser.get(REPORT).said()) == ["2", "1"]


def test_of_two_who_press_at_once_the_second_is_told() -> None:
    first = owner()
    second = Browser(cookies=dict(first.cookies))
    seen = second.get(REPORT).form()
    make(first)

    page = second.post(REPORT, {name: seen[name] for name in ("form", "next")})

    assert page.status == 409
    assert "somebody else has just made a version" in page.said()


def test_the_file_needs_nothing_else_and_says_nothing_of_who_made_it() -> None:
    browser = owner()
    make(browser)

    page = browser.get(f"{REPORT}/1.html", "in=en")

    assert page.headers["content-disposition"] == 'attachment; filename="walks-report-1-en.html"'
    assert not re.findall(r'(?:src|href)="(?!#)', page.text)
    assert "<style>" in page.text
    assert "owner@example.org" not in page.text.lower()
    assert sorted(deed.what for deed in desk_account.deeds("walks", 9)) == ["report_fetched", "reported"]


def test_markup_in_a_comment_is_shown_as_it_was_written() -> None:
    browser = owner()
    all_released()

    make(browser, "alert")

    assert "&lt;script&gt;alert(1)" in browser.get(f"{REPORT}/1").text


def test_rounds_that_are_called_the_same_are_told_apart_by_their_last_day() -> None:
    browser = owner()
    make(browser)
    held = version() | {"rounds": [version()["rounds"][0] | {"closed": f"2025-0{month}-26T21:59:00Z"} for month in (8, 9)]}
    desk_reports.put("walks", 2, held)

    said = browser.get(f"{REPORT}/2", "in=en").said()

    assert "Day 1 (26 August 2025) 12 20" in said
    assert "Day 1 (26 September 2025) 12 of 20 have answered." in said


@pytest.mark.slow
def test_of_a_series_the_report_tells_before_and_after_in_pairs() -> None:
    golden = GOLDENS["paired"]["likert24"]
    given(golden["pre"], golden["post"], SERIES | {"programme.yaml": SERIES["programme.yaml"] + STAFF})
    queued()
    browser = Browser().sign_in(OWNER)
    make(browser)

    said = browser.get(f"{REPORT}/1", "in=en").said()

    assert "Before and after The participants' own assessment, not a test of what they can." in said
    assert f"24 of 24 {sum(golden['pre']) / 24:.1f} {sum(golden['post']) / 24:.1f} {golden['mean_change']:+.1f}" in said
    assert "16, 6, 2" in said
    assert "Higher, alike, lower The day (after) " in said
    assert said.index("Who answered") < said.index("Before and after The") < said.index("24 of 24 have answered.")


def test_without_a_result_there_is_nothing_to_report() -> None:
    opened(staffed())
    browser = Browser().sign_in(OWNER)

    assert "there is nothing to report" in browser.get(REPORT).said()
    assert browser.get(f"{REPORT}/1").status == 404


@pytest.mark.parametrize("who", [ORGANISER, OBSERVER, NORTH])
def test_only_owners_of_the_whole_make_reports(who: str) -> None:
    desk()

    assert Browser().sign_in(who).get(REPORT).status == 403
