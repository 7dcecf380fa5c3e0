"""Slips: what travels along in a form, so that sending it in needs no look-up and nothing of it can be forged."""

import json
from dataclasses import dataclass, replace

from shared import links
from shared.answers import Malformed, only
from shared.store.invitations import cell_text

FIELDS = ("_form", "_cell", "_gathering", "_nonce", "_language")
BINDING = "_binding"
SEEN = "_seen"
COPY = "_copy"
"""The tick by which somebody keeps a copy of her answers for herself."""
SHARE = "_share"
"""The boxes that are ticked for those who may read a letter, too."""
KEEP = "_keep"
"""The boxes that stay ticked for those who keep what was shared with them before."""
RECALL = "_recall"
"""The button that shows on a form what was written in an earlier round, with all that is typed."""
SWITCH = "_switch"
"""The button that shows the form in another language, with all that is typed."""


@dataclass(frozen=True, slots=True)
class Slip:
    """The form version, the group and the place that an answer will carry, and the name of this opened form."""

    form: str
    cell: str
    """As stored, see `shared.store.invitations.cell_text`."""
    gathering: str
    nonce: str
    language: str

    def cell_path(self) -> tuple[str, ...]:
        """Return the cell as a path."""
        return tuple(json.loads(self.cell))


@dataclass(frozen=True, slots=True)
class Shares:
    """With whom a letter is shared, by the public halves of their keys."""

    share: tuple[str, ...] = ()
    """Who can read it as it is now."""
    keep: tuple[str, ...] = ()
    """Who keeps a copy of before."""


NOBODY = Shares()


def new_slip(form: str, cell: tuple[str, ...], gathering: str, language: str) -> Slip:
    """Make the slip of a form that is opened now."""
    return Slip(form, cell_text(cell), gathering, links.new_nonce(), language)


def moved(slip: Slip, cell: tuple[str, ...], gathering: str) -> Slip:
    """Make a slip anew for an invitation whose group has changed since."""
    return replace(slip, cell=cell_text(cell), gathering=gathering)


def spoken(slip: Slip, language: str) -> Slip:
    """Make a slip anew for a reader who goes on in another language: the same opened form."""
    return replace(slip, language=language)


def switched(given: dict[str, list[str]]) -> str:
    """Take the language that a reader switches to out of posted fields; empty where she sends her answer."""
    return only(given.pop(SWITCH, [""]))


def seen(given: dict[str, list[str]]) -> str:
    """Take the version of a letter that its writer has changed out of posted fields; empty where there was none."""
    return only(given.pop(SEEN, [""]))


def recalled(given: dict[str, list[str]]) -> bool:
    """Take out of posted fields whether somebody wants to see what was written in an earlier round."""
    return RECALL in given and bool(only(given.pop(RECALL)))


def copied(given: dict[str, list[str]]) -> bool:
    """Take out of posted fields whether somebody wants to keep a copy of her answers."""
    return COPY in given and bool(only(given.pop(COPY)))


def shares(given: dict[str, list[str]]) -> Shares:
    """Take out of posted fields with whom a letter is to be shared."""
    return Shares(tuple(given.pop(SHARE, ())), tuple(given.pop(KEEP, ())))


def fields(slip: Slip, token: str) -> dict[str, str]:
    """Write a slip as hidden fields, bound to the link."""
    values = _values(slip)
    return dict(zip(FIELDS, values, strict=True)) | {BINDING: links.binding(token, *values)}


def taken(given: dict[str, list[str]], token: str) -> Slip:
    """Take the slip out of posted fields; raise `Malformed` where it is not the one that this link was given."""
    try:
        slip = Slip(*(only(given.pop(name)) for name in FIELDS))
        binding = only(given.pop(BINDING))
    except KeyError as error:
        raise Malformed from error
    if not links.is_bound(token, binding, *_values(slip)):
        raise Malformed
    return slip


def _values(slip: Slip) -> tuple[str, ...]:
    return slip.form, slip.cell, slip.gathering, slip.nonce, slip.language
