"""Shows every form of a programme as its participants will see it, from the files as they are now; stores nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from infra.preview.app import create_app
from infra.start.server import Served, serve

__all__ = ["PORT", "Served", "opened"]

PORT = 4590
"""Where the pages are served, unless that port is taken."""


def opened(folder: Path, port: int = PORT) -> Served:
    """Serve the forms of a programme's folder on this machine."""
    return serve(partial(create_app, folder), port)
