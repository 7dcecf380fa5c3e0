"""Makes the start page's application."""

from __future__ import annotations

from pathlib import Path
from urllib.error import URLError

from botocore.exceptions import BotoCoreError
from flask import Flask, Response, render_template
from werkzeug.exceptions import HTTPException

from infra.start.guard import guard
from infra.start.mailbox_pages import mailbox_pages
from infra.start.pages import pages
from infra.start.running import NAME, Running
from shared.logs import logger
from shared.web.pages import equip, speak

STYLE = Path(__file__).parent / "start.css"

TITLES = {
    403: "This is refused",
    404: "This page does not exist",
    405: "This can't be done here",
    409: "Not now",
    413: "Too much text",
    422: "This can't be read",
    500: "Something went wrong",
    503: "The service does not answer",
}

TEXTS = {
    404: "Go back to the start page and choose from there.",
    405: "Go back to the start page and press the button there.",
    413: "Go back to the start page and send less.",
    500: "The fault is ours; the terminal of “make run” says where.",
    503: "It has stopped, or is stopping. Look at the terminal of “make run”, start it again there, then reload this page.",
}


def create_app(told: Running, port: int) -> Flask:
    """Make the application that is served on a port of this machine."""
    app = Flask(__name__, static_folder=None)
    app.extensions[NAME] = told
    app.before_request(_speak_english)
    equip(app)
    guard(app, port)
    app.register_blueprint(pages)
    app.register_blueprint(mailbox_pages)
    app.add_url_rule("/start.css", view_func=style)
    app.register_error_handler(HTTPException, _refused)
    for error in (BotoCoreError, URLError, ConnectionError):
        app.register_error_handler(error, _stopped)
    app.register_error_handler(Exception, _failed)
    return app


def style() -> Response:
    """Serve what the start page adds to the product's style sheet."""
    return Response(STYLE.read_bytes(), mimetype="text/css")


def _speak_english() -> None:
    speak("en")


def _refused(error: HTTPException) -> tuple[str, int]:
    code = error.code or 500
    own = error.description if error.description != type(error).description else None
    return _page(code, own or TEXTS.get(code, ""))


def _stopped(_error: Exception) -> tuple[str, int]:
    return _page(503, TEXTS[503])


def _failed(_error: Exception) -> tuple[str, int]:
    logger.exception("page failed")
    return _page(500, TEXTS[500])


def _page(code: int, text: str) -> tuple[str, int]:
    return render_template("refused.html", title=TITLES.get(code, TITLES[422]), text=text), code
