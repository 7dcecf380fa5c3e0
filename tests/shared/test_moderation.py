import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import moderation
from shared.moderation import Moderation, Ruling, found, redacted, released, split, written

TEXTS = {"takeaway": ["Anna was kind", "More coffee", "Thank you, anna; Annas talk, Ann"], "better": ["Nothing"]}


def decided(*, is_released: bool = True, **rulings: dict[int, Ruling]) -> Moderation:
    return Moderation(1, is_released, rulings)


def test_nothing_is_shown_before_it_is_released() -> None:
    assert released(TEXTS, Moderation()) == {}
    assert released(TEXTS, decided(is_released=False, takeaway={0: Ruling("shown")})) == {}


def test_of_what_is_released_only_what_is_to_be_shown_is_seen() -> None:
    shown = released(TEXTS, decided(takeaway={0: Ruling("shown"), 1: Ruling("hidden")}))

    assert shown == {"takeaway": ["Anna was kind"], "better": []}


def test_comments_are_counted_by_what_is_decided() -> None:
    counts = decided(takeaway={0: Ruling("shown"), 1: Ruling("hidden")}).count(TEXTS)

    assert (counts["shown"], counts["hidden"], counts["unread"]) == (1, 1, 2)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Anna", "Thank you, […]; […] talk, Ann"),
        ("ann", "Thank you, anna; Annas talk, […]"),
        ("ou", "Thank y[…], anna; Annas talk, Ann"),
        ("you, talk", "Thank […], anna; Annas […], Ann"),
        ("  thank   you ", "[…], anna; Annas talk, Ann"),
        ("", "Thank you, anna; Annas talk, Ann"),
        ("thank you, you", "[…], anna; Annas talk, Ann"),
    ],
)
def test_words_are_blacked_out_wherever_they_stand_in_whatever_case(words: str, left: str) -> None:
    text = TEXTS["takeaway"][2]

    spans, missing = found(text, split(words))

    assert (redacted(text, spans), missing) == (left, [])


def test_words_over_a_line_s_end_are_found() -> None:
    assert redacted("Kari\nNordmann said", found("Kari\nNordmann said", ["kari nordmann"])[0]) == "[…] said"


def test_words_that_a_comment_has_not_are_named() -> None:
    assert found("More coffee", ["tea", "coffee"]) == (((5, 11),), ["tea"])


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=5), max_size=4))
def test_what_is_blacked_out_can_be_typed_again(text: str, words: list[str]) -> None:
    spans, _ = found(text, [word for typed in words for word in split(typed)])
    again, missing = found(text, split(written(text, spans)))

    assert missing == []
    assert set().union(*(range(*span) for span in spans)) <= set().union(*(range(*span) for span in again))
    assert "".join(part for part, _ in moderation.pieces(text, spans)) == text


def test_a_version_is_read_as_it_was_written_and_holds_no_word() -> None:
    version = decided(takeaway={0: Ruling("shown", ((0, 4),)), 2: Ruling("hidden")})

    document = moderation.document(version)

    assert moderation.from_document(1, document) == version
    assert "Anna" not in str(document)
