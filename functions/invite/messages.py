"""What a programme's messages have to send now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from functions.invite.companions import together
from functions.invite.correcting import has_another_address
from functions.invite.due import UNDER_WAY, Addressed
from functions.invite.plan import attending
from shared.logs import logger
from shared.programmes import Day, Message, Programme, day_of
from shared.queue import MessagePart
from shared.replies import round_of
from shared.rosters import buddies
from shared.rosters.attendance import attended
from shared.schedule import LONG_LATE, may_go_out, message_times
from shared.store import invitations, messages, published, replies, roster
from shared.store.claims import Claim
from shared.store.moments import Moment
from shared.store.roster import Person

SINCE = 2 * LONG_LATE
"""Seconds after its moment for which a message is looked at: as long again as it may go out, to tell if it was missed."""


def messages_due(moment: Moment, now: int) -> tuple[list[Addressed], int]:
    """Find who at a gathering is to be sent a message that nobody is at work on, and how many it comes too late for."""
    done = messages.done(moment.programme, moment.id, moment.gathering)
    too_late = now >= moment.at + LONG_LATE
    version = str(roster.version(moment.programme))
    if done == version or (done and too_late):
        return [], 0
    programme = published.programme(moment.programme)
    people = readers(programme, moment) if programme else None
    if programme is None or people is None:
        return [], 0
    missing = addressed(moment, people, messages.taken_up(programme.id, moment.id))
    if not missing or too_late:
        messages.put_done(programme.id, moment.id, moment.gathering, version)
        return [], _missed(moment, missing)
    if not may_go_out(moment.at, now, programme.timezone):
        return [], 0
    return _naming(programme, moment, [item for item in missing if item.seen is None or item.seen.leased_until <= now]), 0


def _naming(programme: Programme, moment: Moment, found: list[Addressed]) -> list[Addressed]:
    """Add by their ids the buddies of those who are to be sent a message, where it names them."""
    message = message_of(programme, moment)
    if message is None or not message.names_buddy:
        return found
    staying = {person.id: person.participant for person in roster.people(programme.id) if not person.participant.left}
    whose = buddies.buddies_of(buddies.groups(staying))
    return [replace(item, part=item.part._replace(buddies=tuple(whose.get(item.part.person, ())))) for item in found]


def readers(programme: Programme, moment: Moment) -> list[Person] | None:
    """Find whom a moment's mails are for; None where the message or the reply is not there."""
    if replied := round_of(moment.id):
        return replied_to(programme, replied)
    message = message_of(programme, moment)
    if message is None:
        return None
    return list(addressees(_reached(programme, message), message, day_of(programme, message.day), moment.gathering))


def replied_to(programme: Programme, round_id: str) -> list[Person] | None:
    """Find who is told a reply: all who were invited, whether they answered or not, but nobody who wants no more mails."""
    found = published.round_by_id(programme.id, round_id)
    if found is None or replies.get(found.ref) is None:
        return None
    invited = {item.person for item in invitations.invited(found.ref)} - invitations.stopped(programme.id)
    return [person for person in roster.people(programme.id) if person.id in invited and not person.participant.left]


def _reached(programme: Programme, message: Message) -> Iterator[Person]:
    """Find whom a message can be for: everybody, or, where it returns what people wrote, who has written or can have it shared."""
    people = list(roster.people(programme.id))
    if not message.returns:
        return iter(people)
    found = published.round_by_id(programme.id, message.returns)
    form = published.form(programme.id, found.form) if found else None
    written = {item.person for item in invitations.invited(found.ref) if item.answered is not None} if found else set()
    if form and form.shared_with:
        with_whom = together(form, [person for person in people if not person.participant.left])
        written |= {other for name in written for other in with_whom.get(name, ())}
    return (person for person in people if person.id in written)


def message_of(programme: Programme, moment: Moment) -> Message | None:
    """Find the message that a moment is about, unless the programme no longer has it, or has it at another time."""
    for message in programme.messages:
        times = message_times(message, day_of(programme, message.day), programme.timezone)
        if message.id == moment.id and times.get(moment.gathering) == moment.at:
            return message
    return None


def addressees(people: Iterable[Person], message: Message, day: Day, gathering: str) -> Iterator[Person]:
    """Find whom a message is for at a gathering of its day."""
    roles = message.roles or day.roles
    here = (person for person in attending(people, day) if attended(person.participant, day) == gathering)
    return (person for person in here if not roles or person.participant.role in roles)


def addressed(moment: Moment, people: Iterable[Person], taken_up: Mapping[str, Claim]) -> list[Addressed]:
    """Find who of those whom a message is for has not got it yet."""
    until = moment.at + LONG_LATE
    found = [(item, taken_up.get(item.id)) for item in people]
    missing = [(item, seen) for item, seen in found if seen is None or seen.mail in UNDER_WAY or has_another_address(item, seen, moment.at)]
    return [Addressed(MessagePart(moment.programme, moment.id, item.id, until), seen) for item, seen in missing]


def _missed(moment: Moment, missing: list[Addressed]) -> int:
    if missing:
        logger.warning("too late to send", programme=moment.programme, what=moment.id, late=len(missing))
    return len(missing)
