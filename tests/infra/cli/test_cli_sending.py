"""The commands about mails to single people, and mails that were stopped, beside an account in this process."""

import json
import time
from collections.abc import Callable

import pytest
from click.testing import Result

from infra.publishing import Faulty
from shared.reputation import DAY
from shared.store import claims, deliverability, desk_account, invitations, published, roster, tallies
from shared.store.roster import Person
from tests.functions.examples import OPEN, enrol, invite, oslo, participant, publish, queued, send, set_clock
from tests.once import once

Command = Callable[..., Result]


@pytest.fixture
def anna(command: Command, monkeypatch: pytest.MonkeyPatch) -> Person:  # noqa: ARG001
    """Publish the programme on a local stack whose clock says that day 1 is open; put Anna on the roster."""
    monkeypatch.setenv("STAGE", "local")
    once(publish)()
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


def test_an_address_is_allowed_again_and_the_next_run_looks_anew(command: Command, anna: Person) -> None:
    bounce(anna)
    before = roster.version("walks")

    said = command("sending", "allow", "ANNA@example.org")

    assert "because it had bounced" in said.output
    assert deliverability.suppressed("anna@example.org") == ""
    assert roster.version("walks") == before + 1
    assert deeds() == ["allowed"]
    with pytest.raises(Faulty) as faulty:
        command("sending", "allow", "anna@example.org")
    assert faulty.value.faults == ["nothing keeps mails from this address"]


@pytest.mark.parametrize("address", ["bo@example.org", "no address"])
def test_nothing_is_allowed_where_nothing_is_held_back(command: Command, anna: Person, address: str) -> None:
    bounce(anna)

    with pytest.raises(Faulty):
        command("sending", "allow", address)


def test_who_is_not_reached_is_listed_with_the_reason(command: Command, anna: Person) -> None:
    assert "No mail has come back." in command("sending", "unreached", "walks").output

    bounce(anna)

    assert command("sending", "unreached", "walks").output.split() == ["Anna", "anna@example.org", "bounced"]


@pytest.mark.usefixtures("anna")
def test_sending_that_was_stopped_is_resumed_and_counted_anew(command: Command) -> None:
    assert "Nothing to do" in command("sending", "resume").output
    tallies.count_mail(OPEN)
    deliverability.stop("complaints")
    assert "No mail is sent: too many complaints." in command("status", "walks").output

    assert "Mails go out again" in command("sending", "resume").output

    assert deliverability.stopped() == ""
    assert tallies.count("bounced", "a mail", OPEN)[OPEN // DAY].mails == 0
    assert "No mail is sent" not in command("status", "walks").output


def test_the_status_counts_who_is_not_reached(command: Command, anna: Person) -> None:
    enrol([participant("bo")])
    invite(int(time.time()))
    send(queued())
    (held,) = [item for item in invitations.invited(published.rounds("walks")["day-1"].ref) if item.person == anna.id]
    claims.note_arrival(invitations.at(published.rounds("walks")["day-1"].ref, held.fingerprint), "bounced")

    lines = [line for line in command("status", "walks").output.splitlines() if "day-1" in line]

    assert [cell.strip() for cell in lines[0].split("│")[-4:-1]] == ["2", "2", "1"]
