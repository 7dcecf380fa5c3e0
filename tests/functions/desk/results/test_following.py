"""A follow-up's page: what has been used, beside what was said on the day that it follows, as both are published."""

import json
import re
from collections.abc import Iterable

import pytest

from shared import link_keys, links
from shared.store import published
from shared.store.roster import Person
from tests.functions.aggregating import aggregate
from tests.functions.desk.visitors import ORGANISER, OWNER, STAFF, Browser
from tests.functions.examples import FILES, OPEN, PROGRAMME, enrol, event, invite, oslo, participant, publish, queued
from tests.functions.open_round import forget, get, post
from tests.infra.fitting import complaints
from tests.shared.declaring import faults
from tests.shared.exported import charts_of_workbook, rows_of_csv, sheets

LATER = """\
  - form: later
    for: once
    id: later
    opens: 3 weeks after day-1 at 08:00
    closes: 2 weeks later at 23:59
    follows: day-1
"""
FORM = """title: {nb: Senere, en: Later}
mode: anonymous
questions:
  - id: used
    kind: scale
    text: {nb: Brukt?, en: Have you used it?}
    scale:
      points: [{nb: Nei, en: Never}, {nb: En gang, en: Once}, {nb: Ofte, en: Often}]
      positive: [2, 3]
"""
PAGE = "/desk/programmes/walks/rounds/later/beside-the-day"


def held(later: int = 6) -> None:
    """Hold a day, and let so many of six tell three weeks later what they have used."""
    publish({**FILES, "programme.yaml": PROGRAMME + LATER + STAFF, "later.yaml": FORM})
    people = enrol([participant(f"person{number}") for number in range(6)])
    answered("day-1", people, OPEN, benefit="4")
    aggregate(event(oslo("2025-08-27T01:00")), None)
    answered("later", people[:later], oslo("2025-09-17T09:00"), used="3")
    aggregate(event(oslo("2025-10-02T01:00")), None)
    queued()


def answered(name: str, people: Iterable[Person], at: int, **given: str) -> None:
    """Let people answer a round alike."""
    found = published.rounds("walks")[name]
    invite(at)
    for person in people:
        forget()
        path = links.path(found.ref, link_keys.token(found, person))
        assert post(path, {**get(path, at).form(), **given}, at).status == 200


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


@pytest.mark.usefixtures("tables")
def test_what_has_been_used_stands_beside_what_was_said_on_the_day() -> None:
    held()
    owner = Browser().sign_in(OWNER)

    said = text(owner.get(PAGE).text)

    assert re.search(r"6 of 6 have answered.*Benefit\?.*6 of 6 positive.*6 of 6 have answered.*Have you used it\?.*6 of 6 positive", said)
    assert "need not be the same people" in said
    assert PAGE in owner.get("/desk/programmes/walks/rounds/later/result").text
    assert owner.get(PAGE.replace("later", "day-1")).status == 404
    assert Browser().sign_in(ORGANISER).get(PAGE).status == 403


@pytest.mark.slow
@pytest.mark.usefixtures("tables")
def test_both_results_are_downloaded_as_the_page_shows_them() -> None:
    held()
    owner = Browser().sign_in(OWNER)

    found = json.loads(owner.get(f"{PAGE}.json").text)
    rows = table(owner.get(f"{PAGE}.csv").body)
    book = owner.get(f"{PAGE}.xlsx").body

    assert [(part["round"], [question["id"] for question in part["questions"]]) for part in (found["day"], found["later"])] == [
        ("day-1", ["benefit"]),
        ("later", ["used"]),
    ]
    assert complaints(found) == []
    assert [(row["Runde"], row["Id"], row["Antall"]) for row in rows if row["Antall"] != "0"] == [
        ("Dagen", "benefit", "6"),
        ("Senere", "used", "6"),
    ]
    assert list(sheets(book)) == ["Om resultatet", "På dagen", "Uker senere", "Alle tall"]
    assert [row[:6] for row in sheets(book)["Alle tall"]] == [tuple(row)[:6] for row in (rows[0], *(item.values() for item in rows))]
    assert len(charts_of_workbook(book)) == 2
    assert owner.get(f"{PAGE}.pptx").status == owner.get(f"{PAGE.replace('later', 'day-1')}.csv").status == 404
    assert Browser().sign_in(ORGANISER).get(f"{PAGE}.csv").status == 403


@pytest.mark.slow
@pytest.mark.usefixtures("tables")
def test_before_the_round_that_it_follows_has_a_result_nothing_leads_to_the_page() -> None:
    last = LATER.replace("id: later", "id: last").replace("3 weeks", "9 weeks").replace("    follows: day-1\n", "")
    publish({**FILES, "programme.yaml": PROGRAMME + LATER.replace("follows: day-1", "follows: last") + last + STAFF, "later.yaml": FORM})
    enrol([participant("ada")])
    aggregate(event(oslo("2025-10-02T01:00")), None)
    owner = Browser().sign_in(OWNER)

    result = owner.get("/desk/programmes/walks/rounds/later/result")

    assert result.status == 200
    assert "beside-the-day" not in result.text
    assert owner.get(PAGE).status == 404


def table(written: bytes) -> list[dict[str, str]]:
    heading, *rows = rows_of_csv(written)
    return [dict(zip(heading, row, strict=True)) for row in rows]


@pytest.mark.slow
@pytest.mark.usefixtures("tables")
def test_a_follow_up_that_few_answered_shows_no_more_there_than_its_result_does() -> None:
    held(later=4)
    owner = Browser().sign_in(OWNER)

    said = text(owner.get(PAGE).text)
    (later,) = (row for row in table(owner.get(f"{PAGE}.csv").body) if row["Id"] == "used")

    assert "6 of 6 positive" in said
    assert "Have you used it? Not shown: fewer than 5 answers." in said
    assert not any(later[figure] for figure in ("Kode", "Antall", "Gjennomsnitt"))


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("follows: day-9", "there is no other round `day-9`"),
        ("follows: late", "there is no other round `late`: use `day-1`"),
        ("follows: day-1, form: letter", "what is personal has no result that could stand beside another"),
    ],
)
def test_a_round_that_can_follow_nothing_is_a_fault(entry: str, said: str) -> None:
    entry = entry if "form" in entry else f"{entry}, form: day"
    rounds = f"rounds:\n  - {{form: day, for: day-1}}\n  - {{for: once, id: late, opens: 1 week after day-1 at 09:00, {entry}}}\n"
    questions = "questions: [{id: what, kind: text, text: What?}]\n"

    found = faults(rounds, day=f"title: Day\nmode: anonymous\n{questions}", letter=f"title: Letter\nmode: personal\n{questions}")

    assert any(said in fault for fault in found), found
