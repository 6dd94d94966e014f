"""Words of the vault for people: ways to find, examples of masks."""

from django.utils.translation import gettext_lazy as _

from tutela.crypto.normalise import Transform
from tutela.detect.masks import MaskKind, mask

from . import catalogue
from .catalogue import OPEN_MASK, Field

# Made up, to show what a mask leaves: nobody has these.
_EXAMPLES = {
    MaskKind.NAME: "王某某",
    MaskKind.ID: "110101190001011234",
    MaskKind.MOBILE: "13000000000",
    MaskKind.LANDLINE: "010-60000000",
    MaskKind.PHONE: "13000000000",
    MaskKind.CARD: "6200000000000000000",
    MaskKind.EMAIL: "somebody@example.com",
    MaskKind.ADDRESS: "北京市海淀区某某路1号",
    MaskKind.DATE: "1990-01-01",
    MaskKind.NUMBER: "P000000000000001",
    MaskKind.PLATE: "京A00000",
    MaskKind.AMOUNT: "100000",
    MaskKind.GENERIC: "某某某某",
}


def example_of(kind: str) -> str:
    """What a mask leaves of a made-up value; words when there is no mask."""
    return str(_("shown whole")) if kind == OPEN_MASK else mask(kind, _EXAMPLES[MaskKind(kind)])


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
