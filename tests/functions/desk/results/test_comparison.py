"""The page of a series' comparison: what it says is what is published of the pairs, and only for those who see results."""

import json
import re
from collections.abc import Iterable

import pytest

from tests.functions.desk.visitors import OBSERVER, ORGANISER, OWNER, STAFF, Browser
from tests.functions.examples import queued
from tests.functions.test_confidential import SERIES
from tests.functions.test_series import compared, given
from tests.goldens import GOLDENS
from tests.once import once

pytestmark = pytest.mark.usefixtures("tables")

STAFFED = {**SERIES, "programme.yaml": SERIES["programme.yaml"] + STAFF}
PAGE = "/desk/programmes/walks/rounds/after/before-and-after"


@once
def held(before: Iterable[int], after: Iterable[int]) -> None:
    """Hold a series, and let its invitations lie elsewhere than sign-in mails."""
    given(before, after, STAFFED)
    queued()


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


@pytest.mark.slow
def test_the_owner_reads_how_the_same_people_have_moved() -> None:
    golden = GOLDENS["paired"]["likert24"]
    held(golden["pre"], golden["post"])

    said = text(Browser().sign_in(OWNER).get(PAGE).text)

    assert "24 of the 24 who were asked both times are compared with themselves" in said
    assert "16 higher, 6 the same, 2 lower than before" in said
    assert "a change between +0.48 and +1.27 is likely" in said
    assert "own assessment, not a test" in said


@pytest.mark.slow
def test_the_file_is_what_is_published() -> None:
    held([3] * 6, [4] * 6)

    assert json.loads(Browser().sign_in(OBSERVER).get(f"{PAGE}.json").text) == compared()


@pytest.mark.slow
def test_with_few_pairs_the_page_says_that_these_need_not_be_the_same_people() -> None:
    held([2, 3] * 5 + [0] * 8, [0] * 8 + [4, 5] * 5)

    said = text(Browser().sign_in(OWNER).get(PAGE).text)

    assert "Too few have answered both times" in said
    assert "10 answered before and 10 after. These need not be the same people." in said


@pytest.mark.parametrize(("round_id", "status"), [("before", 404), ("day-1", 404), ("after", 200)])
def test_only_a_later_round_of_a_series_is_compared(round_id: str, status: int) -> None:
    held([3] * 6, [4] * 6)

    assert Browser().sign_in(OWNER).get(f"/desk/programmes/walks/rounds/{round_id}/before-and-after").status == status


def test_organisers_see_no_comparison() -> None:
    held([3] * 6, [4] * 6)

    assert Browser().sign_in(ORGANISER).get(PAGE).status == 403


@pytest.mark.slow
def test_the_first_round_of_a_series_that_begins_midway_leads_to_no_comparison() -> None:
    midway = {**STAFFED, "programme.yaml": STAFFED["programme.yaml"].replace("stage: before", "stage: midway")}
    given([3] * 6, [4] * 6, midway)
    queued()
    owner = Browser().sign_in(OWNER)

    assert "before-and-after" not in owner.get("/desk/programmes/walks/rounds/before/result").text
    assert set(re.findall(r"rounds/(\w+)/before-and-after", owner.get("/desk/programmes/walks/results").text)) == {"after"}
    assert PAGE in owner.get("/desk/programmes/walks/rounds/after/result").text


def test_the_result_leads_to_the_comparison() -> None:
    held([3] * 6, [4] * 6)

    assert PAGE in Browser().sign_in(OWNER).get("/desk/programmes/walks/rounds/after/result").text
