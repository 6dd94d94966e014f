"""Canonical text of a value, by kind. A text that cannot be read is returned as it came,
only with its characters made half width, so that the check can say what is wrong."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from tutela.detect.dates import iso
from tutela.detect.normal import half_width, prose, unwrapped
from tutela.detect.tables import terms

SCIENTIFIC = re.compile(r"(\d)\.(\d+)[eE]\+?(\d{1,2})|(\d)[eE]\+(\d{1,2})")
_FLOAT_TAIL = re.compile(r"(\d+)\.0+")
_COUNTRY_CODE = re.compile(r"^(?:\+|00)86")
_WITH_COUNTRY = re.compile(r"861[3-9]\d{9}", re.ASCII)
_EXTENSION = re.compile(r"(?:-|转|分机|ext\.?|x|\*)\s*(\d{1,6})$", re.IGNORECASE)
_MOBILE = re.compile(r"1\d{10}")
_HAN_GAP = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_MIDDLE_DOTS = str.maketrans("•・‧．∙", "·····")
_MONEY = re.compile(r"(-?)(?:CNY|RMB|[¥￥$])?\s?(-?)([\d,]+(?:\.\d+)?)\s?(万|亿)?(?:元|圆)?整?")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_UNITS = {None: 0, "万": 4, "亿": 8}
_SEPARATORS = str.maketrans("", "", " -.()/\t")


def whole_number(text: str) -> str:
    """Digits out of what a spreadsheet wrote: 1.0 is 1; 1.2E+2 stays, for it lost digits."""
    if match := _FLOAT_TAIL.fullmatch(text):
        return match[1]
    match = SCIENTIFIC.fullmatch(text)
    if match and match[1] and len(match[2]) == int(match[3]):
        return match[1] + match[2]
    return text


def code(text: str) -> str:
    """Identity numbers, credit codes, cards: no blanks or dashes, letters upper case."""
    text = whole_number(unwrapped(half_width(text)))
    if SCIENTIFIC.fullmatch(text):
        return text
    return text.replace(" ", "").replace("-", "").upper()


def plate(text: str) -> str:
    """Licence plates: upper case, without the dot."""
    return re.sub(r"[·•.\- ]", "", unwrapped(half_width(text))).upper()


def reference(text: str) -> str:
    """Policy and claim numbers: the insurer's own form, only blanks taken out."""
    return whole_number(unwrapped(half_width(text))).replace(" ", "")


def phone(text: str) -> str:
    """Digits only; an extension after one dash; foreign numbers as + and digits."""
    text = whole_number(unwrapped(half_width(text)))
    if SCIENTIFIC.fullmatch(text):
        return text
    text = _COUNTRY_CODE.sub("", text, count=1) if text[:1] in "+0" else text
    bare = text.translate(_SEPARATORS)
    bare = bare[2:] if _WITH_COUNTRY.fullmatch(bare) else bare
    if _MOBILE.fullmatch(bare):
        return bare
    return _landline(text)


def _landline(text: str) -> str:
    text = text.strip(" -")
    extension = ""
    match = _EXTENSION.search(text)
    if match and len(re.sub(r"\D", "", text[: match.start()])) >= 7:
        extension, text = "-" + match[1], text[: match.start()]
    return text.translate(_SEPARATORS) + extension


def email(text: str) -> str:
    """The domain in lower case; the part before @ as it is."""
    text = unwrapped(half_width(text)).removeprefix("mailto:")
    local, at, domain = text.rpartition("@")
    return local + at + domain.lower()


def day(text: str) -> str:
    """ISO day yyyy-mm-dd."""
    text = unwrapped(half_width(text))
    return iso(text) or text


def name(text: str) -> str:
    """No blanks between Han, one between Latin words, one kind of middle dot."""
    text = unwrapped(half_width(text))
    text = _HAN_GAP.sub("", " ".join(text.split()))
    return text.translate(_MIDDLE_DOTS)


def words(text: str) -> str:
    """Addresses and other prose: letters and digits half width, blanks at the ends gone."""
    return prose(text)


def amount(text: str) -> str:
    """Plain decimal text: no separators, signs of currency or units; 1.2万 is 12000."""
    text = unwrapped(half_width(text))
    negative = text[:1] == "(" and text[-1:] == ")"
    match = _MONEY.fullmatch(text.strip("()") if negative else text)
    if not match or not _THOUSANDS.fullmatch(match[3]):
        return _expanded(text)
    value = Decimal(match[3].replace(",", "")).scaleb(_UNITS[match[4]])
    return ("-" if negative or match[1] or match[2] else "") + f"{value:f}"


def _expanded(text: str) -> str:
    """1.2345E+3 as 1234.5, only when all its digits are written out."""
    match = SCIENTIFIC.fullmatch(text)
    if not match or not match[1] or len(match[2]) < int(match[3]):
        return text
    try:
        return f"{Decimal(text):f}"
    except InvalidOperation:
        return text


def gender(text: str) -> str:
    """男, 女 or 未知, also from words and the codes of GB/T 2261.1."""
    text = half_width(text).removesuffix(".0")
    for canonical, known in (("男", terms.MALE), ("女", terms.FEMALE), ("未知", terms.UNKNOWN_SEX)):
        if text in known:
            return canonical
    return text


def age(text: str) -> str:
    """Whole years."""
    return whole_number(half_width(text)).removesuffix("岁").removesuffix("周")


def postcode(text: str) -> str:
    """Six digits; a spreadsheet drops the leading nought of five."""
    text = whole_number(unwrapped(half_width(text)))
    return "0" + text if len(text) == 5 and text.isdigit() else text
