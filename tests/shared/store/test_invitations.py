from dataclasses import replace

import pytest

from shared.store import claims, invitations
from shared.store.claims import Claim
from shared.store.invitations import Invitation, Plan, Ticket
from tests.conftest import account

REF, NAME, NOW = "abc", "f" * 64, 1_000_000
NEW = Invitation(NAME, "person", ("North", "Å"), "day-1", "nb", "pending", 0, None)

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture(autouse=True)
def invited(tables: object) -> None:  # noqa: ARG001
    invitations.put_invitation(REF, NEW)


def test_a_stored_invitation_reads_back_as_it_was() -> None:
    assert invitations.invitation(REF, NAME) == NEW
    assert list(invitations.invited(REF)) == [NEW]


def answer() -> None:
    account("dynamodb").update_item(**invitations.answering(Ticket(REF, NAME, '["North","Å"]', "day-1", "mark")))


def test_an_unknown_invitation_is_none() -> None:
    assert invitations.invitation(REF, "0" * 64) is None
    assert invitations.invitation("other", NAME) is None


def test_an_invitation_is_never_overwritten() -> None:
    claims.settle(invitations.at(REF, NAME), 0, Claim("sent"))

    invitations.put_invitation(REF, replace(NEW, cell=(), person="other"))

    assert invitations.invitation(REF, NAME) == replace(NEW, mail="sent")


def test_the_note_of_a_plan_is_no_invitation() -> None:
    assert invitations.plan(REF) == Plan()

    invitations.put_plan(REF, Plan("3:day-1", {"day-1": 7}))

    assert invitations.plan(REF) == Plan("3:day-1", {"day-1": 7})
    assert len(list(invitations.invited(REF))) == 1


def test_a_cell_is_written_in_one_way() -> None:
    assert invitations.cell_text(("North", 'Å"')) == '["North","Å\\""]'
    assert invitations.cell_text(()) == "[]"


def test_declining_is_noted_unless_she_has_answered() -> None:
    assert invitations.decline(REF, NAME, "absent")
    found = invitations.invitation(REF, NAME)
    assert found
    assert found.declined == "absent"

    answer()

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


def test_an_answer_leaves_nothing_that_tells_between_which_mails_it_came() -> None:
    claims.lease(invitations.at(REF, NAME), NEW.claim, slot=500, until=1_000)

    answer()

    assert invitations.invitation(REF, NAME) == replace(NEW, mail="sent", answered="mark")
    assert "slot" not in account("dynamodb").get_item(TableName="Invitations", Key=invitations.at(REF, NAME))["Item"]


def test_declining_leaves_nothing_that_tells_between_which_mails_it_came() -> None:
    claims.lease(invitations.at(REF, NAME), NEW.claim, slot=500, until=1_000)

    invitations.decline(REF, NAME, "unwilling")

    assert invitations.invitation(REF, NAME) == replace(NEW, mail="sent", declined="unwilling")


def test_who_is_marked_as_absent_is_read_as_absent() -> None:
    mark_absent(NAME)

    assert invitations.invitation(REF, NAME) == replace(NEW, absent=True)


def mark_absent(name: str) -> None:
    account("dynamodb").update_item(
        TableName="Invitations",
        Key=invitations.at(REF, name),
        UpdateExpression="SET absent = :yes",
        ExpressionAttributeValues={":yes": {"BOOL": True}},
    )
