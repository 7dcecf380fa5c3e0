import base64
import hmac

import pytest

from shared import links

KEY = b"k" * 32
PERSON = "a" * 32
TOKEN = links.answer_token(KEY, PERSON)
PARTS = ("form", "cell", "gathering")


def test_a_person_has_the_same_link_in_every_mail_of_a_round() -> None:
    assert links.answer_token(KEY, PERSON) == TOKEN


def test_another_person_or_another_round_has_another_token() -> None:
    other_round = b"l" * 32

    tokens = {TOKEN, links.answer_token(KEY, "b" * 32), links.answer_token(other_round, PERSON)}

    assert len(tokens) == 3


def test_a_token_carries_128_bits_in_letters_and_digits() -> None:
    padded = TOKEN.upper() + "=" * (-len(TOKEN) % 8)

    assert len(base64.b32decode(padded)) * 8 == 128
    assert len(TOKEN) == links.TOKEN_LENGTH
    assert TOKEN.isascii()
    assert TOKEN.isalnum()


def test_a_token_is_not_the_plain_hash_of_the_person() -> None:
    without_purpose = base64.b32encode(hmac.digest(KEY, PERSON.encode(), "sha256")[:16]).decode().rstrip("=").lower()

    assert without_purpose != TOKEN


def test_only_a_hash_of_the_token_is_kept_and_it_does_not_tell_the_token() -> None:
    assert len(links.fingerprint(TOKEN)) == 64
    assert TOKEN not in links.fingerprint(TOKEN)
    assert links.fingerprint(TOKEN) != links.fingerprint(TOKEN[:-1])


def test_a_form_s_fields_are_bound_with_a_purpose_of_their_own() -> None:
    assert links.binding(TOKEN, *PARTS) not in (links.fingerprint(TOKEN), links.mark(TOKEN, ""))
    assert links.mark(TOKEN, "") != links.fingerprint(TOKEN)[:32]


@pytest.mark.parametrize("added", [".", ")", ">", ").", ">.", ",", '"', "'", "]", ";", ":"])
def test_what_mail_programs_add_to_a_link_is_taken_off(added: str) -> None:
    assert links.tidy(TOKEN + added) == TOKEN


def test_a_link_read_aloud_in_capitals_is_the_same() -> None:
    assert links.tidy(TOKEN.upper()) == TOKEN


def test_a_token_that_is_whole_is_left_as_it_is() -> None:
    assert links.tidy(TOKEN) == TOKEN


def test_an_address_begins_with_the_base_address() -> None:
    assert links.address("https://kursdag.example.org", "abc", "def") == "https://kursdag.example.org/e/abc/def"


def test_what_was_sent_out_with_a_link_is_recognised() -> None:
    assert links.is_bound(TOKEN, links.binding(TOKEN, *PARTS), *PARTS)


@pytest.mark.parametrize(
    "forged",
    [
        links.binding(links.answer_token(KEY, "b" * 32), *PARTS),
        links.binding(TOKEN, "form", "cell", "elsewhere"),
        links.binding(TOKEN, "form", "cell"),
        links.binding(TOKEN, "form\0cell", "gathering")[:-1],
        links.binding(TOKEN, *reversed(PARTS)),
        links.binding(TOKEN, *PARTS).upper() + "x",
        "",
        "å",
    ],
)
def test_a_binding_can_t_be_made_with_another_token_or_other_parts(forged: str) -> None:
    assert not links.is_bound(TOKEN, forged, *PARTS)


def test_the_mark_of_a_form_tells_a_repeat_from_a_second_answer() -> None:
    first, second = links.new_nonce(), links.new_nonce()

    assert links.mark(first, "yes") == links.mark(first, "yes")
    assert len({links.mark(nonce, said) for nonce in (first, second) for said in ("yes", "no")}) == 4
    assert first not in links.mark(first, "yes")


def test_names_drawn_for_rounds_and_forms_don_t_repeat() -> None:
    assert len({links.new_ref() for _ in range(200)}) == 200
    assert len({links.new_nonce() for _ in range(200)}) == 200
    assert len(links.new_ref()) == 8
    assert len(links.new_key()) == 32


def test_the_address_that_stops_reminders_can_t_be_used_to_answer() -> None:
    stop = links.stop_token(KEY, PERSON)

    assert stop != TOKEN
    assert TOKEN not in links.stop_address("https://kursdag.example.org", "abcdefgh", links.fingerprint(TOKEN), stop)


def test_the_name_of_a_draft_tells_links_apart_and_does_not_hold_them() -> None:
    token = links.answer_token(b"k" * 32, "somebody")
    names = {links.draft_name("ref", token), links.draft_name("other", token), links.draft_name("ref", token[:-1])}

    assert len(names) == 3
    assert not any(token in name or name in links.fingerprint(token) for name in names)
