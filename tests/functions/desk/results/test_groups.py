import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping

import pytest

from shared.envelopes import Answer
from shared.response import Totals
from shared.results.counting import Invited, Place
from shared.results.editions import Document
from tests.functions.desk.results.shown_figures import closing, figures, numbers
from tests.functions.desk.visitors import NORTH, OBSERVER, ORGANISER, OWNER, Browser, Page, desk, frozen, opened, staffed
from tests.functions.examples import PROGRAMME

pytestmark = pytest.mark.usefixtures("tables")

RESULT = "/desk/programmes/walks/rounds/day-1/result"
ALL = f"{RESULT}/groups/0"

Schools = Mapping[tuple[str, ...], tuple[int, int]]

SCHOOLS: Schools = {
    ("North", "Dal", "leader"): (10, 8),
    ("North", "Fjell"): (12, 9),
    ("North", "Å"): (6, 2),
    ("North", "Øy"): (7, 4),
    ("South", "Vik"): (11, 7),
}
"""Invited and answered, by cell."""


def answers(schools: Schools) -> list[Answer]:
    given = {"benefit": "4", "tents": "3", "expected": "2", "takeaway": "Walking"}
    cells = [cell for cell, (_, answered) in schools.items() for _ in range(answered)]
    return [Answer("", given | {"benefit": str(number % 4 + 2)}, cell, "day-1") for number, cell in enumerate(cells)]


def broken_down(schools: Schools = SCHOOLS) -> Document:
    """Publish a result with groups."""
    found = staffed()
    places = {Place("day-1", cell): invited for cell, (invited, _) in schools.items()}
    return frozen(found, opened(found), answers(schools), Invited(Totals(sum(places.values()), 0), places, places))


def number(edition: Document, *path: str | None) -> int:
    return [tuple(node["path"]) for node in edition["breakdown"]["nodes"]].index(path) + 1


def row(page: Page, name: str) -> str:
    """Read what the table of those who answered says of a group."""
    (found,) = re.findall(rf'<th scope="row">(?:<a [^>]*>)?{name}(?:</a>)?(.*?)</tr>', page.text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", found).split())


def test_groups_stand_beside_the_whole_that_they_make_up() -> None:
    edition = broken_down()
    page = Browser().sign_in(OWNER).get(ALL)

    assert [row(page, name) for name in ("All", "North", "South")] == ["46 30 65 %", "35 23 66 %", "11 7 64 %"]
    for path in ((), ("North",), ("South",)):
        block = next((block for block in edition["questions"][0]["blocks"] if tuple(block["path"]) == path), edition["questions"][0])
        assert f"{block['positive']['x']} of {block['n']} positive" in page.said()


def test_a_group_opens_into_its_parts_and_tells_which_are_hidden_and_why() -> None:
    edition = broken_down()
    owner = Browser().sign_in(OWNER)
    north = f"{RESULT}/groups/{number(edition, 'North')}"

    page = owner.get(north)

    assert f'href="{north}"' in owner.get(ALL).text
    assert row(page, "Dal") == "10 8 80 %"
    assert row(page, "Å") == "Not shown: fewer than 5 answers. 6 –"
    assert row(page, "The others, together") == "13 6 46 %"
    assert "2 groups are not shown." in page.said()
    assert re.search(r'<tr class="soft"><th scope="row">Å', page.text)


def test_a_group_that_answered_far_less_is_named_where_it_may_be_shown() -> None:
    broken_down({("North", "Dal"): (20, 18), ("South", "Vik"): (20, 6)})

    said = Browser().sign_in(OWNER).get(RESULT).said()

    assert "In South far fewer have answered (6 of 20)" in said
    assert "In North" not in said


def test_no_group_s_comments_are_shown() -> None:
    broken_down()
    page = Browser().sign_in(OWNER).get(ALL)

    assert "Walking" not in page.said()
    assert "What people wrote is shown for all together only." in page.said()


def test_a_question_that_would_give_somebody_away_says_so_instead() -> None:
    found = staffed()
    given = answers(SCHOOLS)
    places = {Place("day-1", cell): invited for cell, (invited, _) in SCHOOLS.items()}
    some = [Answer("", {**one.answers, "rare": "2"}, one.cell, "day-1") if at in (1, 2, 3, 4, 9) else one for at, one in enumerate(given)]
    frozen(found, opened(found), some, Invited(Totals(46, 0), places, places))

    said = Browser().sign_in(OWNER).get(ALL).said()

    assert "Rare? Not shown by group, to protect the answers of a smaller group." in said


def test_of_a_round_without_groups_only_the_whole_is_there() -> None:
    desk()
    owner = Browser().sign_in(OWNER)

    assert row(owner.get(ALL), "All") == "58 12 21 %"
    assert "By group" not in owner.get(RESULT).said()
    assert [owner.get(f"{RESULT}/{below}").status for below in ("groups/1", "groups/-1", "groups/x", "roles", "groups/99999999")] == [
        404
    ] * 5


def test_who_is_limited_to_units_sees_the_same_blocks_of_hers_and_nothing_else() -> None:
    edition = broken_down()
    owner, north = Browser().sign_in(OWNER), Browser().sign_in(NORTH)
    own = {place for place, node in enumerate(edition["breakdown"]["nodes"], 1) if node["path"][0] == "North"}

    first, her = north.get(ALL), north.get(f"{RESULT}/groups/{number(edition, 'North')}")

    assert north.get(RESULT).place == ALL
    assert row(first, "North") == row(owner.get(ALL), "North")
    assert not re.search(r'South|row(?:header)?">All<|of 46', first.text + her.text)
    assert row(her, "Dal") == "10 8 80 %"
    for place in range(1, len(edition["breakdown"]["nodes"]) + 1):
        assert north.get(f"{RESULT}/groups/{place}").status == (200 if place in own else 404)
    for below in ("result.json", "result.csv", "result/benefit.svg", "result/roles"):
        assert north.get(f"{RESULT.removesuffix('result')}{below}").status == 403


def test_organisers_see_no_groups_and_observers_all() -> None:
    broken_down()

    assert Browser().sign_in(ORGANISER).get(ALL).status == 403
    assert Browser().sign_in(OBSERVER).get(ALL).said().count("positive") == Browser().sign_in(OWNER).get(ALL).said().count("positive")


def test_with_many_groups_there_is_one_question_on_a_page() -> None:
    edition = broken_down({("North", f"School {at:03}"): (8, 6) for at in range(90)})
    owner = Browser().sign_in(OWNER)
    north = f"{RESULT}/groups/{number(edition, 'North')}"

    page, other = owner.get(north), owner.get(north, "question=expected")

    assert page.text.count('role="rowheader"') == 92
    assert f'href="{north}?question=expected"' in page.text
    assert 'aria-current="page">As expected?' in other.text
    assert len(page.body) < 150_000


def test_a_comparison_is_a_picture_too() -> None:
    edition = broken_down()
    owner = Browser().sign_in(OWNER)

    drawn = ET.fromstring(owner.get(f"{ALL}/benefit.svg").body)  # noqa: S314 – our own drawing
    said = " ".join(drawn.itertext())

    assert all(name in said for name in ("All", "North", "South", "Benefit?"))
    assert numbers(said) - figures(edition) <= {"1"}
    assert owner.get(f"{ALL}/takeaway.svg").status == owner.get(f"{ALL}/nothing.svg").status == 404


@pytest.mark.parametrize("language", ["en", "nb"])
def test_pages_by_group_show_no_figure_that_their_file_has_not(language: str) -> None:
    edition = broken_down()
    owner = Browser().sign_in(OWNER)

    for place in range(len(edition["breakdown"]["nodes"]) + 1):
        shown = numbers(owner.get(f"{RESULT}/groups/{place}", accept_language=language).said(), language)
        assert shown - figures(edition) <= closing(edition) | {"1"}, place


@pytest.mark.slow
def test_roles_stand_beside_one_another() -> None:
    roles = PROGRAMME.replace("  leader: {nb: Leder, en: Leader}", "  leader: {nb: Leder, en: Leader}\n  teacher: {nb: Lærer, en: Teacher}")
    found = staffed(programme=roles)
    schools: Schools = {("North", "Dal", "leader"): (10, 8), ("North", "Dal", "teacher"): (12, 9)}
    places = {Place("day-1", cell): invited for cell, (invited, _) in schools.items()}
    edition = frozen(found, opened(found), answers(schools), Invited(Totals(22, 0), places, places))
    owner = Browser().sign_in(OWNER)

    page = owner.get(f"{RESULT}/roles")

    assert [row(page, name) for name in ("All", "Leader", "Teacher")] == ["22 17 77 %", "10 8 80 %", "12 9 75 %"]
    assert numbers(page.said()) - figures(edition) <= closing(edition) | {"1"}
    assert owner.get(f"{RESULT}/roles/benefit.svg").status == 200


def test_gatherings_are_named_by_place_and_date_together_and_apart() -> None:
    found = staffed()
    plan = next(plan for plan in found.programme.rounds if plan.id == "day-2")
    closed = opened(found, plan.id)
    given = [Answer("", {"benefit": "4"}, ("North", "Dal"), "north")] * 9 + [Answer("", {"benefit": "5"}, ("South", "Vik"), "south")] * 7
    places = {Place("north", ("North", "Dal")): 12, Place("south", ("South", "Vik")): 10}
    frozen(found, closed, given, Invited(Totals(22, 0), places, places))

    page = Browser().sign_in(OWNER).get("/desk/programmes/walks/rounds/day-2/result/groups/0")

    assert row(page, "Ås, 7 October 2025") == "12 9 75 %"
    assert row(page, "Bø, 8 October 2025") == "10 7 70 %"
    assert row(page, "All") == "22 16 73 %"
