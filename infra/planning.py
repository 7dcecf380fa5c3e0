"""What the job `invite` would send at a time: to how many, and why not to how many. Nothing is stored or sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from functions.invite.companions import waiting_for_others
from functions.invite.correcting import corrected
from functions.invite.due import NOBODY, UNDER_WAY, Reason, open_gatherings, reminders_due, why_not
from functions.invite.handing import INTERVAL
from functions.invite.messages import addressed, readers
from functions.invite.plan import attending, is_asked, staying, uninvited
from functions.invite.rounds import absent_from, spared
from shared.programmes import Programme, day_of
from shared.replies import round_of
from shared.rounds import Round
from shared.schedule import by_day, may_go_out
from shared.store import invitations, messages, moments, published, roster
from shared.store.invitations import Invitation
from shared.store.moments import Moment
from shared.store.roster import Person


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of mail at one gathering."""

    programme: str
    what: str
    gathering: str
    kind: str
    """"invitation", "reminder" or "message"; "reply" or "buddies" of what somebody is told about a round after her invitation."""
    people: frozenset[str]
    """Whom it reaches, by their ids on the roster."""
    others: Mapping[str, int] = field(default_factory=dict)
    """How many it does not reach, by the reason why."""


def lines(at: int, now: int) -> list[Line]:
    """Plan the mails of a run at a time, as things stand now; what earlier runs would have sent by then counts as sent."""
    opened = list(published.rounds_due(at))
    forms = (line for due in opened for line in _forms(due, at, now))
    others = (line for due in opened for line in _others(due, at, now))
    texts = (line for moment in moments.due(at - INTERVAL + 1 if at > now else 0, at) for line in _message(moment, at))
    return [line for line in (*forms, *texts, *others) if line.people or line.others]


def mails(planned: Iterable[Line]) -> int:
    """Count the mails: what is due for a person in a programme comes in one."""
    return len({(line.programme, person) for line in planned for person in line.people})


def _forms(due: Round, at: int, now: int) -> Iterator[Line]:
    programme = published.programme(due.programme)
    if programme is None:
        return
    held = list(invitations.invited(due.ref))
    no_reminders = spared(due, held)
    reminders = reminders_due(due, {}, at)
    for name in open_gatherings(due, at):
        ahead = at > now
        by_then = ahead and due.windows[name].opens <= at - INTERVAL
        here = [item for item in _everybody(programme, due, name, held, at) if item.gathering == name]
        asked = [_mailed(item) for item in here] if by_then else here
        again = corrected(programme.id, here, at)
        yield _line(due, name, 0, asked, NOBODY, again=again)
        slot = reminders.get(name)
        if slot and at < slot.closes and not (ahead and slot.opens <= at - INTERVAL):
            yield _line(due, name, slot.opens, asked, no_reminders, again=again)


def _everybody(programme: Programme, due: Round, gathering: str, held: list[Invitation], at: int) -> list[Invitation]:
    """List who is invited to a gathering, and who will be at the next run."""
    day = day_of(programme, due.day)
    people = [item for item in staying(attending(roster.people(programme.id), day), at, programme.timezone) if is_asked(item, due)]
    new = [person for person, _ in uninvited(people, day, gathering, held)]
    absent = absent_from(due).get(gathering, frozenset())
    known = [replace(item, absent=item.person in absent) if item.gathering == gathering else item for item in held]
    return known + [_to_be_invited(item, gathering, is_absent=item.id in absent) for item in new]


def _to_be_invited(person: Person, gathering: str, *, is_absent: bool) -> Invitation:
    return Invitation("", person.id, (), gathering, person.participant.language, "pending", 0, None, absent=is_absent)


def _mailed(item: Invitation) -> Invitation:
    return replace(item, mail="sent") if item.mail in UNDER_WAY else item


def _line(
    due: Round, gathering: str, slot: int, held: Iterable[Invitation], spared: Mapping[str, Reason], *, again: Collection[str]
) -> Line:
    reasons = {item.person: why_not(item, slot, spared, again) for item in held}
    others = Counter[str](reason for reason in reasons.values() if reason)
    people = frozenset(person for person, reason in reasons.items() if not reason)
    return Line(due.programme, due.id, gathering, "reminder" if slot else "invitation", people, others)


def _message(moment: Moment, at: int) -> Iterator[Line]:
    programme = published.programme(moment.programme)
    people = readers(programme, moment) if programme else None
    if programme and people is not None and may_go_out(moment.at, at, programme.timezone):
        missing = addressed(moment, people, messages.taken_up(programme.id, moment.id))
        replied = round_of(moment.id)
        kind = "reply" if replied else "message"
        yield Line(programme.id, replied or moment.id, moment.gathering, kind, frozenset(item.part.person for item in missing))


def _others(due: Round, at: int, now: int) -> Iterator[Line]:
    """Plan the mails about changed buddies, which wait for the morning."""
    waiting = waiting_for_others(due, at)
    programme = published.programme(due.programme) if waiting else None
    if programme and 0 <= at - by_day(min(at, now), programme.timezone) < INTERVAL:
        yield Line(due.programme, due.id, "", "buddies", frozenset(item.part.person for item in waiting))
