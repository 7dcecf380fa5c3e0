"""What mappings and lists in declarations have in common: unknown keys are refused, and faults are worded."""

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length

from shared.declarations.entries import MOST_ENTRIES
from shared.declarations.texts import AtKey
from shared.hints import listed, suggestion
from shared.phrases import N_

SOME = Length(min=1, error=N_("at least one entry is needed here"))
NOT_TOO_MANY = Length(max=MOST_ENTRIES, error=N_("at most {most} entries are allowed here", most=MOST_ENTRIES))


class Declaration(Schema):
    """A mapping that knows its keys, and says what is wrong with the others."""

    class Meta:
        """Unknown keys are refused below, with a suggestion."""

        unknown = EXCLUDE

    error_messages = {"type": N_("a mapping (`key: value`) is expected here")}  # noqa: RUF012 – declared so by marshmallow

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Word the usual faults with the key's name."""
        key = field_obj.data_key or field_name
        field_obj.error_messages["required"] = N_("`{key}` is missing", key=key)
        field_obj.error_messages["null"] = (
            N_("`{key}` has no value: fill it in", key=key)
            if field_obj.required
            else N_("`{key}` has no value: fill it in, or remove the line", key=key)
        )

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def refuse_unknown_keys(self, _data: object, original: object, **_options: Any) -> None:
        """Refuse every key that is not declared."""
        known = [field.data_key or name for name, field in self.fields.items()]
        unknown = [key for key in original if key not in known] if isinstance(original, Mapping) else []
        if unknown:
            raise ValidationError({key: [_unknown(key, known)] for key in unknown})


def _unknown(key: str, known: list[str]) -> AtKey:
    hint = suggestion(key, known) or N_(" is not known here: remove it, or use {known}", known=listed(known))
    return AtKey.of(N_("`{name}`{hint}", name=key, hint=hint))


def one(schema: type[Declaration], **options: Any) -> fields.Nested:
    """Make a field for a mapping of its own."""
    return fields.Nested(schema, error_messages={"null": N_("a mapping is missing here")}, **options)


def several(inner: fields.Field[Any], *, validate: Length | None = None, **options: Any) -> fields.List[Any]:
    """Make a field for a list; `validate` is checked beside its greatest length."""
    messages: dict[str, Any] = {"invalid": N_("a list is expected here: write each entry on a line of its own, after `- `")}
    checks = [NOT_TOO_MANY] if validate is None else [validate, NOT_TOO_MANY]
    return fields.List(inner, error_messages=messages, validate=checks, **options)
