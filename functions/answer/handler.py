"""Answer: the pages behind personal links, on Lambda."""

from apig_wsgi import make_lambda_handler
from flask import Flask

from functions.answer.accessibility import accessibility
from functions.answer.declining import declining
from functions.answer.finding import finding
from functions.answer.pages import pages
from functions.answer.stopping import stopping
from shared.web.pages import equip


def create_app() -> Flask:
    """Make the application."""
    app = Flask(__name__, static_folder=None)
    equip(app)
    for part in (pages, declining, finding, stopping, accessibility):
        app.register_blueprint(part)
    return app


handler = make_lambda_handler(create_app().wsgi_app)
