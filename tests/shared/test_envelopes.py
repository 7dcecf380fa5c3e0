import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import sodium_pad
from nacl.public import PublicKey, SealedBox

from shared.envelopes import SCHEMA, SEAL, SMALLEST, Answer, Unopenable, key_pair, opened, sealed

PRIVATE, PUBLIC = key_pair()
OVERHEAD = 68
ANSWER = Answer("f" * 32, {"rated": "4", "text": "Tur på fjellet"}, ("North", "A"), "day-1")
WHOLE = {"schema": SCHEMA, "form": "f" * 32, "answers": {"rated": "4"}, "cell": ["North"], "gathering": "day-1"}
WHOLE_ENVELOPE = sealed(PUBLIC, ANSWER, OVERHEAD)

TEXTS = st.dictionaries(st.text(max_size=20), st.text(max_size=600), max_size=5)


def foreign(plain: bytes) -> bytes:
    """Seal something else than an answer, as anybody could who knows the public key."""
    return SealedBox(PublicKey(PUBLIC)).encrypt(sodium_pad(plain, 512))


@pytest.mark.slow
@given(TEXTS, st.lists(st.text(max_size=9), max_size=4), st.text(max_size=9), st.integers(40, 200))
def test_what_is_sealed_opens_as_it_was(answers: dict[str, str], cell: list[str], gathering: str, overhead: int) -> None:
    answer = Answer("form", answers, tuple(cell), gathering)

    assert opened(PRIVATE, sealed(PUBLIC, answer, overhead)) == answer


@given(TEXTS, st.integers(40, 200))
def test_the_stored_item_has_one_of_a_few_sizes(answers: dict[str, str], overhead: int) -> None:
    size = len(sealed(PUBLIC, Answer("form", answers, (), "day-1"), overhead)) + overhead

    assert size in {SMALLEST * 2**doubled for doubled in range(8)}


@pytest.mark.parametrize("length", range(700, 900))
def test_each_size_is_used_to_its_last_byte_and_no_further(length: int) -> None:
    answer = Answer("f" * 32, {"text": "x" * length}, (), "day-1")
    plain = len(json.dumps(WHOLE | {"answers": dict(answer.answers), "cell": []}, separators=(",", ":")))

    size = len(sealed(PUBLIC, answer, OVERHEAD)) + OVERHEAD

    assert size == (1024 if plain < 1024 - OVERHEAD - SEAL else 2048)


def test_an_answer_of_850_bytes_fits_the_smallest_size() -> None:
    answers = {f"question-{number}": "4" for number in range(12)} | {"text": "x" * 500}

    assert len(sealed(PUBLIC, Answer("f" * 32, answers, ("North", "A", "leader"), "day-1"), OVERHEAD)) + OVERHEAD == 1024


def test_two_seals_of_one_answer_differ() -> None:
    assert sealed(PUBLIC, ANSWER, OVERHEAD) != sealed(PUBLIC, ANSWER, OVERHEAD)


def test_nothing_of_an_answer_shows_through_the_seal() -> None:
    envelope = sealed(PUBLIC, ANSWER, OVERHEAD)

    assert not any(text.encode() in envelope for text in ("fjellet", "North", "day-1", "rated"))


def test_another_round_s_key_opens_nothing() -> None:
    with pytest.raises(Unopenable):
        opened(key_pair()[0], sealed(PUBLIC, ANSWER, OVERHEAD))


DAMAGED = {
    "nothing": b"",
    "beginning": WHOLE_ENVELOPE[:40],
    "shortened": WHOLE_ENVELOPE[:-1],
    "lengthened": WHOLE_ENVELOPE + b"\0",
    "altered": WHOLE_ENVELOPE[:-1] + bytes([WHOLE_ENVELOPE[-1] ^ 1]),
}


@pytest.mark.parametrize("damaged", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_envelope_does_not_open(damaged: bytes) -> None:
    with pytest.raises(Unopenable):
        opened(PRIVATE, damaged)


@pytest.mark.parametrize("broken", [b"", b"[]", b"{}", b"null", b"\xff", b"1", b'"text"', b"[" * 5000, b'{"schema":NaN}'])
def test_something_else_than_an_answer_does_not_open(broken: bytes) -> None:
    with pytest.raises(Unopenable):
        opened(PRIVATE, foreign(broken))


@pytest.mark.parametrize(
    "changed",
    [
        {"schema": 2},
        {"schema": "1"},
        {"form": 5},
        {"form": None},
        {"answers": []},
        {"answers": {"rated": 4}},
        {"answers": {"rated": None}},
        {"cell": "North"},
        {"cell": [1]},
        {"cell": None},
        {"gathering": {}},
        {"gathering": 1},
    ],
)
def test_an_answer_of_another_shape_does_not_open(changed: dict[str, object]) -> None:
    with pytest.raises(Unopenable):
        opened(PRIVATE, foreign(json.dumps(WHOLE | changed).encode()))


@pytest.mark.parametrize("missing", WHOLE)
def test_an_answer_that_lacks_a_part_does_not_open(missing: str) -> None:
    with pytest.raises(Unopenable):
        opened(PRIVATE, foreign(json.dumps({name: part for name, part in WHOLE.items() if name != missing}).encode()))


def test_unpadded_plaintext_does_not_open() -> None:
    with pytest.raises(Unopenable):
        opened(PRIVATE, SealedBox(PublicKey(PUBLIC)).encrypt(b"\0" * 100))
