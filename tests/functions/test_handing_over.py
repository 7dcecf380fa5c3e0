"""A changed address: its links open nothing that was written before, unless that is handed over from the address of before."""

import time

import pytest

from functions.invite import rekeying
from shared import link_keys, links
from shared.store import claims, deliverability, former_addresses, published, retiring, roster
from tests.functions.examples import OPEN, dump, enrol, invite, oslo, participant, publish, queued, record, send, set_clock
from tests.functions.outbox import Outbox
from tests.functions.parsed_mails import parsed
from tests.functions.test_confidential import SERIES
from tests.functions.test_letters import BACK, CLOSED, LETTER, TEXT, Writer
from tests.once import once

pytestmark = pytest.mark.usefixtures("tables")

LATER = OPEN + 300
DELIVERED = oslo("2025-08-28T08:05")


@once
def written() -> None:
    publish({**LETTER, "programme.yaml": LETTER["programme.yaml"] + BACK})
    ada, _ = enrol([participant("ada"), participant("bo")])
    run(OPEN)
    Writer(ada, published.rounds("walks")["day-1"]).save(TEXT)
    invite(OPEN + 60)


@pytest.fixture
def writer() -> Writer:
    written()
    ada = roster.person_at("walks", "ada@example.org")
    assert ada
    return Writer(ada, published.rounds("walks")["day-1"])


def moved(before: Writer, name: str, at: int = LATER) -> Writer:
    """Change somebody's address, as the desk does, and let the jobs run."""
    after = before.person.at(f"{name}@example.org")
    roster.put_people("walks", roster.version("walks"), [after], {after.id: before.person.participant.email})
    run(at)
    return Writer(after, before.round)


def run(at: int) -> None:
    invite(at)
    if errands := queued():
        send(errands)


def test_the_address_of_before_is_asked_once_with_the_link_that_went_there(writer: Writer) -> None:
    outbox = Outbox()

    newer = moved(writer, "ada.lund")
    run(LATER + 300)

    (mail,) = outbox.mails
    found = parsed(mail)
    assert outbox.to() == {"ada@example.org": 1}
    assert found.subject == "Your mail address was changed (Walk leader)"
    assert f"https://kursdag.example.org{writer.path}" in found.parts["text"].splitlines()
    assert "ada.lund@example.org" in found.parts["text"]
    assert newer.token not in found.parts["text"]
    assert "Blåbær" not in found.parts["text"]


def test_the_new_link_opens_nothing_until_the_old_one_hands_it_over_by_a_press(writer: Writer) -> None:
    newer = moved(writer, "ada.lund")
    assert "this link doesn’t open it" in newer.press("open").text

    before = dump()
    page = writer.look()
    assert "This link is for another address" in page.text
    assert "Blåbær" not in page.text
    assert dump() == before

    assert "Your new address is confirmed" in writer.press("hand-over").text
    opened = newer.press("open")
    assert TEXT in opened.text
    assert "Saved." in newer.save("Another plan", opened).text
    assert "Another plan" in newer.press("open").text
    assert "Blåbær" not in writer.press("open").text
    assert len(dump("LETTERS")["LETTERS"]) == 1
    newer.press("delete-now")
    assert dump("LETTERS")["LETTERS"] == []
    assert not newer.answered()


def test_handed_over_twice_is_handed_over_once_and_nothing_of_it_can_be_read_from_a_dump(writer: Writer) -> None:
    moved(writer, "ada.lund")

    for _ in range(2):
        writer.press("hand-over")

    (item,) = [item for item in dump("INVITATIONS")["INVITATIONS"] if "HANDED#" in item]
    assert item.count("from_") == 1
    assert writer.token[links.TOKEN_LENGTH :] not in item


def test_over_two_changes_what_was_handed_over_goes_on_and_either_order_does(writer: Writer) -> None:
    second = moved(writer, "ada.lund")
    writer.press("hand-over")
    third = moved(second, "lund", LATER + 600)
    assert "Blåbær" not in third.press("open").text

    # Nothing lies under the second link's own seed, but what was handed over to it does.
    second.press("hand-over")

    assert TEXT in third.press("open").text


def test_a_change_that_is_mended_at_once_is_asked_about_at_the_first_address(writer: Writer) -> None:
    typo = writer.person.at("ada.lnud@example.org")
    roster.put_people("walks", roster.version("walks"), [typo], {typo.id: "ada@example.org"})
    outbox = Outbox()

    newer = moved(Writer(typo, writer.round), "ada.lund")

    assert outbox.to() == {"ada@example.org": 1}
    writer.press("hand-over")
    assert TEXT in newer.press("open").text


def test_changed_back_the_first_link_opens_it_again(writer: Writer) -> None:
    moved(moved(writer, "ada.lund"), "ada", LATER + 300)

    assert TEXT in writer.press("open").text


def test_who_has_written_nothing_is_not_asked_and_writes_by_the_new_link(writer: Writer) -> None:
    bo = roster.person_at("walks", "bo@example.org")
    assert bo
    outbox = Outbox()

    newer = moved(Writer(bo, writer.round), "bo.berg")

    assert outbox.mails == []
    assert "Saved." in newer.save("Mine").text


def test_an_address_that_takes_no_mail_is_not_asked(writer: Writer) -> None:
    deliverability.suppress("ada@example.org", "bounced")
    outbox = Outbox()

    newer = moved(writer, "ada.lund")

    assert outbox.mails == []
    assert "This link is for another address" in writer.look().text
    assert "this link doesn’t open it" in newer.press("open").text


def test_while_nothing_can_be_sent_the_old_link_goes_on_and_the_question_waits(writer: Writer) -> None:
    claims.pause(int(time.time()) + 600)
    outbox = Outbox()

    moved(writer, "ada.lund")
    assert outbox.mails == []
    assert TEXT in writer.press("open").text

    claims.pause(0)
    run(LATER + 300)
    assert outbox.to() == {"ada@example.org": 1}


def test_an_errand_that_comes_ten_times_asks_once(writer: Writer) -> None:
    after = writer.person.at("ada.lund@example.org")
    roster.put_people("walks", roster.version("walks"), [after], {after.id: "ada@example.org"})
    invite(LATER)
    (errand,) = queued()
    outbox = Outbox()

    for number in range(10):
        assert send([record(errand["body"], str(number))]) == []

    assert outbox.to() == {"ada@example.org": 1}


def test_where_more_addresses_change_than_one_run_asks_about_the_next_runs_ask_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    publish(LETTER)
    people = enrol(participant(name) for name in ("ada", "bo", "cleo", "dan", "eva"))
    run(OPEN)
    for person in people:
        Writer(person, published.rounds("walks")["day-1"]).save(TEXT)
    monkeypatch.setattr(rekeying, "MOST", 2)
    newer = [person.at(f"new.{person.participant.email}") for person in people]
    roster.put_people("walks", roster.version("walks"), newer, {person.id: person.participant.email for person in people})
    outbox, asked = Outbox(), []

    for at in range(4):
        run(LATER + 300 * at)
        asked.append(sum(outbox.to().values()))

    assert asked == [2, 4, 5, 5]
    assert outbox.to() == {person.participant.email: 1 for person in people}


def test_written_anew_by_the_new_link_before_handing_over_both_are_kept_apart(writer: Writer) -> None:
    newer = moved(writer, "ada.lund")

    assert 'name="takeaway"' in newer.press("anew").text
    newer.save("New words", newer.press("anew"))
    writer.press("hand-over")

    assert "New words" in newer.press("open").text


def test_after_closing_too_the_letter_that_is_mailed_back_opens_once_it_is_handed_over(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAGE", "local")
    set_clock(OPEN + 1800)
    for _ in range(2):
        run(int(time.time()))
    outbox = Outbox()
    set_clock(CLOSED)
    newer = moved(writer, "ada.lund", int(time.time()))
    writer.press("hand-over", CLOSED)
    set_clock(DELIVERED)
    run(int(time.time()))

    assert outbox.to() == {"ada@example.org": 1, "ada.lund@example.org": 1}
    assert f"https://kursdag.example.org{newer.path}" in parsed(outbox.mails[-1]).parts["text"]
    assert TEXT in newer.press("open", DELIVERED).text


def test_erased_nothing_of_it_is_left(writer: Writer) -> None:
    moved(writer, "ada.lund")
    writer.press("hand-over")
    assert former_addresses.held("walks") == {writer.person.id: ["ada@example.org"]}

    retiring.delete(retiring.beside("walks", writer.person.id))

    assert former_addresses.held("walks") == {}
    assert "HANDED#" not in " ".join(dump("INVITATIONS")["INVITATIONS"])


def test_answers_of_a_series_stay_hers_whatever_her_address_is() -> None:
    publish(SERIES)
    (ada,) = enrol([participant("ada")])
    before = published.rounds("walks")["before"]

    newer, earlier = (link_keys.token(before, person) for person in (ada.at("ada.lund@example.org"), ada))

    assert links.pseudonym(newer) == links.pseudonym(earlier)
    assert links.invitation_name(newer, seeded=False) == links.invitation_name(earlier, seeded=False)
    assert links.copy_seed(newer) != links.copy_seed(earlier)
