"""Masks: what of a value may be seen by one who may not see it.

A mask never equals the value and never shows more than SHOWN[kind] of its characters. Values
too short or too odd for their kind are hidden whole, at one fixed length.
"""

from __future__ import annotations

import re
from enum import StrEnum

from tutela.detect.tables.surnames import COMPOUND

HIDDEN = "******"


class MaskKind(StrEnum):
    """Stable names of the masks, as the catalogue writes them."""

    NAME = "name"
    ID = "id"
    MOBILE = "mobile"
    LANDLINE = "landline"
    PHONE = "phone"
    CARD = "card"
    EMAIL = "email"
    ADDRESS = "address"
    DATE = "date"
    NUMBER = "number"
    PLATE = "plate"
    AMOUNT = "amount"
    GENERIC = "generic"


# The most characters of a value that each mask shows. E-mail: of the part before @.
SHOWN: dict[MaskKind, int] = {
    MaskKind.NAME: 2,
    MaskKind.ID: 7,
    MaskKind.MOBILE: 7,
    MaskKind.LANDLINE: 6,
    MaskKind.PHONE: 7,
    MaskKind.CARD: 4,
    MaskKind.EMAIL: 1,
    MaskKind.ADDRESS: 20,
    MaskKind.DATE: 4,
    MaskKind.NUMBER: 7,
    MaskKind.PLATE: 3,
    MaskKind.AMOUNT: 0,
    MaskKind.GENERIC: 0,
}

_HAN = re.compile(r"[\u3400-\u9fff]+")
_MOBILE = re.compile(r"1\d{10}", re.ASCII)
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))-?\d{7,8}(?:-\d{1,6})?", re.ASCII)
_DOMAIN = re.compile(r"[A-Za-z0-9.-]{3,64}")
_DISTRICT = re.compile(
    r"(?=.{6})((?:.{2,7}?(?:省|自治区|特别行政区))?(?:.{2,8}?(?:市|自治州|地区|盟))?(?:.{1,7}?(?:区|县|旗|市))?)"
)
_YEAR = re.compile(r"((?:18|19|20|99)\d{2})(?:-\d{1,2}-\d{1,2}|\d{4}|[/.年].+)", re.ASCII)


def _name(value: str) -> str:
    """张** and 张* by length, 欧阳**; other scripts show one letter."""
    if len(value) < 2:
        return HIDDEN
    if not _HAN.fullmatch(value):
        return value[0] + "***" if value[0].isalpha() else HIDDEN
    shown = 2 if value[:2] in COMPOUND and len(value) > 2 else 1
    return value[:shown] + "*" * min(max(len(value) - shown, 1), 3)


def _id(value: str) -> str:
    """110***********1234; papers of 8 to 14 signs show the first and the last two."""
    if not value.isalnum() or not 8 <= len(value) <= 20:
        return HIDDEN
    return _ends(value, 3, 4) if len(value) >= 15 else _ends(value, 1, 2)


def _ends(value: str, first: int, last: int) -> str:
    return value[:first] + "*" * (len(value) - first - last) + value[len(value) - last :]


def _mobile(value: str) -> str:
    return _ends(value, 3, 4) if _MOBILE.fullmatch(value) else HIDDEN


def _landline(value: str) -> str:
    """The area code and the last two digits of the number."""
    match = _LANDLINE.fullmatch(value)
    if not match:
        return HIDDEN
    number = value.rpartition("-")[0] if re.search(r"\d{7}-\d{1,6}$", value) else value
    return match[1] + "-******" + number[-2:]


def _phone(value: str) -> str:
    return _mobile(value) if _MOBILE.fullmatch(value) else _landline(value)


def _card(value: str) -> str:
    long = value.isdigit() and 12 <= len(value) <= 24
    return "**** **** " + value[-4:] if long else HIDDEN


def _email(value: str) -> str:
    local, at, domain = value.rpartition("@")
    if not at or not _DOMAIN.fullmatch(domain):
        return HIDDEN
    return (local[0] if len(local) > 2 else "") + "***@" + domain


def _address(value: str) -> str:
    """Province, city and district; the rest hidden whatever its length."""
    match = _DISTRICT.match(value)
    shown = match[1] if match else ""
    if not shown or len(shown) > SHOWN[MaskKind.ADDRESS] or len(value) - len(shown) < 3:
        return HIDDEN
    return shown + "****"


def _date(value: str) -> str:
    match = _YEAR.fullmatch(value)
    return match[1] + "-**-**" if match else HIDDEN


def _number(value: str) -> str:
    """First four and last three of 12 and more signs; the last two of 8 and more."""
    if len(value) >= 12:
        return value[:4] + "*****" + value[-3:]
    return "*****" + value[-2:] if len(value) >= 8 else HIDDEN


def _plate(value: str) -> str:
    return _ends(value, 2, 1) if len(value) in (7, 8) and value.isalnum() else HIDDEN


def _amount(_value: str) -> str:
    return "***"


def _generic(_value: str) -> str:
    return HIDDEN


_MASKS = {
    MaskKind.NAME: _name,
    MaskKind.ID: _id,
    MaskKind.MOBILE: _mobile,
    MaskKind.LANDLINE: _landline,
    MaskKind.PHONE: _phone,
    MaskKind.CARD: _card,
    MaskKind.EMAIL: _email,
    MaskKind.ADDRESS: _address,
    MaskKind.DATE: _date,
    MaskKind.NUMBER: _number,
    MaskKind.PLATE: _plate,
    MaskKind.AMOUNT: _amount,
    MaskKind.GENERIC: _generic,
}


def mask(kind: str, value: str) -> str:
    """The masked form of a cleaned value; '' for ''. An unknown kind hides everything."""
    if not value:
        return ""
    masked = _MASKS.get(MaskKind(kind), _generic)(value) if kind in _MASKS else HIDDEN
    # A value made of stars would be its own mask.
    return masked if masked != value else masked + "*"
