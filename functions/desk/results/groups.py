"""A published result by group: gathering by gathering and unit by unit, each level together and apart; and by role."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, url_for

from functions.desk.pages import ROUND, attached, common, in_language, line
from functions.desk.results.figures import Document, bars_within, chosen, group_name, group_step, heading, rows, tools, words
from functions.desk.results.reading import Reading, reading
from functions.desk.staff import deeds
from functions.desk.staff.access import Seat
from shared.phrases import _
from shared.presentation import charts, pictures, readings
from shared.presentation.charts import Reach
from shared.presentation.pictures import Line, Picture
from shared.presentation.sentences import answered, figure, hidden_because
from shared.results.groups import Group, Key, below, every_group, figures, figures_by_role, unit_level
from shared.store import recent
from shared.web.pages import language

groups = Blueprint("groups", __name__)


@dataclass(frozen=True, slots=True)
class Part:
    """A group as a row: how many answered, or why that is not shown, and where its own parts are."""

    name: str
    key: Key
    everyone: int
    n: int | None
    why: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What a page compares: some groups with one another, and perhaps with the whole that they are parts of."""

    read: Reading
    title: str
    parts: Sequence[Part]
    figures: Callable[[Document], Mapping[Key, Document]]

    def shown(self, question: Document) -> list[tuple[Part, Document]]:
        """List the groups whose answers to a question are shown, each with its figures."""
        found = self.figures(question)
        return [(part, found[part.key]) for part in self.parts if part.key in found and not part.why]

    @property
    def hidden(self) -> int:
        """Count the groups that are not shown."""
        return sum(bool(part.why) for part in self.parts)

    def reach(self, questions: Sequence[Document]) -> Reach:
        """Find how far bars go, so that all of the page can be compared."""
        drawn = (found for question in questions if readings.is_scale(question) for _part, found in self.shown(question))
        return charts.reach(readings.segments(rows(found)) for found in drawn)


@groups.get(f"{ROUND}/result/groups/<int(max=100000):number>")
def by_unit(programme_id: str, round_id: str, number: int) -> str:
    """Show a group and its parts; 0 is the whole, or what a visitor who is limited to units may see of it."""
    return _page(_units(reading(programme_id, round_id, _sees_groups), number), "groups.by_unit", number=number)


@groups.get(f"{ROUND}/result/groups/<int(max=100000):number>/<string(maxlength=200):question_id>.svg")
def unit_picture(programme_id: str, round_id: str, number: int, question_id: str) -> Response:
    """Download a comparison as a picture."""
    return _picture(_units(reading(programme_id, round_id, _sees_groups), number), question_id, f"groups-{number}")


@groups.get(f"{ROUND}/result/roles")
def by_role(programme_id: str, round_id: str) -> str:
    """Show a result by role."""
    return _page(_roles(reading(programme_id, round_id)), "groups.by_role")


@groups.get(f"{ROUND}/result/roles/<string(maxlength=200):question_id>.svg")
def role_picture(programme_id: str, round_id: str, question_id: str) -> Response:
    """Download a comparison by role as a picture."""
    return _picture(_roles(reading(programme_id, round_id)), question_id, "roles")


def _sees_groups(seat: Seat) -> bool:
    return seat.sees_groups


def _units(read: Reading, number: int) -> View:
    """Lay out a group with its parts, as far as the visitor may see them."""
    found, level, seat = every_group(read.edition), unit_level(read.edition), read.seat
    if number >= len(found) or (number and not _sees(seat, found[number], level)):
        abort(404)
    head = found[number]
    if not number and seat.staff.units:
        listed = [group for group in found if len(group.path) == level + 1 and _sees(seat, group, level)]
    else:
        listed = [*dict.fromkeys([*([] if seat.staff.units else found[:1]), head]), *below(found, head)]
    return View(read, group_name(head, read.edition) if number else "", [_part(group, head, read) for group in listed], figures)


def _sees(seat: Seat, group: Group, level: int) -> bool:
    """Tell whether a group lies within the units that a visitor is limited to, if she is."""
    return not seat.staff.units or group.path[level : level + 1] in {(unit,) for unit in seat.staff.units}


def _part(group: Group, head: Group, read: Reading) -> Part:
    opens = group.parts and group.number and group != head
    address = url_for("groups.by_unit", programme_id=read.round.programme, round_id=read.round.id, number=group.number) if opens else ""
    why = hidden_because({"reason": group.reason, "k": read.edition["k"]}, words) if group.reason else ""
    name = group_step(group.path[-1], read.edition) if group.path[:-1] == head.path and group.path else group_name(group, read.edition)
    return Part(name, group.path, group.everyone, group.n, why, address)


def _roles(read: Reading) -> View:
    """Lay out the roles that are told apart."""
    if read.edition["roles"] is None:
        abort(404)
    whole = Part(words(_("All")), None, read.edition["N"], read.edition["n"])
    columns = [Part(_role(column), column["role"], column["N"], column["n"]) for column in read.edition["roles"]["columns"]]
    return View(read, "", [whole, *columns], figures_by_role)


def _role(column: Document) -> str:
    """Name the roles that are counted together."""
    titles = [
        in_language(title) if title else role or words(_("Role not told"))
        for role, title in zip(column["roles"], column["titles"], strict=True)
    ]
    return " + ".join(titles)


def _page(view: View, here: str, **place: int) -> str:
    read = view.read
    deeds.note_once_a_day(read.seat, "looked", read.round.id)
    rated = [question for question in read.edition["questions"] if question["kind"] != "text"]
    shown = chosen(rated, len(rated) * len(view.parts))
    return render_template(
        "results/groups.html",
        **common(read.seat),
        **tools(read.edition),
        line=line(read.seat, read.round),
        closed=read.closed,
        view=view,
        here=here,
        place=place,
        rated=rated,
        chosen=shown,
        bar=bars_within(view.reach(shown)),
    )


def _picture(view: View, question_id: str, name: str) -> Response:
    read = view.read
    question = read.question(question_id)
    shown = view.shown(question)
    if not readings.is_scale(question) or not shown:
        abort(404)
    deeds.note_once_a_day(read.seat, "downloaded", read.round.id, "SVG")
    lines = [Line(part.name, readings.segments(rows(found)), figure(found, words) or answered(found, words)) for part, found in shown]
    legend = [(row.tone, row.label) for row in rows(shown[0][1])]
    about = f"{in_language(recent.round_title(read.seat.programme, read.round))} · {in_language(read.edition['programme_title'])}"
    drawn = pictures.svg(Picture(heading(question, read.edition), lines, view.reach([question]), legend, [about], language()))
    return attached(drawn.encode(), "image/svg+xml; charset=utf-8", f"{read.round.programme}-{read.round.id}-{name}-{question_id}.svg")
