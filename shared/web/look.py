"""The static files, served under names made from their content so that browsers can keep them for good."""

import hashlib
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, abort

STATIC = Path(__file__).parent / "static"


def _named(path: Path) -> str:
    return f"{path.stem}.{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}{path.suffix}"


FILES = {_named(path): path for path in sorted(STATIC.iterdir())}
"""Static files by the name they are served under."""

TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

ICON = "data:image/svg+xml," + quote((STATIC / "kursdag.svg").read_text().strip(), safe="/:=-.")
"""The icon within the page: one request less."""

look = Blueprint("look", __name__, template_folder="templates")


@look.app_template_global()
def static_name(name: str) -> str:
    """Return the served name of a static file."""
    return next(served for served, path in FILES.items() if path.name == name)


@look.app_template_global()
def icon() -> str:
    """Return the address of the icon."""
    return ICON


@look.get("/static/<name>")
def static_file(name: str) -> Response:
    """Serve one static file."""
    if name not in FILES:
        abort(404)
    kept = Response(FILES[name].read_bytes(), mimetype=TYPES[FILES[name].suffix])
    kept.cache_control.public = True
    kept.cache_control.max_age = 31_536_000
    kept.cache_control.immutable = True
    return kept
