"""One's own copy of answers in a series: kept when ticked, shown beside the result by one's own links, and by nothing else."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from functions.retire.handler import handler as retire
from shared import bucket, keys, letters, link_keys, links
from shared.replies import Reply, document
from shared.rounds import Round
from shared.store import box, published, replies, roster, secrets
from shared.store.client import client
from tests.functions.aggregating import aggregate
from tests.functions.examples import OPEN, Refusing, dump, enrol, event, invite, oslo, participant, publish, scanned
from tests.functions.open_round import Page, get, post
from tests.functions.own_copies import NAMES, Counted, Writer, letters_stored
from tests.functions.test_confidential import AFTER, BEFORE, SERIES, series

pytestmark = pytest.mark.usefixtures("tables")

NOTE = "Maps, and how to read them"
CLOSED = oslo("2025-09-07T09:00")


@pytest.fixture
def rounds() -> dict[str, Round]:
    return series()


@pytest.fixture
def writers(rounds: dict[str, Round]) -> list[Writer]:
    people = enrol(map(participant, NAMES))
    invite(BEFORE)
    return [Writer(person, rounds) for person in people]


@pytest.fixture
def ada(writers: list[Writer]) -> Writer:
    return writers[0]


def test_a_copy_is_kept_only_where_it_was_ticked_and_the_tick_is_off_at_first(writers: list[Writer]) -> None:
    ada, bo = writers[:2]
    page = ada.look("before", BEFORE)
    assert 'name="_copy" value="yes"' in page.text
    assert "_copy" not in page.form()

    assert "A copy is kept for you." in ada.answer("before", BEFORE, _copy="yes").text
    assert "copy" not in bo.answer("before", BEFORE).text
    assert len(letters_stored()) == 1


def test_an_answer_without_a_copy_is_one_transaction_of_two_and_nothing_else(ada: Writer) -> None:
    calls = Counted()
    calls.on(box._client())
    calls.on(client())

    ada.answer("before", BEFORE)
    assert calls.writes == ["TransactWriteItems: 2"]


def test_with_a_copy_the_transaction_is_the_same_and_one_write_follows(ada: Writer) -> None:
    calls = Counted()
    calls.on(box._client())
    calls.on(client())

    ada.answer("before", BEFORE, _copy="yes")
    assert calls.writes == ["TransactWriteItems: 2", "PutItem"]


def test_the_link_of_afterwards_shows_both_copies_side_by_side_and_only_when_pressed(ada: Writer) -> None:
    ada.answer("before", BEFORE, _copy="yes", takeaway=NOTE)
    invite(AFTER)
    ada.answer("after", AFTER, _copy="yes", benefit="4")

    assert NOTE not in ada.look("after", AFTER).text
    page = ada.press("after", AFTER)

    rows = page.text.split("Benefit?")[1].split("</table>")[0]
    assert rows.index("Before") < rows.index("Little") < rows.index("After") < rows.index("Much")
    assert NOTE in page.text
    assert "Everybody" not in page.text
    assert NOTE in ada.press("before", AFTER).text


def test_a_look_changes_nothing_and_a_post_from_no_page_of_ours_is_refused(ada: Writer) -> None:
    ada.answer("before", BEFORE, _copy="yes", takeaway=NOTE)
    before = dump()

    ada.look("before", BEFORE)
    refused = post(ada.paths["before"], {"_do": "open", "_binding": "0" * 32}, BEFORE)

    assert refused.status == 422
    assert NOTE not in refused.text
    assert dump() == before


def test_another_address_gets_links_that_open_and_delete_no_copy_of_before(rounds: dict[str, Round], ada: Writer) -> None:
    ada.answer("before", BEFORE, _copy="yes", takeaway=NOTE)
    moved = replace(ada.person, participant=replace(ada.person.participant, email="mallory@example.org"))
    roster.put_people("walks", roster.version("walks"), [moved])
    invite(AFTER)
    newer = Writer(moved, rounds)

    assert links.pseudonym(newer.tokens["after"]) == links.pseudonym(ada.tokens["after"])
    assert "No copy is kept that this link opens." in newer.press("before", AFTER).text
    newer.press("before", AFTER, "delete-now")
    assert NOTE in ada.press("before", AFTER).text


def test_a_link_that_has_lost_its_end_answers_and_keeps_no_copy(ada: Writer) -> None:
    ada.tokens["before"] = ada.tokens["before"][: 2 * links.TOKEN_LENGTH]
    ada.paths["before"] = ada.paths["before"][: -links.TOKEN_LENGTH]

    page = ada.answer("before", BEFORE, _copy="yes", takeaway=NOTE)

    assert page.status == 200
    assert "copy" not in page.text.casefold()
    assert letters_stored() == []


def test_nobody_elses_link_opens_it(writers: list[Writer]) -> None:
    ada, bo = writers[:2]
    ada.answer("before", BEFORE, _copy="yes", takeaway=NOTE)
    bo.answer("before", BEFORE)

    page = bo.press("before", BEFORE)

    assert NOTE not in page.text
    assert "No copy is kept that this link opens." in page.text


def test_who_did_not_answer_afterwards_still_sees_what_she_answered_before(ada: Writer) -> None:
    ada.answer("before", BEFORE, _copy="yes", takeaway=NOTE)
    invite(AFTER)

    assert NOTE in ada.press("after", CLOSED).text


@pytest.mark.slow
def test_it_stands_beside_what_was_published_of_everybodys_answers(rounds: dict[str, Round], writers: list[Writer]) -> None:
    for writer in writers:
        writer.answer("before", BEFORE, _copy="yes")
    aggregate(event(oslo("2025-08-26T09:00")), None)
    invite(AFTER)
    for writer in writers:
        writer.answer("after", AFTER, _copy="yes", benefit="5")
    aggregate(event(CLOSED), None)
    for name in ("before", "after"):
        publish_reply(rounds[name])

    page = writers[0].press("after", CLOSED)

    assert "Everybody" in page.text
    assert page.text.index("0 of 5 positive") < page.text.index("5 of 5 positive")


def publish_reply(asked: Round) -> None:
    edition = json.loads(bucket.get(f"{published.rounds('walks')[asked.id].edition}/edition.json"))
    replies.put(asked.ref, document(Reply({"en": "Yes.", "nb": "Ja."}, {"en": "More.", "nb": "Mer."}), edition))


def test_it_is_deleted_by_her_link_in_all_rounds_at_once(ada: Writer) -> None:
    ada.answer("before", BEFORE, _copy="yes")
    invite(AFTER)
    ada.answer("after", AFTER, _copy="yes")
    envelopes = dump("BOX")

    assert "Delete your own copy?" in ada.press("after", AFTER, "delete").text
    assert len(letters_stored()) == 2
    assert "Your own copy is deleted" in ada.press("after", AFTER, "delete-now").text

    assert letters_stored() == []
    assert dump("BOX") == envelopes


def test_a_button_that_no_page_has_deletes_nothing(ada: Writer) -> None:
    ada.answer("before", BEFORE, _copy="yes")

    assert ada.press("before", BEFORE, "take-back").status == 422
    assert len(letters_stored()) == 1


def test_an_unknown_link_leads_to_the_same_page_whatever_is_pressed(ada: Writer) -> None:
    token = ada.tokens["before"]
    unknown = ada.paths["before"].replace(token, ("a" if token[0] != "a" else "b") + token[1:])

    assert post(unknown, {"_do": "open"}, BEFORE).status == 404
    assert post(ada.paths["before"], {"_do": "open"}, BEFORE).status == 422


def test_where_the_copy_can_t_be_saved_the_answer_is_received_and_pressing_again_keeps_it(ada: Writer) -> None:
    form = {**ada.look("before", BEFORE).form(), "benefit": "2", "_copy": "yes", "takeaway": NOTE}
    Refusing("ThrottlingException", times=9).on(client(), "PutItem")

    page = post(ada.paths["before"], form, BEFORE)

    assert page.status == 503
    assert "Received, but without your own copy" in page.text
    assert page.form()["_copy"] == "yes"
    assert NOTE in page.text
    assert "A copy is kept for you." in retried(ada, page)
    assert len(scanned("BOX")) == len(letters_stored()) == 1


def retried(writer: Writer, page: Page) -> str:
    client.cache_clear()
    return post(writer.paths["before"], {**page.form(), "benefit": "2"}, BEFORE).text


def test_a_second_answer_by_another_form_is_refused_and_leaves_the_copy_as_it_was(ada: Writer) -> None:
    second = ada.look("before", BEFORE).form()
    ada.answer("before", BEFORE, _copy="yes", takeaway=NOTE)
    held = letters_stored()

    page = post(ada.paths["before"], {**second, "benefit": "5", "_copy": "yes"}, BEFORE)

    assert page.status == 409
    assert letters_stored() == held


def test_no_copy_is_kept_of_anything_else_than_what_lies_in_the_envelope(ada: Writer) -> None:
    form = {**ada.look("before", BEFORE).form(), "benefit": "2"}
    assert post(ada.paths["before"], form, BEFORE).status == 200

    page = post(ada.paths["before"], {**form, "_copy": "yes", "takeaway": NOTE}, BEFORE)
    assert page.status == 409
    assert NOTE in page.text
    assert letters_stored() == []

    assert "A copy is kept for you." in post(ada.paths["before"], {**form, "_copy": "yes"}, BEFORE).text


def test_with_all_secrets_but_the_pair_key_no_copy_is_read_and_nobodys_is_told_from_anothers(
    rounds: dict[str, Round], writers: list[Writer]
) -> None:
    for number, writer in enumerate(writers):
        writer.answer("before", BEFORE, _copy="yes", takeaway=NOTE * (number % 2))
    ref = rounds["before"].ref
    pseudonyms = [links.pseudonym(writer.tokens["before"]) for writer in writers]
    copies = letters_stored()

    assert len({len(item) for item in copies}) == 1
    for text in ("Maps", NOTE.encode().hex(), *pseudonyms, *(writer.person.id for writer in writers)):
        assert text not in " ".join(copies)
    for secret in (keys.unwrapped(kind, ref, secrets.secret(ref, kind)) for kind in ("link", "box")):
        for seed in guessed(secret, writers, pseudonyms):
            assert letters.name(seed, ref) not in " ".join(copies)


def guessed(secret: bytes, writers: list[Writer], pseudonyms: list[str]) -> Iterator[str]:
    """Make what somebody could take for the seed who holds another key, and the pseudonyms of opened envelopes."""
    yield from pseudonyms
    for writer in writers:
        part = links.pair_part(secret, writer.person.id)
        yield from (part, links.copy_part(secret, writer.person.id, writer.person.participant.email))


@pytest.mark.slow
def test_when_the_pair_key_is_destroyed_the_link_still_opens_it_until_retention_deletes_it(ada: Writer) -> None:
    publish({**SERIES, "programme.yaml": SERIES["programme.yaml"] + "retention: 30\n"})
    ada.answer("before", BEFORE, _copy="yes", takeaway=NOTE)
    invite(AFTER)
    ada.answer("after", AFTER)
    for at in (oslo("2025-08-26T09:00"), CLOSED):
        aggregate(event(at), None)

    retire(event(oslo("2025-09-10T03:20")), None)
    assert not [item for item in dump("KEYS")["KEYS"] if "SERIES#" in item]
    assert NOTE in ada.press("after", oslo("2025-09-10T09:00")).text

    retire(event(oslo("2025-10-20T03:20")), None)
    assert letters_stored() == []


def test_the_page_says_what_becomes_of_the_copy_and_a_form_outside_a_series_offers_none(ada: Writer, rounds: dict[str, Round]) -> None:
    told = ada.look("before", BEFORE).text
    invite(OPEN)
    day = get(links.path(rounds["day-1"].ref, link_keys.token(rounds["day-1"], ada.person)), OPEN)

    assert "Only the link in your own mail opens it." in told
    assert "your answers are stored once more, sealed with a key that is made from the link in your mail" in told
    assert day.status == 200
    assert "copy" not in day.text
