"""Writing of an earlier address: a link that went there hands it over to the links that go to the newer one, and only by a press."""

from collections.abc import Iterable

from flask import render_template

from functions.answer.presses import BINDING, DO, binding
from shared import letters, links
from shared.store import handed_over
from shared.store import letters as store
from shared.store.invitations import Invitation
from shared.store.letters import Stored
from shared.web.form_page import Place, common
from shared.web.mates import seed_of
from shared.web.pages import Page

PRESS = "hand-over"
"""What the button says that hands over."""


def writing(place: Place, token: str, invitation: Invitation) -> tuple[str, Stored | None]:
    """Find what is written in a round, with the seed under which it lies: that of her link, her team's, or one that was handed over."""
    own = seed_of(token, invitation)
    stored = _stored(place.round.ref, own)
    if stored is None and not invitation.team:
        for seed in _taken_over(place, token, invitation):
            if earlier := _stored(place.round.ref, seed):
                return seed, earlier
    return own, stored


def alone(place: Place, token: str, invitation: Invitation) -> Stored | None:
    """Find what somebody wrote by her own link before she was in a team."""
    return _stored(place.round.ref, links.behind(token)) if invitation.team else None


def _stored(ref: str, seed: str) -> Stored | None:
    return store.letter(letters.name(seed, ref))


def _taken_over(place: Place, token: str, invitation: Invitation) -> list[str]:
    seed = links.behind(token)
    handed = handed_over.held(place.programme.id, invitation.person)
    return [earlier for content in handed for earlier in letters.taken_over(seed, content)]


def page(place: Place, token: str, invitation: Invitation, *, is_done: bool = False) -> Page:
    """Say that a link is for another address; where something is written by it, offer to hand that over."""
    button = {"here": links.path(place.round.ref, token), "do": DO, "press": PRESS, "field": BINDING, "binding": binding(token)}
    offered = _opens_something(place, seeds(place, token, invitation))
    return render_template("letter_moved.html", **common(place), **button, is_done=is_done, offered=offered)


def hand_over(place: Place, token: str, invitation: Invitation) -> Page:
    """Seal what opens a link's writing to the link that is hers now; done again, it changes nothing."""
    opening = seeds(place, token, invitation)
    if not _opens_something(place, opening):
        return page(place, token, invitation)
    sealed = letters.handed_over(opening, bytes.fromhex(invitation.public))
    handed_over.put(place.programme.id, invitation.person, letters.public_half(links.behind(token)).hex(), sealed)
    return page(place, token, invitation, is_done=True)


def _opens_something(place: Place, opening: Iterable[str]) -> bool:
    """Tell whether there is something to hand over: what others have shared can't be told by an earlier link, so it may always be there."""
    return place.form.shared_with == "buddy" or any(_stored(place.round.ref, seed) for seed in opening)


def seeds(place: Place, token: str, invitation: Invitation) -> list[str]:
    """List the seeds whose letters a link opens: its own, and those that were handed over to it."""
    return [links.behind(token), *_taken_over(place, token, invitation)]
