"""Letters to oneself: written, read again, changed, shared and deleted by the writer's own link. A look shows nothing of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from flask import abort, render_template, request

from functions.answer import handing_over, sharing, showing, visits
from functions.answer.presses import BINDING, DO, binding, pressed
from functions.answer.recalling import written
from functions.answer.sharing import OF
from shared import letters, links
from shared.answers import Given, Reading, only, read
from shared.letters import Letter, Unopenable
from shared.store import letters as store
from shared.store.box import NotSaved
from shared.store.invitations import Invitation
from shared.store.letters import NONE, Overtaken, Stored
from shared.web import form_page, slips
from shared.web.form_page import Place, Received, Sent
from shared.web.mates import mates_of, seed_of
from shared.web.pages import Page, language
from shared.web.slips import Shares


class Writing(NamedTuple):
    """What is written in a round, and the seed under which it lies."""

    seed: str
    stored: Stored


class At(NamedTuple):
    """Where a letter is put: under which seed, and in the place of which version."""

    seed: str
    seen: str


def show(place: Place, token: str, invitation: Invitation) -> Page:
    """Say that a letter is kept, or offer to write one; nothing of what is written shows before a button is pressed."""
    if not _is_hers(token, invitation):
        return handing_over.page(place, token, invitation)
    return kept(place, token, invitation) if _is_written(place, token, invitation) else _empty(place, token, invitation)


def _is_written(place: Place, token: str, invitation: Invitation) -> bool:
    """Tell whether somebody has written, or, where she is in a team, any of them: that no invitation tells."""
    if invitation.team:
        return store.letter(letters.name(seed_of(token, invitation), place.round.ref)) is not None
    return invitation.answered is not None


def _is_hers(token: str, invitation: Invitation) -> bool:
    """Tell whether a link makes the keys that the invitation knows of, and not those of an earlier address."""
    return letters.public_half(links.behind(token)).hex() == invitation.public


def kept(place: Place, token: str, invitation: Invitation, said: str = "", shared: Sequence[str] = ()) -> Page:
    """Say that a letter is kept, with the buttons that open and delete it."""
    date, closes = form_page.last_minute(place, place.round.windows[invitation.gathering])
    facts = {"date": date, "closes": closes, "is_open": _is_open(place, invitation)}
    facts |= {"received": _readable(place, token, invitation), "shared": shared, **_team(token, invitation)}
    return _page("letter_kept.html", place, token, said=said, **facts)


def _empty(place: Place, token: str, invitation: Invitation) -> Page:
    window = place.round.windows[invitation.gathering]
    state = visits.state(window, visits.now())
    if state == "early":
        return showing.early(place, window)
    received = _readable(place, token, invitation)
    if state == "closed":
        if received:
            return _page("letter_none.html", place, token, received=received)
        return showing.closed(place, token, window)
    slip = slips.new_slip(place.round.form, invitation.cell, invitation.gathering, language())
    return form_page.form_again(Sent(place, token, slip, {}, Reading({}), invitation=invitation, received=received), "", 200)


def do(place: Place, token: str, given: Given) -> Page:
    """Open, take back or delete a letter, or open what is shared with her whose link it is."""
    invitation = visits.invitation(place.round.ref, token) or abort(404)
    visits.speak(place, request.args.get("lang", invitation.language))
    what = pressed(given, token)
    if not _is_hers(token, invitation):
        return (
            handing_over.hand_over(place, token, invitation) if what == handing_over.PRESS else handing_over.page(place, token, invitation)
        )
    if what == "read":
        return _received(place, token, invitation, only(given.get(OF, [""])))
    if what in ALONE:
        return ALONE[what](place, token, invitation)
    seed, stored = handing_over.writing(place, token, invitation)
    if stored is None:
        return _missing(place, token, invitation, what)
    return ACTS.get(what, _asked)(place, token, invitation, Writing(seed, stored))


def _missing(place: Place, token: str, invitation: Invitation, what: str) -> Page:
    """Say that only the link to an earlier address opens what is written, and offer to write anew; or that it was deleted elsewhere."""
    if invitation.answered is None or invitation.team or what == "anew":
        return _empty(place, token, invitation)
    return _page("letter_elsewhere.html", place, token, is_open=_is_open(place, invitation))


def _opened(place: Place, token: str, invitation: Invitation, writing: Writing) -> Page:
    """Show a letter: to be changed while the form is open, then to be read."""
    letter, stored = _letter(place, writing), writing.stored
    shown = visits.as_shown(place, letter.form) or place
    if not _is_open(place, invitation):
        shared = sharing.names(place, token, invitation, letter)
        facts = {"written": written(shown.form, letter), "shared": shared}
        return _page("letter_read.html", shown, token, **facts)
    slip = slips.new_slip(letter.form, invitation.cell, invitation.gathering, language())
    given = _given(letter)
    shares = Shares(letter.shared_with, letter.shared_with)
    sent = Sent(shown, token, slip, given, read(shown.form, given), invitation=invitation, seen=stored.version, shares=shares)
    return form_page.form_again(sent, "", 200)


def _letter(place: Place, writing: Writing) -> Letter:
    try:
        return letters.opened(writing.seed, place.round.ref, writing.stored.sealed)
    except Unopenable:
        abort(404)


def _given(letter: Letter) -> Given:
    """Write a letter as its form sends it."""
    return {name: list(given) if isinstance(given, list) else [given] for name, given in letter.answers.items()}


def keep(sent: Sent) -> Page:
    """Store a letter that was sent in, unless it was changed elsewhere meanwhile."""
    invitation = visits.invitation(sent.place.round.ref, sent.token) or abort(404)
    if not _is_hers(sent.token, invitation):
        return handing_over.page(sent.place, sent.token, invitation)
    seed, _ = handing_over.writing(sent.place, sent.token, invitation)
    letter = Letter(sent.slip.form, sent.reading.answers, sharing.shared(sent, invitation))
    try:
        _put(sent.place, sent.token, invitation, letter, At(seed, sent.seen))
    except Overtaken:
        newer = store.letter(letters.name(seed, sent.place.round.ref))
        # Pressed twice, or sent again since the reply was lost, it is there already.
        if not (newer and _letter(sent.place, Writing(seed, newer)) == letter):
            return form_page.form_again(replace(sent, invitation=invitation, seen=newer.version if newer else NONE), "overtaken", 409)
    except NotSaved:
        return form_page.form_again(sent.of(invitation), "unsaved", 503)
    return kept(sent.place, sent.token, invitation, "saved", sharing.names(sent.place, sent.token, invitation, letter))


def _put(place: Place, token: str, invitation: Invitation, letter: Letter, at: At) -> None:
    """Store a letter with its copies."""
    ref = place.round.ref
    sealed = letters.sealed(at.seed, ref, letter, store.overhead(ref))
    copies = sharing.copies(place, token, invitation, letter, at.seed)
    store.put(letters.name(at.seed, ref), sealed, at.seen, ref, invitation.fingerprint, copies=copies)


def _readable(place: Place, token: str, invitation: Invitation) -> list[Received]:
    """List what somebody can read beside what lies under her seed: what is shared with her, or what she wrote before she was in a team."""
    if handing_over.alone(place, token, invitation):
        return [Received("", DO, {BINDING: binding(token)}, "read-alone")]
    return sharing.received(place, token, invitation)


def _read_alone(place: Place, token: str, invitation: Invitation) -> Page:
    """Show what somebody wrote before she was in a team."""
    stored = handing_over.alone(place, token, invitation)
    if stored is None:
        return show(place, token, invitation)
    letter = _letter(place, Writing(links.behind(token), stored))
    shown = visits.as_shown(place, letter.form) or place
    return _page("letter_read.html", shown, token, written=written(shown.form, letter), is_alone=True)


def _delete_alone(place: Place, token: str, invitation: Invitation) -> Page:
    """Delete it; what her team writes stays."""
    if invitation.team:
        store.delete_own_copy(letters.name(links.behind(token), place.round.ref))
    return show(place, token, invitation)


ALONE: Mapping[str, Callable[[Place, str, Invitation], Page]] = {"read-alone": _read_alone, "delete-alone": _delete_alone}
"""What can be done about it, by the button."""


def _received(place: Place, token: str, invitation: Invitation, writer: str) -> Page:
    """Show what somebody has shared."""
    found = sharing.read(place, token, invitation, writer)
    if found is None:
        return _page("letter_taken_back.html", place, token)
    name, letter = found
    shown = visits.as_shown(place, letter.form) or place
    return _page("letter_read.html", shown, token, written=written(shown.form, letter), writer=name)


def _taken_back(place: Place, token: str, invitation: Invitation, writing: Writing) -> Page:
    """Share a letter with nobody any more."""
    letter = replace(_letter(place, writing), shared_with=())
    try:
        _put(place, token, invitation, letter, At(writing.seed, writing.stored.version))
    except (Overtaken, NotSaved):
        return kept(place, token, invitation, "not taken back")
    return kept(place, token, invitation, "taken back")


def _asked(place: Place, token: str, invitation: Invitation, _writing: Writing) -> Page:
    """Ask whether a letter is to be deleted."""
    return _page("letter_delete.html", place, token, **_team(token, invitation))


def _deleted(place: Place, token: str, invitation: Invitation, writing: Writing) -> Page:
    name, copies = letters.name(writing.seed, place.round.ref), sharing.copy_names(place, token, invitation, writing.seed)
    try:
        store.delete(name, writing.stored.version, place.round.ref, invitation.fingerprint, copies=copies)
    except (Overtaken, NotSaved):
        return kept(place, token, invitation, "not deleted")
    return _page("letter_deleted.html", place, token, is_open=_is_open(place, invitation))


ACTS: Mapping[str, Callable[[Place, str, Invitation, Writing], Page]] = {
    "open": _opened,
    "take-back": _taken_back,
    "delete": _asked,
    "delete-now": _deleted,
}
"""What the buttons of a page do with a letter."""


def _team(token: str, invitation: Invitation) -> dict[str, object]:
    return {"is_team": bool(invitation.team), "mates": mates_of(token, invitation)}


def _is_open(place: Place, invitation: Invitation) -> bool:
    return visits.is_taken(place.round.windows[invitation.gathering], visits.now())


def _page(template: str, place: Place, token: str, **more: object) -> Page:
    here, spoken = links.path(place.round.ref, token), language()
    more = {"title": place.form.title[spoken], "draft": links.draft_name(place.round.ref, token), **more}
    return render_template(template, **form_page.common(place), here=here, do=DO, field=BINDING, binding=binding(token), **more)
