"""Telephone numbers of 30 regions in the forms that people and systems write, with libphonenumber's E.164.

Source: the example numbers and formats of libphonenumber (package phonenumbers), with other digits at their end
where the number stays valid. Extensions are written as Chinese files write them. A number is invalid if
libphonenumber says so: of a wrong length, in a range that is not given out, or with other signs in it.
"""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

HOME = "CN"
_CODES = "CN HK MO TW SG MY TH VN ID PH JP KR IN AE RU KZ GB DE FR IT ES NL CH SE US CA MX BR AU NZ"
REGIONS = tuple(_CODES.split(" "))
TYPES = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.TOLL_FREE)
FORMATS = (
    PhoneNumberFormat.E164,
    PhoneNumberFormat.INTERNATIONAL,
    PhoneNumberFormat.RFC3966,
    PhoneNumberFormat.NATIONAL,
)
EXTENSIONS = (
    "转{}",
    " 转 {}",
    "转接{}",
    "分机{}",
    " 分机:{}",
    " ext {}",
    " ext. {}",
    "ext{}",
    "x{}",
    "#{}",
    ";ext={}",
    "-{}",
    " - {}",
)


class Written(NamedTuple):
    """A number as it is written, and what it has to become."""

    text: str
    e164: str
    extension: str


def numbers(random: Random, region: str, count: int) -> Iterator[PhoneNumber]:
    """Valid numbers of a region, from its example numbers."""
    examples = [phonenumbers.example_number_for_type(region, kind) for kind in TYPES]
    known = [example for example in examples if example]
    made = 0
    while made < count:
        example = random.choice(known)
        digits = phonenumbers.national_significant_number(example)
        changed = random.randint(1, min(7, len(digits) - 1))
        tail = "".join(random.choices("0123456789", k=changed))
        text = f"+{example.country_code}{digits[:-changed]}{tail}"
        try:
            number = phonenumbers.parse(text, None)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            made += 1
            yield number


def written(random: Random, region: str, number: PhoneNumber) -> Written:
    """One way to write a number: without its country only at home."""
    shape = random.choice(FORMATS if region == HOME else FORMATS[:3])
    text = phonenumbers.format_number(number, shape)
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    way = random.randrange(8)
    if shape == PhoneNumberFormat.INTERNATIONAL and way == 0:
        text = "00" + text[1:]
    elif shape == PhoneNumberFormat.INTERNATIONAL and way == 1:
        text = text.replace(" ", "-")
    elif shape == PhoneNumberFormat.INTERNATIONAL and way == 2:
        text = "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in text)
    elif shape == PhoneNumberFormat.INTERNATIONAL and way == 3:
        country, _, rest = text.partition(" ")
        text = f"({country}) {rest}" if rest else text
    elif shape == PhoneNumberFormat.E164 and way < 3:
        text = ("00", f"00{number.country_code} ", f"+{number.country_code}-")[way] + (
            text[1:] if way == 0 else text[1 + len(str(number.country_code)) :]
        )
    if random.random() < 0.8:
        return Written(text, e164, "")
    extension = str(random.randint(1, 9999))
    form = ";ext={}" if shape == PhoneNumberFormat.RFC3966 else random.choice(EXTENSIONS)
    extended = text + form.format(extension)
    if form.endswith(("-{}", "- {}")):
        # Where numbers have no fixed length (Germany) the library may read the whole as one.
        whole = phonenumbers.parse(extended, HOME)
        if phonenumbers.is_valid_number(whole):
            return Written(text, e164, "")
    return Written(extended, e164, extension)


def cases(random: Random, count: int) -> Iterator[Written]:
    """Written numbers of all regions in turn; a third of them at home."""
    for place in range(count):
        region = HOME if place % 3 == 0 else REGIONS[place % len(REGIONS)]
        (number,) = numbers(random, region, 1)
        yield written(random, region, number)


def _read(text: str) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def is_wrong(text: str) -> bool:
    """Whether libphonenumber calls the whole no number; it would look for one inside other words."""
    return _read(text) is None or any(sign.isalpha() for sign in text)


def is_mobile(text: str) -> bool:
    """Whether E.164 with an extension is a mobile number of mainland China."""
    number = _read(text.partition("-")[0])
    kind = phonenumbers.number_type(number) if number else None
    return kind == PhoneNumberType.MOBILE and number.country_code == 86


def is_wrong_mobile(text: str) -> bool:
    """Whether a text is neither a mobile number of mainland China nor a number of another country."""
    number = _read(text)
    return is_wrong(text) or (number.country_code == 86 and not is_mobile(text))


def spoilt(random: Random, text: str) -> str:
    """A number in one piece with a fault: a digit lost or too many, another range, signs that are none."""
    number = _read(text) or phonenumbers.example_number(HOME)
    digits = phonenumbers.national_significant_number(number)
    head = "" if number.country_code == 86 else f"+{number.country_code}"
    at = random.randrange(len(digits))
    return head + random.choice(
        [
            digits[:at] + digits[at + 1 :],
            digits[:at] + random.choice("0123456789") + digits[at:],
            random.choice(("0", "00", "10", "161", "168", "174", "999")) + digits[3:],
            digits[:at] + random.choice("OlI?") + digits[at + 1 :],
            digits + digits,
            digits[: random.randint(1, 5)],
            f"电话{digits}",
            digits[:3] + "****" + digits[7:],
        ]
    )
