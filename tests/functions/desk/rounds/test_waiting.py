"""What the programme's page says where mails don't go out."""

from types import SimpleNamespace

import pytest

from functions.invite.handing import until
from shared import mail
from shared.logs import JobFailed
from shared.mail import Quota
from shared.store import claims, deliverability
from tests.functions.desk.visitors import OBSERVER, ORGANISER, STAFF, Browser
from tests.functions.examples import FILES, OPEN, enrol, invite, participant, publish
from tests.once import once

WALKS = "/desk/programmes/walks"
DAY = 24 * 3600

pytestmark = pytest.mark.usefixtures("walks")


COOKIES: dict[str, dict[str, str]] = {}


@pytest.fixture
def walks(tables: object) -> None:  # noqa: ARG001
    """Publish a programme with people, and sign in its staff before any mail waits in the queue."""
    once(publish)(FILES | {"programme.yaml": FILES["programme.yaml"] + STAFF})
    enrol(participant(f"reader-{number}") for number in range(8))
    COOKIES.update({who: Browser(OPEN).sign_in(who).cookies for who in (ORGANISER, OBSERVER)})


def account(a_day: float, sent: float) -> None:
    """Let the mail service say what it takes."""
    quota = {"Max24HourSend": a_day, "MaxSendRate": 14.0, "SentLast24Hours": sent}
    answer = SimpleNamespace(status_code=200), {"SendingEnabled": True, "SendQuota": quota}
    mail.client().meta.events.register_first("before-call.sesv2.GetAccount", lambda **_: answer)  # type: ignore[arg-type]


def said(at: int = OPEN, who: str = ORGANISER) -> str:
    return Browser(at, COOKIES[who]).get(WALKS).said()


def test_where_the_daily_quota_is_used_up_the_organiser_sees_how_many_mails_wait_and_until_when() -> None:
    account(a_day=200, sent=195)

    invite(OPEN)

    assert "3 mails wait. The mail service takes no more today." in said()
    assert "by Wednesday 27 August at" in said()
    assert "mails wait" not in said(who=OBSERVER)


def test_nothing_is_said_while_all_have_room_or_once_no_run_has_found_mails_waiting_any_more() -> None:
    invite(OPEN)
    assert "wait" not in said()

    account(a_day=200, sent=200)
    enrol([participant("late")])
    invite(OPEN + 300)

    assert "1 mail waits" in said(OPEN + 300)
    assert "wait" not in said(OPEN + 300 + 16 * 60)


def test_where_the_mail_service_takes_nothing_the_organiser_sees_that_it_is_tried_again() -> None:
    claims.pause(OPEN + 900)

    with pytest.raises(JobFailed):
        invite(OPEN)

    assert "8 mails wait. The mail service takes nothing from us at the moment." in said()


def test_where_sending_was_stopped_for_our_reputation_the_organiser_sees_why() -> None:
    deliverability.stop("bounces")

    with pytest.raises(JobFailed):
        invite(OPEN)

    assert "No mails are sent at the moment, because too many have come back." in said()
    assert "mails wait" not in said()


@pytest.mark.parametrize(("over", "a_day", "days"), [(1, 200, 1), (200, 200, 1), (201, 200, 2)])
def test_a_day_s_worth_goes_out_within_a_day(over: int, a_day: float, days: int) -> None:
    assert until(over, Quota(14, 0, a_day), OPEN) == OPEN + days * DAY


def test_an_account_that_takes_nothing_at_all_promises_nothing() -> None:
    assert until(1, Quota(14, 0, 0), OPEN) == 0
