"""Telephone numbers, as libphonenumber reads them: what is one, of which country, and which of its digits count.

Canonical text: of mainland China as it is dialled there (13800138000, 02162345678, 4008108888), elsewhere E.164
(+442079460958), with an extension after a dash (02162345678-801). Without area code a number is one of a place
(62345678), and service numbers (95588) are short; libphonenumber calls neither valid, a file holds both.

The patterns of mainland China are libphonenumber's own, taken from its metadata: they decide most values in a
microsecond where parsing takes fifty. The library is imported with the first number.
"""

import re
from functools import cache
from typing import Any, NamedTuple

from tutela.detect.primitives.characters import half_width, unwrapped
from tutela.detect.primitives.clean_forms import SCIENTIFIC, whole_number

HOME = "CN"
_EXTENSION_MARK = (
    r"(?:转接|转|轉|分机号?|分機號?|内线|內線|;\s*ext\s*=|,?\s*ext(?:ension|n)?\.?|x|#|\*)"
    r"\s*[:：.]?\s*"
)
_MARKED = re.compile(rf"(.*?\d\D?)\s*{_EXTENSION_MARK}(\d{{1,6}})#?", re.IGNORECASE)
_DASHED = re.compile(r"(.*\d)\s?[-—~]\s?(\d{1,6})")
# What stands in a number beside digits; anything else is no number, though libphonenumber would look into it.
_WRITTEN = re.compile(r"\(?\+?[\d()][\d ().\-/\t]*", re.ASCII)
_RFC_3966 = re.compile(r"tel:\+?[\d().\-]+(?:;[\w=+.\-]+)*", re.ASCII | re.IGNORECASE)
_MOST_EXTENSION = 6
# Longer than any number with its extension; bounds the input of the patterns.
_LONGEST = 64
_SEPARATORS = str.maketrans("", "", " -.()/\t")
_COUNTRY = re.compile(r"(?:\+|00)?86(?=1)", re.ASCII)
_CANONICAL = re.compile(r"(\+?\d{3,17})(?:-\d{1,6})?", re.ASCII)
_LOCAL = re.compile(r"[2-8]\d{6,7}|9[56]\d{3,6}", re.ASCII)
_UNPREFIXED = re.compile(r"1[3-9]\d{9}|[48]00\d{7}", re.ASCII)


class _Patterns(NamedTuple):
    """Of national numbers, without the trunk prefix: mobile, and all that are valid."""

    mobile: re.Pattern[str]
    valid: re.Pattern[str]


@cache
def _home() -> _Patterns:
    from phonenumbers import PhoneMetadata

    country: Any = PhoneMetadata.metadata_for_region(HOME)
    kinds = (
        country.fixed_line, country.mobile, country.toll_free, country.premium_rate, country.shared_cost,
        country.voip, country.personal_number, country.pager, country.uan, country.voicemail,
    )  # fmt: skip
    patterns = [kind.national_number_pattern for kind in kinds if kind]
    anything = country.general_desc.national_number_pattern
    valid = "|".join(f"(?:{pattern})" for pattern in patterns if pattern)
    mobile = re.compile(country.mobile.national_number_pattern, re.ASCII)
    return _Patterns(mobile, re.compile(f"(?=(?:{anything})$)(?:{valid})", re.ASCII))


def is_mobile(text: str) -> bool:
    """Whether a canonical text is a mobile number of mainland China."""
    return _home().mobile.fullmatch(text) is not None


def is_dialled(text: str) -> bool:
    """Whether a canonical text is a valid number of mainland China, without extension: the fast path."""
    home = _home()
    if home.mobile.fullmatch(text):
        return True
    if text[:1] == "0":
        return not _UNPREFIXED.fullmatch(text, 1) and home.valid.fullmatch(text, 1) is not None
    return _UNPREFIXED.fullmatch(text) is not None and home.valid.fullmatch(text) is not None


def is_abroad(text: str) -> bool:
    """Whether a canonical text is a valid number of another country."""
    number = text.partition("-")[0]
    return text[:1] == "+" and _canonical(number) == number


def is_number(text: str) -> bool:
    """Whether a canonical text is any telephone number."""
    match = _CANONICAL.fullmatch(text)
    if not match:
        return False
    return is_dialled(match[1]) or _LOCAL.fullmatch(match[1]) is not None or is_abroad(match[1])


def clean(text: str) -> str:
    """The canonical text; of what is no number its digits and signs, so that a check can refuse it."""
    text = whole_number(unwrapped(half_width(text))).strip(" -")
    if SCIENTIFIC.fullmatch(text):
        return text
    if len(text) > _LONGEST:
        return text
    bare = text.translate(_SEPARATORS)
    if bare.isascii() and bare.removeprefix("+").isdigit() and _WRITTEN.fullmatch(text):
        mobile = _COUNTRY.sub("", bare, count=1) if len(bare) > 11 else bare
        if is_mobile(mobile):
            return mobile
        if len(bare) in (10, 11, 12) and bare[0] == "0" and bare[1] != "0" and is_dialled(bare):
            return bare
    return _canonical(text) or _extended(text) or _as_written(text)


def _extended(text: str) -> str:
    """A number with an extension after a word or sign, or after a dash if it is no number as a whole."""
    for pattern in (_MARKED, _DASHED):
        match = pattern.fullmatch(text)
        if not match:
            continue
        number = _canonical(match[1])
        if not number and _LOCAL.fullmatch(bare := match[1].translate(_SEPARATORS)):
            number = bare
        if number:
            return f"{number}-{match[2]}" if "-" not in number else number
    return ""


def _as_written(text: str) -> str:
    return text.translate(_SEPARATORS)


def _canonical(text: str) -> str:
    """What libphonenumber reads, if it is valid; "" otherwise."""
    if not (_WRITTEN.fullmatch(text) or _RFC_3966.fullmatch(text)):
        return ""
    import phonenumbers

    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number) or len(number.extension or "") > _MOST_EXTENSION:
        return ""
    extension = f"-{number.extension}" if number.extension else ""
    if number.country_code != 86:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension
    national = phonenumbers.national_significant_number(number)
    return ("" if _UNPREFIXED.fullmatch(national) else "0") + national + extension
