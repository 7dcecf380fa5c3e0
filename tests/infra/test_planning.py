import time

import pytest

from infra import planning
from infra.planning import Line
from shared.store import invitations, published
from shared.store.roster import Person
from tests.functions.buddying import FORM, named, pair
from tests.functions.examples import FILES, PROGRAMME, dump, enrol, invite, oslo, participant, publish, queued, send, set_clock
from tests.once import once

DAY = "2025-08-26"
OPEN, DUE = oslo(f"{DAY}T11:00"), oslo(f"{DAY}T19:00")
EARLY = oslo("2025-08-01T12:00")
TASK = """\
messages:
  - id: boots
    title: {nb: Før vi går, en: Before we walk}
    text: {nb: Gå inn støvlene., en: Try your boots on.}
    on: day-1 at 19:00
"""
TEXT = PROGRAMME.replace("closes: 23:59", "closes: 23:59\n    reminds: [19:00]") + TASK


@pytest.fixture
def people(tables: object, monkeypatch: pytest.MonkeyPatch) -> list[Person]:  # noqa: ARG001
    monkeypatch.setenv("STAGE", "local")
    once(publish)(FILES | {"programme.yaml": TEXT})
    return enrol(map(participant, ("anna", "berit", "cecilie", "dagny")))


def everybody(people: list[Person]) -> frozenset[str]:
    return frozenset(person.id for person in people)


def test_before_anything_has_happened_a_plan_says_what_will_be_sent_when(people: list[Person]) -> None:
    everyone = everybody(people)
    before = dump()

    assert planning.lines(OPEN - 60, EARLY) == []
    assert planning.lines(OPEN, EARLY) == [Line("walks", "day-1", "day-1", "invitation", everyone)]
    assert planning.lines(OPEN + 3600, EARLY) == [Line("walks", "day-1", "day-1", "invitation", frozenset(), {"has it": 4})]
    assert planning.lines(DUE, EARLY) == [
        Line("walks", "day-1", "day-1", "invitation", frozenset(), {"has it": 4}),
        Line("walks", "day-1", "day-1", "reminder", everyone),
        Line("walks", "boots", "day-1", "message", everyone),
    ]
    assert planning.mails(planning.lines(DUE, EARLY)) == 4
    assert dump() == before


def test_a_plan_says_why_others_get_nothing(people: list[Person]) -> None:
    set_clock(OPEN)
    invite(int(time.time()))
    send(queued())
    ref = published.rounds("walks")["day-1"].ref
    by_person = {item.person: item.fingerprint for item in invitations.invited(ref)}
    invitations.decline(ref, by_person[people[0].id], "unwilling")
    invitations.decline(ref, by_person[people[1].id], "absent")
    invitations.stop_reminders("walks", people[2].id)

    reminder = planning.lines(DUE, OPEN)[1]

    assert reminder == Line("walks", "day-1", "day-1", "reminder", frozenset({people[3].id}), {"declined": 1, "absent": 1, "stopped": 1})


def test_what_is_done_is_planned_no_more(people: list[Person]) -> None:
    for moment in (OPEN, DUE):
        set_clock(moment)
        invite(int(time.time()))
        send(queued())

    found = planning.lines(DUE + 60, DUE + 60)

    assert [(line.kind, len(line.people)) for line in found] == [("invitation", 0), ("reminder", 0)]
    assert people


def test_word_of_other_buddies_is_planned_for_the_morning(tables: object, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setenv("STAGE", "local")
    open_longer = PROGRAMME.replace("closes: 23:59", "closes: 3 days later at 23:59")
    publish(FORM | {"programme.yaml": open_longer})
    ada, bo, cleo = enrol([named("ada", buddy="bo"), named("bo", buddy="ada"), named("cleo")])
    set_clock(OPEN)
    invite(int(time.time()))
    send(queued())
    set_clock(int(time.time()))

    pair(ada="cleo", bo="", cleo="ada")

    evening, morning = oslo(f"{DAY}T22:00"), oslo("2025-08-27T07:00")
    told = [Line("walks", "day-1", "", "buddies", frozenset({ada.id, bo.id, cleo.id}))]
    assert planning.lines(OPEN, OPEN)[1:] == told
    assert planning.lines(evening, evening)[1:] == []
    assert planning.lines(morning, evening)[1:] == told
    assert [line.kind for line in planning.lines(morning + 3600, evening)] == ["invitation", "reminder"]
