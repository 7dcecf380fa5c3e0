"""What the gallery says of its pictures."""

import re

import pytest

from functions.desk.handler import create_app
from infra.gallery.captions import PAGES, READERS, STEPS, of_file, of_page
from infra.gallery.desk import DOWNLOAD

BELOW = "/desk/programmes/<string(maxlength=200):programme_id>"


def _paths() -> list[str]:
    """List the pages of a programme in the desk as paths below it, with a number or a letter for each variable part."""
    rules = [rule.rule for rule in create_app().url_map.iter_rules() if rule.rule.startswith(BELOW) and "GET" in (rule.methods or ())]
    filled = [re.sub(r"<[^>]*>", "x", re.sub(r"<int[^>]*>", "1", rule.removeprefix(BELOW))).strip("/") for rule in rules]
    return [path for path in filled if not DOWNLOAD.search(path) and not re.search(r"\.\w+$", path)]


def test_every_page_of_the_desk_has_words_of_its_own() -> None:
    nameless = [path for path in _paths() if not any(re.search(pattern, path) for pattern, _, _ in PAGES)]

    assert len(_paths()) > 20
    assert nameless == []


@pytest.mark.parametrize(
    ("path", "readers", "said"),
    [
        ("", "organisers", "The programme, with what is open, closed and to come"),
        ("people/0123/data", "owners", "What is stored about somebody, and its deletion"),
        ("rounds/day-1", "organisers", "One form: how many have answered"),
        ("rounds/day-1/result", "owners", "A result"),
        ("rounds/goals-after/before-and-after", "owners", "Before and after: the same people, goal by goal"),
    ],
)
def test_a_page_is_told_by_its_path(path: str, readers: str, said: str) -> None:
    assert of_page(path) == (readers, said)


def test_a_file_is_told_by_what_it_is_for() -> None:
    assert of_file("people/template.xlsx") == ("organisers", "A table for the list of participants, to fill in")
    assert of_file("rounds/day-1/result.pptx") == ("owners", "Slides for a meeting")
    assert of_file("rounds/day-1/poster.svg") is None


def test_everybody_who_reads_something_has_a_heading() -> None:
    assert {readers for _, readers, _ in PAGES} < READERS.keys()
    assert "form" in STEPS
