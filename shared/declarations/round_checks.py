"""What a programme's rounds, series and messages must mean; see `shared.declarations.checks` for why raw values are checked."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from shared.declarations.entries import Finding, days_by_id, doubles, entries, mapping, strings, texts
from shared.declarations.fields import LAST_SESSION, SLUG_LENGTH
from shared.declarations.moments import OCCASION, OPENING, Moment, dates, days_after, moment
from shared.declarations.placeholders import message_placeholders
from shared.declarations.rounds import EACH_DAY, ONCE, Planned, anchor, attending, clock, drafted, having, session_ids
from shared.declarations.texts import AtKey
from shared.declarations.timetable import CLOSES, OPENS, Edge, Time, Timetable, last_end
from shared.declarations.yaml_source import Path
from shared.hints import listed, suggestion

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
        hint = suggestion(form, forms) or f": there is no file {form}.yaml beside this one"
        yield (*path, "form"), f"there is no form `{form[:50]}`{hint}"
    if isinstance(target, str) and target not in (EACH_DAY, ONCE) and target not in days:
        hint = suggestion(target, [EACH_DAY, ONCE, *days]) or f": use `{EACH_DAY}`, or one of {listed(days)}"
        yield (*path, "for"), f"there is no day `{target[:50]}`{hint}"
    if target == EACH_DAY and "id" in entry:
        yield (*path, "id"), AtKey("rounds for each day bear the days' ids: remove this `id`")


def role_findings(path: Path, entry: object, key: str, roles: Mapping[str, Any]) -> Iterator[Finding]:
    """Find the roles that participants don't have."""
    seen: set[str] = set()
    for index, role in strings(entry, key):
        if role not in roles:
            hint = suggestion(role, roles) or f": use {listed(roles)}"
            yield (*path, key, index), f"there is no role `{role[:50]}`{hint}"
        elif role in seen:
            yield (*path, key, index), f"`{role}` stands twice: remove one of the two"
        seen.add(role)


def _staged(path: Path, entry: Mapping[str, Any]) -> Iterator[Finding]:
    if "stage" in entry and "series" not in entry:
        yield (*path, "stage"), AtKey("a `stage` is a place in a series: name it, like `series: goals`")
    if "series" in entry and "stage" not in entry:
        yield (*path, "series"), AtKey(f"a round of a series needs its `stage`: one of {listed(STAGES)}")


def _once(programme: object, path: Path, entry: Mapping[str, Any], days: Days) -> Iterator[Finding]:
    if "id" not in entry:
        yield path, "`id` is missing: a round that is asked once has a name of its own"
    if "opens" not in entry:
        yield path, "`opens` is missing: a round that is asked once says when, like `2 weeks after day-1 at 09:00`"
    elif (when := moment(entry["opens"], OPENING)) and not when.round:
        yield from _dated(programme, (*path, "opens"), when, entry, days)


def _dated(programme: object, path: Path, when: Moment, entry: Mapping[str, Any], days: Days) -> Iterator[Finding]:
    if when.session:
        yield from _only_session(path, when.session, days)
    elif not when.day and not when.date:
        yield path, "this says no day: write it like `2 weeks after day-1 at 09:00` or `2026-08-26 at 09:00`"
    elif when.day:
        yield from _known(path, when, days)
    elif days and anchor(programme, when, entry) is None:
        yield path, "no day is held on one date for everybody who is asked: say how many days before or after a day it is"


def _only_session(path: Path, session: str, days: Days) -> Iterator[Finding]:
    held = [str(day["id"]) for day in having(session, days.values())]
    if not held:
        hint = suggestion(session, [name for day in days.values() for name in session_ids(day)])
        yield path, f"no day has a session `{session[:50]}`{hint}"
    elif len(held) > 1:
        yield path, f"{listed(held)} have a session `{session[:50]}`: name the day and a time, like `{held[0]} at 15:30`"


def _known(path: Path, when: Moment | None, days: Days) -> Iterator[Finding]:
    if when and when.day and when.day not in days:
        hint = suggestion(when.day, days) or f": use {listed(days)}"
        yield path, f"there is no day `{when.day[:50]}`{hint}"


def _round_ids(rounds: list[Planned]) -> Iterator[Finding]:
    yield from doubles([((*plan.path, "id"), plan.id) for plan in rounds if plan.id], "rounds")
    for plan in rounds:
        if len(plan.id) > SLUG_LENGTH and plan.id == f"{plan.day}-{plan.form}":
            yield plan.path, f"this round would be called `{plan.id}`, which is too long: shorten the day's id or the form's name"


def _counted(timetable: Timetable) -> Iterator[Finding]:
    """Find the rounds that count from one that is not there, or from themselves."""
    for plan in timetable.drafted:
        for key in (OPENS, CLOSES):
            when = timetable.when(plan, key)
            if when and when.round and when.round not in timetable.named:
                hint = suggestion(when.round, timetable.named) or f": use {listed(timetable.named)}"
                yield (*plan.path, key), f"there is no round `{when.round[:50]}`{hint}"
    circular: dict[Path, str] = {}
    for circle in timetable.circles():
        for plan, key in circle:
            if (when := timetable.when(plan, key)) and when.round:
                circular.setdefault((*plan.path, key), _circular(plan, circle))
    yield from circular.items()


def _circular(plan: Planned, circle: list[Edge]) -> str:
    others = dict.fromkeys(other.id for other, _ in circle if other.id != plan.id)
    if others:
        return f"`{plan.id}` counts from itself by way of {listed(others)}: name a day or a date in one of them"
    return f"`{plan.id}` counts from itself: name a day or a date"


def _timed(plan: Planned, timetable: Timetable) -> Iterator[Finding]:
    for key in (OPENS, CLOSES):
        yield from _misplaced((*plan.path, key), plan, timetable.when(plan, key), timetable)
    day, entry = timetable.days[plan.day], timetable.entry(plan)
    if not plan.once and entry.get("opens", LAST_SESSION) == LAST_SESSION and not last_end(day) and not day.get("sessions"):
        yield (*plan.path, "opens"), f"`{plan.day}` has no sessions: write the time at which this round opens, like `15:30`"
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
        hint = suggestion(when.session, names) or (f": it has {listed(names)}" if names else "")
        yield path, f"`{plan.day}` has no session `{when.session[:50]}`{hint}"
    if when.round:
        when = replace(when, day=timetable.named[when.round].day if when.round in timetable.named else "")
    if _lies_apart(when, day, days):
        yield path, f"count from `{plan.day}` here: it or `{when.day or when.date}` is held on several dates"


def _lies_apart(when: Moment, day: Mapping[str, Any], days: Days) -> bool:
    known = bool(dates(day)) and (not when.day or bool(dates(days.get(when.day, {}))))
    return known and days_after(when, day, days) is None


def _window(plan: Planned, opens: Time, closes: Time) -> Iterator[Finding]:
    if (closes.days, closes.time) > (opens.days, opens.time):
        return
    if opens.days == closes.days:
        yield (*plan.path, "closes"), f"the round closes at {closes.time}, but opens at {opens.time} on `{plan.day}`"
    else:
        apart = opens.days - closes.days
        yield (*plan.path, "closes"), f"the round closes {apart} {'day' if apart == 1 else 'days'} before it opens"


def _reminders(plan: Planned, entry: Mapping[str, Any], opens: Time, closes: Time) -> Iterator[Finding]:
    for index, time in strings(entry, "reminds"):
        first = (opens.days + (time <= opens.time), time)
        if clock(time) and (closes.days, closes.time) > (opens.days, opens.time) and first >= (closes.days, closes.time):
            words = f"`{plan.day}` is open from {opens.time} to {closes.time}" if plan.id == plan.day else "the round is not open then"
            yield (*plan.path, "reminds", index), f"no reminder can be sent at {time}: {words}"


def _invited(plan: Planned, entry: Mapping[str, Any], attend: set[str]) -> Iterator[Finding]:
    who = {role for _, role in strings(entry, "who")}
    if who and attend and not who & attend:
        yield (*plan.path, "who"), f"nobody is asked: only {listed(sorted(attend))} attend `{plan.day}`"


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
            yield (*plan.path, "stage"), f"`{held[stage].id}` is `{stage}` in `{series[:50]}` already: one round for each stage"
        held.setdefault(stage, plan)
    for held in by_series.values():
        yield from _order([held[stage] for stage in STAGES if stage in held], timetable)


def _order(held: list[Planned], timetable: Timetable) -> Iterator[Finding]:
    for one, two in pairwise(held):
        earlier, later = timetable.entry(one), timetable.entry(two)
        first, second = _first(one, timetable), _first(two, timetable)
        if first and second and second <= first:
            message = f"`{later['stage']}` must open after `{earlier['stage']}`, which is `{one.id}`"
            yield (*two.path, "opens" if "opens" in later else "stage"), message


def _first(plan: Planned, timetable: Timetable) -> tuple[int, str] | None:
    """Tell when a round first opens, so that rounds can be put in their order."""
    opens, held = timetable.opening(plan), dates(timetable.days[plan.day])
    return (date.fromisoformat(min(held)).toordinal() + opens.days, opens.time) if opens and held else None


def message_findings(programme: object) -> Iterator[Finding]:
    """Find what is wrong in a programme's messages."""
    messages, days, roles = entries(programme, "messages"), days_by_id(programme), mapping(programme, "roles")
    yield from doubles(texts(messages, "id"), "messages")
    for path, entry in messages:
        yield from role_findings(path, entry, "who", roles)
        yield from message_placeholders(path, entry)
        if when := moment(entry.get("on"), OCCASION):
            yield from _dated(programme, (*path, "on"), when, entry, days)


def _forms(programme: object) -> dict[str, str]:
    """Return the name of each round's form, by the round's id."""
    return {plan.id: plan.form for plan in drafted(programme) if plan.id}


def _naming(programme: object, where: str, key: str) -> Iterator[tuple[Path, Mapping[str, object], str]]:
    """Find the entries that name a round under a key: where the name stands, the entry, the name."""
    for path, entry in entries(programme, where):
        if isinstance(named := entry.get(key), str):
            yield (*path, key), entry, named


def _unknown(named: str, known: Collection[str]) -> str:
    """Write a name that is none of those known, and what could be meant."""
    hint = suggestion(named, known) or f": use {listed(known)}"
    return f"`{named[:50]}`{hint}"


def recalled_findings(programme: object, personal: Collection[str]) -> Iterator[Finding]:
    """Find the rounds that recall what nobody writes, or whose links can't; `personal` as in `returned_findings`."""
    forms = _forms(programme)
    for path, entry, recalled in _naming(programme, "rounds", "recalls"):
        if recalled not in forms:
            yield path, f"there is no round {_unknown(recalled, forms)}"
        elif forms[recalled] not in personal:
            yield path, f"`{recalled}` is not personal: only what somebody wrote to herself or with her team can be recalled"
        elif str(entry.get("form")) in personal or "series" in entry:
            yield path, AtKey("only a round that is neither personal nor one of a series can recall what was written")


def looking_findings(programme: object, looking: Collection[str]) -> Iterator[Finding]:
    """Find the rounds that look back to what nobody answered before; `looking` are the names of the forms that do."""
    for path, entry in entries(programme, "rounds"):
        if str(entry.get("form")) in looking and entry.get("stage") not in STAGES[1:]:
            yield (*path, "form"), "this form looks back: ask it in a series, after its round `before`"


def followed_findings(programme: object, personal: Collection[str]) -> Iterator[Finding]:
    """Find the rounds that follow one without a result, or themselves; `personal` as in `returned_findings`."""
    forms = _forms(programme)
    for path, entry, followed in _naming(programme, "rounds", "follows"):
        others = [name for name in forms if name != entry.get("id")]
        if followed not in others:
            yield path, f"there is no other round {_unknown(followed, others)}"
        elif forms[followed] in personal or str(entry.get("form")) in personal:
            yield path, AtKey("what is personal has no result that could stand beside another")


def returned_findings(programme: object, personal: Collection[str]) -> Iterator[Finding]:
    """Find the messages that return what nobody writes; `personal` are the names of the forms that only their writers read."""
    forms = _forms(programme)
    for path, _, returned in _naming(programme, "messages", "returns"):
        if returned not in forms:
            yield path, f"there is no round {_unknown(returned, forms)}"
        elif forms[returned] not in personal:
            yield path, f"`{returned}` is not personal: only what somebody wrote to herself can be returned"
