"""Who may publish what from the desk: its pages ask first, but only here is it decided on what really stands."""

from shared.programmes import Programme, Staff, staff_of

TAKEN = "taken"
"""Another programme has this id, and the author is not its organiser or owner."""
NOT_STAFF = "not-staff"
"""The author would not be among the organisers and owners herself."""
STAFF_CHANGED = "staff-changed"
"""Who may see results is said by those who do: an organiser leaves the staff list as it is."""


def refusal(author: str, standing: Programme | None, wanted: Programme) -> str:
    """Name why somebody may not put a programme in the place of what stands; empty where she may."""
    now = staff_of(standing, author) if standing else None
    if standing and not _is_author(now):
        return TAKEN
    if standing and now and now.role != "owner" and set(standing.staff) != set(wanted.staff):
        return STAFF_CHANGED
    return "" if _is_author(staff_of(wanted, author)) else NOT_STAFF


def decides(standing: Programme, author: str) -> bool:
    """Tell whether somebody decides on the whole of a programme that stands."""
    return _is_author(staff_of(standing, author))


def _is_author(staff: Staff | None) -> bool:
    """Tell whether somebody decides on a whole programme."""
    return staff is not None and staff.role in ("organiser", "owner") and not staff.units
