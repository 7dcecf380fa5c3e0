"""With whom somebody can share what she writes: sealed to her own link, renewed with the roster."""

from dataclasses import replace

import pytest

from shared import companions, letters, link_keys, links
from shared.companions import Companion
from shared.store import invitations, published, roster
from tests.functions.examples import DAY, FILES, OPEN, dump, enrol, invite, participant, publish

pytestmark = pytest.mark.usefixtures("tables")

NAMES = ("ada", "bo", "cleo")


def begin(shared_with: str, **facts: str) -> None:
    """Open a round whose form can be shared; everybody has these facts, which name the buddy and the team."""
    publish({**FILES, "day.yaml": DAY.replace("mode: anonymous", f"mode: personal\nshared_with: {shared_with}")})
    enrol([replace(participant(name), **facts) for name in NAMES])  # type: ignore[arg-type]
    change(ada="bo", bo="ada", cleo="")


def change(**buddies: str) -> None:
    """Give people these buddies, and let the next run see it."""
    held = {person.participant.email.partition("@")[0]: person for person in roster.people("walks")}
    stored = [
        replace(held[name], participant=replace(held[name].participant, buddy=other and f"{other}@example.org"))
        for name, other in buddies.items()
    ]
    roster.put_people("walks", roster.version("walks"), stored)
    invite(OPEN)


def listed() -> dict[str, list[tuple[str, bool]]]:
    """Open everybody's list with her own link."""
    due = published.rounds("walks")["day-1"]
    found = {}
    for person in roster.people("walks"):
        token = link_keys.token(due, person)
        item = invitations.invitation(due.ref, links.invitation_name(token, seeded=True))
        assert item is not None
        held: tuple[Companion, ...] = companions.opened(links.behind(token), item.companions) if item.companions else ()
        found[person.participant.email.partition("@")[0]] = [(one.name, one.former) for one in held]
    return found


def test_a_form_for_buddies_knows_each_one_s_buddy() -> None:
    begin("buddy")

    names = {person.participant.email[0]: person.participant.name for person in roster.people("walks")}
    assert listed() == {"ada": [(names["b"], False)], "bo": [(names["a"], False)], "cleo": []}


def test_another_buddy_comes_before_the_one_of_before() -> None:
    begin("buddy")

    change(ada="cleo", bo="", cleo="ada")

    assert [former for _, former in listed()["ada"]] == [False, True]
    assert [former for _, former in listed()["bo"]] == [True]
    assert [former for _, former in listed()["cleo"]] == [False]


def test_a_run_that_changes_nothing_writes_nothing() -> None:
    begin("buddy")
    before = dump()["INVITATIONS"]

    roster.look_anew("walks")
    invite(OPEN)

    changed = [item for item in dump()["INVITATIONS"] if item not in before]
    assert all("PLAN" in item for item in changed)


def test_a_form_for_a_team_knows_all_others_of_it() -> None:
    begin("team", team="Blue")

    assert {name: len(held) for name, held in listed().items()} == {"ada": 2, "bo": 2, "cleo": 2}


def test_a_dump_tells_neither_name_nor_key_of_a_companion() -> None:
    begin("buddy")

    held = {person.participant.email[0]: person for person in roster.people("walks")}
    due = published.rounds("walks")["day-1"]
    public = letters.public_half(links.behind(link_keys.token(due, held["b"]))).hex()
    (ada,) = [item for item in dump()["INVITATIONS"] if held["a"].id in item]
    assert held["b"].participant.name not in ada
    assert public not in ada
    assert held["b"].id not in ada
