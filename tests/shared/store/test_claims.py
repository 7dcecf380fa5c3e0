from dataclasses import replace

import pytest

from shared.store import claims, invitations
from shared.store.claims import LEASE, Claim
from shared.store.invitations import Invitation, Ticket
from tests.conftest import account

REF, NAME, NOW, SLOT = "abc", "f" * 64, 1_000_000, 1_500_000
NEW = Invitation(NAME, "person", ("North", "Å"), "day-1", "nb", "pending", 0, None)
AT = invitations.at(REF, NAME)

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture(autouse=True)
def invited(tables: object) -> None:  # noqa: ARG001
    invitations.put_invitation(REF, NEW)


def state() -> Claim:
    found = invitations.invitation(REF, NAME)
    assert found is not None
    return found.claim


def answer() -> None:
    account("dynamodb").update_item(**invitations.answering(Ticket(REF, NAME, '["North","Å"]', "day-1", "mark")))


def test_a_mail_is_claimed_once() -> None:
    assert claims.claim(AT, 0, NOW)
    assert not claims.claim(AT, 0, NOW)
    assert not claims.claim(AT, 0, NOW + LEASE - 1)


def test_a_claim_lasts_as_long_as_the_lease() -> None:
    claims.claim(AT, 0, NOW)

    assert claims.claim(AT, 0, NOW + LEASE)


@pytest.mark.parametrize("settled", ["sent", "refused", "gone"])
def test_a_mail_that_is_settled_is_not_claimed_again(settled: str) -> None:
    claims.claim(AT, 0, NOW)
    claims.settle(AT, 0, Claim(settled))

    assert not claims.claim(AT, 0, NOW + 10 * LEASE)
    assert state() == Claim(settled)


def test_a_mail_that_can_wait_is_claimed_again_at_once() -> None:
    claims.claim(AT, 0, NOW)
    claims.settle(AT, 0, Claim())

    assert claims.claim(AT, 0, NOW)


def test_of_two_planners_one_gets_the_lease() -> None:
    assert claims.lease(AT, NEW.claim, 0, NOW)
    assert not claims.lease(AT, NEW.claim, 0, NOW)


def test_a_leased_mail_can_be_claimed_by_whoever_sends_it() -> None:
    claims.lease(AT, NEW.claim, 0, NOW + LEASE)

    assert claims.claim(AT, 0, NOW + 1)


def test_a_mail_leased_anew_after_a_crash_can_be_claimed() -> None:
    claims.claim(AT, 0, NOW)

    assert claims.lease(AT, state(), 0, NOW + 2 * LEASE)
    assert claims.claim(AT, 0, NOW + LEASE + 1)


def test_a_mail_that_was_sent_since_the_planner_looked_is_not_leased() -> None:
    claims.settle(AT, 0, Claim("sent"))

    assert not claims.lease(AT, NEW.claim, 0, NOW)


def test_each_reminder_is_leased_claimed_and_sent_once() -> None:
    claims.settle(AT, 0, Claim("sent"))
    seen = state()

    assert [claims.lease(AT, seen, SLOT, NOW + LEASE) for _ in range(3)] == [True, False, False]
    assert [claims.claim(AT, SLOT, NOW) for _ in range(3)] == [True, False, False]
    claims.settle(AT, SLOT, Claim("sent", 0, SLOT))
    assert not claims.claim(AT, SLOT, NOW + 10 * LEASE)
    assert claims.lease(AT, state(), SLOT + 1, NOW)


def test_the_errand_of_an_earlier_mail_can_no_longer_be_claimed() -> None:
    claims.settle(AT, 0, Claim("sent"))
    claims.lease(AT, state(), SLOT, NOW)
    claims.lease(AT, state(), SLOT + 1, NOW)

    assert [claims.claim(AT, slot, NOW) for slot in (0, SLOT, SLOT + 1)] == [False, False, True]


def test_who_comes_late_to_say_what_became_of_a_mail_undoes_nothing() -> None:
    claims.claim(AT, 0, NOW)
    claims.claim(AT, 0, NOW + LEASE)
    claims.settle(AT, 0, Claim("sent"))

    claims.settle(AT, 0, Claim("pending"))

    assert state() == Claim("sent")


@pytest.mark.parametrize("slot", [0, SLOT])
def test_nothing_is_sent_to_who_has_answered_meanwhile(slot: int) -> None:
    claims.lease(AT, NEW.claim, slot, NOW)
    answer()

    assert not claims.claim(AT, slot, NOW)
    claims.settle(AT, slot, Claim("pending", 0, slot))
    assert state() == Claim("sent")


def test_nothing_is_sent_to_who_has_declined_meanwhile() -> None:
    claims.lease(AT, NEW.claim, SLOT, NOW)
    invitations.decline(REF, NAME, "unwilling")

    assert not claims.claim(AT, SLOT, NOW)


def test_nothing_is_sent_to_who_is_marked_as_absent() -> None:
    yes = {":yes": {"BOOL": True}}
    account("dynamodb").update_item(TableName="Invitations", Key=AT, UpdateExpression="SET absent = :yes", ExpressionAttributeValues=yes)

    assert not claims.claim(AT, 0, NOW)


def test_an_invitation_of_an_earlier_version_has_had_no_reminder() -> None:
    account("dynamodb").update_item(TableName="Invitations", Key=AT, UpdateExpression="REMOVE slot")

    assert state() == Claim()
    assert claims.lease(AT, state(), 0, NOW)


def test_settling_an_unknown_mail_makes_no_invitation() -> None:
    claims.settle(invitations.at(REF, "0" * 64), 0, Claim("sent"))

    assert list(invitations.invited(REF)) == [replace(NEW)]


def test_sending_pauses_until_a_time_and_again() -> None:
    assert not claims.paused(NOW)

    claims.pause(NOW + 10)
    assert [claims.paused(at) for at in (NOW, NOW + 9, NOW + 10)] == [True, True, False]

    claims.pause(NOW + 30)
    assert claims.paused(NOW + 29)
