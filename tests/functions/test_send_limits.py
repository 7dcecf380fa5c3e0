"""What `send` does while the mail service takes less than it is given, or nothing."""

import pytest

from functions.send import delivering
from shared import mail
from shared.logs import JobFailed
from shared.store.roster import Person
from tests.functions.examples import (
    OPEN,
    Refusing,
    queued,
    send,
    set_clock,
)
from tests.functions.outbox import Outbox
from tests.functions.sending import enrolled, invite_now, once_each, states

pytestmark = pytest.mark.slow


@pytest.fixture
def people(tables: object, monkeypatch: pytest.MonkeyPatch) -> list[Person]:  # noqa: ARG001
    return enrolled(monkeypatch)


@pytest.fixture
def outbox(people: list[Person]) -> Outbox:  # noqa: ARG001
    return Outbox()


@pytest.mark.parametrize("code", ["LimitExceededException", "ServiceUnavailable"])
def test_a_mail_that_the_service_is_too_busy_for_waits_and_goes_out_once_with_a_later_run(outbox: Outbox, code: str) -> None:
    invite_now()
    Refusing(code, times=2).on(mail.client(), "SendEmail")

    assert send(queued()) == []
    assert states() == {"sent": 2, "pending": 2}

    set_clock(OPEN + 300)
    assert invite_now() == 2
    send(queued())
    assert invite_now() == 0
    assert outbox.to() == once_each()


@pytest.mark.parametrize("code", ["TooManyRequestsException", "ThrottlingException"])
def test_a_mail_that_comes_too_fast_is_offered_again_in_a_moment(outbox: Outbox, code: str) -> None:
    invite_now()
    Refusing(code, times=2).on(mail.client(), "SendEmail")

    assert send(queued()) == []

    assert states() == {"sent": 4}
    assert outbox.to() == once_each()


def test_a_mail_that_comes_too_fast_again_and_again_waits_for_a_later_run(outbox: Outbox) -> None:
    invite_now()
    Refusing("TooManyRequestsException", times=delivering.TRIES).on(mail.client(), "SendEmail")

    assert send(queued()) == []
    assert states() == {"sent": 3, "pending": 1}

    assert invite_now() == 1
    send(queued())
    assert outbox.to() == once_each()


def test_mail_waits_while_the_daily_quota_is_used_up_however_long(outbox: Outbox) -> None:
    invite_now()
    refusing = Refusing("LimitExceededException", times=24).on(mail.client(), "SendEmail")

    for round_of_planning in range(6):
        set_clock(OPEN + round_of_planning * 300)
        invite_now()
        assert send(queued()) == []

    assert refusing.calls == 24
    assert states() == {"pending": 4}
    set_clock(OPEN + 3600)
    invite_now()
    send(queued())
    assert outbox.to() == once_each()


@pytest.mark.parametrize(
    "code", ["MessageRejected", "MailFromDomainNotVerifiedException", "AccountSuspendedException", "SendingPausedException"]
)
@pytest.mark.usefixtures("outbox")
def test_when_the_service_takes_nothing_from_us_everything_stops_at_the_first_mail_and_nobody_is_marked(code: str) -> None:
    invite_now()
    refusing = Refusing(code, times=9).on(mail.client(), "SendEmail")

    assert send(queued()) == []

    assert refusing.calls == 1
    assert states() == {"pending": 4}
    set_clock(OPEN + 300)
    with pytest.raises(JobFailed):
        invite_now()
    assert queued() == []


def test_when_the_service_takes_mails_again_they_go_out_by_themselves(outbox: Outbox) -> None:
    invite_now()
    Refusing("SendingPausedException", times=1).on(mail.client(), "SendEmail")
    send(queued())

    set_clock(OPEN + delivering.PAUSE)
    assert invite_now() == 4
    send(queued())

    assert outbox.to() == once_each()


def test_an_unverified_sender_stops_everything_and_marks_nobody(people: list[Person], monkeypatch: pytest.MonkeyPatch) -> None:
    assert people
    invite_now()
    monkeypatch.setenv("SENDER", "nobody@example.com")

    assert send(queued()) == []

    assert states() == {"pending": 4}
