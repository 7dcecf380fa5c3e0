import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg  # type: ignore[attr-defined]
from babel.messages.pofile import read_po

from shared.languages import LOCALE, NAMES, catalogue
from tests.template import ROOT

CATALOGUES = sorted(folder.name for folder in LOCALE.iterdir() if folder.is_dir())
PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)[sd]")


@cache
def used() -> dict[str, Sequence[str]]:
    """Find every message of the code and the templates: its id, and all its forms."""
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = [
        message for folder in ("shared", "functions") for _, _, message, _, _ in extract_from_dir(str(ROOT / folder), methods, options)
    ]
    return {forms[0]: forms for forms in map(_forms, found)}


def _forms(message: str | Sequence[str]) -> Sequence[str]:
    return (message,) if isinstance(message, str) else message


@cache
def translated(language: str) -> dict[str, Message]:
    with Path(LOCALE / language / "LC_MESSAGES" / "kursdag.po").open("rb") as source:
        messages: Iterable[Message] = read_po(source, locale=language)
        return {_forms(message.id)[0]: message for message in messages if message.id}


def placeholders(text: str) -> list[str]:
    return sorted(set(PLACEHOLDER.findall(text)))


def test_there_is_a_catalogue_besides_english() -> None:
    assert "nb" in CATALOGUES
    assert set(CATALOGUES) <= NAMES.keys()


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_message_of_the_code_is_translated(language: str) -> None:
    known = translated(language)

    missing = [text for text in used() if text not in known or not all(_forms(known[text].string))]

    assert missing == []


@pytest.mark.parametrize("language", CATALOGUES)
def test_no_translation_is_left_to_be_looked_at(language: str) -> None:
    assert [text for text, message in translated(language).items() if message.fuzzy] == []


@pytest.mark.parametrize("language", CATALOGUES)
def test_translations_have_the_placeholders_of_their_message(language: str) -> None:
    for message in translated(language).values():
        forms, texts = _forms(message.id), _forms(message.string)

        assert all(placeholders(text) == placeholders(forms[-1]) for text in texts), message.id


@pytest.mark.parametrize("language", CATALOGUES)
def test_plurals_are_translated_in_every_form(language: str) -> None:
    plurals = [text for text, forms in used().items() if len(forms) > 1]

    assert plurals
    assert all(len(translated(language)[text].string) == 2 for text in plurals)


@pytest.mark.parametrize("language", CATALOGUES)
def test_the_catalogue_that_is_read_at_run_time_is_the_one_that_was_translated(language: str) -> None:
    read = catalogue(language)

    plain = {text: message for text, message in translated(language).items() if isinstance(message.string, str)}

    assert {text: read.gettext(text) for text in plain} == {text: message.string for text, message in plain.items()}


def test_english_is_the_source() -> None:
    assert catalogue("en").gettext("Monday") == "Monday"


def test_an_unknown_language_is_a_mistake_of_ours() -> None:
    with pytest.raises(FileNotFoundError):
        catalogue("tlh")
