"""Values as people type them become typed, clean values, by the same rules as an import."""

from collections.abc import Mapping
from datetime import date

from tutela.crypto.values import Value
from tutela.detect.values import check, clean

from . import catalogue
from .catalogue import Field
from .errors import BadFieldValue, FieldMissing, UnknownField


def read(collection: int, texts: Mapping[str, str], today: date) -> dict[int, Value | None]:
    """Values by field id; None for a blank, which in a change removes the field.

    UnknownField for a field of another collection, BadFieldValue for a value that fails its check.
    """
    values: dict[int, Value | None] = {}
    for code, text in texts.items():
        field = catalogue.by_code(code)
        if field.collection != collection:
            raise UnknownField(field=code)
        values[field.id] = _value(field, text, today)
    return values


def need_mandatory(collection: int, values: Mapping[int, Value]) -> None:
    """FieldMissing for the first field that must be filled in and is not."""
    for field in catalogue.fields_of(collection):
        if field.mandatory and field.id not in values:
            raise FieldMissing(field=field.code)


def _value(field: Field, text: str, today: date) -> Value | None:
    cleaned = clean(field.recogniser, text)
    if not cleaned:
        return None
    if check(field.recogniser, cleaned, today=today):
        raise BadFieldValue(field=field.code)
    return field.read(cleaned)
