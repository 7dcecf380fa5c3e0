"""What mails say of buddies: who they are, by whose choice, and that they are others now."""

from collections.abc import Sequence
from typing import NamedTuple

from shared.languages import Text, catalogue
from shared.phrases import _
from shared.programmes import Message
from shared.replies import message_id


class Named(NamedTuple):
    """Somebody's buddies by name, and by whose choice where only one of two has named the other: "mine" or "theirs"."""

    names: tuple[str, ...]
    choice: str = ""


CHOSEN = {"mine": _("You have named {names} as a buddy."), "theirs": _("{names} has named you as a buddy.")}
"""By whose choice two are buddies of whom only one has named the other."""


def told(names: Sequence[str], choice: str, language: str) -> str:
    """Say who somebody's buddies are."""
    words = catalogue(language)
    if not names:
        return words.gettext("You have no buddy yet. Ask those who run the programme.")
    sentence = words.gettext(CHOSEN[choice]) if choice else words.ngettext("Your buddy: {names}.", "Your buddies: {names}.", len(names))
    return sentence.format(names=", ".join(names))


def told_beside(named: Named, language: str) -> str:
    """Say beside a message that names somebody's buddies what it leaves open: that she has none, or by whose choice they are buddies."""
    return "" if named.names and not named.choice else told(*named, language)


def others_now(round_id: str, title: Text, names: Sequence[str], choice: str, address: str) -> Message:
    """Write the mail that tells somebody that her buddies have changed since she was invited; ``address`` is her own link."""
    texts = {language: _text(language, names, choice, address) for language in title}
    titles = {language: _title(language, words, names) for language, words in title.items()}
    return Message(message_id(round_id), titles, texts, day="", at="")


def _title(language: str, title: str, names: Sequence[str]) -> str:
    _ = catalogue(language).gettext
    pattern = _("Buddies have changed: {title}") if names else _("No buddy any more: {title}")
    return pattern.format(title=title)


def _text(language: str, names: Sequence[str], choice: str, address: str) -> str:
    _ = catalogue(language).gettext
    new = _("This is new since the mail with your link. You decide anew with whom you share what you write.")
    none = _(
        "You have no buddy any more: yours has left, or has another one now. "
        "Those who run the programme can find you a new one; until then you can go on writing for yourself."
    )
    kept = _("What you may have shared with a buddy before stays there, until you take it back.")
    said = [told(names, choice, language), f"{new} {kept}"] if names else [none, kept]
    return "\n\n".join([*said, _("Your own link is the same as before:") + f"\n{address}"])
