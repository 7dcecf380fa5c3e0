"""A letter key for each school year: a programme without an end destroys one when the last use of its letters is over."""

from collections.abc import Mapping

import pytest

from functions.retire.handler import handler as retire
from shared import link_keys, links
from shared.rounds import Round
from shared.store import published, roster, secrets
from shared.store.roster import Person
from shared.store.secrets import Destroyed
from tests.functions.examples import DAY, FILES, PROGRAMME, dump, enrol, event, invite, oslo, participant, publish
from tests.functions.test_letters import TEXT, Writer
from tests.once import once

pytestmark = pytest.mark.usefixtures("tables")

YEARS = """\
  - {form: letter, for: once, id: spring, opens: 2025-06-10 at 08:00, closes: 3 days later at 23:59}
  - {form: letter, for: once, id: autumn, opens: 2025-09-10 at 08:00, closes: 3 days later at 23:59, retention: 300}
  - {form: day, for: once, id: recall, opens: 2025-10-01 at 08:00, closes: 3 days later at 23:59, recalls: spring}
messages:
  - {id: back, title: {nb: Brevet, en: Letter}, text: {nb: Les, en: Read}, on: 2025-11-01 at 09:00, returns: spring}
retention: 30
"""
FILES_OF_YEARS = {**FILES, "programme.yaml": PROGRAMME + YEARS, "letter.yaml": DAY.replace("mode: anonymous", "mode: personal")}
SPRING, AUTUMN = oslo("2025-06-10T09:00"), oslo("2025-09-10T09:00")


@once
def run() -> None:
    publish(FILES_OF_YEARS, at=oslo("2025-06-01T09:00"))
    (ada,) = enrol([participant("ada")])
    invite(SPRING)
    Writer(ada, rounds()["spring"]).save(TEXT, at=SPRING)
    invite(AUTUMN)
    Writer(ada, rounds()["autumn"]).save("In autumn", at=AUTUMN)


def rounds() -> Mapping[str, Round]:
    return published.rounds("walks")


def there(year: str) -> bool:
    try:
        return bool(secrets.secret(f"walks#{year}", "letter"))
    except Destroyed:
        return False


def ada() -> Person:
    (found,) = roster.people("walks")
    return found


def test_what_is_written_in_a_school_year_has_that_years_key_also_where_it_is_recalled_in_the_next() -> None:
    run()

    seeds = {name: links.behind(link_keys.token(found, ada())) for name, found in rounds().items()}

    assert seeds["spring"] == seeds["recall"] != seeds["autumn"]
    assert {name: found.school_year for name, found in rounds().items() if found.school_year} == {
        "spring": "2024/25",
        "autumn": "2025/26",
        "recall": "2024/25",
    }


def test_a_years_key_goes_after_the_last_use_of_its_letters_and_the_next_years_stays() -> None:
    run()
    writer = Writer(ada(), rounds()["spring"])

    retire(event(oslo("2025-11-30T03:20")), None)
    assert there("2024/25")
    assert TEXT in writer.press("open", oslo("2025-11-01T09:30")).text

    retire(event(oslo("2025-12-02T03:20")), None)
    assert (there("2024/25"), there("2025/26")) == (False, True)
    assert "In autumn" in Writer(ada(), rounds()["autumn"]).press("open", oslo("2025-10-01T09:30")).text


@pytest.mark.parametrize("at", [oslo("2025-06-01T10:00"), SPRING])
def test_a_round_keeps_its_first_year_wherever_it_is_moved(at: int) -> None:
    run()
    moved = FILES_OF_YEARS["programme.yaml"].replace("2025-06-10 at 08:00, closes: 3 days", "2025-08-10 at 08:00, closes: 3 days")

    publish({**FILES_OF_YEARS, "programme.yaml": moved}, at=at)

    assert len(dump("KEYS")["KEYS"]) == 2 * len(rounds()) + 2
    assert (rounds()["spring"].school_year, rounds()["recall"].school_year) == ("2024/25", "2024/25")
