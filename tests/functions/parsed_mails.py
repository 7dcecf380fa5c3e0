"""What was asked of SES, read as a mail."""

import email
from collections.abc import Mapping
from dataclasses import dataclass
from email.policy import default
from typing import Any


@dataclass(frozen=True)
class Parsed:
    """A mail's headers, and its parts by their subtype: "plain" is called "text"."""

    headers: Mapping[str, str]
    parts: Mapping[str, str]

    @property
    def subject(self) -> str:
        return self.headers["Subject"]


def parsed(asked: Mapping[str, Any]) -> Parsed:
    """Read the mail in a request to send one."""
    mail = email.message_from_bytes(asked["Content"]["Raw"]["Data"], policy=default)
    parts = {part.get_content_subtype().replace("plain", "text"): part.get_content().replace("\r\n", "\n") for part in mail.iter_parts()}
    return Parsed({name: str(value) for name, value in mail.items()}, parts)
