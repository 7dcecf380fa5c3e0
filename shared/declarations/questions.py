"""The kinds of questions: their keys, and what each may hold."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields
from marshmallow.validate import Length

from shared.declarations.conditions import Conditional
from shared.declarations.fields import FEWEST_POINTS, MOST_POINTS, Choice, Flag, Line, Named, Number, Plain, Slug, Words, named_list
from shared.declarations.shapes import SOME, Declaration, one, several
from shared.declarations.texts import described
from shared.hints import listed
from shared.phrases import N_

LEAST_NUMBER, MOST_NUMBER = -1_000_000_000, 1_000_000_000
FEWEST_OPTIONS, MOST_OPTIONS = 2, 40

MOST_LOOKED_BACK = 3
"""Goals that are asked about looking back: to compare oneself with oneself is tiring."""

REPEATS = ("session", "speaker", "goal")


class ScaleSchema(Declaration):
    """The points of a scale, from the lowest to the highest."""

    points = several(
        Words(200),
        required=True,
        validate=Length(
            FEWEST_POINTS, MOST_POINTS, error=N_("a scale has from {fewest} to {most} points", fewest=FEWEST_POINTS, most=MOST_POINTS)
        ),
    )
    positive = several(Number(1, MOST_POINTS), validate=SOME)
    bipolar = Flag()
    reliability = Flag()


class Scale(Plain):
    """A scale by its name among the form's scales, or written out."""

    def read(self, value: Any) -> Any:
        """Read the name or the scale."""
        if isinstance(value, str):
            return Slug().deserialize(value)
        if isinstance(value, Mapping):
            return ScaleSchema().load(value)
        raise ValidationError(N_("the name of a scale is expected here, or a mapping with `points`, not {kind}", kind=described(value)))


class OptionSchema(Declaration):
    """One option of a choice."""

    id = Slug(required=True)
    text = Words(200, required=True)


class Options(Plain):
    """The options of a choice, by code: `yes: Yes`; or a list of entries with `id` and `text`."""

    def read(self, value: Any) -> dict[str, Any]:
        """Give the labels by code."""
        if isinstance(value, list):
            read = named_list(value, one(OptionSchema), "text", N_("options"))
        elif isinstance(value, Mapping):
            read = Named(Words(200)).deserialize(value)
        else:
            raise ValidationError(N_("write each option on a line of its own: its code, a colon, and its text"))
        if not FEWEST_OPTIONS <= len(read) <= MOST_OPTIONS:
            raise ValidationError(N_("a choice has from {fewest} to {most} options", fewest=FEWEST_OPTIONS, most=MOST_OPTIONS))
        return read


class QuestionSchema(Declaration):
    """What every entry among the questions has."""

    id = Slug(required=True)
    kind = Line(required=True)
    help = Words(500, lines=True)
    if_ = Conditional(data_key="if", attribute="if")
    before = Slug()


class StatementSchema(QuestionSchema):
    """A text between the questions, without an answer."""

    text = Words(1000, lines=True, required=True)
    repeat = Choice(REPEATS)


class AnsweredSchema(QuestionSchema):
    """What every question has that is answered."""

    text = Words(required=True)
    repeat = Choice(REPEATS)
    required = Flag(load_default=False)
    sensitive = Flag(load_default=False)


class ScaleQuestionSchema(AnsweredSchema):
    """A rating on a labelled scale."""

    scale = Scale(required=True)
    bipolar = Flag()
    positive = several(Number(1, MOST_POINTS), validate=SOME)
    not_relevant = Words(200)


class ChoiceQuestionSchema(AnsweredSchema):
    """One of several options."""

    options = Options(required=True)
    other = Words(200)
    not_relevant = Words(200)


class ChoicesQuestionSchema(AnsweredSchema):
    """Any number of several options."""

    options = Options(required=True)
    other = Words(200)


class YesNoQuestionSchema(AnsweredSchema):
    """Yes or no."""

    not_relevant = Words(200)


class NumberQuestionSchema(AnsweredSchema):
    """A whole number."""

    min = Number(LEAST_NUMBER, MOST_NUMBER)
    max = Number(LEAST_NUMBER, MOST_NUMBER)


class TextQuestionSchema(AnsweredSchema):
    """An answer in the participant's own words."""

    lines = Choice(("one", "several"), load_default="several")
    max_length = Number(1, 4000)


class GoalsQuestionSchema(QuestionSchema):
    """The programme's goals, each rated on the behaviour-anchored scale."""

    text = Words()
    required = Flag(load_default=False)
    sensitive = Flag(load_default=False)
    looking_back = several(
        Slug(),
        validate=Length(
            1, MOST_LOOKED_BACK, error=N_("looking back is asked about {most} goals at most, and about one at least", most=MOST_LOOKED_BACK)
        ),
    )


QUESTION_KINDS: Mapping[str, type[QuestionSchema]] = {
    "scale": ScaleQuestionSchema,
    "choice": ChoiceQuestionSchema,
    "choices": ChoicesQuestionSchema,
    "yes-no": YesNoQuestionSchema,
    "number": NumberQuestionSchema,
    "text": TextQuestionSchema,
    "goals": GoalsQuestionSchema,
    "statement": StatementSchema,
}


class Question(Plain):
    """A question of any kind: `kind` says by which schema it is read."""

    def read(self, value: Any) -> Any:
        """Read the question by its kind."""
        if not isinstance(value, Mapping):
            raise ValidationError(Declaration.error_messages["type"])
        try:
            kind = str(Choice(QUESTION_KINDS).deserialize(value.get("kind")))
        except ValidationError as error:
            raise ValidationError({"kind": error.messages} if "kind" in value else _kindless(value)) from None
        return QUESTION_KINDS[kind]().load(value)


def _kindless(value: Mapping[str, Any]) -> dict[str, list[str]]:
    if "section" in value:
        return {"section": [N_("a section can't stand within another: end the first one before it")]}
    return {"kind": [N_("`kind` is missing: write one of {known}", known=listed(QUESTION_KINDS))]}


class SectionSchema(Declaration):
    """Questions under a heading."""

    section = Words(200, required=True)
    questions = several(Question(), required=True, validate=SOME)


class Entry(Plain):
    """A question, or a section of them."""

    def read(self, value: Any) -> Any:
        """Read what it is."""
        if isinstance(value, Mapping) and "section" in value and "kind" not in value:
            return SectionSchema().load(value)
        return Question().deserialize(value)


def questions_field(**options: Any) -> fields.List[Any]:
    """Make the field for a form's questions."""
    return several(Entry(), validate=SOME, **options)
