"""Publishing, stopped at each of its calls: what stands is the old programme or the new one, each of them whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from shared import keys
from shared.store import publications, published, publishing, secrets
from shared.store.client import client
from shared.store.publishing import Standing
from tests.functions.examples import DAY, FILES, PROGRAMME, Refusing, dump, oslo, publish

ROUNDS = """\
rounds:
  - {form: day, for: day-1, closes: 21:00}
  - {form: day, for: day-2, id: second, closes: 23:59}
"""
NEXT = {"programme.yaml": PROGRAMME.partition("rounds:")[0] + ROUNDS, "day.yaml": DAY.replace("Utbytte?", "Hvor stort utbytte?")}
"""A round that is changed, one that is removed, and one that is new."""

pytestmark = pytest.mark.usefixtures("tables")


class Killed(BaseException):
    """The process is no more."""


@dataclass
class Killing:
    """Kills before a call, whatever it is for; ``calls`` counts them."""

    before: int
    calls: int = 0

    def __call__(self, **_: Any) -> None:
        if self.calls == self.before:
            raise Killed
        self.calls += 1


@contextmanager
def killed(before: int) -> Iterator[Killing]:
    """Stand at the edge of all that publishing calls; everything of ours runs as it is."""
    killing = Killing(before)
    hooks = [found.meta.events for found in (client(), keys.client())]
    for hook in hooks:
        hook.register("before-call.*.*", killing)
    try:
        yield killing
    finally:
        for hook in hooks:
            hook.unregister("before-call.*.*", killing)


def shape(seen: Standing) -> object:
    """Tell what stands, but for the names that are drawn by lot."""
    return seen.programme, {name: (found.form, found.windows, found.earlier) for name, found in seen.rounds.items()}


def is_whole(seen: Standing) -> bool:
    """Tell whether all that a round needs is there."""
    for found in seen.rounds.values():
        assert published.form("walks", found.form)
        assert published.round_by_ref(found.ref) == found
        assert keys.unwrapped("link", found.ref, secrets.secret(found.ref, "link"))
        assert keys.unwrapped("box", found.ref, secrets.secret(found.ref, "box"))
    noted = publications.newest("walks")
    return noted is not None and noted.programme == seen.programme


def test_killed_before_any_of_its_calls_publishing_leaves_the_old_programme_and_done_again_makes_the_new_one() -> None:
    publish()
    old, before = shape(publishing.standing("walks")), 0
    while True:
        with killed(before) as killing:
            try:
                publish(NEXT)
                break
            except Killed:
                pass
        seen = publishing.standing("walks")
        assert shape(seen) == old
        assert is_whole(seen)
        before += 1

    seen = publishing.standing("walks")
    assert killing.calls == before > 8
    assert seen.rounds.keys() == {"day-1", "second"}
    assert is_whole(seen)


def test_killed_after_the_step_itself_the_new_programme_stands_whole() -> None:
    publish()

    with pytest.raises(Killed), after("TransactWriteItems"):
        publish(NEXT)

    seen = publishing.standing("walks")
    assert seen.rounds.keys() == {"day-1", "second"}
    assert is_whole(seen)
    before = dump()
    publish(NEXT)
    assert dump() == before


@contextmanager
def after(operation: str) -> Iterator[None]:
    name, killing = f"after-call.dynamodb.{operation}", Killing(0)
    client().meta.events.register(name, killing)
    try:
        yield
    finally:
        client().meta.events.unregister(name, killing)


@pytest.mark.parametrize(
    "meanwhile",
    [
        pytest.param(lambda: publish(FILES | {"programme.yaml": PROGRAMME.replace("The office,", "Our office,")}), id="published"),
        pytest.param(lambda: published.freeze(published.rounds("walks")["day-1"], "editions/x"), id="frozen"),
        pytest.param(lambda: publish(FILES | {"programme.yaml": PROGRAMME.replace("2025-08-26", "2025-08-27")}), id="moved"),
    ],
)
def test_what_changes_between_plan_and_step_stops_the_step_and_nothing_is_mixed(meanwhile: Any) -> None:
    publish()
    done: list[Any] = []

    def interfere(**_: Any) -> None:
        if not done:
            done.append(None)
            done.append(meanwhile())
            done.append(dump("PUBLISHED"))

    client().meta.events.register("before-call.dynamodb.TransactWriteItems", interfere)
    said = publish(NEXT)
    client().meta.events.unregister("before-call.dynamodb.TransactWriteItems", interfere)

    assert "publish again" in said["faults"][0]
    assert dump("PUBLISHED") == done[2]


def test_a_step_that_another_one_crosses_is_told_and_can_be_done_again() -> None:
    refusing = Refusing("TransactionCanceledException", 1, reasons=[{"Code": "TransactionConflict"}]).on(client(), "TransactWriteItems")

    said = publish()

    assert refusing.calls == 1
    assert "nothing is published" in said["faults"][0]
    assert published.programme("walks") is None
    assert "faults" not in publish()


def test_more_rounds_than_one_step_can_hold_are_refused_in_plain_words() -> None:
    days = "".join(
        f"  - {{id: day-{number}, title: {{nb: Dag, en: Day}}, date: 2025-09-01, place: Oslo, "
        "sessions: [{id: maps, title: {nb: Kart, en: Maps}, start: 09:00, end: 11:00}]}\n"
        for number in range(3, 105)
    )
    before = dump()

    said = publish(FILES | {"programme.yaml": PROGRAMME.replace("rounds:\n", f"{days}rounds:\n")}, plan_only=True)

    assert "more than 96 rounds" in said["faults"][0]
    assert dump() == before


def test_a_round_that_is_about_to_open_is_not_removed() -> None:
    publish()

    said = publish(NEXT, at=oslo("2025-10-07T11:58"))

    assert {step["round"]: step["change"] for step in said["rounds"]}["day-2"] == "kept"
