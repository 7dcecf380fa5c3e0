"""Sends texts compressed to browsers that take it: nothing stands before the functions that would do so."""

import gzip

from flask import Response, request

LEAST = 1000
"""Bytes below which compressing gains nothing."""

LEVEL = 3
"""Higher ones cost more than they save on pages of this size."""


def compress(response: Response) -> Response:
    """Compress a response's text where its reader takes that; what is sent is then about a third."""
    response.vary.add("Accept-Encoding")
    if _is_worth_it(response) and request.accept_encodings["gzip"]:
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
        response.content_encoding = "gzip"
    return response


def _is_worth_it(response: Response) -> bool:
    is_text = (response.mimetype or "").startswith("text/") or response.mimetype in ("image/svg+xml", "application/json")
    return is_text and (response.calculate_content_length() or 0) >= LEAST
