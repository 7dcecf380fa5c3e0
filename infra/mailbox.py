"""The local stack's mailbox: every mail that was sent, as its reader gets it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from infra.service import Service, Unavailable, endpoint_port
from infra.stack import mails as stack_mails


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail that was sent."""

    sender: str
    to: str
    subject: str
    text: str
    html: str


def mails(service: Service, to: str | None = None) -> Iterator[Mail]:
    """Read the mails that were sent, oldest first, all or one reader's."""
    if not service.is_local:
        raise Unavailable("mails can be read on the local stack only; on AWS they are in their readers' mailboxes")
    for sent in stack_mails.mails(endpoint_port()):
        for reader in sent["To"]:
            if to is None or reader.casefold() == to.casefold():
                yield Mail(sent["Source"], reader, sent["Subject"], sent["BodyText"], sent["BodyHtml"])


def link(mail: Mail, ref: str | None = None) -> str | None:
    """Find the personal link in a mail: any, or that of one round."""
    found = (line.strip() for line in mail.text.splitlines() if line.startswith("http"))
    return next((address for address in found if ref is None or f"/e/{ref}/" in address), None)
