"""Retention: what of a programme is deleted when. Its results stay."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from shared import rounds, schedule
from shared.programmes import Day, Message, Programme, day_of
from shared.replies import message_id
from shared.rounds import SETTLE, Round

DAY = 24 * 3600

UNLESS_SAID = 365
"""Days for which answers are kept where a programme's files don't say: nothing is kept for ever because somebody forgot a line."""

What = Literal[
    "link key",
    "pair key",
    "letter key",
    "box key",
    "answers",
    "comments",
    "letters",
    "copies",
    "invitations",
    "messages",
    "replies",
    "participants",
    "addresses",
]

COUNTED: tuple[What, ...] = ("link key", "box key", "answers", "comments", "invitations", "replies")
PAIRED: tuple[What, ...] = ("copies", *COUNTED)
RESULTLESS: tuple[What, ...] = ("letters", "link key", "box key", "invitations", "replies")
"""What a round leaves, by whether its answers are counted, compared with another round's too, or are each their writer's own.

Letters and people's own copies of answers go before the link key, see `retiring.letters`.
"""


SECRETS: Mapping[str, tuple[What, ...]] = {"ROUND": ("link key", "box key"), "SERIES": ("pair key",), "PROGRAMME": ("letter key",)}
"""The secrets that lie in a partition, by how its name begins."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is deleted as a whole, in one place."""

    what: What
    of: str
    """The id of the round, series or message, or the school year; empty for the programme."""
    place: str
    """The partition in which it lies."""
    at: int
    """From when on it may be deleted."""
    waits_for: tuple[str, ...] = ()
    """The rounds whose results are to be made first."""

    def is_due(self, now: int) -> bool:
        """Tell whether it is to be deleted now."""
        return self.at <= now and not self.waits_for


ADDRESSES = Step("addresses", "", "SUPPRESSED", 0)
"""The addresses to which nothing more is sent, as soon as no participant has them any more: no programme's alone."""


def waiting(programme: Programme, known: Iterable[Round]) -> frozenset[str]:
    """Name the rounds whose invitations a result needs yet."""
    return frozenset(step.of for step in steps(programme, known) if step.what == "invitations" and step.waits_for)


def days(programme: Programme, *of: str) -> int:
    """Tell for how many days after its end something is kept; what rounds leave together, as long as the longest of them says."""
    said = {plan.id: plan.retention for plan in programme.rounds}
    otherwise = programme.retention or UNLESS_SAID
    return max((said.get(name) or otherwise for name in of), default=otherwise)


def of_round(programme: Programme, found: Round) -> int:
    """Tell for how many days what a round leaves is kept: as its form tells, else as the files say of those that it is compared with."""
    if found.retention:
        return found.retention
    together = [plan.id for plan in programme.rounds if found.pairs and plan.series == found.series]
    return days(programme, *(together or [found.id]))


def steps(programme: Programme, published: Iterable[Round]) -> list[Step]:
    """List all that is deleted of a programme some day, the earliest first; secrets before what they open."""
    known = sorted(published, key=rounds.closes)
    found = [*_keys(programme, known), *_of_rounds(programme, known), *_of_programme(programme, known)]
    return sorted(found, key=lambda step: step.at)


def unused(noted: Mapping[str, int], published: Iterable[Round]) -> Iterator[Step]:
    """List the secrets of rounds that were removed before they opened, or never came to be, given where a programme's secrets lie."""
    used = {place for found in published for place in _places(found)}
    for place in sorted(noted.keys() - used):
        for what in SECRETS[place.partition("#")[0]]:
            yield Step(what, "", place, noted[place])


def _places(found: Round) -> Iterator[str]:
    """Name where the secrets lie that a round's links and envelopes are made with."""
    yield f"ROUND#{found.ref}"
    if found.pairs:
        yield f"SERIES#{found.pairs}"
    if found.is_seeded:
        yield f"PROGRAMME#{found.letters}"


def dropped(programme: Programme, sent: Mapping[str, int]) -> Iterator[Step]:
    """List whom messages have reached that the files no longer name, given when each message was due."""
    for name in sorted(sent.keys() - {message.id for message in programme.messages}):
        yield Step("messages", name, f"MESSAGE#{programme.id}#{name}", sent[name] + days(programme) * DAY)


def moments(programme: Programme, published: Iterable[Round]) -> set[int]:
    """Tell from when on there is something to delete of a programme, or, of a round that has closed, figures to compare."""
    known = list(published)
    closed = {rounds.closes(found) + SETTLE for found in known if found.mode != "personal"}
    return closed | {step.at for step in steps(programme, known)}


def _unfrozen(among: Iterable[Round]) -> tuple[str, ...]:
    return tuple(found.id for found in among if found.mode != "personal" and not found.edition)


def _paired(of: Round, known: Sequence[Round]) -> list[Round]:
    """List the rounds that a round's answers are compared with, itself among them."""
    return [found for found in known if found.pairs == of.pairs] if of.pairs else [of]


def _last(among: Sequence[Round]) -> int:
    return max(map(rounds.closes, among))


def over(found: Round, programme: Programme, known: Iterable[Round]) -> int:
    """Tell when somebody's own writing has served: the forms that it stands on are closed, and what was to be mailed back is mailed."""
    back = [_told(programme, message) for message in programme.messages if message.returns == found.id]
    again = [rounds.closes(other) for other in known if other.recalls == found.id]
    return max([rounds.closes(found), *back, *again])


def forgotten(programme: Programme, found: Round, known: Iterable[Round]) -> int:
    """Tell when what somebody has written for herself is deleted, with the keys that her link is made with."""
    return over(found, programme, known) + of_round(programme, found) * DAY


def _told(programme: Programme, message: Message) -> int:
    """Tell when a message has been sent to everybody."""
    return max(schedule.message_times(message, day_of(programme, message.day), programme.timezone).values())


def _keys(programme: Programme, known: Sequence[Round]) -> Iterator[Step]:
    """List the secrets that rounds share, each as soon as nothing more is made with it."""
    for pairs in dict.fromkeys(found.pairs for found in known if found.pairs):
        paired = [found for found in known if found.pairs == pairs]
        # With one round nothing can be compared yet: another one may be published until the programme's end.
        at = _last(paired) + SETTLE if len(paired) > 1 else _end(programme, known) + days(programme) * DAY
        yield Step("pair key", paired[0].series, f"SERIES#{pairs}", at, _unfrozen(paired))
    personal = [found for found in known if found.mode == "personal"]
    for holder, year in dict.fromkeys((found.letters, found.school_year) for found in personal):
        written = [found for found in personal if found.letters == holder]
        at = max(forgotten(programme, found, known) for found in written)
        yield Step("letter key", year, f"PROGRAMME#{holder}", at)


def _of_rounds(programme: Programme, known: Sequence[Round]) -> Iterator[Step]:
    """List what rounds leave: answers that are compared stay together until the last of them is counted."""
    for found in known:
        together = _paired(found, known)
        served = over(found, programme, known) if found.mode == "personal" else _last(together)
        at, waits_for, place = served + of_round(programme, found) * DAY, _unfrozen(together), f"ROUND#{found.ref}"
        # The link key too: until then whoever was invited may be told by her link what came of it.
        elsewhere = {"replies": f"MESSAGE#{programme.id}#{message_id(found.id)}", "comments": f"{found.edition}/comments.json"}
        for what in RESULTLESS if found.mode == "personal" else PAIRED if found.pairs else COUNTED:
            yield Step(what, found.id, elsewhere.get(what, place), at, waits_for)


def _of_programme(programme: Programme, known: Sequence[Round]) -> Iterator[Step]:
    """List what belongs to the programme as a whole."""
    kept = days(programme) * DAY
    for message in programme.messages:
        yield Step("messages", message.id, f"MESSAGE#{programme.id}#{message.id}", _told(programme, message) + kept)
    yield Step("participants", "", f"PROGRAMME#{programme.id}", _end(programme, known) + kept, _unfrozen(known))


def _end(programme: Programme, known: Sequence[Round]) -> int:
    """Tell when a programme's last day, form and message are over."""
    told = (_told(programme, message) for message in programme.messages)
    return max([*map(rounds.closes, known), *told, *(_midnight_after(day, programme.timezone) for day in programme.days)])


def _midnight_after(day: Day, timezone: str) -> int:
    last = max(date.fromisoformat(gathering.date) for gathering in day.gatherings) + timedelta(days=1)
    return int(datetime(last.year, last.month, last.day, tzinfo=ZoneInfo(timezone)).timestamp())
