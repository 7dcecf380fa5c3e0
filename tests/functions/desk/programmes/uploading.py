"""Files as a browser uploads them."""

from collections.abc import Mapping

from tests.functions.desk.visitors import Browser, Page

BOUNDARY = "----a-browser-s-own-boundary"


def uploaded(browser: Browser, path: str, files: Mapping[str, str | bytes], **fields: str) -> Page:
    """Send files from a form of ours."""
    parts = [_part(f'name="{name}"', text.encode()) for name, text in fields.items()]
    for name, content in files.items():
        parts.append(_part(f'name="files"; filename="{name}"', content if isinstance(content, bytes) else content.encode()))
    body = b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])
    return browser.ask("POST", path, body, content_type=f"multipart/form-data; boundary={BOUNDARY}", sec_fetch_site="same-origin")


def _part(disposition: str, content: bytes) -> bytes:
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n".encode() + content + b"\r\n"
