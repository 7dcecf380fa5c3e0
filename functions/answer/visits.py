"""What somebody who opens a link meets: whose round, in which language, and where it stands."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from flask import request

from shared import clock, links
from shared.languages import Text
from shared.programmes import day_of
from shared.rounds import GRACE, Round, Window
from shared.store import invitations, published, recent, replies
from shared.store.invitations import Invitation
from shared.web import pages
from shared.web.form_page import Place

State = Literal["early", "open", "closed"]


def place(ref: str) -> Place | None:
    """Look up the round that a link names."""
    found = recent.round_by_ref(ref)
    programme = recent.programme(found.programme) if found else None
    form = recent.form(found.programme, found.form) if found else None
    if found is None or programme is None or form is None:
        return None
    return Place(found, programme, form, day_of(programme, found.day), _earlier(found))


def _earlier(found: Round) -> Text | None:
    """Look up what the round that this one recalls is called."""
    recalled = recent.round_by_id(found.programme, found.recalls) if found.recalls else None
    form = recent.form(found.programme, recalled.form) if recalled else None
    return form.title if form else None


def speak(place: Place, wanted: str) -> str:
    """Speak the language that is wanted if the programme offers it, else its first."""
    chosen = wanted if wanted in place.programme.languages else place.programme.languages[0]
    pages.speak(chosen)
    return chosen


def now() -> int:
    """Return when the page was asked for."""
    return clock.page_time(request.environ["apig_wsgi.request_context"])


def told_back(place: Place) -> Mapping[str, Any] | None:
    """Look up what is told of a round's result, if it is published: while a round is open, that costs no look."""
    return replies.recent(place.round.ref) if place.round.edition else None


def as_shown(place: Place, form: str) -> Place | None:
    """Return a place with the form version that somebody was shown, if its round has or had it."""
    if form == place.round.form:
        return place
    found = place.round
    if form not in found.versions:
        # Another process may have shown a version that was published within the last minute.
        found = published.round_by_ref(found.ref) or found
    shown = recent.form(found.programme, form) if form in found.versions else None
    return replace(place, form=shown) if shown else None


def invitation(ref: str, token: str) -> Invitation | None:
    """Look up the invitation that a link belongs to; a link that can't be one of ours costs the same look."""
    return invitations.invitation(ref, fingerprint(ref, token))


def fingerprint(ref: str, token: str) -> str:
    """Name the invitation that a link belongs to, if it is one of ours."""
    found = recent.round_by_ref(ref)
    return links.invitation_name(token, seeded=bool(found and found.is_seeded))


def state(window: Window, now: int) -> State:
    """Tell whether a form may be shown now."""
    if now < window.opens:
        return "early"
    return "open" if now < window.closes else "closed"


def is_taken(window: Window, now: int) -> bool:
    """Tell whether a form sent in now is accepted: whoever had it open when the round closed has a little longer."""
    return window.opens <= now < window.closes + GRACE
