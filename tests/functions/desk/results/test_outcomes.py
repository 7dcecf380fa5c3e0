"""Results and their files, reached from the programme's own pages by whoever may see them."""

import pytest

from shared.exports.kinds import KINDS
from tests.functions.desk.visitors import OBSERVER, ORGANISER, OWNER, Browser, desk

NOW = 1_800_000_000
WALKS = "/desk/programmes/walks"

pytestmark = pytest.mark.usefixtures("published_result")


@pytest.fixture
def published_result(tables: object) -> None:  # noqa: ARG001
    desk()


@pytest.mark.parametrize("who", [OWNER, OBSERVER])
def test_results_are_a_section_that_lists_each_with_its_files(who: str) -> None:
    browser = Browser(NOW).sign_in(who)

    page = browser.get(f"{WALKS}/results")

    assert f'href="{WALKS}/results"' in browser.get(WALKS).text
    assert f'href="{WALKS}/rounds/day-1/result"' in page.text
    for kind in KINDS:
        assert f'href="{WALKS}/rounds/day-1/result.{kind}"' in page.text
    assert f'href="{WALKS}/results" aria-current="true"' in browser.get(f"{WALKS}/rounds/day-1/result").text


def test_who_sees_no_results_is_not_led_to_them() -> None:
    organiser = Browser(NOW).sign_in(ORGANISER)

    assert f"{WALKS}/results" not in organiser.get(WALKS).text
    assert "result." not in organiser.get(f"{WALKS}/files").text


def test_the_files_of_results_stand_beside_all_others() -> None:
    page = Browser(NOW).sign_in(OWNER).get(f"{WALKS}/files")

    assert f'href="{WALKS}/rounds/day-1/result.xlsx"' in page.text
    assert f'href="{WALKS}/people/template.xlsx"' in page.text
