"""What a mail says, to whom and in which language."""

import re
from html.parser import HTMLParser

import pytest

from shared import keys, links
from shared.store import published, secrets
from shared.store.roster import Person
from tests.functions.examples import (
    FILES,
    OPEN,
    PROGRAMME,
    enrol,
    participant,
    publish,
    queued,
    scanned,
    send,
    set_clock,
    token_of,
)
from tests.functions.outbox import Outbox
from tests.functions.parsed_mails import parsed
from tests.functions.sending import body, enrolled, invite_now

pytestmark = pytest.mark.slow


@pytest.fixture
def people(tables: object, monkeypatch: pytest.MonkeyPatch) -> list[Person]:  # noqa: ARG001
    return enrolled(monkeypatch)


@pytest.fixture
def outbox(people: list[Person]) -> Outbox:  # noqa: ARG001
    return Outbox()


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
