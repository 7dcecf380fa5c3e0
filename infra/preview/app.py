"""Makes the preview's application."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, render_template
from werkzeug.exceptions import HTTPException

from infra.preview.fresh import Fresh
from infra.preview.pages import NAME, Broken, pages
from infra.start.app import TITLES, style
from infra.start.guard import only_here
from shared.logs import logger
from shared.web.pages import equip, speak

FORMS = Path(__file__).resolve().parent.parent.parent / "functions/answer/templates"
"""The product's own pages."""


def create_app(folder: Path, port: int) -> Flask:
    """Make the application that shows a folder's forms on a port of this machine."""
    app = Flask(__name__, static_folder=None, template_folder=str(FORMS))
    app.extensions[NAME] = Fresh(folder)
    app.before_request(_speak_english)
    equip(app)
    only_here(app, port, "kursdag preview")
    app.register_blueprint(pages)
    app.add_url_rule("/start.css", view_func=style)
    app.register_error_handler(Broken, _broken)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _failed)
    return app


def _speak_english() -> None:
    speak("en")


def _broken(error: Broken) -> tuple[str, int]:
    _speak_english()
    return render_template("preview_faults.html", look=error.look), 422


def _refused(error: HTTPException) -> tuple[str, int]:
    _speak_english()
    code = error.code or 500
    return render_template("preview_refused.html", title=TITLES.get(code, TITLES[422]), text=error.description), code


def _failed(_error: Exception) -> tuple[str, int]:
    logger.exception("page failed")
    _speak_english()
    return render_template("preview_refused.html", title=TITLES[500], text="The fault is ours; the terminal says where."), 500
