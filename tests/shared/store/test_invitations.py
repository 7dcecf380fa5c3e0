from dataclasses import replace

import pytest

from shared.store import invitations
from shared.store.invitations import LEASE, Invitation
from tests.conftest import account

REF, NAME, NOW = "abc", "f" * 64, 1_000_000
NEW = Invitation(NAME, "person", ("North", "Å"), "day-1", "nb", "pending", 0, None)

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture(autouse=True)
def invited(tables: object) -> None:  # noqa: ARG001
    invitations.put_invitation(REF, NEW)


def state() -> tuple[str, int]:
    found = invitations.invitation(REF, NAME)
    assert found is not None
    return found.mail, found.leased_until


def test_a_stored_invitation_reads_back_as_it_was() -> None:
    assert invitations.invitation(REF, NAME) == NEW
    assert list(invitations.invited(REF)) == [NEW]


def test_an_unknown_invitation_is_none() -> None:
    assert invitations.invitation(REF, "0" * 64) is None
    assert invitations.invitation("other", NAME) is None


def test_an_invitation_is_never_overwritten() -> None:
    invitations.settle_mail(REF, NAME, "sent")

    invitations.put_invitation(REF, replace(NEW, cell=(), person="other"))

    assert invitations.invitation(REF, NAME) == replace(NEW, mail="sent")


def test_a_mail_is_claimed_once() -> None:
    assert invitations.claim(REF, NAME, NOW)
    assert not invitations.claim(REF, NAME, NOW)
    assert not invitations.claim(REF, NAME, NOW + LEASE - 1)


def test_a_claim_lasts_as_long_as_the_lease() -> None:
    invitations.claim(REF, NAME, NOW)

    assert invitations.claim(REF, NAME, NOW + LEASE)


@pytest.mark.parametrize("settled", ["sent", "refused"])
def test_a_mail_that_is_settled_is_not_claimed_again(settled: str) -> None:
    invitations.claim(REF, NAME, NOW)
    invitations.settle_mail(REF, NAME, settled)

    assert not invitations.claim(REF, NAME, NOW + 10 * LEASE)
    assert state() == (settled, 0)


def test_a_mail_that_can_wait_is_claimed_again_at_once() -> None:
    invitations.claim(REF, NAME, NOW)
    invitations.settle_mail(REF, NAME, "pending")

    assert invitations.claim(REF, NAME, NOW)


def test_of_two_planners_one_gets_the_lease() -> None:
    assert invitations.lease(REF, NAME, 0, NOW)
    assert not invitations.lease(REF, NAME, 0, NOW)


def test_a_leased_mail_can_be_claimed_by_whoever_sends_it() -> None:
    invitations.lease(REF, NAME, 0, NOW + LEASE)

    assert invitations.claim(REF, NAME, NOW + 1)


def test_a_mail_leased_anew_after_a_crash_can_be_claimed() -> None:
    invitations.claim(REF, NAME, NOW)

    assert invitations.lease(REF, NAME, NOW + LEASE, NOW + 2 * LEASE)
    assert invitations.claim(REF, NAME, NOW + LEASE + 1)


def test_a_sent_mail_is_leased_to_nobody() -> None:
    invitations.settle_mail(REF, NAME, "sent")

    assert not invitations.lease(REF, NAME, 0, NOW)


def test_settling_an_unknown_mail_makes_no_invitation() -> None:
    invitations.settle_mail(REF, "0" * 64, "sent")

    assert len(list(invitations.invited(REF))) == 1


def test_the_note_of_a_plan_is_no_invitation() -> None:
    assert invitations.planned(REF) == ""

    invitations.put_planned(REF, "3:day-1")

    assert invitations.planned(REF) == "3:day-1"
    assert len(list(invitations.invited(REF))) == 1


def test_a_cell_is_written_in_one_way() -> None:
    assert invitations.cell_text(("North", 'Å"')) == '["North","Å\\""]'
    assert invitations.cell_text(()) == "[]"


def test_declining_is_noted_unless_she_has_answered() -> None:
    assert invitations.decline(REF, NAME, "absent")
    found = invitations.invitation(REF, NAME)
    assert found
    assert found.declined == "absent"

    account("dynamodb").update_item(**invitations.answering(invitations.Ticket(REF, NAME, '["North","Å"]', "day-1", "mark")))

    assert not invitations.decline(REF, NAME, "unwilling")
    found = invitations.invitation(REF, NAME)
    assert found
    assert (found.answered, found.declined) == ("mark", "")


def test_declining_makes_no_invitation() -> None:
    assert not invitations.decline(REF, "0" * 64, "absent")
    assert list(invitations.invited(REF)) == [NEW]


def test_stopping_is_by_person_and_programme() -> None:
    for _ in range(2):
        invitations.stop_reminders("walks", "person")
    invitations.stop_reminders("swims", "other")

    assert invitations.stopped("walks") == {"person"}
    assert invitations.stopped("swims") == {"other"}
    assert invitations.stopped("walk") == set()
