"""What a roster's columns are called, in a reader's language."""

from shared.languages import catalogue
from shared.phrases import _
from shared.rosters.columns import unit_heading

TITLES = {
    "email": _("E-mail"),
    "name": _("Name"),
    "first-name": _("First name"),
    "last-name": _("Last name"),
    "language": _("Language"),
    "role": _("Role"),
    "gathering": _("Gathering"),
    "buddy": _("Buddy"),
    "team": _("Team"),
    "from": _("Valid from"),
}


def heading(field: str, language: str) -> str:
    """Name a column; what is none of ours is one of the programme's units."""
    return catalogue(language).gettext(TITLES[field]) if field in TITLES else unit_heading(field, language)
