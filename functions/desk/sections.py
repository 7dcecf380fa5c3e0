"""The sections of a programme: what every page of it leads to, by what the visitor's role is for."""

from dataclasses import dataclass

from flask import request, url_for

from functions.desk.staff.access import May, Seat
from functions.desk.staff.guard import page_time
from shared.phrases import _
from shared.store import desk_requests

SECTIONS: tuple[tuple[str, str, May], ...] = (
    ("overview.programme", _("Overview"), lambda _seat: True),
    ("outcomes.listed", _("Results"), lambda seat: seat.sees_groups),
    ("people.everybody", _("Who takes part"), lambda seat: seat.keeps_roster),
    ("unreached.listed", _("Not reached"), lambda seat: seat.keeps_roster),
    ("requests.everything", _("Requests"), lambda seat: seat.lets_in),
    ("days.everything", _("Days"), lambda seat: seat.is_author),
    ("previews.index", _("Preview"), lambda seat: seat.keeps_roster),
    ("attendance.gatherings", _("Attendance"), lambda seat: seat.keeps_roster),
    ("files.everything", _("Files"), lambda seat: seat.is_author),
    ("account.done", _("What was done"), lambda seat: seat.sees_response),
)
"""Each by the page that it begins with, its name, and whom it is for."""

REQUESTS = "requests.everything"
"""The section that is there only while somebody waits."""

BELOW = {
    "overview": ("overview", "changing"),
    "outcomes": ("outcomes", "results", "groups", "over_time", "comparison", "following", "comments", "replies", "speakers", "reports"),
    "people": ("people", "rosters", "buddies", "person_data"),
    "files": ("files", "beginnings"),
    "account": ("account", "keeping"),
}
"""The blueprints of a section that has pages of others below it."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section as the navigation shows it."""

    name: str
    address: str
    here: str
    """What `aria-current` says: "page" on its first page, "true" on the pages below it, empty elsewhere."""
    count: int = 0
    """How many wait there."""


def sections(seat: Seat) -> list[Section]:
    """List a programme's sections for a visitor."""
    mine = [(first, name) for first, name, may in SECTIONS if may(seat)]
    found = [(first, Section(name, _address(seat, first), _here(first), _waiting(seat, first))) for first, name in mine]
    return [section for first, section in found if first != REQUESTS or section.count or section.here]


def _waiting(seat: Seat, first: str) -> int:
    if first != REQUESTS:
        return 0
    return sum(desk_requests.counts(seat.programme.id, page_time()).values())


def _address(seat: Seat, first: str) -> str:
    if first == "previews.index":
        return url_for(first, source="programme", source_id=seat.programme.id)
    return url_for(first, programme_id=seat.programme.id)


def _here(first: str) -> str:
    if request.endpoint == first:
        return "page"
    section = first.partition(".")[0]
    return "true" if request.blueprint in BELOW.get(section, (section,)) else ""
