"""The mail for somebody who has no link at hand, asked for by her or by staff: her links to what is open, or how things stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from functions.send.delivering import delivered
from shared import companions, link_keys, links, rounds
from shared.dates import date_text, time_text
from shared.languages import catalogue
from shared.logs import logger
from shared.mail_tags import About
from shared.mail_texts.messages import found_mail
from shared.mail_texts.phrases import Asked
from shared.programmes import Programme
from shared.queue import LostLinkErrand, ResendErrand
from shared.round_changes import open_at
from shared.rounds import Round, Window
from shared.schedule import wall_clock
from shared.settings import setting
from shared.store import claims, deliverability, invitations, published, recent, roster
from shared.store.invitations import Invitation
from shared.store.roster import Person
from shared.store.secrets import Destroyed


@dataclass(frozen=True, slots=True)
class Held:
    """A round and somebody's invitation to it; None where she has none."""

    round: Round
    invitation: Invitation | None
    token: str

    @property
    def window(self) -> Window:
        """When it is open: for her, or for anybody where she is not invited."""
        if self.invitation:
            return self.round.windows[self.invitation.gathering]
        return Window(rounds.opens(self.round), rounds.closes(self.round))

    def is_open(self, now: int) -> bool:
        """Tell whether she can answer now."""
        return self.invitation is not None and not self.invitation.answered and self.window.opens <= now < self.window.closes


def send_links(errand: LostLinkErrand, now: int) -> None:
    """Send somebody on the roster her links, unless she was sent them a moment ago."""
    asked = recent.round_by_ref(errand.ref)
    person = roster.person_at(asked.programme, errand.address) if asked else None
    if asked is None or person is None:
        return
    others = [item for item in _open_rounds(asked.programme, now) if item.id != asked.id]
    _send(asked.programme, person, now, [_held(asked, person)], [_held(item, person) for item in others])


def send_again(errand: ResendErrand, now: int) -> None:
    """Send somebody her links because staff have asked for it; how it stands with her form, the mail tells her alone."""
    person = roster.person(errand.programme, errand.person)
    if person is None:
        return
    wanted = published.round_by_id(errand.programme, errand.round) if errand.round else None
    held = [_held(item, person) for item in ([wanted] if wanted else _open_rounds(errand.programme, now))]
    about = held if wanted else [item for item in held if item.invitation]
    if about:
        _send(errand.programme, person, now, about, resent=True)


def _open_rounds(programme: str, now: int) -> list[Round]:
    return [found for found in published.rounds(programme).values() if open_at(found, now)]


def _send(programme_id: str, person: Person, now: int, about: Sequence[Held], others: Sequence[Held] = (), *, resent: bool = False) -> None:
    """Send the mail, at most one in ten minutes; it goes to the address on the roster, never to one that was only found to be alike."""
    programme = recent.programme(programme_id)
    if programme is None or claims.paused(now) or deliverability.stopped() or deliverability.suppressed(person.participant.email):
        return
    if not invitations.claim_lost_link(programme.id, person.id, now):
        return
    waiting = [item for item in (*about, *others) if item.is_open(now)]
    said = " ".join(_standing(programme, item, person.participant.language, now) for item in about if item not in waiting)
    message = found_mail(programme, person.participant, list(_asked(waiting)), said, resent=resent)
    # Staff may choose anybody: that such a mail comes back tells nothing of who has answered.
    if delivered(message, About(programme.id, person.id, everybody=resent), now) != "sent":
        # Nothing to plan again: who waits in vain asks again.
        logger.warning("links not sent", programme=programme.id)
        invitations.release_lost_link(programme.id, person.id)


def _held(found: Round, person: Person) -> Held:
    try:
        token = link_keys.token(found, person)
    except Destroyed:
        return Held(found, None, "")
    return Held(found, invitations.invitation(found.ref, links.invitation_name(token, seeded=found.is_seeded)), token)


def _asked(waiting: list[Held]) -> Iterator[Asked]:
    """Put together what a mail tells of each round, with her link to it."""
    for item in waiting:
        form = recent.form(item.round.programme, item.round.form)
        if form and item.invitation:
            address = links.address(setting("BASE_ADDRESS"), item.round.ref, item.token)
            names = companions.names(links.behind(item.token), item.invitation.companions)
            yield Asked(item.round, form, item.invitation.gathering, address, *names)


def _standing(programme: Programme, about: Held, language: str, now: int) -> str:
    """Say why there is no link to the round that somebody asked about."""
    _ = catalogue(language).gettext
    title = recent.round_title(programme, about.round)[language]
    if about.invitation is None or now < about.window.opens:
        sentence = _("There is no link for you about “{title}” yet. If you are asked, it comes by mail while the form is open.")
        return sentence.format(title=title)
    if about.invitation.answered:
        return _("Your answer about “{title}” has come in: there is nothing more to do.").format(title=title)
    last = wall_clock(about.window.closes - 60, programme.timezone)
    sentence = _("The form about “{title}” closed on {date} at {closes}.")
    return sentence.format(title=title, date=date_text(last, language), closes=time_text(last, language))
