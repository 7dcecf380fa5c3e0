import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from functions.answer.handler import handler as answer
from infra.bench import answering, bare, desk, events, ground, pairing, publishing, report, sealing, starting, units, weighing
from infra.bench.figures import Figure, Samples, Section
from infra.bench.ground import LANGUAGE, Ground
from infra.browser import fields
from shared.store import published

pytestmark = pytest.mark.slow

Grounds = tuple[Ground, Ground]


@pytest.fixture
def grounds(tables: object) -> Grounds:
    assert tables
    return ground.prepared()


@pytest.fixture
def first(grounds: Grounds) -> Ground:
    return grounds[0]


def samples(*values: float) -> Samples:
    return Samples("something", values)


def test_a_figure_is_the_ratio_of_two_medians() -> None:
    figure = Figure("ms CPU", samples(2, 30, 3), samples(1, 2, 1.5))

    assert figure.ratio == 2
    assert figure.met is None


@pytest.mark.parametrize(("most", "met"), [(2, True), (1.9, False)])
def test_a_target_is_a_multiple_of_the_floor(most: float, met: bool) -> None:
    assert Figure("ms CPU", samples(4), samples(2), most_ratio=most).met is met


@pytest.mark.parametrize(("most", "met"), [(4, True), (3, False)])
def test_a_target_may_be_a_number_of_its_own(most: float, met: bool) -> None:
    assert Figure("units", samples(4), samples(0), most=most).met is met


def test_nothing_is_no_floor_to_divide_by() -> None:
    assert Figure("units", samples(0), samples(0)).ratio is None


@pytest.mark.usefixtures("tables")
def test_publishing_is_measured_beside_puts_of_all_the_items_that_it_writes() -> None:
    section = publishing.publishing(1)

    (figure,) = section.figures
    assert figure.floor.what == "bare puts of the same 323 items"
    found = published.rounds("long-0")
    forms = {item.form: published.form("long-0", item.form) for item in found.values()}
    assert [len(form.questions) for form in forms.values() if form] == [publishing.QUESTIONS] * publishing.DAYS


def test_the_bare_page_asks_the_same_questions(first: Ground) -> None:
    event = events.get(first.path(first.invited()), first.now)

    _, offered = fields(events.content(events.ask(answer, event)).decode())
    _, bare_offered = fields(events.content(events.ask(bare.handler(first.form, LANGUAGE), event)).decode())

    assert offered == bare_offered


def test_a_page_that_is_not_fine_is_not_measured(first: Ground) -> None:
    with pytest.raises(events.Unexpected, match="404"):
        events.ask(answer, events.get(first.path("a" * 26), first.now))


def test_requests_are_measured_beside_their_floors(first: Ground) -> None:
    viewing, sending = answering.viewing(first, 1, 1), answering.sending(first, 2, 1)

    assert [figure.floor.what for figure in viewing.figures] == ["bare Flask page, one get_item", "bare Flask page"]
    assert [len(figure.ours.values) for figure in sending.figures] == [2]


def test_every_call_of_ours_is_asked_for_its_units_and_none_afterwards(first: Ground) -> None:
    token = first.invited()

    with units.counted() as counts:
        view = counts.of(lambda: events.ask(answer, events.get(first.path(token), first.now)))
    afterwards = counts.of(lambda: events.ask(answer, events.get(first.path(token), first.now)))

    assert view[0] > 0
    assert afterwards == (0, 0)


def test_units_have_targets(first: Ground) -> None:
    assert [figure.most for figure in answering.costs(first, 1).figures] == [0.5, 0, 0, 4]


def test_units_of_several_tables_add_up() -> None:
    counts = units.Counts()
    transaction = type("Model", (), {"name": "TransactWriteItems"})
    read = type("Model", (), {"name": "GetItem"})

    used = counts.of(lambda: counts.add({"ConsumedCapacity": [{"CapacityUnits": 2}, {"CapacityUnits": 2}]}, transaction))
    looked = counts.of(lambda: counts.add({"ConsumedCapacity": {"CapacityUnits": 0.5}}, read))

    assert (used, looked) == ((0, 4), (0.5, 0))


def test_the_desk_is_measured_with_a_crowd_and_weighed_with_a_result(grounds: Grounds) -> None:
    first, second = grounds

    looked = desk.looking(first, second, 25, 1, 1)
    desk.publish_results(second)
    weighed = weighing.weighing(first)

    assert looked.figures[0].ours.what == "page of a round with 25 invited"
    assert all(figure.met is not False for figure in weighed.figures)
    assert {figure.ours.what for figure in weighed.figures} >= {"form", "receipt", "closed page", "round", "result of 41 answers"}


def test_every_function_is_started() -> None:
    section = starting.starting(1, ["invite"], compiled=True)

    assert section.figures[0].floor.values[0] > 0
    assert {"answer", "desk", "publish"} <= set(starting.functions())


def test_a_box_is_aggregated_whole() -> None:
    section = sealing.aggregating({10: 1, 20: 1})
    edition = json.loads(sealing.aggregate((str(number), envelope) for number, envelope in enumerate(sealing.envelopes(20)))[-1])

    assert (edition["n"], edition["unopened"], len(edition["questions"])) == (20, 0, 12)
    assert [figure.ours.what for figure in section.figures][-2:] == ["one of 20 answers", "edition of 20 answers"]


def test_a_comparison_of_pairs_is_made_whole() -> None:
    given = pairing.sides(60)

    (figure,) = pairing.pairing(1, 60).figures

    assert (pairing.compared(given)["n"], len(pairing.compared(given)["questions"])) == (60, 8)
    assert figure.ours.what == "60 pairs on 8 goals"


def test_a_run_is_told_on_screen_and_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sections = [Section("Somewhere", [Figure("ms CPU", samples(1.234, 2), samples(1), most_ratio=1)])]
    console = Console(width=80, record=True, file=io.StringIO())
    monkeypatch.setattr(report, "FILE", tmp_path / "bench.json")

    console.print(report.table(sections))
    report.write(sections)

    written: dict[str, Any] = json.loads((tmp_path / "bench.json").read_text())
    assert "missed" in console.export_text()
    assert written["sections"]["Somewhere"][0]["ours"] == {
        "what": "something",
        "median": 1.617,
        "least": 1.234,
        "most": 2,
        "repetitions": 2,
    }
    assert written["machine"]["cores"]
