"""What later files no longer name or say otherwise: nothing of it stays for ever, or longer than people were told."""

from typing import Any

import pytest

from functions.retire.handler import handler
from shared import link_keys, links
from shared.retention import DAY
from shared.store import messages, published
from shared.store.client import client
from shared.store.roster import Person
from tests.functions.examples import OPEN, Refusing, dump, enrol, event, invite, oslo, participant, publish
from tests.functions.open_round import forget, get
from tests.functions.retiring import FILES, LETTER, LONG_AFTER, MESSAGE, manifests
from tests.functions.test_confidential import AFTER, BEFORE, FIRST, SECOND, answered

pytestmark = pytest.mark.usefixtures("tables")


def without(*lines: str, forms: tuple[str, ...] = ()) -> dict[str, str]:
    """Write the programme's files without some of its lines and forms."""
    programme = FILES["programme.yaml"]
    for line in lines:
        programme = programme.replace(line, "rounds:\n" if line.startswith("rounds:") else "")
    return {name: content for name, content in FILES.items() if name not in forms} | {"programme.yaml": programme}


WITHOUT_PAIRS = without(FIRST + SECOND, forms=("goals.yaml",))
LESS = without(FIRST + SECOND, LETTER, forms=("goals.yaml", "letter.yaml"))
SILENT = without(MESSAGE)
EARLY = oslo("2025-08-01T09:00")


def kept() -> list[str]:
    return sorted(dump("KEYS")["KEYS"])


def retire(at: int) -> dict[str, Any]:
    return handler(event(at), None)


def test_the_keys_of_rounds_and_series_that_were_removed_before_they_opened_are_destroyed_and_no_others() -> None:
    publish(LESS, at=EARLY)
    used = kept()
    publish(FILES, at=EARLY)
    made = len(kept()) - len(used)
    publish(LESS, at=EARLY + 60)

    retire(EARLY + 3600)
    assert len(kept()) == len(used) + made

    retire(EARLY + DAY + 3600)
    assert kept() == used
    assert made == 2 * 3 + 1 + 1
    assert sum(entry["items"] for found in manifests() for entry in found["deleted"]) == made


def test_keys_that_rounds_use_stay_whatever_is_published_about_them() -> None:
    publish(FILES, at=EARLY)
    used = kept()
    publish(SILENT, at=EARLY + 60)

    retire(OPEN - 30 * 60)

    assert kept() == used


def test_a_series_that_is_declared_again_has_a_key_again() -> None:
    publish(FILES, at=EARLY)
    publish(WITHOUT_PAIRS, at=EARLY + 60)
    retire(EARLY + 2 * DAY)
    publish(FILES, at=EARLY + 2 * DAY + 60)
    (ada,) = enrol([participant("ada")])
    retire(BEFORE - 3600)

    invite(BEFORE)
    one = answered(published.rounds("walks")["before"], ada, BEFORE, "2")
    invite(AFTER)

    assert one.pair == answered(published.rounds("walks")["after"], ada, AFTER, "4").pair != ""


def test_the_keys_that_a_publication_made_which_came_to_nothing_are_destroyed() -> None:
    publish(LESS, at=EARLY)
    used = kept()
    Refusing("TransactionCanceledException", times=1, reasons=[{"Code": "ConditionalCheckFailed"}]).on(client(), "TransactWriteItems")
    assert "publish again" in str(publish(FILES, at=EARLY)["faults"])
    assert "letter" not in published.rounds("walks")
    assert len(kept()) > len(used)

    retire(LONG_AFTER)
    # Also nothing else is due by then: the keys of what is published wait for its results.
    assert set(kept()) <= set(used)


@pytest.fixture
def told() -> Person:
    """Tell somebody something, and take the message out of the files."""
    publish(FILES)
    (ada,) = enrol([participant("ada")])
    messages.take_up("walks", "task", ada.id, OPEN)
    publish(SILENT)
    return ada


def reached() -> list[str]:
    return [item for item in dump("INVITATIONS")["INVITATIONS"] if "MESSAGE#" in item]


def test_whom_a_message_has_reached_is_forgotten_in_time_though_the_files_no_longer_name_it(told: Person) -> None:
    assert told.id in str(reached())

    retire(oslo("2025-09-26T08:00"))
    assert told.id in str(reached())
    retire(oslo("2025-09-26T10:00"))

    assert reached() == []


def test_it_is_told_with_her_data_and_erased_with_it_too(told: Person) -> None:
    asked = {"programme": "walks", "person": told.id}

    assert handler({"do": "export", **asked}, None)["messages"] == ["task"]
    handler({"do": "erase", **asked}, None)

    assert reached() == []


def kept_for(name: str) -> int:
    return published.rounds("walks")[name].retention


def test_what_an_open_round_leaves_is_kept_no_longer_than_people_were_told_and_shorter_where_files_say_so() -> None:
    publish(FILES)
    longer, shorter = ({**FILES, "programme.yaml": FILES["programme.yaml"].replace("retention: 30", line)} for line in ("", "retention: 7"))

    said = publish(longer, at=OPEN)

    assert (kept_for("day-1"), kept_for("after")) == (30, 365)
    assert "kept no longer than people were told" in next(step["why"] for step in said["rounds"] if step["round"] == "day-1")
    assert "30 days after the form has closed" in notice("day-1")
    publish(shorter, at=OPEN)
    assert (kept_for("day-1"), kept_for("before"), kept_for("after")) == (7, 7, 7)


def notice(name: str) -> str:
    """Read what the form of a round tells the first on the list."""
    (ada,) = enrol([participant("ada")])
    invite(OPEN)
    forget()
    asked = published.rounds("walks")[name]
    return get(links.path(asked.ref, link_keys.token(asked, ada)), OPEN).text


def test_a_round_that_the_files_no_longer_name_keeps_what_it_told() -> None:
    publish(FILES)
    lines = "  - form: day\n    for: each day\n    closes: 23:59\n", "retention: 30\n"
    said = publish(without(*lines, forms=("day.yaml",)), at=OPEN)

    assert {step["round"]: step["change"] for step in said["rounds"]}.items() >= {"day-1": "kept", "day-2": "removed"}.items()
    assert (kept_for("day-1"), kept_for("after")) == (30, 365)


def test_a_personal_round_can_t_be_opened_again_once_what_people_wrote_is_deleted() -> None:
    publish(FILES)
    longer = {**FILES, "programme.yaml": FILES["programme.yaml"].replace("closes: 3 days later at 23:59", "closes: 90 days later at 23:59")}

    said = publish(longer, at=oslo("2025-09-29T00:00"))
    assert "letter: what people wrote there is deleted" in str(said["faults"])
    assert "faults" not in publish(FILES, at=oslo("2025-09-29T00:00"))

    assert "faults" not in publish(longer, at=oslo("2025-09-28T23:59"))
