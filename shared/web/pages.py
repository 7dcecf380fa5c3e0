"""Equips an application: headers on every response, error pages in the reader's language, gettext in templates."""

from collections.abc import Collection, Sequence

from flask import Flask, Response, g, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as AnyResponse

from shared.languages import NAMES, catalogue
from shared.logs import logger
from shared.phrases import _
from shared.web.compression import compress
from shared.web.look import look

Page = str | tuple[str, int] | AnyResponse
"""What a view returns."""

LARGEST_BODY = 64 * 1024
"""Bytes of the largest form that is read."""

STATEMENT = "/accessibility"
"""The path of the accessibility statement, which every page links to."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}

EXPLANATIONS = {
    403: (
        _("This is not allowed"),
        _("The page may have been open for too long, or it is not meant for your role. Go back, load it again, and try once more."),
    ),
    404: (
        _("This page does not exist"),
        _(
            "The link may be incomplete, or it may have been changed on its way to you. "
            "Open it from the mail again, or copy the whole address."
        ),
    ),
    405: (_("This can't be done here"), _("Open the link from your mail again.")),
    413: (_("Too much text"), _("What you sent is larger than a form can be. Shorten your text and send again.")),
    415: (_("This can't be read"), _("Send the form from the page that your link opens.")),
    422: (_("This can't be read"), _("Nothing has been stored. Open the link from your mail again and fill in the form.")),
    500: (_("Something went wrong"), _("The fault is ours. Nothing is lost that was confirmed. Try again in a moment.")),
    503: (_("Not available right now"), _("Try again in a moment.")),
}


def equip(app: Flask) -> None:
    """Give an application everything that all pages share."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    # Tidying an address would redirect to whatever host the request claims.
    app.url_map.strict_slashes = app.url_map.merge_slashes = False
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals |= {"language": language, "statement": STATEMENT}
    app.register_blueprint(look)
    app.after_request(_with_headers)
    app.after_request(compress)
    app.register_error_handler(HTTPException, _explained)
    app.register_error_handler(Exception, _failed)


def speak(chosen: str) -> None:
    """Set the language of the page that is being made."""
    g.language = chosen


def speak_one_of(offered: Sequence[str]) -> None:
    """Speak the language that the reader's browser likes best among those offered, else the first."""
    speak(_liked(offered) or offered[0])


def language() -> str:
    """Return the language of the page that is being made: chosen, or else the best the reader's browser asks for."""
    if "language" not in g:
        g.language = _liked(NAMES) or "en"
    return str(g.language)


def _liked(offered: Collection[str]) -> str | None:
    """Find what the reader's browser likes best; "nn-NO, en" asks for nynorsk, and "no" for bokmål."""
    asked = (tag.lower().split("-")[0] for tag, quality in request.accept_languages if quality)
    return next((tag for tag in map(_today, asked) if tag in offered), None)


def _today(tag: str) -> str:
    return "nb" if tag == "no" else tag


def _gettext(message: str) -> str:
    return catalogue(language()).gettext(message)


def _ngettext(one: str, many: str, count: int) -> str:
    return catalogue(language()).ngettext(one, many, count)


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if "Cache-Control" not in response.headers:
        response.cache_control.no_store = True
    return response


def _explained(error: HTTPException) -> Response | tuple[str, int, list[tuple[str, str]]]:
    """Show an error in the reader's language; a redirect that was raised is no error."""
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    code = error.code or InternalServerError.code
    if code < InternalServerError.code:
        logger.info("refused", status=code, page=request.endpoint)
    title, text = EXPLANATIONS.get(code, EXPLANATIONS[422])
    page = render_template("message.html", title=_gettext(title), paragraphs=[_gettext(text)])
    return page, code, [(name, value) for name, value in error.get_headers() if name != "Content-Type"]


def _failed(_error: Exception) -> Response | tuple[str, int, list[tuple[str, str]]]:
    logger.exception("page failed")
    return _explained(InternalServerError())
