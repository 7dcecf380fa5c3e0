"""The shape of the files in which programmes and forms are declared: their keys, and what each may hold."""

from typing import get_args

from shared.declarations.fields import Address, Choice, Clock, Date, Flag, Line, Named, Number, Slug, Words, Zone
from shared.declarations.moments import Closing, Occasion, Opening, Reminding
from shared.declarations.questions import ScaleSchema, questions_field
from shared.declarations.round_checks import STAGES
from shared.declarations.shapes import SOME, Declaration, one, several
from shared.forms import Mode, SharedWith
from shared.languages import NAMES
from shared.programmes import StaffRole

MOST_DAYS_KEPT = 3650


class ContactSchema(Declaration):
    """Somebody a participant can write to."""

    name = Line(required=True)
    email = Address(required=True)


class SessionSchema(Declaration):
    """One item of a day's agenda."""

    id = Slug(required=True)
    title = Words(200, required=True)
    speaker = Words(200)
    start = Clock(required=True)
    end = Clock(required=True)
    rated = Flag(load_default=True)


class GatheringSchema(Declaration):
    """One place and date at which a day is held."""

    id = Slug(required=True)
    title = Words(200)
    date = Date(required=True)
    place = Line(required=True)
    units = several(Line(), validate=SOME)


class DaySchema(Declaration):
    """One course day: held once (`date` and `place`), or at several gatherings."""

    id = Slug(required=True)
    title = Words(200, required=True)
    track = Slug()
    aims = several(Words())
    date = Date()
    place = Line()
    gatherings = several(one(GatheringSchema), validate=SOME)
    sessions = several(one(SessionSchema))


class RoundSchema(Declaration):
    """A form opened for a day, for each day, or once."""

    form = Slug(required=True)
    for_ = Line(required=True, data_key="for", attribute="for")
    id = Slug()
    who = several(Slug(), validate=SOME)
    opens = Opening()
    reminds = several(Reminding())
    closes = Closing()
    series = Slug()
    stage = Choice(STAGES)
    recalls = Slug()
    retention = Number(1, MOST_DAYS_KEPT)
    follows = Slug()


class GoalSchema(Declaration):
    """One learning goal of the programme."""

    id = Slug(required=True)
    title = Words(300, required=True)


class TrackSchema(Declaration):
    """A group of roles with days of their own."""

    title = Words(200, required=True)
    roles = several(Slug(), required=True, validate=SOME)


class MessageSchema(Declaration):
    """A task or text that is mailed on a date, without a form."""

    id = Slug(required=True)
    title = Words(200, required=True)
    text = Words(4000, lines=True, required=True)
    on = Occasion(required=True)
    who = several(Slug(), validate=SOME)
    returns = Slug()


class EarlierRunSchema(Declaration):
    """The run that this programme continues, and what it learnt from it."""

    programme = Slug(required=True)
    attention = several(Words(1000, lines=True))


class StaffSchema(Declaration):
    """Somebody who may sign in for the programme."""

    email = Address(required=True)
    role = Choice(get_args(StaffRole), required=True)
    units = several(Line(), validate=SOME)


class ProgrammeSchema(Declaration):
    """The file programme.yaml."""

    title = Words(200, required=True)
    languages = several(Choice(tuple(NAMES)), required=True, validate=SOME)
    timezone = Zone(required=True)
    sender = Line(required=True)
    contact = one(ContactSchema, required=True)
    controller = Line(required=True)
    data_protection = one(ContactSchema, required=True)
    legal_basis = Words(1000, lines=True, required=True)
    complaints = Line(required=True)
    units = several(Slug())
    roles = Named(Words(200), required=True)
    days = several(one(DaySchema), required=True, validate=SOME)
    rounds = several(one(RoundSchema), required=True, validate=SOME)
    staff = several(one(StaffSchema))
    retention = Number(1, MOST_DAYS_KEPT)
    goals = several(one(GoalSchema))
    tracks = Named(one(TrackSchema))
    messages = several(one(MessageSchema))
    continues = one(EarlierRunSchema)


class FormSchema(Declaration):
    """A form file; with `uses` it takes what it does not say from a form of the library."""

    title = Words(200, required=True)
    introduction = Words(2000, lines=True)
    mode = Choice(get_args(Mode), required=True)
    shared_with = Choice([name for name in get_args(SharedWith) if name])
    uses = Slug()
    without = several(Slug(), validate=SOME)
    scales = Named(one(ScaleSchema))
    questions = questions_field(required=True)
