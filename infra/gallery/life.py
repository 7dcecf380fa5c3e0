"""A programme's life on the local stack: from its files to its last result, on the stack's clock."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from infra import jobs, mailbox, roster_import, simulate
from infra.gallery.timetable import Event, Moment, timetable
from infra.mailbox import Mail
from infra.publishing import published_plan
from infra.service import Service
from shared.programmes import Programme
from shared.rosters.people import Participant
from shared.rounds import Round
from shared.store import published

MINUTE = 60
"""Seconds after the moment itself at which the jobs run."""


class Walker(Protocol):
    """Somebody who goes through the pages in a browser while the life goes on."""

    def asked(self, found: Round, links: Mapping[str, str]) -> bool:
        """Answer a form that has just opened as the first of those who have got links; tell whether that was done."""

    def mailed(self, what: str, mails: Sequence[Mail]) -> None:
        """Look at the mails of one kind that have just gone out."""

    def past(self, moment: Moment) -> None:
        """Look at whatever there is to see after a moment."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a moment."""

    moment: Moment
    mails: tuple[Mail, ...]
    answered: Mapping[str, frozenset[str]]
    """By round: the addresses of those who answered then."""


@dataclass
class Life:
    """A programme that is published and has its participants."""

    service: Service
    programme: Programme
    people: Sequence[Participant]
    done: list[Done] = field(default_factory=list)
    _answering: set[str] = field(default_factory=set)
    """The links of those who were asked already."""
    _mails: int = 0
    """How many mails have been looked at."""

    def live(self, walker: Walker) -> None:
        """Go through the whole timetable."""
        for moment in timetable(self.programme, published.rounds(self.programme.id).values(), self.people):
            self.done.append(self._at(moment, walker))
            walker.past(moment)

    def _at(self, moment: Moment, walker: Walker) -> Done:
        names = dict.fromkeys("aggregate" if event.kind == "result" else "invite" for event in moment.events)
        list(jobs.run(self.service, list(names), moment.at + MINUTE))
        new = self._new_mails()
        self._show(moment.events, new, walker)
        opening = dict.fromkeys(event.what for event in moment.events if event.kind == "opens")
        return Done(moment, tuple(new), {name: self._answered(name, new, walker) for name in opening})

    def _new_mails(self) -> list[Mail]:
        """Read the mails to this programme's participants that have come since the last time."""
        readers = {person.email for person in self.people}
        every = [mail for mail in mailbox.mails(self.service) if mail.to in readers and self.programme.sender_name in mail.sender]
        new, self._mails = every[self._mails :], len(every)
        return new

    def _show(self, events: Collection[Event], new: Sequence[Mail], walker: Walker) -> None:
        for event in events:
            if mails := [mail for mail in new if mail.to in event.people]:
                walker.mailed(f"{event.kind} {event.what}", mails)

    def _answered(self, name: str, new: Collection[Mail], walker: Walker) -> frozenset[str]:
        """Let those answer who have just got their links: one by the walker, the others as they like."""
        found = published.rounds(self.programme.id)[name]
        told = {mail.to: link for mail in new if (link := mailbox.link(mail, found.ref))}
        links = {email: link for email, link in told.items() if link not in self._answering}
        self._answering |= set(links.values())
        first = min(links, default="")
        walked = {first} if first and walker.asked(found, links) else set()
        others = {email: link for email, link in links.items() if email not in walked}
        weights = simulate.AT_FIRST if found.stage == "before" else simulate.WEIGHTS
        outcome = simulate.generated(others, f"{self.programme.id} {name}", weights)
        return frozenset(walked | {result.email for result in outcome if result.status == simulate.STORED})


def begun(service: Service, folder: Path, people: Sequence[Participant]) -> Life:
    """Publish a programme and bring its participants."""
    published_plan(service, folder, plan_only=False, today=None)
    programme: Programme = published.programme(folder.name)  # type: ignore[assignment] # it has just been published
    roster_import.carry_out(programme.id, roster_import.planned(programme, roster_import.as_table(people)))
    return Life(service, programme, people)
