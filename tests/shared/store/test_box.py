import time
from dataclasses import replace

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from shared.store import box, invitations
from shared.store.box import NotSaved, Refused
from shared.store.invitations import Invitation, Ticket, cell_text
from tests.functions.examples import Refusing, scanned

REF, NAME = "abcdefgh", "f" * 64
CELL = ("North", "A")
TICKET = Ticket(REF, NAME, cell_text(CELL), "day-1", "mark")


@pytest.fixture(autouse=True)
def invited(tables: object) -> None:  # noqa: ARG001
    invitations.put_invitation(REF, Invitation(NAME, "person", CELL, "day-1", "nb", "sent", 0, None))


def stored() -> list[bytes]:
    return [sealed for _, sealed in box.envelopes(REF)]


def answered() -> str | None:
    found = invitations.invitation(REF, NAME)
    assert found is not None
    return found.answered


def test_an_answer_is_stored_and_its_invitation_marked() -> None:
    assert box.accept(TICKET, b"sealed") is None

    assert stored() == [b"sealed"]
    assert answered() == "mark"


def test_a_second_answer_is_refused_with_the_mark_of_the_first() -> None:
    box.accept(TICKET, b"sealed")

    assert box.accept(replace(TICKET, mark="other"), b"second") == Refused(mark="mark", cell_changed=False, unknown=False)
    assert stored() == [b"sealed"]
    assert answered() == "mark"


@pytest.mark.parametrize("changed", [replace(TICKET, cell=cell_text(())), replace(TICKET, gathering="north")])
def test_an_answer_with_another_group_is_refused_and_nothing_is_marked(changed: Ticket) -> None:
    assert box.accept(changed, b"sealed") == Refused(mark=None, cell_changed=True, unknown=False)
    assert (stored(), answered()) == ([], None)


@pytest.mark.parametrize("changed", [replace(TICKET, fingerprint="0" * 64), replace(TICKET, ref="other")])
def test_an_answer_without_an_invitation_is_refused_and_makes_none(changed: Ticket) -> None:
    before = len(scanned("INVITATIONS"))

    assert box.accept(changed, b"sealed") == Refused(mark=None, cell_changed=False, unknown=True)
    assert stored() == []
    assert len(scanned("INVITATIONS")) == before


def test_the_overhead_is_what_dynamodb_counts_beside_the_seal() -> None:
    box.accept(TICKET, b"sealed")

    (item,) = scanned("BOX")

    texts = sum(len(name) + len(item[name]["S"]) for name in ("pk", "sk"))
    assert box.overhead(REF) == texts + len("schema") + 2 + len("sealed")


@pytest.mark.slow
def test_a_busy_table_is_tried_within_its_patience() -> None:
    Refusing("ThrottlingException", times=99).on(box._client(), "TransactWriteItems")
    began = time.monotonic()

    with pytest.raises(NotSaved):
        box.accept(TICKET, b"sealed")

    assert time.monotonic() - began < box.PATIENCE


def test_a_table_that_does_not_answer_is_tried_again() -> None:
    asked = []

    def silent(**_: object) -> None:
        asked.append(1)
        if len(asked) == 1:
            raise ReadTimeoutError(endpoint_url="https://dynamodb.example.com")

    box._client().meta.events.register("before-send.dynamodb.TransactWriteItems", silent)

    assert box.accept(TICKET, b"sealed") is None
    assert len(stored()) == 1


@pytest.mark.parametrize("code", ["AccessDeniedException", "ResourceNotFoundException", "ValidationException"])
def test_what_no_second_try_can_mend_is_not_tried_again(code: str) -> None:
    refusing = Refusing(code, times=9).on(box._client(), "TransactWriteItems")

    with pytest.raises(ClientError):
        box.accept(TICKET, b"sealed")

    assert refusing.calls == 1


def test_a_table_that_is_not_there_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOX_TABLE", "NoSuchTable")

    with pytest.raises(ClientError):
        box.accept(TICKET, b"sealed")

    assert answered() is None


def test_a_transaction_that_is_invalid_inside_is_a_fault() -> None:
    reasons = [{"Code": "None"}, {"Code": "ItemCollectionSizeLimitExceeded"}]
    Refusing("TransactionCanceledException", times=9, reasons=reasons).on(box._client(), "TransactWriteItems")

    with pytest.raises(ClientError):
        box.accept(TICKET, b"sealed")


def test_envelopes_of_another_round_stay_there() -> None:
    box.accept(TICKET, b"sealed")

    assert list(box.envelopes("other")) == []
