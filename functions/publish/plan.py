"""What publishing a programme would change, given what is published already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from shared import schedule
from shared.declarations import Declared
from shared.forms import form_id
from shared.programmes import Programme, RoundPlan, day_of
from shared.rounds import Round, opens

Change = Literal["new", "changed", "unchanged", "kept", "later"]

RUN = ("anonymous",)
"""The modes whose rounds are run by now; the others are declared, and wait."""


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to one round.

    "kept" means: as published, although the files say otherwise. "later" means: declared, but not run by this version yet.
    """

    round: Round
    change: Change
    why: str = ""


class Impossible(Exception):
    """Publishing these files would break what people have been told or have answered; the message says why."""


def steps(declared: Declared, published: Mapping[str, Round], now: int) -> list[Step]:
    """Plan each declared round, then those that are published but no longer declared; raise `Impossible`."""
    planned = [_step(declared, plan, published.get(plan.id), now) for plan in declared.programme.rounds]
    names = {plan.id for plan in declared.programme.rounds}
    dropped = [_dropped(published[name], now) for name in published.keys() - names]
    return planned + sorted(dropped, key=lambda step: step.round.id)


def _step(declared: Declared, plan: RoundPlan, current: Round | None, now: int) -> Step:
    wanted = _wanted(declared, plan)
    if current and wanted.mode != current.mode:
        raise Impossible(f"{current.id}: it is published as {current.mode}, and what people were promised can't be changed")
    if wanted.mode not in RUN:
        return Step(wanted, "later", f"{wanted.mode} rounds are not run yet")
    return _noted(_anonymous_step(wanted, current, now), plan)


def _noted(step: Step, plan: RoundPlan) -> Step:
    """Say what of a round is declared but not done yet."""
    return replace(step, why="its reminders are not sent yet") if plan.reminds and not step.why else step


def _anonymous_step(wanted: Round, current: Round | None, now: int) -> Step:
    if current is None:
        return Step(wanted, "new")
    wanted = replace(wanted, ref=current.ref, public_key=current.public_key, edition=current.edition)
    if _opened(current, now):
        return _opened_step(current, wanted)
    return Step(wanted, "unchanged" if wanted == current else "changed")


def _wanted(declared: Declared, plan: RoundPlan) -> Round:
    form, programme = declared.forms[plan.id], declared.programme
    day = day_of(programme, plan.day)
    windows = schedule.windows(plan, day, programme.timezone)
    reminders = {name: schedule.reminders(window, plan.reminds, programme.timezone) for name, window in windows.items()}
    return Round(
        programme=programme.id,
        id=plan.id,
        ref="",
        form=form_id(form),
        mode=form.mode,
        day=plan.day,
        windows=windows,
        public_key=b"",
        once=plan.once,
        roles=plan.roles or day.roles,
        reminders={name: times for name, times in reminders.items() if times},
    )


def _opened_step(current: Round, wanted: Round) -> Step:
    """Move the windows of a round that has opened, but let it keep its form; refuse what would orphan answers."""
    if current.edition and wanted.windows != current.windows:
        raise Impossible(f"{current.id}: its result is published, so its day can't be moved any more")
    if not current.windows.keys() <= wanted.windows.keys():
        raise Impossible(f"{current.id}: people have been invited to a gathering that these files leave out")
    kept = replace(wanted, form=current.form)
    if kept != current:
        return Step(kept, "changed")
    if wanted.form != current.form:
        return Step(current, "kept", "it has opened, so it keeps the form that people were shown")
    return Step(current, "unchanged")


def _dropped(current: Round, now: int) -> Step:
    if _opened(current, now):
        return Step(current, "kept", "it has opened; the files no longer name it")
    raise Impossible(f"{current.id}: the files no longer name this round; removing a round is not supported yet")


def with_kept_days(wanted: Programme, planned: Iterable[Step], current: Programme | None) -> Programme:
    """Keep the days of rounds that stay although the files drop them: the pages behind people's links tell those days."""
    named = {day.id for day in wanted.days}
    needed = {step.round.day for step in planned} - named
    return replace(wanted, days=wanted.days + tuple(day for day in (current.days if current else ()) if day.id in needed))


def _opened(published: Round, now: int) -> bool:
    return opens(published) <= now
