"""Our reputation with mail services: how many mails bounce, how many are taken for spam, and when that is too much."""

from collections.abc import Mapping
from dataclasses import dataclass

DAY = 86_400

WINDOW = 7
"""Days that count, today included."""

MAILS_AT_LEAST = 50
"""Mails below which one bounce or complaint says nothing."""

BOUNCES, COMPLAINTS = 0.04, 0.0008
"""Shares from which sending stops. AWS looks into an account from 0.05 and 0.001 on."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What has become of the mails of one day, or of several."""

    mails: int = 0
    bounced: int = 0
    complained: int = 0


def lately(days: Mapping[int, Tally], today: int) -> Tally:
    """Add up the days that count; days are numbered since 1970."""
    counted = [tally for day, tally in days.items() if today - WINDOW < day <= today]
    return Tally(sum(item.mails for item in counted), sum(item.bounced for item in counted), sum(item.complained for item in counted))


def at_risk(tally: Tally) -> str:
    """Say what is too much: "bounces" or "complaints"; empty while nothing is."""
    if tally.mails < MAILS_AT_LEAST:
        return ""
    if tally.bounced >= BOUNCES * tally.mails:
        return "bounces"
    return "complaints" if tally.complained >= COMPLAINTS * tally.mails else ""
