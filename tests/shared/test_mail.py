from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ConnectTimeoutError, HTTPClientError, ReadTimeoutError

from shared import mail
from shared.mail import AddressRefused, SendingStopped, TryLater
from shared.mail_message import Message
from tests.functions.examples import Refusing
from tests.functions.parsed_mails import parsed

MESSAGE = Message(
    to="reader@example.org",
    sender_name='Kursdag, "skoleledere" i Ås',
    reply_to="office@example.org",
    subject="Hvordan var dagen?",
    text="Hei\n",
    html="<p>Hei</p>",
)

pytestmark = pytest.mark.usefixtures("tables")


def sent(message: Message = MESSAGE) -> dict[str, Any]:
    """Send a mail; return what SES was asked."""
    seen: list[dict[str, Any]] = []
    mail.client().meta.events.register("before-parameter-build.sesv2.SendEmail", lambda params, **_: seen.append(params))
    mail.send(message)
    return seen[-1]


def test_a_mail_goes_to_one_reader_in_both_parts() -> None:
    asked = sent()

    assert asked["Destination"] == {"ToAddresses": ["reader@example.org"]}
    mail = parsed(asked)
    assert (mail.headers["To"], mail.headers["Reply-To"], mail.subject) == (MESSAGE.to, MESSAGE.reply_to, MESSAGE.subject)
    assert mail.parts == {"text": MESSAGE.text, "html": MESSAGE.html}


def test_a_mail_asks_programs_not_to_answer_by_themselves() -> None:
    headers = parsed(sent()).headers

    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["X-Auto-Response-Suppress"] == "OOF, AutoReply"


def test_only_a_mail_that_reminders_may_follow_can_be_stopped() -> None:
    stop = f"https://kursdag.example.org/stop/abcdefgh/{'f' * 64}/{'s' * 26}"

    headers = parsed(sent(replace(MESSAGE, stop=stop))).headers

    assert headers["List-Unsubscribe"] == f"<{stop}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not [name for name in parsed(sent()).headers if name.startswith("List-")]


def test_a_sender_s_name_may_hold_anything_a_name_holds() -> None:
    from_address = sent()["FromEmailAddress"]

    assert from_address.endswith("<kursdag@example.org>")
    assert from_address.count("<") == 1


@pytest.mark.parametrize("name", ["Kursdag\nBcc: x@example.org", "Kursdag\r\nX: y"])
def test_a_sender_s_name_with_line_breaks_is_never_sent(name: str) -> None:
    with pytest.raises(ValueError, match="invalid"):
        mail.send(Message("reader@example.org", name, "office@example.org", "s", "t", "h"))


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("TooManyRequestsException", TryLater),
        ("LimitExceededException", TryLater),
        ("ThrottlingException", TryLater),
        ("ServiceUnavailable", TryLater),
        ("InternalFailure", TryLater),
        ("BadRequestException", AddressRefused),
        ("MessageRejected", SendingStopped),
        ("MailFromDomainNotVerifiedException", SendingStopped),
        ("AccountSuspendedException", SendingStopped),
        ("SendingPausedException", SendingStopped),
        ("AccessDeniedException", SendingStopped),
    ],
)
def test_each_refusal_of_the_mail_service_has_its_meaning(code: str, meaning: type[Exception]) -> None:
    refusing = Refusing(code, times=9).on(mail.client(), "SendEmail")

    with pytest.raises(meaning):
        mail.send(MESSAGE)

    assert refusing.calls == 1


@pytest.mark.parametrize("kind", [ConnectTimeoutError, ReadTimeoutError])
def test_a_service_that_does_not_answer_is_asked_once_and_later_again(kind: type[HTTPClientError]) -> None:
    asked = 0

    def silent(**_: Any) -> None:
        nonlocal asked
        asked += 1
        raise kind(endpoint_url="https://email.example.com")

    mail.client().meta.events.register("before-send.sesv2.SendEmail", silent)

    with pytest.raises(TryLater):
        mail.send(MESSAGE)

    assert asked == 1
