"""A form as its participants see it, empty or sent in, and its receipt: the real pages, and what previews show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache, partial

from flask import render_template

from shared import links, retention
from shared.answers import Given, Reading
from shared.conditions import as_json
from shared.dates import date_text, time_text
from shared.forms import NOT_RELEVANT, OTHER, Form, Question, minutes, other_id
from shared.languages import NAMES, Text
from shared.notices import Notice, notice
from shared.programmes import Day, Gathering, Programme
from shared.protection import disclosure
from shared.rounds import Round, Window
from shared.schedule import wall_clock
from shared.store.invitations import Invitation
from shared.web import slips
from shared.web.mates import companions_of, mates_of
from shared.web.mending import bounds, faults_in_words
from shared.web.pages import Page, language
from shared.web.recall import live, only_if, recalled
from shared.web.slips import NOBODY, Shares, Slip


@dataclass(frozen=True, slots=True)
class Place:
    """A round with all that its pages show; `earlier` is what the round that it recalls is called."""

    round: Round
    programme: Programme
    form: Form
    day: Day
    earlier: Text | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What somebody has shared: who it is, and what the button that opens it sends."""

    name: str
    """Empty for what the reader wrote herself, before she was in a team."""
    button: str
    fields: Mapping[str, str]
    pressed: str = "read"
    """What the button says."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent in: where it belongs, what travelled along, what was typed, and how it reads."""

    place: Place
    token: str
    slip: Slip
    given: Given
    reading: Reading
    switched: str = ""
    """The language that the reader goes on in; empty where she sends her answer."""
    invitation: Invitation | None = None
    """Whose link it is, where that was looked up."""
    seen: str = ""
    """Of a letter, the version that is changed."""
    copied: bool = False
    """A copy of the answers is to be kept for their writer."""
    shares: Shares = NOBODY
    """Of a letter, with whom it is shared."""
    received: Sequence[Received] = ()
    """What others have shared with the one whose link it is."""
    recalls: bool = False
    """What was written in an earlier round is to be seen, and nothing is sent yet."""
    recalled: Sequence[tuple[str, str]] = ()
    """What was written in an earlier round, each answer with its question."""

    def with_slip(self, slip: Slip) -> "Sent":
        """Return the same form with another slip."""
        return replace(self, slip=slip)

    def of(self, invitation: Invitation) -> "Sent":
        """Return the same form of somebody who was looked up."""
        return replace(self, invitation=invitation)


def form(place: Place, token: str, slip: Slip, invitation: Invitation | None) -> Page:
    """Show an empty form."""
    return form_again(Sent(place, token, slip, {}, Reading({}), invitation=invitation), "", 200)


def form_again(sent: Sent, fault: str, status: int) -> Page:
    """Show a form with what was typed and what must be mended: "empty", "unsaved" or "uncopied" as a whole, or at its questions."""
    place, slip, spoken = sent.place, sent.slip, sent.slip.language
    gathering = gathering_of(place.day, slip.gathering)
    faults = {} if sent.switched or sent.recalls or fault else faults_in_words(_by_id(place.form), sent.reading, spoken)
    page = render_template(
        "form.html",
        **common(place),
        form=place.form,
        fault=fault,
        faults=list(_linked(sent, faults)),
        questions=_questions(sent, faults),
        hidden=slips.fields(slip, sent.token) | ({slips.SEEN: sent.seen} if sent.seen else {}),
        invitation=sent.invitation,
        here=links.path(place.round.ref, sent.token),
        draft=links.draft_name(place.round.ref, sent.token),
        typed=bool(sent.given),
        any_required=any(question.required for question in place.form.questions),
        gathering=gathering,
        date=date_text(datetime.fromisoformat(gathering.date), spoken),
        closes=last_minute(place, place.round.windows[slip.gathering])[1],
        closes_date=_other_date(place, place.round.windows[slip.gathering]),
        minutes=minutes(place.form),
        copy=slips.COPY if place.round.pairs else "",
        copied=sent.copied,
        notice=_notice(place, spoken),
        boxes=list(_boxes(sent)),
        received=sent.received,
        mates=mates_of(sent.token, sent.invitation),
        earlier=place.earlier[spoken] if place.earlier else "",
        recall=slips.RECALL,
        recalls=sent.recalls,
        recalled=sent.recalled,
        languages=others(place),
    )
    return page, status


def _notice(place: Place, spoken: str) -> Notice:
    """Write what the participants of a round are told about their answers."""
    kept = retention.of_round(place.programme, place.round)
    also = {"copies": bool(place.round.pairs), "recalls": bool(place.round.recalls)}
    return notice(place.programme, place.form.mode, spoken, place.form.shared_with, **also, days=kept)


@dataclass(frozen=True, slots=True)
class Box:
    """A box to tick for somebody who may read a letter, or who keeps what was shared with her before."""

    field: str
    public: str
    name: str
    former: bool
    ticked: bool
    choice: str = ""


def _boxes(sent: Sent) -> Iterator[Box]:
    """List with whom the writer can share: her buddies, and those of before who have something of hers."""
    for one in companions_of(sent.place.form, sent.token, sent.invitation):
        if not one.former:
            yield Box(slips.SHARE, one.public, one.name, former=False, ticked=one.public in sent.shares.share, choice=one.choice)
        elif one.public in (*sent.shares.share, *sent.shares.keep):
            yield Box(slips.KEEP, one.public, one.name, former=True, ticked=True)


def _by_id(form: Form) -> Mapping[str, Question]:
    return {question.id: question for question in form.questions}


def _linked(sent: Sent, faults: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """List the questions to mend, in the form's order: each with its text and what is wrong."""
    spoken, form = sent.slip.language, sent.place.form
    for question in form.questions:
        if question.id in faults:
            yield question.id, recalled(form, sent.reading.answers, spoken, question.text[spoken]), faults[question.id]


def _questions(sent: Sent, faults: Mapping[str, str]) -> str:
    """Show a form's questions; those of an empty form are the same for everybody."""
    asked = Asked(sent.slip.form, sent.slip.language, sent.place.form)
    return _filled(asked, sent.given, sent.reading, faults) if sent.given else _empty(asked)


@dataclass(frozen=True, slots=True)
class Asked:
    """A form in one language; two of the same name are the same."""

    name: str
    language: str
    form: Form = field(compare=False)


@lru_cache(maxsize=200)
def _empty(asked: Asked) -> str:
    return _filled(asked, {}, Reading({}), {})


def _filled(asked: Asked, given: Given, reading: Reading, faults: Mapping[str, str]) -> str:
    form, spoken = asked.form, asked.language
    return render_template(
        "form_questions.html",
        form=form,
        spoken=spoken,
        given=given,
        faults=faults,
        parts=_parts(form),
        not_relevant=NOT_RELEVANT,
        other=OTHER,
        other_id=other_id,
        recall=partial(live, form, reading.answers, spoken),
        only_if=partial(only_if, form, language=spoken),
        rule=as_json,
        bounds=partial(bounds, language=spoken),
    )


def _parts(form: Form) -> int:
    """Count the parts of a form that is divided whole; 0 where conditions may leave nothing of one and numbers would mislead."""
    parts: list[list[Question]] = []
    for question in form.questions:
        if question.section or not parts:
            parts.append([])
        parts[-1].append(question)
    divided = all(part[0].section and any(question.shown_if is None for question in part) for part in parts)
    return len(parts) if divided else 0


def received(place: Place, window: Window, token: str, *, copied: bool = False) -> Page:
    """Show the receipt."""
    date, closes = last_minute(place, window)
    facts = {"draft": links.draft_name(place.round.ref, token), "copied": copied, "shown_from": disclosure.RATINGS_FROM}
    return render_template("received.html", **common(place), date=date, closes=closes, **facts)


def last_minute(place: Place, window: Window) -> tuple[str, str]:
    """Write the date and the time until which a form is open, both included."""
    last = wall_clock(window.closes - 60, place.programme.timezone)
    return date_text(last, language()), time_text(last, language())


def _other_date(place: Place, window: Window) -> str:
    """Write the date on which a form closes where that is not the date on which it opens."""
    zone = place.programme.timezone
    last = wall_clock(window.closes - 60, zone)
    return "" if last.date() == wall_clock(window.opens, zone).date() else date_text(last, language())


def gathering_of(day: Day, gathering_id: str) -> Gathering:
    """Return a day's gathering by its id."""
    return next(item for item in day.gatherings if item.id == gathering_id)


def others(place: Place) -> dict[str, str]:
    """List the languages that the programme offers besides this one."""
    return {code: NAMES[code] for code in place.programme.languages if code != language()}


def common(place: Place) -> dict[str, object]:
    """Return what all pages of a round show."""
    spoken, once = language(), not place.round.evaluates
    heading = place.form.title if once else place.day.title
    return {"programme": place.programme, "day": place.day, "spoken": spoken, "once": once, "heading": heading[spoken]}
