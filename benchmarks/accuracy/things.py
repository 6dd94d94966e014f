"""Numbers of organisations, accounts and vehicles, with the rules of their standards."""

from random import Random

from stdnum import iban, luhn
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_10

from .made import ALNUM, AREAS, DIGITS, LETTERS, digits, dressed

# First six digits and length: published prefixes of large issuers.
CARDS = (
    ("622848", 19),
    ("622202", 19),
    ("621700", 19),
    ("622588", 16),
    ("621661", 19),
    ("622700", 19),
)

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

VIN_SIGNS = "ABCDEFGHJKLMNPRSTUVWXYZ" + DIGITS


def organisation_18(random: Random) -> str:
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = (
        random.choice(("91", "92", "52", "12"))
        + random.choice(AREAS)
        + "".join(random.choices(signs, k=9))
    )
    return body + uscc.calc_check_digit(body)


def _organisation_9(random: Random) -> str:
    body = "".join(random.choices(DIGITS, k=8))
    return body + _of_nine(body)


def _of_nine(body: str) -> str:
    total = sum(
        int(sign, 36) * weight for sign, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)
    )
    rest = 11 - total % 11
    return "X" if rest == 10 else "0" if rest == 11 else str(rest)


def organisation(random: Random) -> tuple[str, str]:
    way = random.randrange(5)
    if way == 0:
        body = random.choice(AREAS) + digits(random, 8)
        number = body + mod_11_10.calc_check_digit(body)
    elif way == 1:
        number = _organisation_9(random)
        return (f"{number[:8]}-{number[8]}" if random.random() < 0.5 else number), number
    elif way == 2:
        number = random.choice(AREAS) + _organisation_9(random)
    else:
        number = organisation_18(random)
    return dressed(random, number), number


def is_organisation(text: str) -> bool:
    def nine(part: str) -> bool:
        plain = part.isascii() and part[:8].isalnum() and part == part.upper()
        return len(part) == 9 and plain and part[8] == _of_nine(part[:8])

    text = text.replace("-", "")
    if len(text) == 15:
        registered = text.isascii() and text.isdigit() and mod_11_10.is_valid(text)
        return registered or (text[:6].isdigit() and nine(text[6:]))
    return nine(text) if len(text) == 9 else uscc.is_valid(text)


def _card(random: Random) -> str:
    head, length = random.choice(CARDS)
    body = head + digits(random, length - 7)
    return body + luhn.calc_check_digit(body)


def _grouped(random: Random, number: str) -> str:
    if random.random() < 0.4:
        return " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    return dressed(random, number)


def is_card(text: str) -> bool:
    return 13 <= len(text) <= 19 and text.isascii() and text.isdigit() and luhn.is_valid(text)


def account(random: Random) -> tuple[str, str]:
    way = random.randrange(4)
    if way == 0:
        number = _card(random)
        return _grouped(random, number), number
    if way == 1:
        body = random.choice(("NWBK", "BARC")) + digits(random, 14)
        number = "GB" + iban.calc_check_digits("GB00" + body) + body
        return _grouped(random, number), number
    number = random.choice("1348") + digits(random, random.choice((9, 11, 14, 16, 18, 20)))
    return dressed(random, number), number


def is_wrong_account(text: str) -> bool:
    if (text[:6], len(text)) in CARDS and text.isdigit():
        return not luhn.is_valid(text)
    if not text.isascii() or not text.isalnum():
        return True
    if text[:2].isalpha() and not text[4:].isdigit():
        return not iban.is_valid(text)
    head = text.rstrip(DIGITS)
    return (
        not ((len(head) <= 4 and head.isupper()) or not head)
        or not 5 <= len(text) - len(head) <= 36
    )


def _vin_digit(text: str) -> str:
    values = dict(
        zip(
            "0123456789ABCDEFGHJKLMNPRSTUVWXYZ",
            [*range(10), *range(1, 9), *range(1, 6), 7, 9, *range(2, 10)],
            strict=True,
        )
    )
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    rest = sum(values[sign] * weight for sign, weight in zip(text, weights, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def vin(random: Random) -> tuple[str, str]:
    maker = random.choice(("LSV", "LFV", "LGW", "LBV", "1HG", "5YJ", "WVW", "JTD", "WDD"))
    text = (
        maker
        + "".join(random.choices(VIN_SIGNS, k=5))
        + "0"
        + "".join(random.choices(VIN_SIGNS, k=4))
        + digits(random, 4)
    )
    text = (
        text[:8] + _vin_digit(text) + text[9:]
        if text[0] in "L12345" or random.random() < 0.5
        else text
    )
    return dressed(random, text), text


def is_wrong_vin(text: str) -> bool:
    if len(text) != 17 or not set(text) <= set(VIN_SIGNS):
        return True
    return text[0] in "L12345" and _vin_digit(text) != text[8]


def plate(random: Random) -> tuple[str, str]:
    province, letter = random.choice(PROVINCES), random.choice(LETTERS)
    energy = "ABCDEFGHJK"
    way = random.randrange(8)
    if way < 4:
        signs = "".join(random.choices(DIGITS * 3 + LETTERS, k=5))
    elif way == 4:
        signs = random.choice(energy) + random.choice(ALNUM) + digits(random, 4)
    elif way == 5:
        signs = digits(random, 5) + random.choice(energy)
    elif way == 6:
        signs = digits(random, 4) + random.choice("挂学警领港澳")
    else:
        number = digits(random, 6)
        return f"使{number[:3]}·{number[3:]}", "使" + number
    dot = random.choice(["", "", "·", "•", "・", " ", ".", "-"])
    written = province + letter + dot + signs
    return random.choice([written, written.lower()]), province + letter + signs


def is_plate(text: str) -> bool:
    text = text.upper()
    head, signs = text[:2], text[2:]
    figures = "".join("#" if sign in DIGITS else "@" if sign in LETTERS else sign for sign in text)
    if figures in ("使######", "######使", "领######"):
        return True
    if text[:1] in PROVINCES and figures[1:] in ("####领", "#####领", "######领"):
        return True
    if len(head) < 2 or head[0] not in PROVINCES + "使" or head[1] not in LETTERS:
        return False
    if len(signs) == 5:
        return set(signs[:4]) <= set(ALNUM) and signs[4] in ALNUM + "挂学警港澳使领"
    form = figures[2:]
    small = form in ("@#####", "@@####") and signs[0] in "ABCDEFGHJK"
    large = form == "#####@" and signs[5] in "ABCDEFGHJK"
    return small or large or form == "####应急"


def spaced_card(random: Random) -> tuple[str, str]:
    number = _card(random)
    return _grouped(random, number), number
