"""The files of a comparison say what its document says, and nothing else."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from shared.exports.pairs import csv_file, files
from shared.exports.pairs_pptx import pptx_file
from shared.exports.pairs_xlsx import xlsx_file
from shared.measures.pairs import advanced, paired, then_test
from shared.results.series_documents import _document as told
from tests.goldens import GOLDENS
from tests.shared.exported import charts_of_workbook, rows_of_csv, sheets, slides

GOLDEN = GOLDENS["paired"]["likert24"]
POINTS = [
    {"code": str(code), "label": {"en": label}} for code, label in enumerate(("New", "Heard of", "With support", "Alone", "Guide"), 1)
]


def question(name: str = "goal.a", **figures: Any) -> dict[str, Any]:
    """Make a question of the golden pairs."""
    table: dict[tuple[int, int], int] = {}
    for pair in zip(GOLDEN["pre"], GOLDEN["post"], strict=True):
        table[pair] = table.get(pair, 0) + 1
    block = told(paired(table, 30, 5))
    block["N"] = block.pop("everyone")
    found = {**block, **told(advanced(table))}
    about = {"id": name, "text": {"en": f"={name}"}, "options": POINTS, "positive": ["4", "5"], "bipolar": False}
    blocks = [{"path": ["North", "A"], **block, "n": 12}]
    return {
        **about,
        "hidden": None,
        "figures": found,
        "attrition": None,
        "blocks": blocks,
        "looking_back": None,
        "unpaired": None,
        **figures,
    }


def looking_back() -> dict[str, Any]:
    """Tell a question's then-test: those pairs again, of whom everyone places herself at 2 before."""
    triples = Counter((before, 2, after) for before, after in zip(GOLDEN["pre"], GOLDEN["post"], strict=True))
    return {"id": "goal.a.then", "hidden": None, "n": 24, **told(then_test(triples, 30))}


def hidden(name: str = "goal.b") -> dict[str, Any]:
    """Make a question of which no pairs are shown."""
    counts = {str(code): code for code in range(1, 6)}
    two = {"n_before": 15, "n_after": 15, "counts_before": counts, "counts_after": counts, "mean_before": 2.5, "mean_after": 3.5}
    limits = {"difference": [0.31, 1.44], "share_difference": [-0.1, 0.4]}
    return question(name, figures=None, blocks=None, unpaired=two | limits, hidden={"reason": "small", "k": 5})


def compared(questions: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Make a comparison's document."""
    round_ = {"round": "before", "title": {"en": "Before"}, "closed": "2025-09-05T21:59:00Z", "N": 30, "n": 28}
    about = {"title": {"en": "Goals"}, "programme_title": {"en": "Walks"}, "languages": ["en"], "timezone": "Europe/Oslo", "k": 5}
    return {
        **about,
        "before": round_,
        "after": round_,
        "N": 30,
        "n": 24,
        "left_out": 2,
        "hidden": None,
        "nodes": [],
        "questions": list(questions),
    }


def test_the_table_holds_the_golden_figures_by_group_and_no_formula() -> None:
    heading, first, group, unpaired = rows_of_csv(csv_file(compared([question(), hidden()])))
    row = dict(zip(heading, first, strict=True))

    assert [first[2], group[2], unpaired[2]] == ["All pairs", "North › A", "Everyone"]
    assert first[1] == "'=goal.a"
    assert float(row["Change"]) == pytest.approx(GOLDEN["mean_change"])
    assert [float(row[f"Change among all, at {end}"]) for end in ("least", "most")] == pytest.approx(GOLDEN["ci95_fpc"]["30"])
    assert [row["Higher"], row["The same"], row["Lower"]] == ["16", "6", "2"]
    assert float(row["d_z"]) == pytest.approx(GOLDEN["dz"])
    assert float(row["Pratt, p"]) == pytest.approx(GOLDEN["wilcoxon_pratt_exact_p"])
    assert unpaired[-1].startswith("Person by person this is not shown: fewer than 5")
    assert "need not be the same people" in unpaired[-1]
    assert dict(zip(heading, unpaired, strict=True))["Pairs"] == ""


def test_the_workbook_draws_the_means_of_what_is_shown() -> None:
    file = xlsx_file(compared([question("a"), hidden(), question("c")]))

    (chart,) = charts_of_workbook(file)
    assert [series.name for series in chart] == ["Mean before", "Mean after"]
    assert [series.values for series in chart] == [pytest.approx([sum(GOLDEN[when]) / 24] * 2) for when in ("pre", "post")]
    assert "16 higher, 6 the same, 2 lower than before" in {row[0] for row in sheets(file)["In words"]}
    assert sheets(file)["Before and after"][1][5:] == pytest.approx((GOLDEN["mean_change"], *GOLDEN["ci95"]))
    assert "2 pairs of answers are left out to protect those who have answered." in {row[0] for row in sheets(file)["About"]}


def test_the_slides_hold_three_questions_each_with_its_means_on_a_numbered_scale() -> None:
    found = slides(pptx_file(compared([question(str(number)) for number in range(5)])))

    assert [slide.title for slide in found] == ["Before and after: Goals", "Before and after", "Before and after"]
    assert [slide.texts.count("16 higher, 6 the same, 2 lower than before") for slide in found] == [0, 3, 2]
    assert [text for text in found[1].texts if text in set("123456")] == list("12345")
    assert "Before: 5 September 2025 → After: 5 September 2025" in found[0].texts
    assert sum(text.startswith("Of 24, ") for text in found[1].texts) == 3
    assert "2.9" in found[1].texts
    assert "3.8" in found[1].texts


def test_what_people_say_looking_back_stands_beside_what_they_said_before() -> None:
    document = compared([question(looking_back=looking_back())])

    heading, row, _group = rows_of_csv(csv_file(document))
    found = dict(zip(heading, row, strict=True))
    said = {cell for rows in sheets(xlsx_file(document))["In words"] for cell in rows}

    assert (float(found["Looking back: mean"]), float(found["Change from looking back"])) == (2, 1.75)
    assert float(found["Response shift"]) == pytest.approx(2 - sum(GOLDEN["pre"]) / 24)
    assert float(found["Change"]) == pytest.approx(GOLDEN["mean_change"])
    assert "Looking back, 24 of them place themselves at 2.00 before the programme; when it began they said 2.88, and now 3.75." in said
    assert slides(pptx_file(document))[-1].title == "Looking back"


@pytest.mark.parametrize("questions", [[], [hidden()], [question(attrition={"stayed": 2.0, "left": 3.0})]])
def test_whatever_a_comparison_comes_to_makes_all_files_and_the_same_bytes_again(questions: list[dict[str, Any]]) -> None:
    document = compared(questions)

    assert list(files(document)) == list(files(document))
