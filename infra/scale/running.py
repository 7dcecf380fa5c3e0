"""The seminar from its files to its editions: invited, mailed, answered, counted, read and deleted by the functions' own code."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from functions.answer.handler import handler as answer
from functions.desk.handler import handler as desk
from functions.invite.rounds import forms_due
from functions.publish.handler import handler as publish
from functions.retire.handler import handler as retire
from functions.send.asking import send_errand
from infra import roster_import
from infra.bench import events
from infra.bench.desk import OWNER, sign_in
from infra.bench.events import Unexpected
from infra.browser import fields
from infra.publishing import files_in
from infra.scale import aggregating
from infra.scale.measuring import Edition, Run
from infra.scale.people import participants
from infra.service import ROOT
from infra.times import iso
from shared import bucket, link_keys, links, retention
from shared.forms import NOT_RELEVANT
from shared.programmes import Programme
from shared.queue import Errand
from shared.results import groups
from shared.rounds import SETTLE, Round, Window, closes
from shared.store import invitations, published, roster
from shared.store.roster import Person

FOLDER = ROOT / "forms" / "lederseminar"
DAY, PLAN, FOLLOW_UP = "seminar", "action-plan", "plan-follow-up"
"""The rounds that are run."""

RESPONSE = 0.7
"""How many of those invited answer; of each team, one writes its plan."""
REMARKING = 0.4
REMARK = "God tid til at tale med de andre ledere, og en plan som vi kan bruge fra i morgen."
SOON = 300
"""Seconds after the opening at which the job runs and people begin to answer."""
SEE_OTHER = 303

Progress = Callable[[str], None]
Aggregate = Callable[[int], tuple[list[Edition], float]]


@dataclass(frozen=True, slots=True)
class Seminar:
    """The seminar, published, with all its people on file."""

    programme: Programme
    people: Mapping[str, Person]
    run: Run
    chance: random.Random
    say: Progress

    def round(self, name: str) -> Round:
        """Look a round up."""
        return published.rounds(self.programme.id)[name]


def run(name: str, people: int, say: Progress, aggregate: Aggregate = aggregating.apart) -> Run:
    """Run the seminar under a name of its own; raise `Unexpected` where something is lost, hidden or refused."""
    seminar = _prepared(name, people, say)
    for asked in (DAY, PLAN, FOLLOW_UP):
        _hold(seminar, seminar.round(asked), aggregate)
    _read(seminar, seminar.round(DAY))
    _retire(seminar, aggregate)
    return seminar.run


def _prepared(name: str, people: int, say: Progress) -> Seminar:
    """Publish the files, and import the people as from a file."""
    told = Run(people)
    say("publishing")
    files = {file: base64.b64encode(content).decode() for file, content in files_in(FOLDER).items()}
    with told.publishing.on():
        publish({"time": iso(0), "programme": name, "files": files}, None)
    programme = published.programme(name)
    if programme is None:
        raise Unexpected("not published")
    say(f"importing {people:,} participants")
    with told.importing.on(people):
        table = roster_import.as_table(participants(programme, people))
        roster_import.carry_out(name, roster_import.planned(programme, table))
    held = {person.id: person for person in roster.people(name)}
    return Seminar(programme, held, told, random.Random(7), say)  # noqa: S311 – made-up answers, no secret


def _hold(seminar: Seminar, asked: Round, aggregate: Aggregate) -> None:
    """Hold a round, gathering by gathering, and make its edition if it has one."""
    stored = sum(_gather(seminar, asked, place, window) for place, window in sorted(asked.windows.items(), key=lambda item: item[1].opens))
    if asked.mode == "personal":
        return
    seminar.say(f"{asked.id}: making the edition of {stored:,} answers")
    made, peak = aggregate(closes(asked) + SETTLE)
    seminar.run.editions += [edition for edition in made if edition.round in (asked.id, "")]
    seminar.run.peak = max(seminar.run.peak, peak)
    counted = next((edition.answers for edition in made if edition.round == asked.id), None)
    if counted != stored:
        raise Unexpected(f"{asked.id}: {stored} answers were stored and {counted} are counted")


def _gather(seminar: Seminar, asked: Round, place: str, window: Window) -> int:
    """Invite, mail and let answer who attends one gathering; tell how many have answered."""
    at, before = window.opens + SOON, seminar.run.inviting.times
    with seminar.run.inviting.on(0):
        wanted, _ = forms_due(asked, at)
    here = [item for item in wanted if item.invitation.gathering == place]
    seminar.run.inviting.times = before + len(here)
    if asked.id == DAY:
        for item in here:
            with seminar.run.mailing.on():
                send_errand(Errand((item.part,), ()), at)
    invited = [item.invitation.person for item in here]
    answering = _writers(seminar, invited) if asked.mode == "personal" else [one for one in invited if seminar.chance.random() < RESPONSE]
    for person in answering:
        _answer(seminar, asked, person, at)
    seminar.say(f"{asked.id}, {place}: {len(here):,} invited, {len(answering):,} have answered")
    return len(answering)


def _writers(seminar: Seminar, invited: Iterable[str]) -> list[str]:
    """Choose one of each team."""
    people = {person: seminar.people[person].participant for person in invited}
    return list({(who.units, who.team): person for person, who in people.items()}.values())


def _answer(seminar: Seminar, asked: Round, person: str, at: int) -> None:
    """Open somebody's form and send it in."""
    path = links.path(asked.ref, link_keys.token(asked, seminar.people[person]))
    spent = seminar.run.letters if asked.mode == "personal" else seminar.run.answer
    with spent.on(0):
        page = events.ask(answer, events.get(path, at))
    hidden, offered = fields(events.content(page).decode())
    form = events.post(path, hidden | _chosen(offered, seminar.chance), at)
    with spent.on():
        events.ask(answer, form)


def _chosen(offered: Mapping[str, list[str]], chance: random.Random) -> dict[str, str]:
    """Make up an answer to every question, and now and then a remark."""
    rated = {name: chance.choice([code for code in codes if code != NOT_RELEVANT]) for name, codes in offered.items() if codes}
    written = {name: REMARK for name, codes in offered.items() if not codes and (not rated or chance.random() < REMARKING)}
    return rated | written


def _read(seminar: Seminar, frozen: Round) -> None:
    """Open the result as its owner, and each municipality's part as its own observer, who sees no other's."""
    seminar.say("opening the result as its owner and as each municipality's observer")
    path, shown = f"/desk/programmes/{seminar.programme.id}/rounds/{frozen.id}/result", _shown(seminar.round(frozen.id))
    seminar.run.shown = len(shown)
    _page(seminar, path, OWNER, closes(frozen))
    _page(seminar, f"{path}/groups/0", OWNER, closes(frozen))
    for staff in seminar.programme.staff:
        if staff.role == "observer" and shown.issuperset(staff.units):
            page = _page(seminar, path, staff.email, closes(frozen))
            if {name for name in shown if name in page} != set(staff.units):
                raise Unexpected(f"{staff.email} is not shown her own part alone")


def _retire(seminar: Seminar, aggregate: Aggregate) -> None:
    """Delete all of it when its time has come."""
    known = published.rounds(seminar.programme.id).values()
    over = max(map(closes, known)) + SETTLE
    seminar.say("deleting everything but the results")
    aggregate(over)
    with seminar.run.deleting.on(len(seminar.people)):
        retire({"time": iso(over + (retention.days(seminar.programme) + 1) * retention.DAY)}, None)
    left = [*roster.people(seminar.programme.id), *(item for found in known for item in invitations.invited(found.ref))]
    if left:
        raise Unexpected(f"{len(left)} entries are left")


def _shown(frozen: Round) -> set[str]:
    """Name the municipalities that a result shows apart."""
    edition = json.loads(bucket.get(f"{frozen.edition}/edition.json"))
    level = groups.unit_level(edition)
    found = (group for group in groups.every_group(edition) if len(group.path) == level + 1 and group.n is not None)
    return {name for name in (group.path[level] for group in found) if name}


def _page(seminar: Seminar, path: str, email: str, now: int) -> str:
    """Open a page of the desk, following where it leads."""
    cookie = sign_in(now, email)
    with seminar.run.pages.on():
        reply: dict[str, Any] = desk(events.get(path, now, cookie), None)
        if reply["statusCode"] == SEE_OTHER:
            reply = events.ask(desk, events.get(reply["headers"]["location"], now, cookie))
    return events.content(reply).decode()
