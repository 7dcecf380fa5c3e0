"""What somebody writes on a personal form reaches her buddy when she says so, and nobody else."""

import time
from dataclasses import replace

import pytest

from functions.retire.deleting import delete
from shared.store import claims, published, roster
from shared.store.roster import Person
from tests.functions.buddying import FORM, TEXT, Writer, named, pair
from tests.functions.examples import OPEN, dump, enrol, invite, oslo, publish, queued, send
from tests.functions.open_round import post

pytestmark = pytest.mark.usefixtures("tables")

CLOSED = oslo("2025-08-27T09:00")

Three = tuple[Writer, Writer, Writer]


@pytest.fixture
def three() -> Three:
    """Ada and Bo are buddies, Cleo has none yet."""
    publish(FORM)
    people = enrol([named(name) for name in ("ada", "bo", "cleo")])
    pair(ada="bo", bo="ada")
    due = published.rounds("walks")["day-1"]
    ada, bo, cleo = (Writer(person, due) for person in people)
    return ada, bo, cleo


def test_a_note_is_read_by_the_buddy_when_its_writer_ticks_the_box(three: Three) -> None:
    ada, bo, _ = three

    assert "My buddy Bo" in ada.look().text
    assert "Shared with Bo." in ada.save(TEXT, share=bo).text

    assert "Read what Ada has written" in bo.look().text
    assert TEXT not in bo.look().text
    assert TEXT in bo.read(ada).text
    assert "Written by Ada" in bo.read(ada).text


def test_without_a_tick_nobody_else_reads_it(three: Three) -> None:
    ada, bo, _ = three

    page = ada.save(TEXT)

    assert "Shared with" not in page.text
    assert "Shared with you" not in bo.look().text
    assert "nothing to read here" in bo.read(ada).text
    assert len(dump("LETTERS")["LETTERS"]) == 1


def test_nobody_else_reads_what_is_shared_with_a_buddy(three: Three) -> None:
    ada, bo, cleo = three
    ada.save(TEXT, share=bo)

    assert "Ada" not in cleo.look().text
    assert "nothing to read here" in cleo.read(ada).text


def test_it_can_be_shared_with_nobody_but_a_buddy_whatever_is_posted(three: Three) -> None:
    ada, _, cleo = three

    page = ada.save(TEXT, share=cleo)

    assert "Shared with" not in page.text
    assert len(dump("LETTERS")["LETTERS"]) == 1


def test_the_buddy_reads_the_newest_and_the_box_stays_ticked(three: Three) -> None:
    ada, bo, _ = three
    ada.save("First", share=bo)

    opened = ada.press("open")
    assert opened.form()["_share"] == bo.public
    ada.save("Second", share=bo, form=opened)

    assert "Second" in bo.read(ada).text
    assert "First" not in bo.read(ada).text


def test_unticking_takes_it_back(three: Three) -> None:
    ada, bo, _ = three
    ada.save(TEXT, share=bo)

    ada.save(TEXT, form=ada.press("open"))

    assert "nothing to read here" in bo.read(ada).text
    assert TEXT in ada.press("open").text


def test_deleting_leaves_nothing_with_the_buddy(three: Three) -> None:
    ada, bo, _ = three
    ada.save(TEXT, share=bo)

    ada.press("delete-now")

    assert "nothing to read here" in bo.read(ada).text
    assert dump("LETTERS")["LETTERS"] == []


def test_after_closing_it_can_be_read_by_both_and_taken_back(three: Three) -> None:
    ada, bo, _ = three
    ada.save(TEXT, share=bo)

    assert "Shared with you" in bo.look(CLOSED).text
    assert TEXT in bo.read(ada, CLOSED).text
    assert "Shared with Bo." in ada.press("open", CLOSED).text
    assert "Nobody but you can read it now." in ada.press("take-back", CLOSED).text

    assert "nothing to read here" in bo.read(ada, CLOSED).text
    assert TEXT in ada.press("open", CLOSED).text


def test_with_another_buddy_what_was_shared_stays_where_it_is_and_what_is_new_goes_to_the_new_one(three: Three) -> None:
    ada, bo, cleo = three
    ada.save("For Bo", share=bo)
    pair(ada="cleo", bo="", cleo="ada")

    assert "nothing to read here" in cleo.read(ada).text
    opened = ada.press("open")
    assert "Bo keeps what I have shared before" in opened.text
    ada.save("For Cleo", share=cleo, form=opened)

    assert "For Cleo" in cleo.read(ada).text
    assert "For Bo" in bo.read(ada).text
    assert "Shared with Cleo, Bo." in ada.press("open", CLOSED).text


def test_what_was_shared_with_a_buddy_of_before_can_be_taken_back(three: Three) -> None:
    ada, bo, _ = three
    ada.save("For Bo", share=bo)
    pair(ada="cleo", bo="", cleo="ada")

    fields = {name: value for name, value in ada.press("open").form().items() if name not in ("_keep", "_share")}
    post(ada.path, fields)

    assert "nothing to read here" in bo.read(ada).text


def test_both_write_and_each_reads_the_other(three: Three) -> None:
    ada, bo, _ = three
    ada.save("From Ada", share=bo)
    bo.save("From Bo", share=ada)

    assert "From Bo" in ada.read(bo).text
    assert "From Ada" in bo.read(ada).text
    assert "Read what Bo has written" in ada.look().text


def test_a_dump_tells_neither_what_is_shared_nor_whose_or_for_whom_it_is(three: Three) -> None:
    ada, bo, _ = three
    ada.save(TEXT, share=bo)

    stored = dump()
    everything = " ".join(text for items in stored.values() for text in items)
    assert "Blåbær" not in everything
    assert ada.seed not in everything
    assert len({len(item) for item in stored["LETTERS"]}) == 1
    for item in stored["LETTERS"]:
        assert not any(known in item for known in (ada.person.id, bo.person.id, ada.public, bo.public, "Bo", "Ada"))


def test_copies_are_deleted_with_their_round(three: Three) -> None:
    ada, bo, _ = three
    ada.save(TEXT, share=bo)

    delete("letters", f"ROUND#{ada.round.ref}")

    assert dump("LETTERS")["LETTERS"] == []


def moved(before: Writer) -> Writer:
    """Change somebody's address, as the desk does, and let the jobs run."""
    address = before.person.participant.email
    after = before.person.at(f"new.{address}")
    held = {person.id: person.participant for person in roster.people("walks")} | {after.id: after.participant}
    people = [Person(name, replace(one, buddy=f"new.{address}") if one.buddy == address else one) for name, one in held.items()]
    roster.put_people("walks", roster.version("walks"), people, {after.id: address})
    invite(OPEN)
    send(queued())
    invite(OPEN + 300)
    return Writer(after, before.round)


@pytest.mark.parametrize("has_written", [True, False])
def test_after_a_change_of_address_what_was_shared_opens_once_it_is_confirmed(three: Three, *, has_written: bool) -> None:
    ada, bo, _ = three
    bo.save(TEXT, share=ada)
    if has_written:
        ada.save("Her own.")

    newer = moved(ada)

    assert "Read what Bo has written" not in newer.look().text
    assert TEXT not in newer.read(bo).text
    assert "Confirm the new address" in ada.look().text
    assert "Your new address is confirmed" in ada.press("hand-over").text
    assert "Read what Bo has written" in newer.look().text
    assert TEXT in newer.read(bo).text
    bo.press("take-back")
    assert TEXT not in newer.read(bo).text


def test_what_is_shared_anew_reaches_the_new_link_though_nothing_is_confirmed(three: Three) -> None:
    ada, bo, _ = three
    bo.save(TEXT, share=ada)
    newer = moved(ada)

    bo.save("Newer.", share=newer, form=bo.press("open"))

    assert "Newer." in newer.read(bo).text
    assert TEXT not in newer.read(bo).text


def test_while_the_earlier_address_can_t_be_asked_its_link_goes_on_sharing(three: Three) -> None:
    ada, bo, _ = three
    ada.save(TEXT, share=bo)
    claims.pause(int(time.time()) + 3600)

    moved(ada)
    ada.save("Newer.", share=bo, form=ada.press("open"))

    assert "Newer." in bo.read(ada).text


def test_the_notice_says_who_can_read_it(three: Three) -> None:
    ada, _, cleo = three

    assert "the link of a buddy whose box you tick. Those who run" in ada.look().text
    assert "Who else may read it?" not in cleo.look().text
