"""Letters to oneself: written, read again, changed and deleted by the writer's own link, and by nothing else."""

import time
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from shared import keys, letters, link_keys, links
from shared.declarations.declared import declared
from shared.rounds import Round
from shared.store import invitations, published, roster, secrets
from shared.store.client import client
from shared.store.roster import Person
from tests.functions.aggregating import aggregate
from tests.functions.examples import (
    DAY,
    FILES,
    OPEN,
    PROGRAMME,
    Refusing,
    dump,
    enrol,
    event,
    invite,
    oslo,
    participant,
    publish,
    queued,
    send,
    set_clock,
)
from tests.functions.open_round import Page, forget, get, post
from tests.functions.outbox import Outbox
from tests.once import once

pytestmark = pytest.mark.usefixtures("tables")

LETTER = {**FILES, "day.yaml": DAY.replace("mode: anonymous", "mode: personal")}
TEXT = "Ask first, then listen. Blåbær."
CLOSED = oslo("2025-08-27T09:00")


class Writer:
    """Somebody with a link to write a letter by."""

    def __init__(self, person: Person, asked: Round) -> None:
        self.person, self.round = person, asked
        self.token = link_keys.token(asked, person)
        self.path = links.path(asked.ref, self.token)

    def look(self, at: int = OPEN) -> Page:
        forget()
        return get(self.path, at)

    def save(self, text: str, form: Page | None = None, at: int = OPEN) -> Page:
        return post(self.path, {**(form or self.look(at)).form(), "takeaway": text}, at)

    def press(self, what: str, at: int = OPEN) -> Page:
        binding = self.look(at).form()["_binding"]
        return post(self.path, {"_binding": binding, "_do": what}, at)

    def answered(self) -> bool:
        name = links.invitation_name(self.token, seeded=True)
        found = invitations.invitation(self.round.ref, name)
        assert found is not None
        return found.answered is not None


@pytest.fixture
def writer() -> Writer:
    once(publish)(LETTER)
    ada, _ = enrol([participant("ada"), participant("bo")])
    invite(OPEN)
    return Writer(ada, published.rounds("walks")["day-1"])


def other() -> Writer:
    found = next(person for person in roster.people("walks") if person.participant.email == "bo@example.org")
    return Writer(found, published.rounds("walks")["day-1"])


def test_a_letter_is_written_read_again_changed_and_deleted(writer: Writer) -> None:
    assert "Saved." in writer.save(TEXT).text
    assert writer.answered()

    opened = writer.press("open")
    assert "/unwilling" not in opened.text
    assert TEXT in opened.text
    assert "Saved." in writer.save("Another plan", opened).text
    assert "Another plan" in writer.press("open").text

    assert "Delete what you wrote?" in writer.press("delete").text
    assert "It is deleted" in writer.press("delete-now").text
    assert not writer.answered()
    assert dump("LETTERS")["LETTERS"] == []
    assert 'name="takeaway"' in writer.look().text


def test_looking_at_a_link_shows_nothing_of_the_letter_and_changes_nothing(writer: Writer) -> None:
    writer.save(TEXT)
    before = dump()

    page = writer.look()

    assert "Blåbær" not in page.text
    assert "is kept" in page.text
    assert dump() == before


def test_the_page_says_who_can_read_it(writer: Writer) -> None:
    page = writer.look()

    assert "Personal: only the link in your own mail opens what you write." in page.text
    assert "Whoever can read your mailbox can read it too." in page.text
    assert "nonym" not in page.text


def test_after_closing_a_letter_can_be_read_and_deleted_but_not_changed(writer: Writer) -> None:
    form = writer.look()
    writer.save(TEXT, form)

    opened = writer.press("open", CLOSED)
    assert TEXT in opened.text
    assert "<textarea" not in opened.text
    assert writer.save("Too late", form, CLOSED).status == 409
    assert TEXT in writer.press("open", CLOSED).text
    writer.press("delete-now", CLOSED)
    assert dump("LETTERS")["LETTERS"] == []


def test_pressed_twice_or_sent_again_since_the_reply_was_lost_it_is_saved_and_nobody_told_of_another_change(writer: Writer) -> None:
    form = writer.look()
    pages = [writer.save(TEXT, form) for _ in range(2)]
    opened = writer.press("open")
    pages += [writer.save("Another plan", opened) for _ in range(2)]

    assert {page.status for page in pages} == {200}
    assert all("Saved." in page.text for page in pages)
    assert "Another plan" in writer.press("open").text
    assert writer.save(TEXT, opened).status == 409


def test_of_two_windows_the_second_is_told_and_can_put_its_text_in_the_others_place(writer: Writer) -> None:
    writer.save("First")
    one, two = writer.press("open"), writer.press("open")

    writer.save("From the phone", one)
    told = writer.save("From the laptop", two)

    assert told.status == 409
    assert "Changed somewhere else" in told.text
    assert "From the laptop" in told.text
    assert "From the phone" in writer.press("open").text
    assert "Saved." in writer.save("From the laptop", told).text
    assert "From the laptop" in writer.press("open").text


def test_a_first_letter_that_is_sent_twice_at_once_loses_neither_text(writer: Writer) -> None:
    one, two = writer.look(), writer.look()

    writer.save("One", one)
    told = writer.save("Two", two)

    assert told.status == 409
    assert "Two" in told.text
    assert "One" in writer.press("open").text


def test_nobody_elses_link_opens_it(writer: Writer) -> None:
    writer.save(TEXT)

    assert "Blåbær" not in other().look().text
    assert 'name="takeaway"' in other().look().text


@pytest.mark.parametrize("end", ["", "a" * links.TOKEN_LENGTH])
def test_a_link_that_was_altered_writes_and_shows_nothing(writer: Writer, end: str) -> None:
    writer.save(TEXT)
    writer.path = links.path(writer.round.ref, writer.token[: links.TOKEN_LENGTH] + end)

    page = writer.look()

    assert "This link is for another address" in page.text
    assert "<form" not in page.text


def test_another_address_gets_another_link_that_does_not_open_old_letters(writer: Writer) -> None:
    writer.save(TEXT)
    moved = replace(writer.person, participant=replace(writer.person.participant, email="ada.lund@example.org"))
    roster.put_people("walks", roster.version("walks"), [moved])
    invite(OPEN + 300)
    newer = Writer(moved, writer.round)

    assert newer.token[: links.TOKEN_LENGTH] == writer.token[: links.TOKEN_LENGTH]
    assert "This link is for another address" in writer.look().text
    opened = newer.press("open")
    assert "Blåbær" not in opened.text
    assert "this link doesn’t open it" in opened.text


def test_letters_can_t_be_read_from_a_dump_with_every_secret_but_the_letter_key(writer: Writer) -> None:
    writer.save(TEXT)
    ref = writer.round.ref
    opened = [keys.unwrapped("link", ref, secrets.secret(ref, "link")), keys.unwrapped("box", ref, secrets.secret(ref, "box"))]
    stored = " ".join(text for items in dump().values() for text in items)

    assert "Blåbær" not in stored
    assert TEXT.encode().hex() not in stored
    assert writer.token[links.TOKEN_LENGTH :] not in stored
    (item,) = dump("LETTERS")["LETTERS"]
    assert writer.person.id not in item
    for secret in opened:
        seed = links.letter_seed(secret, writer.person.id, "ada@example.org")
        assert letters.name(seed, ref) not in item


def test_while_the_table_is_busy_nothing_typed_is_lost(writer: Writer) -> None:
    form = writer.look()
    Refusing("ThrottlingException", times=9).on(client(), "TransactWriteItems")

    page = writer.save(TEXT, form)

    assert page.status == 503
    assert "Not saved yet" in page.text
    assert TEXT in page.text
    assert not writer.answered()


def test_personal_rounds_get_no_result(writer: Writer) -> None:
    writer.save(TEXT)

    aggregate(event(CLOSED), None)

    assert published.rounds("walks")["day-1"].edition is None


BACK = """\
messages:
  - id: letter-back
    title: {nb: Brevet ditt, en: Your letter}
    text: {nb: Hva ble det til?, en: What came of it?}
    on: 2 days after day-1 at 08:00
    returns: day-1
"""


def test_at_its_moment_a_letter_is_mailed_back_to_who_has_written_and_to_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGE", "local")
    publish({**LETTER, "programme.yaml": PROGRAMME + BACK})
    ada, _ = enrol([participant("ada"), participant("bo")])
    invite(OPEN)
    queued()
    writer = Writer(ada, published.rounds("walks")["day-1"])
    writer.save(TEXT)
    outbox = Outbox()

    set_clock(oslo("2025-08-28T08:05"))
    invite(int(time.time()))
    send(queued())

    (sent,) = outbox.mails
    text = message_from_bytes(sent["Content"]["Raw"]["Data"], policy=default).get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert outbox.to() == {"ada@example.org": 1}
    assert "What came of it?" in text
    assert f"https://kursdag.example.org{writer.path}" in text
    assert "Blåbær" not in text
    assert TEXT in writer.press("open", oslo("2025-08-28T09:00")).text


@pytest.mark.parametrize(
    ("returns", "fault"),
    [
        ("day-3", "programme.yaml:39:14: there is no round `day-3`: did you mean `day-2`?"),
        ("day-1", "programme.yaml:39:14: `day-1` is not personal: only what somebody wrote to herself can be returned"),
    ],
)
def test_only_what_somebody_writes_to_herself_can_be_returned(returns: str, fault: str) -> None:
    text = PROGRAMME + BACK.replace("returns: day-1", f"returns: {returns}")

    found = declared("walks", {"programme.yaml": text.encode(), "day.yaml": DAY.encode()})

    assert isinstance(found, list)
    assert [str(item) for item in found] == [fault]
