"""Office files that bear no time but one: made again, they are the same bytes."""

import io
import re
import zipfile
from datetime import datetime

STAMP = re.compile(rb">\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ<")
"""A time in what a file says of itself."""


def dated(content: bytes, created: datetime) -> bytes:
    """Write an Office file again, as if it had been made at a moment."""
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            # Without a date of its own, an entry bears the first one that the format knows.
            new.writestr(zipfile.ZipInfo(name), _part(name, old.read(name), created), zipfile.ZIP_DEFLATED)
    return again.getvalue()


def _part(name: str, content: bytes, created: datetime) -> bytes:
    return STAMP.sub(f">{created:%Y-%m-%dT%H:%M:%SZ}<".encode(), content) if name == "docProps/core.xml" else content
