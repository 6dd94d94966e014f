"""Words of the vault for people: ways to find, examples of masks."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutela.crypto.normalise import Transform
from tutela.detect.recognisers import MASKS
from tutela.detect.values import mask

from . import catalogue
from .catalogue import OPEN_MASK, Field

READINGS: Final[dict[str, Promise]] = {
    "card": _("bank card or account number"),
    "company": _("unified social credit code"),
    "email": _("e-mail address"),
    "id": _("number of an identity document"),
    "last_four": _("last four characters of a phone, identity or card number"),
    "name": _("name"),
    "name_and_four": _("name with the last four characters of a phone or identity number"),
    "number": _("number of a customer, policy, claim or work item"),
    "phone": _("telephone number"),
    "plate": _("licence plate"),
    "vin": _("vehicle identification number"),
    "work_item": _("number of a work item"),
}
"""What a typed text was taken for, by the kind of its reading."""


def example_of(kind: str) -> str:
    """What a mask leaves of a made-up value; words when there is no mask."""
    return str(_("not masked")) if kind == OPEN_MASK else mask(kind, MASKS[kind].example)


def way_name(field: Field, transform: Transform) -> str:
    """How a field can be found: whole, or by its last four characters."""
    if transform is Transform.LAST4:
        return str(_("%(field)s, last four")) % {"field": field.label()}
    return field.label()


def ways_to_find() -> list[tuple[str, str]]:
    """(code of the way, words) of every searchable field, customers first; `phone_last4` is a way."""
    ways = []
    for field in catalogue.BY_ID.values():
        for transform in field.transforms:
            code = f"{field.code}_last4" if transform is Transform.LAST4 else field.code
            ways.append((code, way_name(field, transform)))
    return ways
