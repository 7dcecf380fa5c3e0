"""The commands about mails to single people, and mails that were stopped, beside an account in this process."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result

from infra.publishing import Faulty
from shared.store import deliverability, desk_account
from shared.store.roster import Person
from tests.functions.examples import OPEN, enrol, oslo, participant, publish, queued, set_clock

Command = Callable[..., Result]


@pytest.fixture
def anna(command: Command, monkeypatch: pytest.MonkeyPatch) -> Person:  # noqa: ARG001
    """Publish the programme on a local stack whose clock says that day 1 is open; put Anna on the roster."""
    monkeypatch.setenv("STAGE", "local")
    publish()
    set_clock(OPEN)
    (anna,) = enrol([participant("anna")])
    return anna


def deeds() -> list[str]:
    return [deed.what for deed in desk_account.deeds("walks", 10)]


@pytest.mark.parametrize("named", ["", "day-1"])
def test_a_link_sent_again_is_an_errand_of_ids_and_is_noted(command: Command, anna: Person, named: str) -> None:
    said = command("resend", "walks", "ANNA@example.org", *(["--round", named] if named else []))

    (message,) = queued()
    assert json.loads(message["body"]) == {"programme": "walks", "person": anna.id, "round": named}
    assert "The mail is on its way." in said.output
    assert deeds() == ["resent"]


def bounce(anna: Person) -> None:
    deliverability.suppress("anna@example.org", "bounced")
    deliverability.note_unreached("walks", anna.id, "anna@example.org", "bounced")


@pytest.mark.parametrize(
    ("typed", "before", "why"),
    [
        (["walks", "bo@example.org"], None, "nobody with this address takes part in walks"),
        (["walks", "no address"], None, "nobody with this address takes part in walks"),
        (["walks", "anna@example.org", "--round", "day-9"], None, "walks has no round day-9; it has: day-1, day-2"),
        (["walks", "anna@example.org", "--round", "day-2"], None, "no form is open now"),
        (["walks", "anna@example.org"], lambda _: set_clock(oslo("2025-08-27T00:00")), "no form is open now"),
        (["walks", "anna@example.org"], lambda _: deliverability.stop("bounces"), "no mail is sent: too many bounces"),
        (["walks", "anna@example.org"], bounce, "she is not reached at this address: bounced"),
    ],
)
def test_a_link_that_would_not_reach_her_is_not_promised(
    command: Command, anna: Person, typed: list[str], before: Callable[[Person], None] | None, why: str
) -> None:
    if before:
        before(anna)

    with pytest.raises(Faulty) as faulty:
        command("resend", *typed)

    assert why in faulty.value.faults[0]
    assert (queued(), deeds()) == ([], [])
