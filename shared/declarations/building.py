"""Programmes made of declarations without faults; forms are made in `shared.declarations.form_building`."""

from collections.abc import Mapping
from typing import Any

from shared.declarations.entries import days_by_id
from shared.declarations.moments import OCCASION, REMINDING, days_after, moment
from shared.declarations.rounds import anchor
from shared.declarations.timetable import Time, Timetable
from shared.programmes import Contact, Day, EarlierRun, Gathering, Goal, Message, Programme, Reminder, RoundPlan, Session, Staff

SEVERAL_DAYS = 3
"""Days from opening to closing from which a round reminds once, although its entry says nothing of it."""

USUAL_REMINDER = Reminder("08:00", "closes", -2)


def programme(programme_id: str, declared: Mapping[str, Any]) -> Programme:
    """Make a programme of a file that `ProgrammeSchema` has read."""
    return Programme(
        id=programme_id,
        title=declared["title"],
        languages=tuple(declared["languages"]),
        timezone=declared["timezone"],
        sender_name=declared["sender"],
        contact=Contact(**declared["contact"]),
        controller=declared["controller"],
        data_protection=Contact(**declared["data_protection"]),
        legal_basis=declared["legal_basis"],
        complaints=declared["complaints"],
        units=tuple(declared.get("units", ())),
        roles=declared["roles"],
        days=tuple(_day(day, declared.get("tracks", {})) for day in declared["days"]),
        rounds=_rounds(declared),
        staff=tuple(map(_staff, declared.get("staff", ()))),
        goals=tuple(Goal(**goal) for goal in declared.get("goals", ())),
        tracks={name: track["title"] for name, track in declared.get("tracks", {}).items()},
        messages=tuple(_message(message, declared) for message in declared.get("messages", ())),
        continues=_earlier(declared.get("continues")),
        retention=declared.get("retention", 0),
    )


def _staff(declared: Mapping[str, Any]) -> Staff:
    return Staff(**{**declared, "units": tuple(declared.get("units", ()))})


def _day(declared: Mapping[str, Any], tracks: Mapping[str, Any]) -> Day:
    return Day(
        id=declared["id"],
        title=declared["title"],
        aims=tuple(declared.get("aims", ())),
        sessions=tuple(Session(**session) for session in declared.get("sessions", ())),
        gatherings=tuple(map(_gathering, declared.get("gatherings", ()))) or (_only_gathering(declared),),
        roles=tuple(tracks[declared["track"]]["roles"]) if "track" in declared else (),
    )


def _gathering(declared: Mapping[str, Any]) -> Gathering:
    return Gathering(**{"title": None, **declared, "units": tuple(declared.get("units", ()))})


def _only_gathering(day: Mapping[str, Any]) -> Gathering:
    return Gathering(id=day["id"], title=None, date=day["date"], place=day["place"])


def _rounds(declared: Mapping[str, Any]) -> tuple[RoundPlan, ...]:
    timetable = Timetable(declared)
    plans = []
    for plan in timetable.rounds:
        entry = timetable.entry(plan)
        opens, closes = timetable.opening(plan), timetable.closing(plan)
        if opens and closes:
            plans.append(
                RoundPlan(
                    id=plan.id,
                    form=plan.form,
                    day=plan.day,
                    opens=opens.time,
                    closes=closes.time,
                    opens_after=opens.days,
                    closes_after=closes.days,
                    reminds=_reminds(entry, opens, closes),
                    roles=tuple(entry.get("who", ())),
                    once=plan.once,
                    series=entry.get("series", ""),
                    stage=entry.get("stage", ""),
                    recalls=entry.get("recalls", ""),
                    retention=entry.get("retention", 0),
                    follows=entry.get("follows", ""),
                )
            )
    return tuple(plans)


def _reminds(entry: Mapping[str, Any], opens: Time, closes: Time) -> tuple[Reminder, ...]:
    """Read when a round reminds; one that says nothing and is open for several days does so once."""
    if "reminds" not in entry:
        return (USUAL_REMINDER,) if closes.days - opens.days >= SEVERAL_DAYS else ()
    told = (moment(phrase, REMINDING) for phrase in entry["reminds"])
    return tuple(Reminder(when.time, when.edge, when.days) for when in told if when)


def _message(declared: Mapping[str, Any], programme: Mapping[str, Any]) -> Message:
    when = moment(declared["on"], OCCASION)
    if when is None or (day := anchor(programme, when, declared)) is None:
        raise LookupError(declared["id"])
    after = days_after(when, day, days_by_id(programme)) or 0
    about = (declared["id"], declared["title"], declared["text"])
    return Message(*about, day["id"], when.time, after, tuple(declared.get("who", ())), declared.get("returns", ""))


def _earlier(declared: Mapping[str, Any] | None) -> EarlierRun | None:
    return EarlierRun(declared["programme"], tuple(declared.get("attention", ()))) if declared else None
