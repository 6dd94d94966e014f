"""Transforms: map equivalent values to one normal form before they are tagged.

A transform's number is stored with its tags, so its result must never change: a changed rule is a new transform
with a new number, and EARLIER says which one it replaces. Tags are made under the newest; a search asks for both,
until a record's next version brings it to the newest (`docs/decisions/names-that-meet.md`). Transforms do not
validate: a value with a wrong check digit is tagged too. BadValue is for values that cannot be searched.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from enum import IntEnum

from .alike import alike
from .errors import BadValue


class Transform(IntEnum):
    """Stable numbers of the transforms."""

    EXACT = 1
    ID_CARD = 2
    PHONE_V1 = 3
    EMAIL = 4
    CARD_V1 = 5
    NAME_V1 = 6
    LAST4 = 7
    EXACT_COMPACT = 8
    NAME = 9
    PHONE = 10
    CARD = 11


EARLIER: dict[Transform, Transform] = {
    Transform.NAME: Transform.NAME_V1,
    Transform.PHONE: Transform.PHONE_V1,
    Transform.CARD: Transform.CARD_V1,
}
"""What stored tags may still be under, by the transform of today."""


_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
# Including the full stop, which exports often use as the middle dot of names.
_NAME_DOTS = ".\u00b7\u2022\u2027\u2219\u22c5\u30fb\u00b0\u02d9"
_DROP_INVISIBLE = str.maketrans("", "", _INVISIBLE)
_DROP_DASHES = str.maketrans("", "", _DASHES)
_DROP_DOTS = str.maketrans("", "", _NAME_DOTS)
_DASHES_ALIKE = str.maketrans(dict.fromkeys(_DASHES, "-"))
_DROP_PHONE_MARKS = str.maketrans("", "", "-()./")

# A telephone number as `detect` writes it, without its extension.
_DIALLED = re.compile(r"\+?\d+", re.ASCII)
_ABROAD = re.compile(r"00([1-9]\d+)", re.ASCII)

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

_ID_15 = re.compile(r"[1-9]\d{14}", re.ASCII)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_ID_WIDTH = 17

# An extension: after a word, or after a dash that follows at least seven digits.
_EXTENSION = re.compile(r"(?:转|轉|分机|ext|x|#).*\Z", re.ASCII | re.IGNORECASE)
_DASHED_EXTENSION = re.compile(r"(?<=\d{7})-\d{1,5}\Z", re.ASCII)
_MAINLAND_PREFIX = re.compile(r"(?:\+|00)?86", re.ASCII)
_MOBILE_OR_SERVICE = re.compile(r"1[3-9]\d{9}|[48]00\d{7}", re.ASCII)
# Area code with two digits (10, 2x) or three, then seven or eight digits.
_LANDLINE = re.compile(r"(?:10|2\d|[3-9]\d{2})\d{7,8}", re.ASCII)
_FOREIGN = re.compile(r"(?:\+|00)(?!86)[1-9]\d{6,14}", re.ASCII)

# Fast paths for values in the usual form; a test compares them with the general path.
_MOBILE_AS_IS = re.compile(r"1[3-9]\d{9}", re.ASCII)
_EMAIL_AS_IS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_MOBILES = re.compile(r"(?:1[3-9]\d{9})+", re.ASCII)
_ID_CARDS = re.compile(r"(?:\d{17}[0-9A-Za-z])+", re.ASCII)
_HAN_AS_IS = re.compile("[\u4e00-\u9fff]+")


def normalise(transform_id: int, text: str) -> str:
    """The normal form of a value under a transform; BadValue."""
    transform = _TRANSFORMS.get(transform_id)
    if transform is None:
        raise BadValue("transform-unknown")
    result = transform(text)
    if not result:
        raise BadValue("value-empty")
    return result if result.isascii() else _composed(result)


def normalise_all(transform_id: int, texts: Sequence[str]) -> list[str]:
    """`normalise` for a column; "" for a value without a normal form."""
    quick = _QUICK.get(transform_id)
    results = quick(texts, "".join(texts)) if quick and texts else None
    return _each(_TRANSFORMS[transform_id], texts) if results is None else results


def _each(transform: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    results: list[str] = []
    for text in texts:
        try:
            result = transform(text)
            results.append(result if result.isascii() else _composed(result))
        except BadValue:
            results.append("")
    return results


def _composed(result: str) -> str:
    """Compose characters that became adjacent when others were dropped (NFKC)."""
    if _HAN_AS_IS.fullmatch(result):
        return result
    if _LONE_SURROGATE.search(result):
        raise BadValue("value-form")
    return unicodedata.normalize("NFKC", result)


def id_card_18(digits: str) -> str:
    """17 digits with their check character (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _ID_WEIGHTS, strict=True))
    return digits + _ID_CHECKS[total % 11]


def _folded(text: str) -> str:
    """NFKC (which maps full width to half width), without invisible characters, case-folded."""
    if text.isascii():
        return text.lower()
    seen = unicodedata.normalize("NFKC", text.translate(_DROP_INVISIBLE)).casefold()
    return unicodedata.normalize("NFKC", seen)


def _wide_to_narrow(text: str) -> str:
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text.translate(_DROP_INVISIBLE))


def _unspaced(text: str) -> str:
    return "".join(text.split())


def _exact(text: str) -> str:
    return _folded(text).strip()


def _exact_compact(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text.upper()
    narrow = _wide_to_narrow(text).upper()
    return _unspaced(_wide_to_narrow(narrow).translate(_DROP_DASHES))


def _id_card(text: str) -> str:
    if len(text) == _ID_WIDTH + 1 and text.isascii() and text.isalnum() and text[:-1].isdigit():
        return text.upper()
    spaced = _wide_to_narrow(_wide_to_narrow(text).upper())
    document = _unspaced(spaced)
    bare = document.translate(_DROP_DASHES)
    if _ID_15.fullmatch(bare) and _is_date("19" + bare[6:12]):
        return id_card_18(bare[:6] + "19" + bare[6:])
    if len(bare) == _ID_WIDTH + 1 and bare[:-1].isdigit() and bare.isascii():
        return bare
    return document


def _is_date(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return False
    return True


def _phone(text: str) -> str:
    """E.164 of a number as `detect` writes it; one dialled in one place only (95588, 62345678) as it is."""
    if _MOBILE_AS_IS.fullmatch(text):
        return "+86" + text
    number = _unspaced(_wide_to_narrow(text)).translate(_DASHES_ALIKE).partition("-")[0]
    if not _DIALLED.fullmatch(number):
        raise BadValue("phone-form")
    # As earlier versions stored a number of another country; detect writes + today.
    if match := _ABROAD.fullmatch(number):
        return "+" + match[1]
    if number[0] == "0" and len(number) > 1:
        return "+86" + number[1:]
    return "+86" + number if _MOBILE_OR_SERVICE.fullmatch(number) else number


def _phone_v1(text: str) -> str:
    if _MOBILE_AS_IS.fullmatch(text):
        return "+86" + text
    written = _EXTENSION.sub("", _unspaced(_wide_to_narrow(text)).translate(_DASHES_ALIKE))
    number = _DASHED_EXTENSION.sub("", written).translate(_DROP_PHONE_MARKS)
    prefix = _MAINLAND_PREFIX.match(number)
    national = _national(number, is_prefixed=False)
    if not national and prefix:
        national = _national(number[prefix.end() :], is_prefixed=True)
    if national:
        return "+86" + national
    if not _FOREIGN.fullmatch(number):
        raise BadValue("phone-form")
    return "+" + number.removeprefix("+").removeprefix("00")


def _national(number: str, *, is_prefixed: bool) -> str:
    """The number without +86, or ""; a landline without prefix needs its trunk 0."""
    bare = number.removeprefix("0")
    if _MOBILE_OR_SERVICE.fullmatch(bare):
        return bare
    is_dialled = is_prefixed or bare != number
    return bare if is_dialled and _LANDLINE.fullmatch(bare) else ""


def _email(text: str) -> str:
    if _EMAIL_AS_IS.fullmatch(text):
        return text.lower()
    address = _folded(text).strip()
    local, _, domain = address.rpartition("@")
    domain = _domain(domain).rstrip(".")
    if not local or not domain or "@" in local or len(address.split()) != 1:
        raise BadValue("email-form")
    return f"{local}@{domain}"


def _domain(domain: str) -> str:
    """The domain in ASCII: Chinese names as xn--…"""
    try:
        return domain if domain.isascii() else domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise BadValue("email-form") from None


def _card_v1(text: str) -> str:
    if text.isascii() and text.isdigit() and 12 <= len(text) <= 19:
        return text
    digits = _unspaced(_wide_to_narrow(text)).translate(_DROP_DASHES)
    if not digits.isascii() or not digits.isdigit() or not 12 <= len(digits) <= 19:
        raise BadValue("card-form")
    return digits


def _name(text: str) -> str:
    if _HAN_AS_IS.fullmatch(text):
        return text
    # Twice: a compatibility form may give a dot, a dash or a sign without a picture.
    return _unspaced(alike(_folded(alike(text))))


def _name_v1(text: str) -> str:
    if _HAN_AS_IS.fullmatch(text):
        return text
    return _unspaced(_folded(text)).translate(_DROP_DOTS)


def _last4(text: str) -> str:
    if text.isascii() and text.isalnum() and len(text) >= 4:
        return text[-4:].upper()
    narrow = _wide_to_narrow(text).upper()
    signs = "".join(sign for sign in narrow if sign.isascii() and sign.isalnum())
    if len(signs) < 4:
        raise BadValue("last4-short")
    return signs[-4:]


_TRANSFORMS: dict[int, Callable[[str], str]] = {
    Transform.EXACT: _exact,
    Transform.ID_CARD: _id_card,
    Transform.PHONE_V1: _phone_v1,
    Transform.EMAIL: _email,
    Transform.CARD_V1: _card_v1,
    Transform.NAME_V1: _name_v1,
    Transform.LAST4: _last4,
    Transform.EXACT_COMPACT: _exact_compact,
    Transform.NAME: _name,
    Transform.PHONE: _phone,
    Transform.CARD: _exact_compact,
}


# A column whose values are all in the usual form, which one look at the whole of it tells, is normalised at
# once. A test compares each with the transform above; None leaves the column to it.


def _all_name(texts: Sequence[str], joined: str) -> list[str] | None:
    return list(texts) if _HAN_AS_IS.fullmatch(joined) else None


def _all_compact(texts: Sequence[str], joined: str) -> list[str] | None:
    return list(map(str.upper, texts)) if joined.isascii() and joined.isalnum() else None


def _all_id_card(texts: Sequence[str], joined: str) -> list[str] | None:
    whole = set(map(len, texts)) == {_ID_WIDTH + 1} and _ID_CARDS.fullmatch(joined)
    return list(map(str.upper, texts)) if whole else None


def _all_phone(texts: Sequence[str], joined: str) -> list[str] | None:
    if set(map(len, texts)) == {11} and _MOBILES.fullmatch(joined):
        return ["+86" + text for text in texts]
    return None


def _all_last4(texts: Sequence[str], joined: str) -> list[str] | None:
    if joined.isascii() and joined.isalnum() and min(map(len, texts)) >= 4:
        return [text[-4:].upper() for text in texts]
    return None


_QUICK: dict[int, Callable[[Sequence[str], str], list[str] | None]] = {
    Transform.NAME: _all_name,
    Transform.EXACT_COMPACT: _all_compact,
    Transform.CARD: _all_compact,
    Transform.ID_CARD: _all_id_card,
    Transform.PHONE: _all_phone,
    Transform.LAST4: _all_last4,
}
