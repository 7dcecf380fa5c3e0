"""Texts as Office files can hold them."""

import re

UNWRITABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML can't hold."""


def writable(text: str) -> str:
    """Write a text so that XML can hold it, its lines ended in one way."""
    return UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
