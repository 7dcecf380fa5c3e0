"""What a programme must mean, beyond the shape of its file.

The checks see raw values, so that they find their faults beside those of the shape: whatever is malformed is passed over.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from typing import Any

from shared import addresses
from shared.declaration_entries import EACH_DAY, Entries, Finding, Planned, days_by_id, doubles, entries, planned, texts
from shared.declaration_fields import CLOCK, LAST_SESSION, SLUG_LENGTH
from shared.declaration_texts import AtKey
from shared.hints import listed, suggestion
from shared.yaml_source import Path

ROSTER_COLUMNS = ("email", "name", "language", "role")


def programme_findings(programme: object, forms: Collection[str]) -> Iterator[Finding]:
    """Find what is wrong in a programme; `forms` are the names of its form files."""
    days = entries(programme, "days")
    units = isinstance(programme, Mapping) and bool(programme.get("units"))
    yield from doubles(texts(days, "id"), "days")
    yield from _double_values(programme, "languages")
    yield from _double_values(programme, "units")
    yield from _reserved(programme)
    yield from _gatherings(days)
    for path, day in days:
        yield from _day(path, day, units=units)
    yield from _rounds(programme, forms)
    yield from _staff(entries(programme, "staff"), units=units)
    yield from _spellings(programme)


def _strings(value: object, key: str) -> list[tuple[int, str]]:
    items = value.get(key) if isinstance(value, Mapping) else None
    return [(i, item) for i, item in enumerate(items) if isinstance(item, str)] if isinstance(items, list) else []


def _double_values(value: object, key: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, item in _strings(value, key):
        if item in seen:
            yield (key, index), f"`{item}` stands twice: remove one of the two"
        seen.add(item)


def _reserved(programme: object) -> Iterator[Finding]:
    for index, unit in _strings(programme, "units"):
        if unit in ROSTER_COLUMNS:
            yield ("units", index), f"`{unit}` is a column of every roster: call the unit something else"


def _gatherings(days: Entries) -> Iterator[Finding]:
    # A day held once counts as a gathering with the day's id.
    once = dict.fromkeys(name for _, name in texts([(path, day) for path, day in days if "gatherings" not in day], "id"))
    gatherings = [found for path, day in days for found in texts(entries(day, "gatherings", path), "id")]
    yield from doubles([*(((), name) for name in once), *gatherings], "gatherings")


def _day(path: Path, day: Mapping[str, Any], *, units: bool) -> Iterator[Finding]:
    yield from _held(path, day)
    sessions = entries(day, "sessions", path)
    yield from doubles(texts(sessions, "id"), "sessions of one day")
    for place, session in sessions:
        start, end = _time(session.get("start")), _time(session.get("end"))
        if start and end and end <= start:
            yield (*place, "end"), f"the session ends at {end}, but begins at {start}"
    gatherings = entries(day, "gatherings", path)
    yield from _overlaps(gatherings)
    if not units:
        yield from _unit_faults(gatherings)


def _unit_faults(entries: Entries) -> Iterator[Finding]:
    for path, entry in entries:
        if "units" in entry:
            yield (*path, "units"), "the programme has no `units`: remove this, or name the roster's unit columns there"


def _held(path: Path, day: Mapping[str, Any]) -> Iterator[Finding]:
    if "gatherings" in day:
        for key in ("date", "place"):
            if key in day:
                yield (*path, key), f"a day with `gatherings` has no `{key}` of its own: remove one of the two"
    else:
        for key in ("date", "place"):
            if key not in day:
                yield (*path, key), f"`{key}` is missing: write `date` and `place`, or `gatherings`"


def _overlaps(gatherings: Entries) -> Iterator[Finding]:
    attending = [(path, gathering, _attending(gathering)) for path, gathering in gatherings]
    for (_, one, mine), (path, other, theirs) in combinations(attending, 2):
        if not mine or not theirs:
            everybody = other if not theirs else one
            yield path, f"`{everybody.get('id')}` takes everybody, so nobody is left for the other gathering: name `units`"
        elif both := mine.keys() & theirs.keys():
            yield (*path, "units"), f"`{theirs[min(both)]}` attends `{one.get('id')}` already: one gathering for each unit"


def _attending(gathering: Mapping[str, Any]) -> dict[str, str]:
    return {_folded(unit): unit for _, unit in _strings(gathering, "units")}


def _folded(unit: str) -> str:
    return " ".join(unit.casefold().split())


def _staff(staff: Entries, *, units: bool) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, email in texts(staff, "email"):
        address = (addresses.normalised(email) or email).casefold()
        if address in seen:
            yield path, "this address has an entry already: write one for each person"
        seen.add(address)
    if not units:
        yield from _unit_faults(staff)


def _spellings(programme: object) -> Iterator[Finding]:
    # Units are compared letter by letter when it is decided who is invited, and who may see what.
    gatherings = [found for path, day in entries(programme, "days") for found in entries(day, "gatherings", path)]
    first: dict[str, str] = {}
    for path, entry in [*gatherings, *entries(programme, "staff")]:
        for index, unit in _strings(entry, "units"):
            known = first.setdefault(_folded(unit), unit.strip())
            if unit.strip() != known:
                yield (*path, "units", index), f"this unit stands as `{known[:50]}` elsewhere: write it in one way"


def _time(value: object) -> str | None:
    return value if isinstance(value, str) and CLOCK.fullmatch(value) else None


def _rounds(programme: object, forms: Collection[str]) -> Iterator[Finding]:
    days = days_by_id(programme)
    for path, entry in entries(programme, "rounds"):
        yield from _round(path, entry, days, forms)
    rounds = list(planned(programme))
    yield from _round_ids(rounds)
    for plan in rounds:
        yield from _window(plan, _at(programme, plan.path), days[plan.day])


def _at(programme: Any, path: Path) -> Mapping[str, Any]:
    entry: Mapping[str, Any] = programme["rounds"][path[1]]
    return entry


def _round(path: Path, entry: Mapping[str, Any], days: Collection[str], forms: Collection[str]) -> Iterator[Finding]:
    form, target = entry.get("form"), entry.get("for")
    if isinstance(form, str) and form not in forms:
        hint = suggestion(form, forms) or f": there is no file {form}.yaml beside this one"
        yield (*path, "form"), f"there is no form `{form[:50]}`{hint}"
    if isinstance(target, str) and target != EACH_DAY and target not in days:
        hint = suggestion(target, [EACH_DAY, *days]) or f": use `{EACH_DAY}`, or one of {listed(days)}"
        yield (*path, "for"), f"there is no day `{target[:50]}`{hint}"
    if target == EACH_DAY and "id" in entry:
        yield (*path, "id"), AtKey("rounds for each day bear the days' ids: remove this `id`")


def _round_ids(rounds: list[Planned]) -> Iterator[Finding]:
    yield from doubles([((*plan.path, "id"), plan.id) for plan in rounds], "rounds")
    for plan in rounds:
        if len(plan.id) > SLUG_LENGTH and plan.id == f"{plan.day}-{plan.form}":
            yield plan.path, f"this round would be called `{plan.id}`, which is too long: shorten the day's id or the form's name"


def _window(plan: Planned, entry: Mapping[str, Any], day: Mapping[str, Any]) -> Iterator[Finding]:
    opens, closes = opening(entry.get("opens", LAST_SESSION), day), _time(entry.get("closes", "23:59"))
    if entry.get("opens", LAST_SESSION) == LAST_SESSION and not day.get("sessions"):
        yield (*plan.path, "opens"), f"`{plan.day}` has no sessions: write the time at which this round opens, like `15:30`"
    if opens and closes and closes <= opens:
        yield (*plan.path, "closes"), f"the round closes at {closes}, but opens at {opens} on `{plan.day}`"


def opening(opens: object, day: Mapping[str, Any]) -> str | None:
    """Tell the time at which a round opens on a day, if it can be told."""
    if opens != LAST_SESSION:
        return _time(opens)
    ends = [end for _, session in entries(day, "sessions") if (end := _time(session.get("end")))]
    return max(ends, default=None)
