"""Five municipalities over a whole year: the mail log is checked line by line against the rules, worked out anew from the files."""

import base64
import heapq
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from functions.publish.handler import handler as publish_handler
from infra.example_roster import participants
from shared.programmes import Programme, RoundPlan, day_of
from shared.rosters.attendance import attended
from shared.rosters.people import Participant
from shared.rounds import closes
from shared.store import invitations, moments, published, roster
from shared.store.invitations import Ticket
from shared.store.roster import Person
from tests.conftest import account
from tests.functions.examples import event, invite, oslo, queued, send
from tests.functions.outbox import Outbox
from tests.functions.parsed_mails import parsed
from tests.template import ROOT

pytestmark = pytest.mark.slow

FIRST_DAYS = {
    "inkluderende": "year-1-day-1",
    "kollegasamarbeid": "day-1",
    "laeringsledelse": "seminar-1",
    "laeringsmakker": "start",
    "lederseminar": "seminar",
}
BEGINNING, ENDING = oslo("2026-08-31T12:00"), oslo("2027-12-31T12:00")
EACH = 15
"""Every fifteenth of the sixty people takes part."""

MINUTE, HOUR = 60, 3600
LATE = 10 * MINUTE
"""What a mail may be late by where one event of the schedule gets lost."""


class Line(NamedTuple):
    """One mail of the log."""

    at: int
    reader: str
    programme: str
    rounds: frozenset[str]
    messages: frozenset[str]


@dataclass
class Year:
    """All that happens."""

    chance: random.Random = field(default_factory=lambda: random.Random(2026))
    now: float = BEGINNING
    log: list[Line] = field(default_factory=list)
    quiet_since: dict[tuple[str, str], int] = field(default_factory=dict)
    """By reader and round: when she answered or declined."""
    answered: set[tuple[str, str]] = field(default_factory=set)
    """By reader and round; of a letter to oneself: who has written."""
    stopped: dict[str, int] = field(default_factory=dict)
    people: dict[str, tuple[str, Person]] = field(default_factory=dict)
    """By address: programme and person."""

    def __post_init__(self) -> None:
        self.humans: list[tuple[int, str, str, str]] = []
        """When somebody does what about which round."""

    def prepare(self) -> None:
        for name, first in FIRST_DAYS.items():
            files = {path.name: path.read_bytes() for path in (ROOT / "forms" / name).glob("*.yaml")}
            said = publish_handler(event(BEGINNING, programme=name, files=encoded(files), today=first), None)
            assert "faults" not in said
            found = published.programme(name)
            assert found
            for taking_part in list(participants(found))[::EACH]:
                person = roster.new_person(with_address(taking_part, name))
                roster.put_person(name, person)
                self.people[person.participant.email] = (name, person)
            roster.raise_version(name, roster.version(name))

    def run(self, outbox: Outbox) -> None:
        for tick in sorted(set(self._ticks())):
            self._live_until(tick)
            self.now = tick
            self._freeze(tick)
            if tick % 7 == 3:
                continue  # this event of the schedule is lost
            for _ in range(2 if tick % 5 == 0 else 1):
                invite(tick)
            records = queued()
            self.chance.shuffle(records)
            for message in records * (2 if tick % 3 == 0 else 1):
                send([message])
            self._read(outbox, tick)

    def _ticks(self) -> Iterator[int]:
        """Name the events of the schedule around everything that is due; between them the job has nothing to do."""
        for name in FIRST_DAYS:
            starts = [window.opens for due in published.rounds(name).values() for window in due.windows.values()]
            starts += [time.opens for due in published.rounds(name).values() for times in due.reminders.values() for time in times]
            starts += [window.closes for due in published.rounds(name).values() for window in due.windows.values()]
            starts += [moment.at for moment in moments.due(0, ENDING) if moment.programme == name]
            yield from (start + minutes * MINUTE + self._offset(start) for start in starts for minutes in (-5, 0, 5))

    @staticmethod
    def _freeze(tick: int) -> None:
        """Do what `aggregate` does with rounds that are over, as far as it concerns the job."""
        for due in published.rounds_due(tick):
            if closes(due) + HOUR < tick:
                published.freeze(due, "edition")

    @staticmethod
    def _offset(start: int) -> int:
        """The schedule's own seconds."""
        return start // MINUTE % 7

    def _read(self, outbox: Outbox, tick: int) -> None:
        if not outbox.mails:
            return
        refs = {due.ref: (name, due.id) for name in FIRST_DAYS for due in published.rounds(name).values()}
        for sent in outbox.mails:
            (reader,) = sent["Destination"]["ToAddresses"]
            text = parsed(sent).parts["text"]
            programme = self.people[reader][0]
            rounds = frozenset(refs[ref][1] for ref in re.findall(r"/e/([a-z2-7]{8})/", text))
            found = published.programme(programme)
            assert found
            language = self.people[reader][1].participant.language
            got = [message for message in found.messages if message.title[language] in text]
            rounds -= {message.returns for message in got}  # the link to what was written asks for nothing
            self.log.append(Line(tick, reader, programme, rounds, frozenset(message.id for message in got)))
            for name in rounds:
                self._plan_human(reader, name, tick)
        outbox.mails.clear()

    def _plan_human(self, reader: str, name: str, tick: int) -> None:
        # By the mail alone: in which order mails lie in the queue differs from run to run, what people do mustn't.
        chance = random.Random(f"1 {reader} {name} {tick}")
        what = chance.choices(("answer", "decline", "absent", "stop", ""), (40, 5, 3, 4, 48))[0]
        if what:
            heapq.heappush(self.humans, (tick + chance.randrange(MINUTE, 30 * HOUR), what, reader, name))

    def _live_until(self, tick: int) -> None:
        while self.humans and self.humans[0][0] < tick:
            at, what, reader, name = heapq.heappop(self.humans)
            self._act(at, what, reader, name)

    def _act(self, at: int, what: str, reader: str, name: str) -> None:
        programme, person = self.people[reader]
        due = published.rounds(programme)[name]
        (item,) = [item for item in invitations.invited(due.ref) if item.person == person.id]
        if what == "stop":
            invitations.stop_reminders(programme, person.id)
            self.stopped.setdefault(reader, at)
        elif item.answered is None and not item.declined and at < due.windows[item.gathering].closes:
            self.quiet_since[reader, name] = at
            if what == "answer":
                ticket = Ticket(due.ref, item.fingerprint, invitations.cell_text(item.cell), item.gathering, "mark")
                account("dynamodb").update_item(**invitations.answering(ticket))
                self.answered.add((reader, name))
            else:
                invitations.decline(due.ref, item.fingerprint, "absent" if what == "absent" else "unwilling")


def encoded(files: dict[str, bytes]) -> dict[str, str]:
    return {name: base64.b64encode(content).decode() for name, content in files.items()}


def with_address(person: Participant, name: str) -> Participant:
    """Give somebody an address of her programme's own."""
    return replace(person, email=person.email.replace("@", f"@{name}."))


def local(programme: Programme, date: str, days: int, time: str) -> int:
    """Turn local wall time into epoch seconds."""
    moment = datetime.fromisoformat(f"{date}T{time}") + timedelta(days=days)
    return int(moment.replace(tzinfo=ZoneInfo(programme.timezone)).timestamp())


class Promise(NamedTuple):
    """What the files promise one person of one round."""

    opens: int
    closes: int
    reminders: list[int]


def promised(programme: Programme, person: Participant) -> dict[str, Promise]:
    """Work out from the files alone when somebody is to be asked what; of the rounds that are run."""
    run = published.rounds(programme.id)
    found = {plan.id: promise(programme, plan, person) for plan in programme.rounds if plan.id in run}
    return {name: told for name, told in found.items() if told}


def promise(programme: Programme, plan: RoundPlan, person: Participant) -> Promise | None:
    day = day_of(programme, plan.day)
    roles, gathering = plan.roles or day.roles, attended(person, day)
    if gathering is None or (roles and person.role not in roles):
        return None
    (date,) = [item.date for item in day.gatherings if item.id == gathering]
    opened = local(programme, date, plan.opens_after, plan.opens)
    closed = local(programme, date, plan.closes_after, plan.closes) + 60
    days = range(plan.opens_after, plan.closes_after + 1)
    edges = {"": days, "opens": [plan.opens_after], "closes": [plan.closes_after]}
    times = sorted(local(programme, date, day + item.days, item.time) for item in plan.reminds for day in edges[item.edge])
    return Promise(opened, closed, [time for time in times if opened + 2 * HOUR <= time < closed])


def messages_promised(programme: Programme, person: Participant, answered: set[tuple[str, str]]) -> dict[str, int]:
    """Work out from the files when somebody is to get which message; a letter goes back to those who have written."""
    found = {}
    for message in programme.messages:
        if message.returns and (person.email, message.returns) not in answered:
            continue
        day = day_of(programme, message.day)
        roles, gathering = message.roles or day.roles, attended(person, day)
        if gathering and (not roles or person.role in roles):
            (date,) = [item.date for item in day.gatherings if item.id == gathering]
            found[message.id] = local(programme, date, message.after, message.at)
    return found


@pytest.fixture
def year(tables: object, monkeypatch: pytest.MonkeyPatch) -> Year:  # noqa: ARG001
    lived = Year()
    monkeypatch.setenv("STAGE", "test")
    monkeypatch.setattr("shared.clock.time", SimpleNamespace(time=lambda: lived.now))
    lived.prepare()
    lived.run(Outbox())
    return lived


def test_every_line_of_the_mail_log_is_as_the_files_promise_and_none_is_missing(year: Year) -> None:
    by_reader: dict[str, list[Line]] = defaultdict(list)
    for line in year.log:
        by_reader[line.reader].append(line)

    for reader, (name, person) in year.people.items():
        programme = published.programme(name)
        assert programme
        lines = by_reader[reader]
        assert all(one.at < two.at for one, two in pairwise(lines)), "two mails at once"
        check_messages(lines, messages_promised(programme, person.participant, year.answered))
        forms = promised(programme, person.participant)
        assert {asked for line in lines for asked in line.rounds} == forms.keys()
        for asked, told in forms.items():
            check_form(year, reader, asked, told, [line.at for line in lines if asked in line.rounds])
    assert len(year.log) > 100
    assert {"letter-1-back", "letter-2-back", "letter-back"} <= {name for line in year.log for name in line.messages}


def check_messages(lines: list[Line], told: dict[str, int]) -> None:
    got = [(name, line.at) for line in lines for name in line.messages]
    assert sorted(name for name, _ in got) == sorted(told)
    assert all(told[name] <= at <= told[name] + LATE for name, at in got)


def check_form(year: Year, reader: str, asked: str, told: Promise, mailed: list[int]) -> None:
    """Check all mails about one form to one reader: the first invites, the others remind, each at its time and once."""
    invited, *reminded = mailed
    assert told.opens <= invited <= told.opens + LATE
    over = min(year.quiet_since.get((reader, asked), told.closes), year.stopped.get(reader, told.closes))
    taken = [next(due for due in reversed(told.reminders) if due <= at) for at in reminded]
    assert all(due <= at <= due + LATE for due, at in zip(taken, reminded, strict=True))
    assert len(set(taken)) == len(taken)
    assert all(invited + 2 * HOUR <= at < told.closes for at in reminded)
    assert all(at <= over for at in reminded), "reminded although she had answered, declined or stopped"
    assert {due for due in told.reminders if due + LATE < over} <= set(taken), "a reminder is missing"
