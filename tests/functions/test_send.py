import json
import random
import re
import time
from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest

from functions.send import delivering
from shared import keys, links, mail
from shared.logs import JobFailed
from shared.settings import setting
from shared.store import claims, invitations, published, secrets
from shared.store.roster import Person
from tests.conftest import account
from tests.functions.examples import (
    FILES,
    OPEN,
    PROGRAMME,
    Refusing,
    dump,
    enrol,
    invite,
    participant,
    publish,
    queued,
    record,
    scanned,
    send,
    set_clock,
    token_of,
)
from tests.functions.outbox import Outbox
from tests.functions.parsed_mails import parsed
from tests.once import once

pytestmark = pytest.mark.slow

PEOPLE = [participant(f"reader-{number}", language="nb" if number % 2 else "en") for number in range(4)]
LEASED = claims.LEASE


@pytest.fixture
def people(tables: object, monkeypatch: pytest.MonkeyPatch) -> list[Person]:  # noqa: ARG001
    """Publish the programme on a local stack whose clock says that day 1 is open."""
    monkeypatch.setenv("STAGE", "local")
    once(publish)()
    set_clock(OPEN)
    return enrol(PEOPLE)


@pytest.fixture
def outbox(people: list[Person]) -> Outbox:  # noqa: ARG001
    return Outbox()


def invite_now() -> int:
    return invite(int(time.time()))


def states() -> Counter[str]:
    return Counter(item["mail"]["S"] for item in scanned("INVITATIONS") if "mail" in item)


def once_each() -> Counter[str]:
    return Counter(person.email for person in PEOPLE)


def body(sent: dict[str, Any], part: str) -> str:
    return parsed(sent).parts[part.lower()]


def test_everybody_gets_one_mail(outbox: Outbox) -> None:
    invite_now()

    assert send(queued()) == []

    assert outbox.to() == once_each()
    assert states() == {"sent": 4}


def test_planned_three_times_and_delivered_twice_out_of_order_it_is_still_one_mail_each(outbox: Outbox) -> None:
    records = []
    for minute in (0, 16, 32):
        set_clock(OPEN + minute * 60)
        invite_now()
        records += queued()
    assert len(records) == 12
    shuffled = records * 2
    random.Random(5).shuffle(shuffled)

    for start in range(0, len(shuffled), 7):
        assert send(shuffled[start : start + 7]) == []

    assert outbox.to() == once_each()


def test_a_poison_message_goes_back_alone(outbox: Outbox) -> None:
    invite_now()
    first, second, *rest = queued()
    poison = [
        record(text, f"poison-{number}") for number, text in enumerate(["not json", "{}", '{"parts": [1]}', '{"parts": [["a"]]}', "null"])
    ]

    failed = send([poison[0], first, *poison[1:], second, *rest])

    assert sorted(failed) == [f"poison-{number}" for number in range(5)]
    assert outbox.to() == once_each()


def test_an_errand_without_an_invitation_is_dropped(outbox: Outbox) -> None:
    ref = published.rounds("walks")["day-1"].ref
    parts = [(ref, "f" * 64, 0), ("x", "y", 0)]
    strangers = [record(json.dumps({"parts": [part], "messages": []}), f"stranger-{part[0]}") for part in parts]

    assert send(strangers) == []

    assert outbox.mails == []


def test_an_errand_that_comes_after_closing_sends_nothing(outbox: Outbox) -> None:
    invite_now()
    set_clock(OPEN + 6 * 3600)
    before = dump("INVITATIONS")

    assert send(queued()) == []

    assert outbox.mails == []
    assert dump("INVITATIONS") == before


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


def test_an_address_that_the_service_refuses_keeps_no_other_from_its_mail_and_is_not_tried_again(outbox: Outbox) -> None:
    invite_now()
    Refusing("BadRequestException", times=1).on(mail.client(), "SendEmail")

    assert send(queued()) == []

    assert states() == {"sent": 3, "refused": 1}
    set_clock(OPEN + LEASED)
    assert invite_now() == 0
    assert len(outbox.mails) == 3


def crashed_after_claim() -> None:
    """Do what is done of a mail before the process is killed."""
    item, *_ = invitations.invited(published.rounds("walks")["day-1"].ref)
    assert claims.claim(invitations.at(published.rounds("walks")["day-1"].ref, item.fingerprint), 0, OPEN)


def test_after_a_crash_nobody_sends_the_mail_until_the_lease_is_over_then_it_goes_out_with_the_same_link(outbox: Outbox) -> None:
    invite_now()
    records = queued()
    crashed_after_claim()
    assert send(records) == []
    assert len(outbox.mails) == 3
    set_clock(OPEN + LEASED - 60)
    assert invite_now() == 0

    set_clock(OPEN + LEASED + 60)
    assert invite_now() == 1
    send(queued())

    assert outbox.to() == once_each()
    assert states() == {"sent": 4}


def test_a_mail_whose_acknowledgement_was_lost_is_sent_again_with_the_same_link(outbox: Outbox, people: list[Person]) -> None:
    invite_now()
    records = queued()
    Refusing("InternalFailure", times=4, after=True).on(mail.client(), "SendEmail")
    send(records)

    send(records)

    assert outbox.to() == once_each() + once_each()
    found = [address for sent in outbox.mails for address in re.findall(r"https://\S+/e/\S+", body(sent, "Text"))]
    assert sorted(address.rsplit("/", 1)[-1] for address in found) == sorted([token_of(person) for person in people] * 2)


def test_two_workers_with_the_same_message_send_one_mail(outbox: Outbox) -> None:
    invite_now()
    records = queued()

    send([message for message in records for _ in range(2)])

    assert outbox.to() == once_each()


def test_when_somebody_has_left_the_roster_meanwhile_the_others_get_their_mails(outbox: Outbox, people: list[Person]) -> None:
    invite_now()
    gone = [item for item in scanned("ROSTER") if item["sk"]["S"] == f"PERSON#{people[0].id}"]
    delete(gone[0])

    assert send(queued()) == []

    assert outbox.to() == once_each() - Counter([people[0].participant.email])
    assert states() == {"sent": 3, "gone": 1}


def delete(item: dict[str, Any]) -> None:
    account("dynamodb").delete_item(TableName=setting("ROSTER_TABLE"), Key={name: item[name] for name in ("pk", "sk")})


class Addresses(HTMLParser):
    """Collects every address that a mail's HTML part names, by tag and attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, value or "") for name, value in attrs if name in ("href", "src", "background", "srcset")]


def stop_of(person: Person) -> str:
    """Work out the address by which a person stops reminders."""
    ref = published.rounds("walks")["day-1"].ref
    token = links.stop_token(keys.unwrapped("link", ref, secrets.secret(ref, "link")), person.id)
    return links.stop_address("https://kursdag.example.org", ref, links.fingerprint(token_of(person)), token)


def test_mail_programs_can_stop_reminders_by_the_address_whose_hash_is_stored(outbox: Outbox, people: list[Person]) -> None:
    invite_now()
    send(queued())

    stored = {item["person"]["S"]: item["stop"]["S"] for item in scanned("INVITATIONS") if "stop" in item}
    for person in people:
        (sent,) = [sent for sent in outbox.mails if sent["Destination"]["ToAddresses"] == [person.participant.email]]
        headers = parsed(sent).headers
        assert headers["List-Unsubscribe"] == f"<{stop_of(person)}>"
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert links.fingerprint(stop_of(person).rsplit("/", 1)[-1]) == stored[person.id]


def test_both_parts_of_a_mail_hold_the_reader_s_own_link_and_nothing_is_fetched_from_elsewhere(
    outbox: Outbox, people: list[Person]
) -> None:
    invite_now()
    send(queued())

    ref = published.rounds("walks")["day-1"].ref
    own = {person.participant.email: (f"https://kursdag.example.org/e/{ref}/{token_of(person)}", stop_of(person)) for person in people}

    for sent in outbox.mails:
        (reader,) = sent["Destination"]["ToAddresses"]
        parser = Addresses()
        parser.feed(body(sent, "Html"))
        assert tuple(re.findall(r"https?://\S+", body(sent, "Text"))) == own[reader]
        assert set(parser.found) == {("a", address) for address in (*own[reader], "mailto:office@example.org")}
        assert "url(" not in body(sent, "Html")


@pytest.mark.parametrize(
    ("reader", "subject", "said"),
    [
        (
            "reader-0@example.org",
            "How was the day? Day 1",
            ["Hello Reader-0,", "Tuesday 26 August", "until 23:59", "Anonymous:"],
        ),
        (
            "reader-1@example.org",
            "Hvordan var kursdagen? Dag 1",
            ["Hei Reader-1,", "tirsdag 26. august", "23.59", "Anonymt:"],
        ),
    ],
)
def test_a_mail_is_in_its_reader_s_language(outbox: Outbox, reader: str, subject: str, said: list[str]) -> None:
    invite_now()
    send(queued())

    (found,) = [sent for sent in outbox.mails if sent["Destination"]["ToAddresses"] == [reader]]

    assert parsed(found).subject == subject
    assert [text for text in said if text not in body(found, "Text") or text not in body(found, "Html")] == []
    assert ("Hello" in body(found, "Text")) == (reader == "reader-0@example.org")


def test_a_mail_comes_from_our_sender_and_answers_go_to_the_office(outbox: Outbox) -> None:
    invite_now()
    send(queued())

    sent = outbox.mails[0]

    assert sent["FromEmailAddress"] == "Kursdag for turledere <kursdag@example.org>"
    assert parsed(sent).headers["From"] == sent["FromEmailAddress"]
    assert parsed(sent).headers["Reply-To"] == "office@example.org"


def test_a_mail_s_text_has_no_lines_of_blanks_and_no_markup(outbox: Outbox) -> None:
    invite_now()
    send(queued())

    for sent in outbox.mails:
        assert "\n\n\n\n" not in body(sent, "Text")
        assert not re.search(r"<[a-z]|\{\{|\{%|&amp;", body(sent, "Text"))


def test_markup_in_a_programme_s_texts_is_shown_literally(tables: object, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setenv("STAGE", "local")
    publish(FILES | {"programme.yaml": PROGRAMME.replace("Day 1", "'<b>{{ 7*7 }} %(day)s {x}</b>'")})
    set_clock(OPEN)
    enrol([participant("reader")])
    outbox = Outbox()
    invite_now()

    send(queued())

    (sent,) = outbox.mails
    assert "<b>{{ 7*7 }} %(day)s {x}</b>" in body(sent, "Text")
    assert "&lt;b&gt;{{ 7*7 }} %(day)s {x}&lt;/b&gt;" in body(sent, "Html")
    assert parsed(sent).subject == "How was the day? <b>{{ 7*7 }} %(day)s {x}</b>"


def test_no_address_and_no_token_is_logged_whatever_happens(
    outbox: Outbox, people: list[Person], capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    assert outbox.mails == []
    invite_now()
    records = queued()
    for code in ("TooManyRequestsException", "BadRequestException", "MessageRejected"):
        Refusing(code, times=1).on(mail.client(), "SendEmail")
    send([record("{}", "poison"), *records])
    send(records)

    out, err = capfd.readouterr()

    logged = out + err + caplog.text
    assert "mail not sent" in logged
    private = [text for person in people for text in (token_of(person), person.id, person.participant.email, person.participant.name)]
    assert [text for text in private if text in logged] == []
    assert "@" not in logged


def test_after_sending_an_invitation_holds_no_time(outbox: Outbox) -> None:
    invite_now()
    send(queued())

    assert outbox.mails
    for item in (item for item in scanned("INVITATIONS") if item["sk"]["S"].startswith("INV#")):
        kept = {"pk", "sk", "schema", "person", "cell", "gathering", "language", "mail", "leased_until", "slot", "hint", "stop"}
        assert item.keys() == kept
        assert item["leased_until"] == {"N": "0"}
