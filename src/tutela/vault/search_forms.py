"""What a value may be tagged as: the one place where a typed value becomes search forms.

An import and a single entry store what `detect` cleaned, and tag that. So a searched value is cleaned in the same
way first. Tags of earlier versions lie under earlier transforms, and of values cleaned otherwise: they are asked
for too.
"""

from datetime import date

from tutela.crypto.errors import BadValue
from tutela.crypto.normalise import EARLIER, Transform, normalise
from tutela.detect.values import check, clean

from .catalogue import Field
from .errors import BadFieldValue

Forms = frozenset[tuple[Transform, str]]


def forms(field: Field, transform: Transform, value: str) -> Forms:
    """The normal forms of a value by transform; BadFieldValue if it has none."""
    tries = {(transform, value)}
    if transform is not Transform.LAST4:
        ways = (transform, EARLIER.get(transform, transform))
        tries = {(way, text) for way in ways for text in (clean(field.recogniser, value), value)}
    normalised = {(way, form) for way, text in tries if (form := normal(way, text))}
    if not normalised:
        raise BadFieldValue(field=field.code)
    return frozenset(normalised)


def normal(transform: Transform, text: str) -> str:
    """The normal form of a text, "" if it has none."""
    try:
        return normalise(transform, text)
    except BadValue:
        return ""


def check_value(field: Field, transform: Transform, value: str, today: date) -> None:
    """BadFieldValue for a value that an import would refuse. Of the last four characters none is refused."""
    if transform is Transform.LAST4:
        return
    cleaned = clean(field.recogniser, value)
    if not cleaned or check(field.recogniser, cleaned, today=today):
        raise BadFieldValue(field=field.code)
