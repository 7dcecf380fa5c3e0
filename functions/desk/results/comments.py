"""Comments, seen first by the owner: she shows each, hides it or blacks out words; others see them once she has released them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, abort, redirect, render_template, request, url_for

from functions.desk.pages import ROUND, common, line
from functions.desk.results.figures import heading
from functions.desk.results.reading import Reading, reading
from functions.desk.results.released import original
from functions.desk.staff import deeds
from functions.desk.staff.guard import require_own_form
from shared import moderation
from shared.moderation import STATES, Moderation, Ruling
from shared.store import desk_moderation
from shared.store.desk_moderation import Overtaken
from shared.web.pages import Page

comments = Blueprint("comments", __name__)

AT_ONCE = 40
"""Comments on one page, and in one form."""


@dataclass(frozen=True, slots=True)
class Written:
    """One comment as its owner reads it."""

    number: int
    """Its place among all comments of the round."""
    question: str
    at: int
    text: str
    ruling: Ruling
    typed: str
    """The words that are blacked out, as she types them."""
    missing: tuple[str, ...] = ()
    """Words she typed that are not in it."""

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """Cut the text into what stays open and what is blacked out."""
        return list(moderation.pieces(self.text, self.ruling.black))


@dataclass(frozen=True, slots=True)
class Place:
    """An owner with a page of a round's comments before her."""

    read: Reading
    texts: Mapping[str, list[str]]
    decided: Moderation
    page: int

    @property
    def pages(self) -> int:
        """Count the pages."""
        return max(1, -(-sum(map(len, self.texts.values())) // AT_ONCE))

    def here(self) -> list[Written]:
        """List the comments of this page, in the order of the questions."""
        everything = list(self._all())
        return everything[(self.page - 1) * AT_ONCE : self.page * AT_ONCE]

    def _all(self) -> Iterator[Written]:
        asked = [question["id"] for question in self.read.edition["questions"] if question["id"] in self.texts]
        numbered = enumerate((question, at) for question in asked for at in range(len(self.texts[question])))
        for number, (question, at) in numbered:
            text, ruling = self.texts[question][at], self.decided.ruling(question, at)
            yield Written(number, question, at, text, ruling, moderation.written(text, ruling.black))


@comments.get(f"{ROUND}/comments")
def listed(programme_id: str, round_id: str) -> Page:
    """Show the comments with what is decided about each."""
    place = _place(programme_id, round_id)
    return _page(place, place.here())


@comments.post(f"{ROUND}/comments")
def decide(programme_id: str, round_id: str) -> Page:
    """Keep what is decided about the comments of a page, as a new version; the same again makes none."""
    place = _place(programme_id, round_id)
    require_own_form(place.read.seat.visitor.secret)
    chosen = [_chosen(written, request.form) for written in place.here()]
    if any(written.missing for written in chosen):
        return _page(place, chosen, fault="missing"), 422
    decided = _decided(place.decided, chosen)
    if decided != place.decided:
        if request.form.get("version") != str(place.decided.number):
            return _page(place, _kept(place, chosen), fault="overtaken"), 409
        try:
            desk_moderation.put_next(place.read.round.ref, decided)
        except Overtaken:
            place = _place(programme_id, round_id)
            return _page(place, _kept(place, chosen), fault="overtaken"), 409
        deeds.note(place.read.seat, "moderated", place.read.round.id)
    following = place.page + 1 if "next" in request.form and place.page < place.pages else place.page
    return redirect(url_for("comments.listed", programme_id=programme_id, round_id=round_id, page=following, saved="yes"), 303)


@comments.post(f"{ROUND}/comments/release")
def release(programme_id: str, round_id: str) -> Page:
    """Let others see what is to be shown, or take it back; pressed again, it comes to the same."""
    place = _place(programme_id, round_id)
    require_own_form(place.read.seat.visitor.secret)
    wanted = request.form.get("release") == "yes"
    if wanted != place.decided.released:
        try:
            desk_moderation.put_next(place.read.round.ref, replace(place.decided, released=wanted))
        except Overtaken:
            place = _place(programme_id, round_id)
            return _page(place, place.here(), fault="overtaken"), 409
        deeds.note(place.read.seat, "released" if wanted else "withdrew", place.read.round.id)
    return redirect(url_for("comments.listed", programme_id=programme_id, round_id=round_id), 303)


def _place(programme_id: str, round_id: str) -> Place:
    """Find the comments of a round for who decides about them."""
    read = reading(programme_id, round_id, lambda seat: seat.moderates)
    page = request.args.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() else 1
    place = Place(read, original(read.prefix), desk_moderation.latest(read.round.ref), number)
    if not 1 <= place.page <= place.pages:
        abort(404)
    return place


def _chosen(written: Written, form: Mapping[str, str]) -> Written:
    """Read what is chosen for one comment; "the rest" are those that are not read yet."""
    state = next((name for name in STATES if name == form.get(f"state-{written.number}")), written.ruling.state)
    if state == "unread" and "rest" in form:
        state = "shown"
    typed = form.get(f"black-{written.number}", written.typed)
    black, missing = moderation.found(written.text, moderation.split(typed))
    return replace(written, ruling=Ruling(state, black), typed=typed, missing=tuple(missing))


def _decided(before: Moderation, chosen: list[Written]) -> Moderation:
    """Make the next version; about what nobody has decided, it says nothing."""
    rulings = {question: dict(those) for question, those in before.rulings.items()}
    for written in chosen:
        rulings.setdefault(written.question, {}).pop(written.at, None)
        if written.ruling != Ruling():
            rulings[written.question][written.at] = written.ruling
    return replace(before, rulings={question: those for question, those in rulings.items() if those})


def _kept(place: Place, chosen: list[Written]) -> list[Written]:
    """Keep what she chose where the other has decided nothing."""
    return [mine if theirs.ruling == Ruling() else theirs for theirs, mine in zip(place.here(), chosen, strict=True)]


def _page(place: Place, here: list[Written], fault: str = "") -> str:
    read = place.read
    return render_template(
        "results/comments.html",
        **common(read.seat),
        line=line(read.seat, read.round),
        here=here,
        heading=lambda question: heading(read.question(question), read.edition),
        counts=place.decided.count(place.texts),
        decided=place.decided,
        page=place.page,
        pages=place.pages,
        fault=fault,
        saved="saved" in request.args,
        blacked_out=moderation.BLACKED_OUT,
    )
