"""A programme's results, each with its files."""

from flask import Blueprint, render_template

from functions.desk.pages import PROGRAMME, common, line
from functions.desk.results.reading import with_result
from functions.desk.staff import access
from functions.desk.staff.access import Seat
from shared.exports.kinds import KINDS
from shared.store import programme_pointers

outcomes = Blueprint("outcomes", __name__)


@outcomes.get(f"{PROGRAMME}/results")
def listed(programme_id: str) -> str:
    """List what is published, the latest first."""
    seat = access.reader(programme_id)
    together = programme_pointers.edition(programme_id) is not None
    return render_template("results/outcomes.html", **common(seat), **with_files(seat), together=together)


def with_files(seat: Seat) -> dict[str, object]:
    """Gather the published rounds and the endings of their files, for whoever may see them."""
    ready = with_result(seat.programme.id)[::-1] if seat.sees_groups else ()
    return {"ready": [line(seat, found) for found in ready], "kinds": KINDS}
