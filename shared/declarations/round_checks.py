"""What a programme's rounds, series and messages must mean; see `shared.declarations.checks` for why raw values are checked."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from shared.declarations.entries import Finding, days_by_id, doubles, entries, mapping, strings
from shared.declarations.fields import LAST_SESSION, SLUG_LENGTH
from shared.declarations.moments import OPENING, REMINDING, Moment, dates, days_after, moment
from shared.declarations.rounds import EACH_DAY, ONCE, Planned, anchor, attending, having, session_ids
from shared.declarations.texts import AtKey
from shared.declarations.timetable import CLOSES, OPENS, Edge, Time, Timetable, last_end, minutes
from shared.declarations.yaml_source import Path
from shared.hints import listed, suggestion, to_use
from shared.phrases import N_
from shared.schedule import APART

STAGES = ("before", "midway", "after", "follow-up")

Days = Mapping[str, Mapping[str, Any]]


def round_findings(programme: object, forms: Collection[str]) -> Iterator[Finding]:
    """Find what is wrong in a programme's rounds; `forms` are the names of the forms there are."""
    days, roles = days_by_id(programme), mapping(programme, "roles")
    for path, entry in entries(programme, "rounds"):
        yield from _round(path, entry, days, forms)
        yield from role_findings(path, entry, "who", roles)
        yield from _staged(path, entry)
        if entry.get("for") == ONCE:
            yield from _once(programme, path, entry, days)
    timetable = Timetable(programme)
    yield from _round_ids(timetable.rounds)
    yield from _counted(timetable)
    for plan in timetable.rounds:
        yield from _timed(plan, timetable)
        yield from _invited(plan, timetable.entry(plan), attending(programme, days[plan.day]))
    yield from _series(timetable)


def _round(path: Path, entry: Mapping[str, Any], days: Days, forms: Collection[str]) -> Iterator[Finding]:
    form, target = entry.get("form"), entry.get("for")
    if isinstance(form, str) and form not in forms:
        hint = suggestion(form, forms) or N_(": there is no file {form}.yaml beside this one", form=form)
        yield (*path, "form"), N_("there is no form `{form}`{hint}", form=form[:50], hint=hint)
    if isinstance(target, str) and target not in (EACH_DAY, ONCE) and target not in days:
        hint = suggestion(target, [EACH_DAY, ONCE, *days]) or N_(
            ": use `{each_day}`, or one of {known}", each_day=EACH_DAY, known=listed(days)
        )
        yield (*path, "for"), N_("there is no day `{day}`{hint}", day=target[:50], hint=hint)
    if target == EACH_DAY and "id" in entry:
        yield (*path, "id"), AtKey.of(N_("rounds for each day bear the days' ids: remove this `id`"))


def role_findings(path: Path, entry: object, key: str, roles: Mapping[str, Any]) -> Iterator[Finding]:
    """Find the roles that participants don't have."""
    seen: set[str] = set()
    for index, role in strings(entry, key):
        if role not in roles:
            hint = suggestion(role, roles) or to_use(roles)
            yield (*path, key, index), N_("there is no role `{role}`{hint}", role=role[:50], hint=hint)
        elif role in seen:
            yield (*path, key, index), N_("`{name}` stands twice: remove one of the two", name=role)
        seen.add(role)


def _staged(path: Path, entry: Mapping[str, Any]) -> Iterator[Finding]:
    if "stage" in entry and "series" not in entry:
        yield (*path, "stage"), AtKey.of(N_("a `stage` is a place in a series: name it, like `series: goals`"))
    if "series" in entry and "stage" not in entry:
        yield (*path, "series"), AtKey.of(N_("a round of a series needs its `stage`: one of {known}", known=listed(STAGES)))


def _once(programme: object, path: Path, entry: Mapping[str, Any], days: Days) -> Iterator[Finding]:
    if "id" not in entry:
        yield path, N_("`id` is missing: a round that is asked once has a name of its own")
    if "opens" not in entry:
        yield path, N_("`opens` is missing: a round that is asked once says when, like `2 weeks after day-1 at 09:00`")
    elif (when := moment(entry["opens"], OPENING)) and not when.round:
        yield from dated_findings(programme, (*path, "opens"), when, entry, days)


def dated_findings(programme: object, path: Path, when: Moment, entry: Mapping[str, Any], days: Days) -> Iterator[Finding]:
    """Find why a moment that is counted for nobody's own day can't be told."""
    if when.session:
        yield from _only_session(path, when.session, days)
    elif not when.day and not when.date:
        yield path, N_("this says no day: write it like `2 weeks after day-1 at 09:00` or `2026-08-26 at 09:00`")
    elif when.day:
        yield from _known(path, when, days)
    elif days and anchor(programme, when, entry) is None:
        yield path, N_("no day is held on one date for everybody who is asked: say how many days before or after a day it is")


def _only_session(path: Path, session: str, days: Days) -> Iterator[Finding]:
    held = [str(day["id"]) for day in having(session, days.values())]
    if not held:
        hint = suggestion(session, [name for day in days.values() for name in session_ids(day)])
        yield path, N_("no day has a session `{session}`{hint}", session=session[:50], hint=hint)
    elif len(held) > 1:
        yield (
            path,
            N_(
                "{known} have a session `{session}`: name the day and a time, like `{first} at 15:30`",
                known=listed(held),
                session=session[:50],
                first=held[0],
            ),
        )


def _known(path: Path, when: Moment | None, days: Days) -> Iterator[Finding]:
    if when and when.day and when.day not in days:
        hint = suggestion(when.day, days) or to_use(days)
        yield path, N_("there is no day `{day}`{hint}", day=when.day[:50], hint=hint)


def _round_ids(rounds: list[Planned]) -> Iterator[Finding]:
    yield from doubles([((*plan.path, "id"), plan.id) for plan in rounds if plan.id], N_("rounds"))
    for plan in rounds:
        if len(plan.id) > SLUG_LENGTH and plan.id == f"{plan.day}-{plan.form}":
            yield plan.path, N_("this round would be called `{id}`, which is too long: shorten the day's id or the form's name", id=plan.id)


def _counted(timetable: Timetable) -> Iterator[Finding]:
    """Find the rounds that count from one that is not there, or from themselves."""
    for plan in timetable.drafted:
        for key in (OPENS, CLOSES):
            when = timetable.when(plan, key)
            if when and when.round and when.round not in timetable.named:
                hint = suggestion(when.round, timetable.named) or to_use(timetable.named)
                yield (*plan.path, key), N_("there is no round `{round}`{hint}", round=when.round[:50], hint=hint)
    circular: dict[Path, str] = {}
    for circle in timetable.circles():
        for plan, key in circle:
            if (when := timetable.when(plan, key)) and when.round:
                circular.setdefault((*plan.path, key), _circular(plan, circle))
    yield from circular.items()


def _circular(plan: Planned, circle: list[Edge]) -> str:
    others = dict.fromkeys(other.id for other, _ in circle if other.id != plan.id)
    if others:
        return N_("`{id}` counts from itself by way of {known}: name a day or a date in one of them", id=plan.id, known=listed(others))
    return N_("`{id}` counts from itself: name a day or a date", id=plan.id)


def _timed(plan: Planned, timetable: Timetable) -> Iterator[Finding]:
    for key in (OPENS, CLOSES):
        yield from _misplaced((*plan.path, key), plan, timetable.when(plan, key), timetable)
    day, entry = timetable.days[plan.day], timetable.entry(plan)
    if not plan.once and entry.get("opens", LAST_SESSION) == LAST_SESSION and not last_end(day) and not day.get("sessions"):
        yield (*plan.path, "opens"), N_("`{day}` has no sessions: write the time at which this round opens, like `15:30`", day=plan.day)
    opens, closes = timetable.opening(plan), timetable.closing(plan)
    if opens and closes:
        yield from _window(plan, opens, closes)
        yield from _reminders(plan, entry, opens, closes)


def _misplaced(path: Path, plan: Planned, when: Moment | None, timetable: Timetable) -> Iterator[Finding]:
    """Find what an opening or closing names and the round's day lacks, or what lies a different number of days away."""
    if when is None:
        return
    day, days = timetable.days[plan.day], timetable.days
    if not (plan.once and path[-1] == OPENS):
        yield from _known(path, when, days)
    if when.session and when.session not in (names := session_ids(day)) and not (plan.once and path[-1] == OPENS):
        hint = suggestion(when.session, names) or (N_(": it has {known}", known=listed(names)) if names else "")
        yield path, N_("`{day}` has no session `{session}`{hint}", day=plan.day, session=when.session[:50], hint=hint)
    if when.round:
        when = replace(when, day=timetable.named[when.round].day if when.round in timetable.named else "")
    if _lies_apart(when, day, days):
        yield path, N_("count from `{day}` here: it or `{other}` is held on several dates", day=plan.day, other=when.day or when.date)


def _lies_apart(when: Moment, day: Mapping[str, Any], days: Days) -> bool:
    known = bool(dates(day)) and (not when.day or bool(dates(days.get(when.day, {}))))
    return known and days_after(when, day, days) is None


def _window(plan: Planned, opens: Time, closes: Time) -> Iterator[Finding]:
    if (closes.days, closes.time) > (opens.days, opens.time):
        return
    if opens.days == closes.days:
        yield (
            (*plan.path, "closes"),
            N_("the round closes at {closes}, but opens at {opens} on `{day}`", closes=closes.time, opens=opens.time, day=plan.day),
        )
    else:
        apart = opens.days - closes.days
        days = N_("1 day") if apart == 1 else N_("{count} days", count=apart)
        yield (*plan.path, "closes"), N_("the round closes {days} before it opens", days=days)


def _reminders(plan: Planned, entry: Mapping[str, Any], opens: Time, closes: Time) -> Iterator[Finding]:
    if (closes.days, closes.time) <= (opens.days, opens.time):
        return
    for index, phrase in strings(entry, "reminds"):
        when = moment(phrase, REMINDING)
        if when and (why := _never(plan, when, opens, closes)):
            at_a_time = N_("no reminder can be sent at {time}: {words}", time=phrase, words=why)
            yield (
                (*plan.path, "reminds", index),
                N_("`{phrase}` reminds nobody: {words}", phrase=phrase, words=why) if when.edge else at_a_time,
            )


def _never(plan: Planned, when: Moment, opens: Time, closes: Time) -> str:
    """Say why a reminder never goes out; empty where it does."""
    if not when.edge:
        return _at_no_time(plan, when, opens, closes)
    at = Time((opens if when.edge == "opens" else closes).days + when.days, when.time)
    if (at.days, at.time) >= (closes.days, closes.time):
        return N_("`{round}` has closed by then", round=plan.id)
    return N_("`{round}` has not been open for two hours then", round=plan.id) if minutes(at) < minutes(opens) + APART // 60 else ""


def _at_no_time(plan: Planned, when: Moment, opens: Time, closes: Time) -> str:
    if (opens.days + (when.time <= opens.time), when.time) < (closes.days, closes.time):
        return ""
    if plan.id == plan.day:
        return N_("`{day}` is open from {opens} to {closes}", day=plan.day, opens=opens.time, closes=closes.time)
    return N_("the round is not open then")


def _invited(plan: Planned, entry: Mapping[str, Any], attend: set[str]) -> Iterator[Finding]:
    who = {role for _, role in strings(entry, "who")}
    if who and attend and not who & attend:
        yield (*plan.path, "who"), N_("nobody is asked: only {known} attend `{day}`", known=listed(sorted(attend)), day=plan.day)


def _series(timetable: Timetable) -> Iterator[Finding]:
    """Check that each stage has one round, and that they open in their order."""
    by_series: dict[str, dict[str, Planned]] = {}
    for plan in timetable.rounds:
        entry = timetable.entry(plan)
        series, stage = entry.get("series"), entry.get("stage")
        if not isinstance(series, str) or stage not in STAGES:
            continue
        held = by_series.setdefault(series, {})
        if stage in held:
            yield (
                (*plan.path, "stage"),
                N_(
                    "`{id}` is `{stage}` in `{series}` already: one round for each stage",
                    id=held[stage].id,
                    stage=stage,
                    series=series[:50],
                ),
            )
        held.setdefault(stage, plan)
    for held in by_series.values():
        yield from _order([held[stage] for stage in STAGES if stage in held], timetable)


def _order(held: list[Planned], timetable: Timetable) -> Iterator[Finding]:
    for one, two in pairwise(held):
        earlier, later = timetable.entry(one), timetable.entry(two)
        first, second = _first(one, timetable), _first(two, timetable)
        if first and second and second <= first:
            message = N_(
                "`{later}` must open after `{earlier}`, which is `{id}`", later=later["stage"], earlier=earlier["stage"], id=one.id
            )
            yield (*two.path, "opens" if "opens" in later else "stage"), message


def _first(plan: Planned, timetable: Timetable) -> tuple[int, str] | None:
    """Tell when a round first opens, so that rounds can be put in their order."""
    opens, held = timetable.opening(plan), dates(timetable.days[plan.day])
    return (date.fromisoformat(min(held)).toordinal() + opens.days, opens.time) if opens and held else None
