"""Answers back: what those who run a programme heard in a result, and what they will change; told to all who were invited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shared import programmes
from shared.languages import Text, catalogue

Document = dict[str, Any]

PREFIX = "reply_"
"""Tells the mails about a round, such as a reply, from a programme's own messages, whose ids have no such sign."""

OF_EDITION = ("languages", "N", "n", "versions", "hidden", "precision", "unopened", "k", "comments_from")
OF_QUESTION = (
    *("id", "kind", "text", "versions", "options", "not_relevant", "N", "n", "na", "counts", "shares", "positive", "median", "mean"),
    *("precision", "hidden"),
)
"""What participants are shown of a result: its figures for all together, without groups and without comments."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is told, in the programme's languages."""

    heard: Text = field(default_factory=dict)
    change: Text = field(default_factory=dict)

    def missing(self, languages: Iterable[str]) -> list[str]:
        """Name the languages in which something is not said yet."""
        return [language for language in languages if not (self.heard.get(language) and self.change.get(language))]


def message_id(round_id: str) -> str:
    """Name the mail that tells something of a round after its invitation: a reply or, of what buddies share, that they have changed."""
    return f"{PREFIX}{round_id}"


def round_of(message: str) -> str:
    """Name the round that such a mail is about; empty for a programme's own message."""
    return message.removeprefix(PREFIX) if message.startswith(PREFIX) else ""


def document(reply: Reply, edition: Mapping[str, Any]) -> Document:
    """Write what participants are shown: the reply, and the result's figures for all together."""
    return {"heard": dict(reply.heard), "change": dict(reply.change), "edition": for_all(edition)}


def for_all(edition: Mapping[str, Any]) -> Document:
    """Take out of a result its figures for all together."""
    asked = [question for question in edition["questions"] if question["kind"] != "text"]
    questions = [{name: question.get(name) for name in OF_QUESTION} for question in asked]
    return {**{name: edition.get(name) for name in OF_EDITION}, "questions": questions}


def message(round_id: str, title: Text, told: Mapping[str, Any], address: str) -> programmes.Message:
    """Write the mail by which somebody is told a reply; ``address`` is her own link, empty where it can't be made again."""
    return programmes.Message(
        id=message_id(round_id),
        title={language: _title(language, title) for language in told["heard"]},
        text={language: _text(language, told, address) for language in told["heard"]},
        day="",
        at="",
    )


def _title(language: str, title: Text) -> str:
    pattern = catalogue(language).gettext("What we heard, and what we will change: {title}")
    return pattern.format(title=title.get(language) or next(iter(title.values())))


def _text(language: str, told: Mapping[str, Any], address: str) -> str:
    _ = catalogue(language).gettext
    figures = _("The link by which you were invited now leads to the figures.")
    if address:
        figures = _("Your own link now leads to the figures:") + f"\n{address}"
    said = told["heard"][language], told["change"][language]
    parts = [_("What we heard") + ":", said[0], _("What we will change") + ":", said[1], figures]
    return "\n\n".join(parts)
