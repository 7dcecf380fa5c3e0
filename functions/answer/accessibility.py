"""The accessibility statement: what is reached, how that was tested, and where to turn."""

from datetime import date, datetime, time

from flask import Blueprint, render_template, request

from shared.dates import date_text
from shared.languages import NAMES
from shared.settings import setting
from shared.web.pages import STATEMENT, language, speak

accessibility = Blueprint("accessibility", __name__, template_folder="templates")

ASSESSED = date(2026, 11, 22)
"""When what the statement says was last compared with the tests, all of which it names."""


@accessibility.get(STATEMENT)
def show() -> str:
    """Show the statement with the service's own contact."""
    return page(setting("CONTACT"))


def page(contact: str) -> str:
    """Make the statement, in the language that the address asks for or else the browser."""
    wanted = request.args.get("lang", "")
    if wanted in NAMES:
        speak(wanted)
    spoken = language()
    assessed = f"{date_text(datetime.combine(ASSESSED, time()), spoken)} {ASSESSED.year}"
    others = {code: name for code, name in NAMES.items() if code != spoken}
    return render_template("accessibility.html", contact=contact, assessed=assessed, languages=others)
