"""What mails say of buddies: the form's own mails, and a message that names them."""

import time
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from shared.declarations.declared import declared
from shared.mail_texts.buddies import others_now
from shared.store import published, roster
from tests.functions.buddying import FORM, TEXT, Writer, named, pair
from tests.functions.examples import DAY, OPEN, PROGRAMME, enrol, invite, oslo, publish, queued, send, set_clock
from tests.functions.outbox import Outbox

pytestmark = pytest.mark.usefixtures("tables")

MEET = """\
messages:
  - id: meet
    title: {nb: Møt makkeren din, en: Meet your buddy}
    text: {nb: "Avtal en time med {buddy}.", en: "Agree on a lesson with {buddy}."}
    on: 0 days after day-1 at 16:00
"""
BACK = """\
messages:
  - id: notes-back
    title: {nb: Notatene, en: The notes}
    text: {nb: Les dem før vi møtes., en: Read them before we meet.}
    on: 2 days after day-1 at 08:00
    returns: day-1
"""


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch) -> Outbox:
    monkeypatch.setenv("STAGE", "local")
    return Outbox()


def texts(outbox: Outbox) -> dict[str, str]:
    """Read the mails that went out, by the name in their address."""
    found = {}
    for sent in outbox.mails:
        (reader,) = sent["Destination"]["ToAddresses"]
        part = message_from_bytes(sent["Content"]["Raw"]["Data"], policy=default).get_body(("plain",))
        found[reader.partition("@")[0]] = part.get_content() if part else ""
    return found


def mailed(at: int) -> None:
    set_clock(at)
    invite(int(time.time()))
    if records := queued():
        send(records)
    set_clock(int(time.time()))


def test_the_mail_about_a_shared_form_names_the_buddy_with_the_reader_s_own_link(outbox: Outbox) -> None:
    publish(FORM)
    enrol([named("ada", buddy="bo"), named("bo", buddy="ada"), named("cleo")])

    mailed(OPEN)

    told = texts(outbox)
    assert "Your buddy: Bo." in told["ada"]
    assert "Your buddy: Ada." in told["bo"]
    assert "You have no buddy yet." in told["cleo"]
    ada = next(person for person in roster.people("walks") if person.participant.name == "Ada")
    assert Writer(ada, published.rounds("walks")["day-1"]).path in told["ada"]


def test_whoever_has_another_buddy_after_the_invitation_is_told_once(outbox: Outbox) -> None:
    publish(FORM)
    ada, *_ = enrol([named("ada", buddy="bo"), named("bo", buddy="ada"), named("cleo")])
    mailed(OPEN)
    due = published.rounds("walks")["day-1"]
    assert Writer(ada, due).save(TEXT).status == 200
    outbox.mails.clear()

    pair(ada="cleo", bo="", cleo="ada")
    mailed(OPEN + 300)

    told = texts(outbox)
    assert told.keys() == {"ada", "bo", "cleo"}
    assert "Your buddy: Cleo." in told["ada"]
    assert "You have no buddy any more" in told["bo"]
    assert Writer(ada, due).path in told["ada"]
    outbox.mails.clear()
    roster.look_anew("walks")
    mailed(OPEN + 600)
    assert outbox.mails == []
    pair(ada="bo", bo="ada", cleo="")
    mailed(OPEN + 900)
    told = texts(outbox)
    assert told.keys() == {"ada", "bo", "cleo"}
    assert "You have no buddy any more" in told["cleo"]


def test_whoever_is_left_without_a_buddy_is_told_once(outbox: Outbox) -> None:
    publish(FORM)
    ada, bo = enrol([named("ada", buddy="bo"), named("bo", buddy="ada")])
    mailed(OPEN)
    outbox.mails.clear()

    roster.put_people("walks", roster.version("walks"), [replace(bo, participant=replace(bo.participant, left="2025-08-26"))])
    mailed(OPEN + 300)
    roster.look_anew("walks")
    mailed(OPEN + 600)

    assert texts(outbox).keys() == {"ada"}
    assert len(outbox.mails) == 1
    told = texts(outbox)["ada"]
    assert "No buddy any more: " in message_from_bytes(outbox.mails[0]["Content"]["Raw"]["Data"], policy=default)["subject"]
    assert "You have no buddy any more: yours has left, or has another one now." in told
    assert "Your buddy" not in told
    assert Writer(ada, published.rounds("walks")["day-1"]).path in told


@pytest.mark.parametrize("names", [("Bo",), ()])
def test_word_of_other_buddies_comes_in_its_reader_s_language(names: tuple[str, ...]) -> None:
    title = {"en": "Notes", "da": "Noter", "nb": "Notater", "nn": "Notat", "sv": "Anteckningar"}

    told = others_now("notes", title, names, "", "https://kursdag.example.org/e/notes")

    for kind in (told.title, told.text):
        assert not any(word in text for language, text in kind.items() if language != "en" for word in ("buddy", "Buddies", "link is"))


def test_whose_buddy_changes_before_the_invitation_is_sent_gets_that_alone(outbox: Outbox) -> None:
    publish(FORM)
    enrol([named("ada", buddy="bo"), named("bo", buddy="ada"), named("cleo")])
    invite(OPEN)
    pair(ada="cleo", bo="", cleo="ada")

    mailed(OPEN)
    mailed(OPEN + 1200)

    assert len(outbox.mails) == 3
    assert "Your buddy: Cleo." in texts(outbox)["ada"]


def test_where_one_has_named_another_who_named_nobody_it_says_whose_choice_it_was(outbox: Outbox) -> None:
    publish(FORM)
    ada, bo = enrol([named("ada", buddy="bo"), named("bo")])

    mailed(OPEN)

    told = texts(outbox)
    assert "You have named Bo as a buddy." in told["ada"]
    assert "Ada has named you as a buddy." in told["bo"]
    assert not any("Your buddy:" in text for text in told.values())
    due = published.rounds("walks")["day-1"]
    assert "Bo, whom I have named as a buddy" in Writer(ada, due).look().text
    assert "Ada, who has named me as a buddy" in Writer(bo, due).look().text


def test_in_a_triad_both_others_are_named(outbox: Outbox) -> None:
    publish(FORM)
    enrol([named("ada", buddy="bo"), named("bo", buddy="cleo"), named("cleo", buddy="ada")])

    mailed(OPEN)

    assert "Your buddies: " in texts(outbox)["ada"]
    assert all(name in texts(outbox)["ada"] for name in ("Bo", "Cleo"))


def test_a_message_names_the_buddy_and_says_your_buddy_where_there_is_none(outbox: Outbox) -> None:
    publish({**FORM, "programme.yaml": PROGRAMME + MEET})
    enrol([named("ada", buddy="bo"), named("bo", buddy="ada"), named("cleo")])

    mailed(oslo("2025-08-26T16:01"))

    told = texts(outbox)
    assert "Agree on a lesson with Bo." in told["ada"]
    assert "You have named" not in told["ada"]
    assert "Agree on a lesson with your buddy." in told["cleo"]
    assert "You have no buddy yet." in told["cleo"]


def test_a_message_names_who_has_named_its_reader_and_says_by_whose_choice(outbox: Outbox) -> None:
    publish({**FORM, "programme.yaml": PROGRAMME + MEET})
    enrol([named("ada", buddy="bo"), named("bo")])

    mailed(oslo("2025-08-26T16:01"))

    told = texts(outbox)
    assert "Agree on a lesson with Bo." in told["ada"]
    assert "You have named Bo as a buddy." in told["ada"]
    assert "Agree on a lesson with Ada." in told["bo"]
    assert "Ada has named you as a buddy." in told["bo"]


def test_notes_are_mailed_back_to_who_has_written_and_to_her_buddy(outbox: Outbox) -> None:
    publish({**FORM, "programme.yaml": PROGRAMME + BACK})
    ada, bo, _ = enrol([named("ada"), named("bo"), named("cleo")])
    pair(ada="bo", bo="ada")
    queued()
    due = published.rounds("walks")["day-1"]
    Writer(ada, due).save(TEXT, share=Writer(bo, due))

    mailed(oslo("2025-08-28T08:05"))

    told = texts(outbox)
    assert told.keys() == {"ada", "bo"}
    assert "What you wrote, and what was shared with you, opens here" in told["bo"]
    assert Writer(bo, due).path in told["bo"]
    assert "Blåbær" not in told["bo"]


def test_only_a_buddy_can_be_filled_into_a_message() -> None:
    text = PROGRAMME + MEET.replace("with {buddy}", "with {budy}")

    found = declared("walks", {"programme.yaml": text.encode(), "day.yaml": DAY.encode()})

    assert isinstance(found, list)
    assert "`{budy}` is not known here: did you mean `buddy`?" in str(found[0])
