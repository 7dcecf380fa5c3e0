"""Texts in several languages, and the interface's own words through gettext."""

import gettext as catalogues
from collections.abc import Mapping
from functools import cache
from pathlib import Path

Text = Mapping[str, str]
"""One text per language code, for example ``{"nb": "Dagen", "en": "The day"}``."""

NAMES = {"da": "Dansk", "nb": "Norsk bokmål", "nn": "Norsk nynorsk", "sv": "Svenska", "en": "English"}
"""Every language Kursdag knows, by the name its readers give it."""

LOCALE = Path(__file__).parent / "locale"


@cache
def catalogue(language: str) -> catalogues.NullTranslations:
    """Return the interface's words in a language; English is the source and needs no catalogue."""
    return catalogues.translation("kursdag", LOCALE, languages=[language], fallback=language == "en")


def decimal(written: str, language: str) -> str:
    """Write a number's decimals after the mark that a language has for it."""
    return written if language == "en" else written.replace(".", ",")
