"""The floor of the pages: a plain Flask application with one plain template, the same questions, and nothing else."""

from typing import Any

from apig_wsgi import make_lambda_handler
from flask import Flask, render_template

from shared.forms import NOT_RELEVANT, Form, Question


def handler(form: Form, language: str) -> Any:
    """Make a Lambda handler that shows a form's questions at any personal link."""
    bare = Flask(__name__, static_folder=None)
    content = {"title": form.title[language], "questions": [_plain(question, language) for question in form.questions]}

    @bare.get("/e/<ref>/<token>")
    def show(ref: str, token: str) -> str:  # noqa: ARG001
        return render_template("bare.html", **content)

    return make_lambda_handler(bare.wsgi_app)


def _plain(question: Question, language: str) -> dict[str, Any]:
    options = [(option.code, option.label[language]) for option in question.options]
    extra = [(NOT_RELEVANT, question.not_relevant[language])] if question.not_relevant else []
    return {"id": question.id, "text": question.text[language], "options": options + extra}
