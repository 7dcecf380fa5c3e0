"""The mails to participants: invitations, reminders, and a programme's messages."""

from collections.abc import Iterable, Sequence

from functions.send.claimed import Asking, Piece, Telling, claimed
from functions.send.delivering import delivered
from shared import companions, link_keys, links
from shared.logs import logger
from shared.mail_message import Message
from shared.mail_tags import About, FormTag
from shared.mail_texts.buddies import Named
from shared.mail_texts.messages import Told, invitation_mail, message_mail, reminder_mail
from shared.mail_texts.phrases import Asked
from shared.programmes import Programme
from shared.queue import Errand
from shared.rosters import buddies
from shared.rosters.people import has_left
from shared.schedule import wall_clock
from shared.settings import setting
from shared.store import claims, deliverability, published, recent, roster
from shared.store.roster import Person


def send_errand(errand: Errand, now: int) -> None:
    """Send one mail about all that it is still to be sent about; while nothing can be sent, leave it to a later plan."""
    if claims.paused(now) or deliverability.stopped():
        return
    pieces = claimed(errand, now)
    if not pieces:
        return
    mail, refused = _outcome(pieces, now)
    for piece in pieces:
        claims.settle(piece.at, piece.slot, piece.became(mail, now)._replace(refused=refused))


def _outcome(pieces: Sequence[Piece], now: int) -> tuple[str, str]:
    """Send a claimed mail; name the state it is in then, and the hash of an address that was no good."""
    programme, person = _whom(pieces[0])
    found, reader = recent.programme(programme), roster.person(programme, person)
    if found is None:
        raise LookupError("programme")
    if reader is None or has_left(reader.participant, f"{wall_clock(now, found.timezone):%Y-%m-%d}"):
        logger.warning("nobody to send to", programme=programme)
        return "gone", ""
    about, address = _about(pieces, now), reader.participant.email
    why = deliverability.suppressed(address)
    mail = "refused" if why else delivered(_mail(found, reader, pieces, now), about, now)
    if mail != "refused":
        return mail, ""
    if not why:
        deliverability.note_refused(address)
    if about.everybody:
        deliverability.note_unreached(programme, person, address, why or mail)
    return mail, deliverability.hashed(address)


def _about(pieces: Sequence[Piece], now: int) -> About:
    """Write what a mail is about, so that what becomes of it is noted even where "sent" is not."""
    forms = tuple(
        FormTag(form.round.ref, form.invitation.fingerprint, form.slot, form.became("sent", now).slot)
        for form in pieces
        if isinstance(form, Asking)
    )
    messages = tuple(piece.message.id for piece in pieces if isinstance(piece, Telling))
    everybody = bool(messages) or not all(form.slot for form in forms)
    return About(*_whom(pieces[0]), everybody, forms, messages)


def _whom(piece: Piece) -> tuple[str, str]:
    """Name the programme and the person that a mail belongs to."""
    if isinstance(piece, Telling):
        return piece.part.programme, piece.part.person
    return piece.round.programme, piece.invitation.person


def _mail(programme: Programme, reader: Person, pieces: Sequence[Piece], now: int) -> Message:
    """Write the mail: a reminder where she knows of all its forms, else an invitation; or messages alone."""
    forms = [piece for piece in pieces if isinstance(piece, Asking)]
    messages = [_told(programme, piece, reader) for piece in pieces if isinstance(piece, Telling)]
    if not forms:
        return message_mail(programme, reader.participant, *messages)
    asked, stop = [_asked(form, reader) for form in forms], _stop_address(forms[0], reader.id)
    if all(form.slot for form in forms):
        return reminder_mail(programme, reader.participant, asked, stop, now, messages=messages)
    return invitation_mail(programme, reader.participant, asked, stop, messages=messages)


def _told(programme: Programme, piece: Telling, reader: Person) -> Told:
    """Add the address of what somebody wrote to herself, where the message returns it, and who her buddies are, where it names them."""
    message = piece.message
    named = _buddies(programme, piece.part.buddies, reader) if message.names_buddy else None
    if not message.returns:
        return Told(message, named=named)
    found = published.round_by_id(programme.id, message.returns)
    form = recent.form(programme.id, found.form) if found else None
    if found is None or form is None:
        raise LookupError("round")
    address = links.address(setting("BASE_ADDRESS"), found.ref, link_keys.token(found, reader))
    return Told(message, address, form.shared_with == "buddy", named)


def _buddies(programme: Programme, ids: Iterable[str], reader: Person) -> Named:
    """Name the reader's buddies, and tell by whose choice."""
    found = [person.participant for name in ids if (person := roster.person(programme.id, name))]
    choice = buddies.choice(reader.participant, found[0]) if len(found) == 1 else ""
    return Named(tuple(person.name for person in found), choice)


def _asked(form: Asking, reader: Person) -> Asked:
    found = recent.form(form.round.programme, form.round.form)
    if found is None:
        raise LookupError("form")
    token = link_keys.token(form.round, reader)
    address = links.address(setting("BASE_ADDRESS"), form.round.ref, token)
    return Asked(form.round, found, form.invitation.gathering, address, *companions.names(links.behind(token), form.invitation.companions))


def _stop_address(form: Asking, person: str) -> str:
    token = links.stop_token(link_keys.link_key(form.round.ref), person)
    return links.stop_address(setting("BASE_ADDRESS"), form.round.ref, form.invitation.fingerprint, token)
