"""What a mail consists of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One mail, as text and as HTML."""

    to: str
    sender_name: str
    reply_to: str
    subject: str
    text: str
    html: str
    stop: str = ""
    """The address by which mail programs stop reminders, for RFC 8058; empty where there is nothing to stop."""
