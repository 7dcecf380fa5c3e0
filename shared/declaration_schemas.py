"""The shape of the files in which programmes and forms are declared: their keys, and what each may hold."""

from collections.abc import Mapping
from typing import Any, get_args

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length

from shared.declaration_entries import MOST_ENTRIES
from shared.declaration_fields import (
    FEWEST_POINTS,
    LAST_SESSION,
    MOST_POINTS,
    Address,
    Choice,
    Clock,
    Date,
    Flag,
    Line,
    Named,
    Number,
    Opening,
    Plain,
    Slug,
    Words,
    Zone,
)
from shared.declaration_texts import AtKey, described
from shared.hints import listed, suggestion
from shared.languages import NAMES
from shared.programmes import StaffRole

MODES = ("anonymous",)
LATER_MODES = ("confidential", "personal")
LATER_KINDS = ("choice", "choices", "yes-no", "number", "goals", "statement")

SOME = Length(min=1, error="at least one entry is needed here")
NOT_TOO_MANY = Length(max=MOST_ENTRIES, error=f"at most {MOST_ENTRIES} entries are allowed here")


class Declaration(Schema):
    """A mapping that knows its keys, and says what is wrong with the others."""

    class Meta:
        """Unknown keys are refused below, with a suggestion."""

        unknown = EXCLUDE

    error_messages = {"type": "a mapping (`key: value`) is expected here"}  # noqa: RUF012 – declared so by marshmallow

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Word the usual faults with the key's name."""
        key = field_obj.data_key or field_name
        field_obj.error_messages["required"] = f"`{key}` is missing"
        field_obj.error_messages["null"] = f"`{key}` has no value: fill it in" + ("" if field_obj.required else ", or remove the line")

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def refuse_unknown_keys(self, _data: object, original: object, **_options: Any) -> None:
        """Refuse every key that is not declared."""
        known = [field.data_key or name for name, field in self.fields.items()]
        unknown = [key for key in original if key not in known] if isinstance(original, Mapping) else []
        if unknown:
            raise ValidationError({key: [_unknown(key, known)] for key in unknown})


def _unknown(key: str, known: list[str]) -> AtKey:
    return AtKey(f"`{key}`{suggestion(key, known) or ' is not known here: remove it, or use ' + listed(known)}")


def one(schema: type[Declaration], **options: Any) -> fields.Nested:
    """Make a field for a mapping of its own."""
    return fields.Nested(schema, error_messages={"null": "a mapping is missing here"}, **options)


def several(inner: fields.Field[Any], *, validate: Length | None = None, **options: Any) -> fields.List[Any]:
    """Make a field for a list; `validate` is checked beside its greatest length."""
    messages: dict[str, Any] = {"invalid": "a list is expected here: write each entry on a line of its own, after `- `"}
    checks = [NOT_TOO_MANY] if validate is None else [validate, NOT_TOO_MANY]
    return fields.List(inner, error_messages=messages, validate=checks, **options)


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
    aims = several(Words())
    date = Date()
    place = Line()
    gatherings = several(one(GatheringSchema), validate=SOME)
    sessions = several(one(SessionSchema))


class RoundSchema(Declaration):
    """A form opened for a day, or for each."""

    form = Slug(required=True)
    for_ = Line(required=True, data_key="for", attribute="for")
    id = Slug()
    opens = Opening(load_default=LAST_SESSION)
    closes = Clock(load_default="23:59")


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


class ScaleSchema(Declaration):
    """The points of a scale, from the lowest to the highest."""

    points = several(
        Words(200),
        required=True,
        validate=Length(FEWEST_POINTS, MOST_POINTS, error=f"a scale has from {FEWEST_POINTS} to {MOST_POINTS} points"),
    )
    positive = several(Number(1, MOST_POINTS), validate=SOME)
    bipolar = Flag()


class Scale(Plain):
    """A scale by its name among the form's scales, or written out."""

    def read(self, value: Any) -> Any:
        """Read the name or the scale."""
        if isinstance(value, str):
            return Slug().deserialize(value)
        if isinstance(value, Mapping):
            return ScaleSchema().load(value)
        raise ValidationError(f"the name of a scale is expected here, or a mapping with `points`, not {described(value)}")


class QuestionSchema(Declaration):
    """What every kind of question has."""

    id = Slug(required=True)
    kind = Line(required=True)
    text = Words(required=True)
    repeat = Choice(("session",), later=("speaker",))
    required = Flag(load_default=False)


class ScaleQuestionSchema(QuestionSchema):
    """A rating on a labelled scale."""

    scale = Scale(required=True)
    bipolar = Flag()
    positive = several(Number(1, MOST_POINTS), validate=SOME)
    not_relevant = Words(200)


class TextQuestionSchema(QuestionSchema):
    """An answer in the participant's own words."""

    max_length = Number(1, 4000, load_default=1000)


QUESTION_KINDS: Mapping[str, type[QuestionSchema]] = {"scale": ScaleQuestionSchema, "text": TextQuestionSchema}


class Question(Plain):
    """A question of any kind: `kind` says by which schema it is read."""

    def read(self, value: Any) -> Any:
        """Read the question by its kind."""
        if not isinstance(value, Mapping):
            raise ValidationError(Declaration.error_messages["type"])
        try:
            kind = str(Choice(QUESTION_KINDS, LATER_KINDS).deserialize(value.get("kind")))
        except ValidationError as error:
            raise ValidationError({"kind": error.messages} if "kind" in value else _kindless()) from None
        return QUESTION_KINDS[kind]().load(value)


def _kindless() -> dict[str, list[str]]:
    return {"kind": [f"`kind` is missing: write one of {listed(QUESTION_KINDS)}"]}


class FormSchema(Declaration):
    """A form file."""

    title = Words(200, required=True)
    introduction = Words(2000, lines=True)
    mode = Choice(MODES, LATER_MODES, required=True)
    scales = Named(one(ScaleSchema))
    questions = several(Question(), required=True, validate=SOME)
