"""What becomes of an answer while the table is busy, or its acknowledgement is lost."""

import json
import time
from typing import Any

import pytest

from shared.store import box
from tests.functions.examples import Refusing, dump
from tests.functions.open_round import (
    answers,
    form_of,
    open_round,
    path,
    post,
    token,
)
from tests.functions.test_answer_post import STORED, WRITTEN

pytestmark = pytest.mark.usefixtures("walks")


@pytest.fixture
def walks(tables: object) -> None:  # noqa: ARG001
    open_round()


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no time pass between attempts."""
    monkeypatch.setattr(time, "sleep", lambda _: None)


BUSY = {
    "throttled": ("ThrottlingException", []),
    "capacity": ("ProvisionedThroughputExceededException", []),
    "out of order": ("InternalServerError", []),
    "conflict": ("TransactionCanceledException", [{"Code": "TransactionConflict"}, {"Code": "None"}]),
    "throttled inside": ("TransactionCanceledException", [{"Code": "None"}, {"Code": "ThrottlingError"}]),
    "in progress": ("TransactionInProgressException", []),
}


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize(("code", "reasons"), BUSY.values(), ids=BUSY)
def test_while_the_table_is_busy_an_answer_is_tried_four_times_at_most_and_nothing_typed_is_lost(
    code: str, reasons: list[dict[str, Any]]
) -> None:
    form = form_of() | {"benefit": "4", "takeaway": WRITTEN}
    before = dump()
    refusing = Refusing(code, times=4, reasons=reasons).on(box._client(), "TransactWriteItems")

    page = post(path(), form)

    assert page.status == 503
    assert refusing.calls == 4
    assert "Not saved yet" in page.text
    typed = page.form()
    assert (typed["benefit"], typed["takeaway"].replace("\r\n", "\n")) == ("4", WRITTEN.replace("\r\n", "\n"))
    assert dump() == before

    assert post(path(), typed).status == 200
    assert [stored.answers for stored in answers()] == [{"benefit": "4", "takeaway": STORED}]


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_table_that_is_busy_for_a_moment_is_not_noticed(times: int) -> None:
    form = form_of()
    Refusing("ThrottlingException", times=times).on(box._client(), "TransactWriteItems")

    assert post(path(), form | {"benefit": "4"}).status == 200
    assert len(answers()) == 1


@pytest.mark.usefixtures("unhurried")
def test_every_attempt_carries_the_same_token_and_the_same_sealed_bytes() -> None:
    form, seen = form_of(), []
    box._client().meta.events.register("before-call.dynamodb.TransactWriteItems", lambda params, **_: seen.append(params["body"]))
    Refusing("ThrottlingException", times=3).on(box._client(), "TransactWriteItems")

    post(path(), form | {"benefit": "4"})

    assert len(seen) == 4
    assert len(set(seen)) == 1
    assert len(json.loads(seen[0])["TransactItems"]) == 2


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("times", [1, 4])
def test_when_the_acknowledgement_is_lost_the_answer_is_received_and_stored_once(times: int) -> None:
    form = form_of() | {"benefit": "4"}
    Refusing("InternalServerError", times=times, after=True).on(box._client(), "TransactWriteItems")

    first = post(path(), form)
    again = post(path(), form)

    assert first.status == (503 if times == 4 else 200)
    assert again.status == 200
    assert "is sealed and stored" in again.text
    assert len(answers()) == 1


@pytest.mark.usefixtures("unhurried")
def test_when_the_acknowledgement_is_lost_and_another_tab_sends_its_copy_was_not_stored() -> None:
    form, other = form_of(), form_of()
    Refusing("InternalServerError", times=4, after=True).on(box._client(), "TransactWriteItems")
    post(path(), form | {"benefit": "4"})

    page = post(path(), other | {"benefit": "1", "takeaway": "my other copy"})

    assert page.status == 409
    assert "my other copy" in page.text
    assert [stored.answers for stored in answers()] == [{"benefit": "4"}]


@pytest.mark.usefixtures("unhurried")
def test_when_the_acknowledgement_is_lost_and_the_form_is_changed_before_it_is_sent_again_the_change_was_not_stored() -> None:
    form = form_of() | {"benefit": "4"}
    Refusing("InternalServerError", times=4, after=True).on(box._client(), "TransactWriteItems")
    post(path(), form)

    page = post(path(), form | {"benefit": "1", "takeaway": "on second thoughts"})

    assert page.status == 409
    assert "on second thoughts" in page.text
    assert [stored.answers for stored in answers()] == [{"benefit": "4"}]


def test_a_fault_of_ours_is_told_as_such_and_not_tried_again(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    form = form_of()
    refusing = Refusing("AccessDeniedException", times=9).on(box._client(), "TransactWriteItems")

    page = post(path(), form | {"benefit": "4", "takeaway": "what I wrote"})

    logged = "".join(capfd.readouterr()) + caplog.text
    assert page.status == 500
    assert refusing.calls == 1
    assert "AccessDeniedException" in logged
    assert not any(text in logged for text in (token(), "what I wrote", form["_nonce"]))
