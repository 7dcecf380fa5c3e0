"""Every test that docs/security.md names exists."""

import re

import pytest

from tests.template import ROOT

PAGE = ROOT.joinpath("docs", "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", PAGE)))


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_a_test_that_the_page_names_exists(file: str, test: str) -> None:
    text = ROOT.joinpath("tests", file).read_text(encoding="utf-8")

    assert f"def {test}(" in text if test else "def test_" in text


def test_the_page_names_tests_for_every_chapter_that_applies() -> None:
    rows = [row for row in PAGE.splitlines() if re.match(r"\| \d", row)]

    assert len(NAMED) > 40
    assert {int(chapter) for row in rows for chapter in re.findall(r"^\| (\d+)", row)} == {1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16}
    assert all("`" in row or "Deviation" in row or "By AWS" in row for row in rows)
