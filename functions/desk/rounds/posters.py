"""A gathering's poster as a file."""

from flask import Blueprint, Response, abort

from functions.desk.pages import ROUND, attached, day_of
from functions.desk.staff import access
from shared import posters as drawing
from shared.posters import Shape
from shared.settings import setting

posters = Blueprint("posters", __name__)


@posters.get(f"{ROUND}/posters/<string(maxlength=200):gathering>/<any(a4, slide):shape>.svg")
def poster(programme_id: str, round_id: str, gathering: str, shape: Shape) -> Response:
    """Download a poster; there is none for a round that is not about a day."""
    seat = access.seat(programme_id)
    found = access.round_of(seat, round_id)
    if not seat.lets_in:
        abort(403)
    day = None if found.once else day_of(seat, found)
    held = next((item for item in day.gatherings if item.id == gathering and gathering in found.windows), None) if day else None
    if held is None:
        abort(404)
    drawn = drawing.svg(drawing.poster(setting("BASE_ADDRESS"), seat.programme, found, held), shape)
    name = f"{programme_id}-{drawing.file_name(found, held.id, shape)}"
    return attached(drawn, "image/svg+xml; charset=utf-8", name)
