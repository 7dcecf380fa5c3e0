"""What a programme must mean, beyond the shape of its file.

The checks see raw values, so that they find their faults beside those of the shape: whatever is malformed is passed over.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from typing import Any

from shared import addresses
from shared.declarations.entries import Entries, Finding, doubles, entries, mapping, strings, texts, words_of
from shared.declarations.naming_checks import message_findings
from shared.declarations.round_checks import role_findings, round_findings
from shared.declarations.rounds import clock
from shared.declarations.yaml_source import Path
from shared.hints import suggestion, to_use
from shared.phrases import N_

ROSTER_COLUMNS = ("email", "name", "language", "role")


def programme_findings(programme: object, forms: Collection[str]) -> Iterator[Finding]:
    """Find what is wrong in a programme; `forms` are the names of its form files."""
    days = entries(programme, "days")
    units = isinstance(programme, Mapping) and bool(programme.get("units"))
    yield from doubles(texts(days, "id"), N_("days"))
    yield from _double_values(programme, "languages")
    yield from _double_values(programme, "units")
    yield from _reserved(programme)
    yield from _gatherings(days)
    for path, day in days:
        yield from _day(path, day, units=units)
    yield from _staff(entries(programme, "staff"), units=units)
    yield from _spellings(programme)
    yield from _tracks(programme)
    yield from doubles(texts(entries(programme, "goals"), "id"), N_("goals"))
    yield from _unfillable(programme)
    yield from round_findings(programme, forms)
    yield from message_findings(programme)


def _double_values(value: object, key: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, item in strings(value, key):
        if item in seen:
            yield (key, index), N_("`{name}` stands twice: remove one of the two", name=item)
        seen.add(item)


def _reserved(programme: object) -> Iterator[Finding]:
    for index, unit in strings(programme, "units"):
        if unit in ROSTER_COLUMNS:
            yield ("units", index), N_("`{unit}` is a column of every roster: call the unit something else", unit=unit)


def _gatherings(days: Entries) -> Iterator[Finding]:
    # A day held once counts as a gathering with the day's id.
    once = dict.fromkeys(name for _, name in texts([(path, day) for path, day in days if "gatherings" not in day], "id"))
    gatherings = [found for path, day in days for found in texts(entries(day, "gatherings", path), "id")]
    yield from doubles([*(((), name) for name in once), *gatherings], N_("gatherings"))


def _day(path: Path, day: Mapping[str, Any], *, units: bool) -> Iterator[Finding]:
    yield from _held(path, day)
    sessions = entries(day, "sessions", path)
    yield from doubles(texts(sessions, "id"), N_("sessions of one day"))
    for place, session in sessions:
        start, end = clock(session.get("start")), clock(session.get("end"))
        if start and end and end <= start:
            yield (*place, "end"), N_("the session ends at {end}, but begins at {start}", end=end, start=start)
    gatherings = entries(day, "gatherings", path)
    yield from _overlaps(gatherings)
    if not units:
        yield from _unit_faults(gatherings)


def _unit_faults(entries: Entries) -> Iterator[Finding]:
    for path, entry in entries:
        if "units" in entry:
            yield (*path, "units"), N_("the programme has no `units`: remove this, or name the roster's unit columns there")


def _held(path: Path, day: Mapping[str, Any]) -> Iterator[Finding]:
    if "gatherings" in day:
        for key in ("date", "place"):
            if key in day:
                yield (*path, key), N_("a day with `gatherings` has no `{key}` of its own: remove one of the two", key=key)
    else:
        for key in ("date", "place"):
            if key not in day:
                yield (*path, key), N_("`{key}` is missing: write `date` and `place`, or `gatherings`", key=key)


def _overlaps(gatherings: Entries) -> Iterator[Finding]:
    attending = [(path, gathering, _attending(gathering)) for path, gathering in gatherings]
    for (_, one, mine), (path, other, theirs) in combinations(attending, 2):
        if not mine or not theirs:
            everybody = other if not theirs else one
            yield path, N_("`{name}` takes everybody, so nobody is left for the other gathering: name `units`", name=everybody.get("id"))
        elif both := mine.keys() & theirs.keys():
            yield (
                (*path, "units"),
                N_("`{unit}` attends `{name}` already: one gathering for each unit", unit=theirs[min(both)], name=one.get("id")),
            )


def _attending(gathering: Mapping[str, Any]) -> dict[str, str]:
    return {_folded(unit): unit for _, unit in strings(gathering, "units")}


def _folded(unit: str) -> str:
    return " ".join(unit.casefold().split())


def _staff(staff: Entries, *, units: bool) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, email in texts(staff, "email"):
        address = (addresses.normalised(email) or email).casefold()
        if address in seen:
            yield path, N_("this address has an entry already: write one for each person")
        seen.add(address)
    if not units:
        yield from _unit_faults(staff)


def _spellings(programme: object) -> Iterator[Finding]:
    # Units are compared letter by letter when it is decided who is invited, and who may see what.
    gatherings = [found for path, day in entries(programme, "days") for found in entries(day, "gatherings", path)]
    first: dict[str, str] = {}
    for path, entry in [*gatherings, *entries(programme, "staff")]:
        for index, unit in strings(entry, "units"):
            known = first.setdefault(_folded(unit), unit.strip())
            if unit.strip() != known:
                yield (*path, "units", index), N_("this unit stands as `{known}` elsewhere: write it in one way", known=known[:50])


def _tracks(programme: object) -> Iterator[Finding]:
    tracks, roles = mapping(programme, "tracks"), mapping(programme, "roles")
    for name, track in tracks.items():
        yield from role_findings(("tracks", name), track, "roles", roles)
    for path, track in texts(entries(programme, "days"), "track"):
        if track not in tracks:
            hint = suggestion(track, tracks) or (to_use(tracks) if tracks else N_(": name it under `tracks`"))
            yield path, N_("there is no track `{track}`{hint}", track=track[:50], hint=hint)


def _unfillable(programme: object) -> Iterator[Finding]:
    # These go into the texts of questions, in which `{answer:…}` is filled in later.
    days = entries(programme, "days")
    sessions = [found for path, day in days for found in entries(day, "sessions", path)]
    titled = [*days, *sessions, *entries(programme, "goals"), *([((), programme)] if isinstance(programme, Mapping) else [])]
    for path, words in [*words_of(titled, "title"), *words_of(sessions, "speaker")]:
        if "{answer:" in words:
            yield path, N_("`{{answer:…}}` is filled in only in the text of a question: remove the braces")
