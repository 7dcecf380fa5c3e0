"""The tags that the mail service keeps with a mail and shows in its events: what the mail was about, by ids alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MOST = 20
"""Forms, and messages, of a mail that are tagged; the mail service takes 50 tags."""


class FormTag(NamedTuple):
    """One form that a mail asked for."""

    ref: str
    fingerprint: str
    slot: int
    """Which mail it was: 0 for the invitation, else the reminder that was due since this moment."""
    then: int
    """Which mail counts as the latest once this one is sent."""


@dataclass(frozen=True, slots=True)
class About:
    """What a mail was about."""

    programme: str = ""
    person: str = ""
    everybody: bool = False
    """Whether everybody gets such a mail, so that who got it tells nothing: no reminder, which only some get."""
    forms: tuple[FormTag, ...] = ()
    messages: tuple[str, ...] = ()


def tags(mail: About) -> dict[str, str]:
    """Write a mail's tags."""
    forms = {f"form-{at}": "_".join(map(str, form)) for at, form in enumerate(mail.forms[:MOST])}
    messages = {f"message-{at}": name for at, name in enumerate(mail.messages[:MOST])}
    return {"programme": mail.programme, "person": mail.person, "kind": "all" if mail.everybody else "reminder", **forms, **messages}


def about(found: Mapping[str, Sequence[str]]) -> About:
    """Read a mail's tags, as an event shows them; a mail of another kind has none."""
    told = {name: values[0] for name, values in found.items() if values}
    forms = tuple(_form(text) for text in _numbered(told, "form-"))
    messages = tuple(_numbered(told, "message-"))
    return About(told.get("programme", ""), told.get("person", ""), told.get("kind") == "all", forms, messages)


def _numbered(told: Mapping[str, str], prefix: str) -> Iterable[str]:
    return (text for name, text in told.items() if name.startswith(prefix))


def _form(text: str) -> FormTag:
    ref, fingerprint, slot, then = text.split("_")
    return FormTag(ref, fingerprint, int(slot), int(then))
