"""Letters that are shared: whose link opens a copy, and what its name tells."""

import hashlib

import pytest
from nacl.bindings import crypto_scalarmult

from shared import companions, letters
from shared.companions import Companion
from shared.letters import Letter, Unopenable

ADA, BO, CLEO = "ada-seed", "bo-seed", "cleo-seed"
LETTER = Letter("form", {"saw": "Blåbær", "focus": ["goals"]})


def test_a_letter_sealed_for_somebody_opens_by_her_link_and_no_other() -> None:
    content = letters.sealed_for(letters.public_half(BO), LETTER, 100)

    assert letters.opened_by(BO, content) == LETTER
    assert b"Bl" not in content
    with pytest.raises(Unopenable):
        letters.opened_by(CLEO, content)


@pytest.mark.parametrize("length", [1, 900, 2500])
def test_a_shared_letter_is_padded_like_one_s_own(length: int) -> None:
    content = letters.sealed_for(letters.public_half(BO), Letter("form", {"saw": "x" * length}), 100)

    assert len(content) + 100 in {1024, 2048, 4096}


def test_what_is_handed_over_opens_by_the_newer_link_alone() -> None:
    content = letters.handed_over([ADA, BO], letters.public_half(CLEO))

    assert letters.taken_over(CLEO, content) == (ADA, BO)
    assert letters.taken_over(ADA, content) == ()


def test_what_is_no_letter_at_all_does_not_open() -> None:
    with pytest.raises(Unopenable):
        letters.opened_by(ADA, b"x" * 200)


def test_reader_and_writer_make_the_same_name_and_nobody_else_does() -> None:
    ada, bo = letters.public_half(ADA), letters.public_half(BO)

    name = letters.given_name(ADA, bo, "ref")

    assert name == letters.received_name(BO, ada, "ref")
    others = [
        letters.given_name(BO, ada, "ref"),
        letters.given_name(ADA, bo, "other"),
        letters.received_name(CLEO, ada, "ref"),
        letters.given_name(CLEO, bo, "ref"),
    ]
    assert name not in others


def test_the_name_of_a_copy_takes_the_secret_half_of_one_of_the_two_so_that_no_list_of_public_halves_tells_who_shares() -> None:
    ada, bo = letters.public_half(ADA), letters.public_half(BO)

    common = crypto_scalarmult(bytes(letters.key_pair(BO)), ada)

    name = hashlib.sha256(b"\0".join((b"shared", common.hex().encode(), ada.hex().encode(), b"ref"))).hexdigest()
    assert letters.given_name(ADA, bo, "ref") == name


def test_a_letter_remembers_with_whom_it_is_shared() -> None:
    letter = Letter("form", {"saw": "x"}, ("aa", "bb"))

    assert letters.opened(ADA, "ref", letters.sealed(ADA, "ref", letter, 100)) == letter


def test_a_list_of_companions_opens_by_its_owner_s_link_alone() -> None:
    listed = (Companion("aa", "Bo Bæk"), Companion("bb", "Cleo", former=True))

    content = companions.sealed(letters.public_half(ADA), listed)

    assert companions.opened(ADA, content) == listed
    assert companions.opened(BO, content) == ()
    assert b"Bo" not in content


def test_a_companion_of_before_stays_on_the_list_and_can_become_one_again() -> None:
    bo, cleo = Companion("aa", "Bo"), Companion("bb", "Cleo")

    changed = companions.renewed((bo,), (cleo,))

    assert changed == (cleo, Companion("aa", "Bo", former=True))
    assert companions.renewed(changed, (bo,)) == (bo, Companion("bb", "Cleo", former=True))
