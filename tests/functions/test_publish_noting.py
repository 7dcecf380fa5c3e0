"""What publishing notes, and how `kursdag history` tells it."""

import pytest

from infra.cli import history as cli_history
from infra.service import Service
from shared.store import publications, published, publishing
from shared.store.publications import Publication
from shared.store.publishing import Overtaken, Writes
from tests.functions.examples import DAY, FILES, LONG_BEFORE, OPEN, PROGRAMME, dump, oslo, publish, scanned, set_clock

OTHER_DAY = FILES | {"day.yaml": DAY.replace("Utbytte?", "Hvor stort utbytte?")}
MOVED = FILES | {"programme.yaml": PROGRAMME.replace("2025-08-26", "2025-08-27")}
NEW_CONTACT = FILES | {"programme.yaml": PROGRAMME.replace("The office,", "Our office,")}

pytestmark = pytest.mark.usefixtures("tables")


def noted() -> list[Publication]:
    return list(publications.publications("walks"))


def test_a_publication_is_noted_with_its_time_its_author_and_what_it_changed() -> None:
    publish(by="arn:aws:iam::123456789012:user/course-office")

    (found,) = noted()
    assert (found.at, found.by) == (LONG_BEFORE, "arn:aws:iam::123456789012:user/course-office")
    assert [(step["round"], step["change"]) for step in found.changes] == [("day-1", "new"), ("day-2", "new")]
    assert found.programme == published.programme("walks")
    assert {name: item.form for name, item in published.rounds("walks").items()} == found.forms


def test_what_is_noted_lies_in_one_small_item_that_bears_the_hash_of_its_content() -> None:
    publish()

    (item,) = [item for item in scanned("PUBLISHED") if item["sk"]["S"].startswith("PUBLISHED#")]
    assert item["pk"]["S"] == "PROGRAMME#walks"
    assert item["sk"]["S"] == "PUBLISHED#2025-01-01T11:00:00Z"
    assert len(item["hash"]["S"]) == 64
    assert len(bytes(item["version"]["B"])) < len(PROGRAMME)


@pytest.mark.parametrize("files", [FILES, OTHER_DAY])
def test_nothing_is_noted_where_nothing_changed(files: dict[str, str]) -> None:
    publish()
    publish(files, by="somebody")
    before = dump()

    publish(files, at=OPEN - 3600, by="somebody else")

    assert dump() == before


def test_neither_a_plan_nor_faulty_files_are_noted() -> None:
    publish(plan_only=True)
    publish(FILES | {"day.yaml": ""})

    assert noted() == []


def test_files_that_an_open_round_does_not_follow_are_noted_once_all_the_same() -> None:
    publish()
    publish(OTHER_DAY, at=oslo("2025-10-09T13:00"))
    before = dump()

    publish(OTHER_DAY, at=oslo("2025-10-09T14:00"))

    assert [len(found.changes) for found in noted()] == [2, 0]
    assert dump() == before


def test_two_publications_within_a_second_are_both_noted_in_their_order() -> None:
    publish()
    publish(OTHER_DAY)
    publish(MOVED)

    assert [found.at for found in noted()] == [LONG_BEFORE, LONG_BEFORE + 1, LONG_BEFORE + 2]
    assert publications.newest("walks") == noted()[-1]


def test_history_goes_by_real_time_whatever_the_stack_s_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGE", "local")
    set_clock(OPEN)

    publish(at=oslo("2026-01-10T08:00"))

    assert noted()[0].at == oslo("2026-01-10T08:00")


def test_a_publication_is_never_overwritten() -> None:
    publish()
    seen = publishing.standing("walks")

    with pytest.raises(Overtaken):
        publishing.carry_out(seen, noted()[0], Writes())


def test_history_tells_what_was_replaced_and_removed() -> None:
    publish()
    publish(OTHER_DAY | {"programme.yaml": PROGRAMME.replace("for: each day", "for: day-1\n    id: day-1")}, at=OPEN, replace=True)

    assert list(cli_history.told(noted()))[1:3] == [
        "  replaced day-1  2025-08-26 11:00 – 2025-08-27 00:00",
        "  removed  day-2  2025-10-07 12:00 – 2025-10-10 00:00",
    ]


def test_nobody_s_history_is_empty() -> None:
    assert noted() == []
    assert publications.newest("walks") is None


def test_history_tells_the_latest_first_with_the_difference_to_the_one_before() -> None:
    publish(by="local")
    publish(NEW_CONTACT | {"day.yaml": OTHER_DAY["day.yaml"]}, at=oslo("2025-02-03T09:30"), by="course-office")

    assert list(cli_history.told(noted())) == [
        "2025-02-03 09:30:00  course-office",
        "  changed  day-1  2025-08-26 11:00 – 2025-08-27 00:00",
        "  changed  day-2  2025-10-07 12:00 – 2025-10-10 00:00",
        "  contact name: The office → Our office",
        "  form of day-1, day-2: benefit text (nb): Utbytte? → Hvor stort utbytte?",
        "2025-01-01 12:00:00  local",
        "  new      day-1  2025-08-26 11:00 – 2025-08-27 00:00",
        "  new      day-2  2025-10-07 12:00 – 2025-10-10 00:00",
    ]


def test_a_moved_day_is_told_with_both_dates() -> None:
    publish()
    publish(MOVED, by="local")

    assert "  day-1 date: 2025-08-26 → 2025-08-27" in list(cli_history.told(noted()))


def test_publications_of_other_programmes_are_left_alone() -> None:
    publish()

    assert list(publications.publications("walk")) == []
    assert publications.newest("walks-2") is None


def test_the_command_line_says_who_publishes() -> None:
    assert Service({"Stage": "local"}).caller == "local"
    assert Service({"Stage": "prod"}).caller.startswith("arn:aws:sts::123456789012:")
