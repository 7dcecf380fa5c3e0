"""What publishing a programme would change, given what is published already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Literal

from shared import retention
from shared.declarations.declared import Declared
from shared.phrases import N_
from shared.planned_rounds import planned_round
from shared.programmes import Programme, RoundPlan
from shared.round_changes import kept
from shared.rounds import Round, closes, opens

Change = Literal["new", "changed", "replaced", "unchanged", "kept", "removed"]

AHEAD = 120
"""Seconds before its opening from which a round counts as open: the minute that publishing may take, and a minute of cached rounds."""


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to one round.

    "replaced" means: it is open, and shows another form from now on. "kept" means: as published, although the files say
    otherwise.
    """

    round: Round
    change: Change
    why: str = ""


class Impossible(Exception):
    """Publishing these files would break what people have been told or have answered; the message says why."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


def steps(declared: Declared, published: Mapping[str, Round], now: int, *, replacing: bool = False) -> list[Step]:
    """Plan each declared round, then those that are published but no longer declared; raise `Impossible`.

    ``replacing`` gives rounds that are open the form that the files have now.
    """
    planned = [_planned(declared, plan, published, now, replacing) for plan in declared.programme.rounds]
    names = {plan.id for plan in declared.programme.rounds}
    dropped = [_dropped(published[name], now) for name in published.keys() - names]
    return planned + sorted(dropped, key=lambda step: step.round.id)


def _planned(declared: Declared, plan: RoundPlan, published: Mapping[str, Round], now: int, replacing: bool) -> Step:
    current = published.get(plan.id)
    wanted = _with_changes(planned_round(declared.programme, plan, declared.forms[plan.id]), current, plan, declared.programme.timezone)
    if current and _opened(current, now):
        _refuse(current, wanted)
        if wanted.windows != current.windows and _is_forgotten(declared.programme, current, published.values(), now):
            message = N_(
                "{id}: what people wrote there is deleted, with the keys of their links, so it can't be moved: name a new round", id=plan.id
            )
            raise Impossible(message)
    if _is_over(wanted, published.values()):
        message = N_(
            "{id}: all results of the series `{series}` are made, and its key is destroyed: name another one",
            id=plan.id,
            series=plan.series,
        )
        raise Impossible(message)
    return _noted(_step(_in_its_school_year(wanted, published, now), current, now, replacing), plan)


def _refuse(opened: Round, wanted: Round) -> None:
    """Refuse what would break what people were promised, or their links."""
    if wanted.mode != opened.mode:
        raise Impossible(
            N_("{id}: it has opened as {mode}, and what people were promised can't be changed", id=opened.id, mode=opened.mode)
        )
    if wanted.recalls != opened.recalls:
        message = N_("{id}: it has opened, and its links were made for what it `recalls`, so that can't be changed", id=opened.id)
        raise Impossible(message)
    if wanted.pairs != opened.pairs:
        raise Impossible(N_("{id}: it has opened, and its links were made for its `series`, so that can't be changed", id=opened.id))


def _is_forgotten(programme: Programme, opened: Round, published: Iterable[Round], now: int) -> bool:
    """Tell whether what a personal round leaves is deleted by now; others have a result long before, and can't be moved from then on."""
    return opened.mode == "personal" and retention.forgotten(programme, opened, published) <= now


def _is_over(wanted: Round, published: Iterable[Round]) -> bool:
    """Tell whether a round would join a series after its last result: people were told that nothing is paired any more."""
    paired = [other for other in published if wanted.pairs and other.pairs == wanted.pairs]
    return len(paired) > 1 and all(other.edition for other in paired) and wanted.id not in {other.id for other in paired}


def _in_its_school_year(wanted: Round, published: Mapping[str, Round], now: int) -> Round:
    """Keep the school year that writing had first, wherever it is moved: another year's key would open nothing, or serve nobody."""
    written = published.get(wanted.recalls or wanted.id)
    if written and wanted.is_seeded and (written.school_year or _opened(written, now)):
        return replace(wanted, school_year=written.school_year)
    return wanted


def _noted(step: Step, plan: RoundPlan) -> Step:
    """Say what staff have changed of a round in the desk, and where its reminders come to nothing."""
    if step.why:
        return step
    if step.round.extended or step.round.extra or step.round.paused:
        return replace(step, why=_changes(step.round))
    idle = plan.reminds and not step.round.reminders
    return replace(step, why=N_("it reminds nobody: all its times lie less than two hours after its opening")) if idle else step


def _changes(found: Round) -> str:
    changes = [
        *([N_("a later closing")] if found.extended else []),
        *([N_("a reminder more")] if found.extra else []),
        *([N_("paused, so it sends no mails")] if found.paused else []),
    ]
    listed = reduce(lambda one, two: N_("{one}, {two}", one=one, two=two), changes)
    return N_("changed in the desk: {changes}", changes=listed)


def _step(wanted: Round, current: Round | None, now: int, replacing: bool) -> Step:
    if current is None:
        return Step(wanted, "new")
    wanted = replace(wanted, ref=current.ref, public_key=current.public_key, edition=current.edition)
    wanted = replace(wanted, earlier=current.earlier, opened=current.opened)
    if current.edition:
        return _published_step(current, wanted)
    if _opened(current, now):
        return _opened_step(current, wanted, now, replacing)
    return Step(wanted, "unchanged" if wanted == current else "changed")


def _with_changes(wanted: Round, current: Round | None, plan: RoundPlan, timezone: str) -> Round:
    """Keep what staff have changed in the desk of the gatherings that there still are."""
    if current is None or not (current.extended or current.extra or current.paused):
        return wanted
    extended = {name: closes for name, closes in current.extended.items() if name in wanted.windows}
    extra = {name: times for name, times in current.extra.items() if name in wanted.windows}
    return kept(replace(wanted, extended=extended, extra=extra, paused=current.paused), plan, timezone)


def _published_step(current: Round, wanted: Round) -> Step:
    """Leave a round alone whose result is published; refuse to move it."""
    if wanted.windows != current.windows:
        raise Impossible(N_("{id}: its result is published, so its day can't be moved any more", id=current.id))
    return Step(current, "unchanged") if wanted == current else Step(current, "kept", N_("its result is published"))


def _opened_step(current: Round, wanted: Round, now: int, replacing: bool) -> Step:
    """Move the windows of a round that has opened and let it keep its form, or replace that; refuse what would orphan answers."""
    if not current.windows.keys() <= wanted.windows.keys():
        raise Impossible(N_("{id}: people have been invited to a gathering that these files leave out", id=current.id))
    if not _opened(wanted, now):
        wanted = replace(wanted, opened=True)
    longer = 0 < current.retention < wanted.retention
    wanted = replace(wanted, retention=min(current.retention, wanted.retention))
    kept = replace(wanted, form=current.form)
    if wanted.form != current.form and replacing and now < closes(wanted):
        earlier = tuple(version for version in current.versions if version != wanted.form)
        return Step(replace(wanted, earlier=earlier), "replaced", N_("its result tells the versions of its form apart"))
    if kept != current:
        return Step(kept, "changed")
    if wanted.form != current.form:
        return Step(current, "kept", _why_kept(current, now))
    return (
        Step(current, "kept", N_("it has opened, so what it leaves is kept no longer than people were told"))
        if longer
        else Step(current, "unchanged")
    )


def _why_kept(current: Round, now: int) -> str:
    if closes(current) <= now:
        return N_("it has closed")
    return N_("it has opened, so it keeps the form that people were shown")


def _dropped(current: Round, now: int) -> Step:
    if _opened(current, now):
        return Step(current, "kept", N_("it has opened; the files no longer name it"))
    return Step(current, "removed", N_("the files no longer name it"))


def with_kept_days(wanted: Programme, planned: Iterable[Step], current: Programme | None) -> Programme:
    """Keep the days of rounds that stay although the files drop them: the pages behind people's links tell those days."""
    named = {day.id for day in wanted.days}
    needed = {step.round.day for step in planned if step.change != "removed"} - named
    return replace(wanted, days=wanted.days + tuple(day for day in (current.days if current else ()) if day.id in needed))


def _opened(published: Round, now: int) -> bool:
    return published.opened or opens(published) <= now + AHEAD
