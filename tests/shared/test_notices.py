import re
from dataclasses import replace

import pytest

from shared import retention
from shared.notices import notice, written
from shared.programmes import Contact
from shared.protection import cells, disclosure
from tests.shared.examples import programme

LANGUAGES = ("en", "nb")
PROGRAMME = replace(
    programme(*LANGUAGES), controller="The county {controller}", data_protection=Contact("The officer", "privacy@example.org")
)


def sentences(language: str) -> list[str]:
    found = notice(PROGRAMME, "anonymous", language)
    return [sentence for text in (found.short, *found.whole) for sentence in re.split(r"(?<=[.:]) ", text)]


def test_every_sentence_stands_in_both_languages_and_none_is_left_untranslated() -> None:
    english, norwegian = (notice(PROGRAMME, "anonymous", language) for language in LANGUAGES)

    assert len(english.whole) == len(norwegian.whole) == 7
    assert not set(english.whole) & set(norwegian.whole)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            [
                "without your name",
                "your school and your role",
                "you have answered, but not when and not what",
                "can't change or withdraw an answer",
                "365 days after the form has closed, sealed answers and this list are deleted",
                "the people who run the programme",
                "in random order",
                "reads comments first and can hide one or black out words before others see them",
            ],
        ),
        (
            "nb",
            [
                "uten navn, adresse, tidspunkt",
                "skolen og rollen din",
                "du har svart, men ikke når og ikke hva",
                "ikke endre eller trekke tilbake",
                "365 dager etter at skjemaet er stengt, blir de forseglede svarene og denne listen slettet",
                "dem som driver programmet",
                "i tilfeldig rekkefølge",
                "leser kommentarer først og kan skjule en eller sladde ord før andre ser dem",
            ],
        ),
    ],
)
def test_a_participant_is_told_what_is_stored_who_sees_what_and_that_it_is_final(language: str, told: list[str]) -> None:
    whole = " ".join(sentences(language))

    assert [part for part in told if part not in whole] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_are_those_that_the_code_keeps(language: str) -> None:
    whole = " ".join(sentences(language))

    told = {int(number) for number in re.findall(r"\d+", whole.replace("article 6", ""))}

    assert told == {cells.LEAST, disclosure.RATINGS_FROM, disclosure.COMMENTS_FROM, disclosure.OUTSIDE_FROM, retention.days(PROGRAMME)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_changed_number_is_told(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure, "RATINGS_FROM", 7)
    monkeypatch.setattr(disclosure, "COMMENTS_FROM", 12)

    found = notice(PROGRAMME, "anonymous", language)

    assert "7" in found.short
    assert any("7" in text and "12" in text for text in found.whole)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_responsible_and_where_to_complain_is_told(language: str) -> None:
    whole = " ".join(sentences(language))

    assert PROGRAMME.controller in whole
    assert PROGRAMME.legal_basis[language].rstrip(".") + "." in whole
    assert "The officer, privacy@example.org" in whole
    assert PROGRAMME.complaints in whole


@pytest.mark.parametrize(("language", "word"), [("en", "Anonymous"), ("nb", "Anonymt")])
def test_anonymous_is_said_once_and_first(language: str, word: str) -> None:
    found = notice(PROGRAMME, "anonymous", language)

    assert found.short.startswith(word)
    assert not any("anonym" in text.casefold() for text in found.whole)


@pytest.mark.parametrize(("language", "word"), [("en", "Confidential"), ("nb", "Fortrolig")])
def test_confidential_is_said_first_and_never_called_anonymous(language: str, word: str) -> None:
    found = notice(PROGRAMME, "confidential", language)

    assert found.short.startswith(word)
    assert not any("anonym" in text.casefold() for text in (found.short, *found.whole))


def test_a_confidential_form_says_what_pairs_its_answers_and_until_when_they_are_personal() -> None:
    whole = " ".join(notice(PROGRAMME, "confidential", "en").whole)

    assert "a code that only the link in your mail makes" in whole
    assert "deleted as soon as the last form of the series has a result" in whole
    assert "365 days after the last form of the series has closed, sealed answers and this list are deleted." in whole
    assert "nobody can tell which one is yours" not in whole


def test_a_personal_form_says_whose_it_is_and_never_anonymous() -> None:
    found = notice(PROGRAMME, "personal", "en")

    assert found.short.startswith("Personal: only the link in your own mail opens")
    assert "Whoever can read your mailbox can read it too." in " ".join(found.whole)
    assert not any("anonym" in text.casefold() for text in (found.short, *found.whole))


def test_a_contact_is_written_with_its_address() -> None:
    assert written(Contact("The office", "office@example.org")) == "The office, office@example.org"
