"""Numbers of people: resident ids, permits, Hong Kong cards, passports; with the rules of their standards."""

import string
from random import Random

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from .made import AREAS, DIGITS, LETTERS, TODAY, day_between, digits, dressed, is_day
from .things import organisation_18

HMT = ("810000", "820000", "830000")

PROVINCE_HEADS = frozenset(area[:2] for area in AREAS) | {"71", "81", "82", "83"}


def _with_mod_11_2(body: str) -> str:
    return body + mod_11_2.calc_check_digit(body)


def resident(random: Random) -> str:
    return _with_mod_11_2(
        random.choice(AREAS) + f"{day_between(random):%Y%m%d}" + digits(random, 3)
    )


def _is_right_18(text: str) -> bool:
    born = text[6:14]
    return (
        len(text) == 18
        and text.isascii()
        and text[:17].isdigit()
        and mod_11_2.is_valid(text)
        and is_day(born)
        and "19000101" <= born <= f"{TODAY:%Y%m%d}"
    )


def is_resident(text: str) -> bool:
    return _is_right_18(text) and text[:2] in PROVINCE_HEADS


def is_resident_15(text: str) -> bool:
    digits = len(text) == 15 and text.isascii() and text.isdigit()
    return digits and text[:2] in PROVINCE_HEADS and is_day("19" + text[6:12])


def _hong_kong(random: Random) -> str:
    head = "".join(random.choices(string.ascii_uppercase, k=random.choice((1, 1, 1, 2)))) + digits(
        random, 6
    )
    return f"{head}({_hong_kong_digit(head)})"


def _hong_kong_digit(head: str) -> str:
    values = [36] * (8 - len(head)) + [int(sign, 36) for sign in head]
    rest = -sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True)) % 11
    return "A" if rest == 10 else str(rest)


def is_hong_kong(text: str) -> bool:
    bare = text.replace("(", "").replace(")", "")
    form = (
        8 <= len(bare) <= 9
        and bare[:-1].isascii()
        and bare[-7:-1].isdigit()
        and bare[:-7].isalpha()
        and bare.isupper()
    )
    return form and bare[-1] == _hong_kong_digit(bare[:-1]) and text.count("(") == text.count(")")


def _mrz_digit(text: str) -> str:
    values = [0 if sign == "<" else int(sign, 36) for sign in text]
    return str(sum(value * (7, 3, 1)[at % 3] for at, value in enumerate(values)) % 10)


def _machine_line(random: Random) -> tuple[str, str]:
    number = random.choice(["E", "G", "EA", "K"]) + digits(random, 8)
    number = number[:9]
    born, ends = (
        f"{day_between(random, 1940, 2010):%y%m%d}",
        f"{day_between(random, 2024, 2035):%y%m%d}",
    )
    parts = [
        number,
        _mrz_digit(number),
        "CHN",
        born,
        _mrz_digit(born),
        random.choice("MF"),
        ends,
        _mrz_digit(ends),
    ]
    personal = "<" * 14
    line = "".join(parts) + personal + random.choice("<0")
    return line + _mrz_digit(line[:10] + line[13:20] + line[21:43]), number


def passport(random: Random) -> tuple[str, str]:
    way = random.randrange(4)
    if way == 0:
        return _machine_line(random)
    form = random.choice(
        [
            "E########",
            "E@#######",
            "G########",
            "PE#######",
            "@#######",
            "@@#######",
            "##@@#####",
            "#########",
            "C##@##@##",
        ]
    )
    number = "".join(
        random.choice(DIGITS) if sign == "#" else random.choice(LETTERS) if sign == "@" else sign
        for sign in form
    )
    return dressed(random, number), number


def is_passport(text: str) -> bool:
    if "<" in text:
        return _is_machine_line(text)
    signs = text.isascii() and text.isalnum() and text == text.upper()
    figures = sum(map(str.isdigit, text))
    return signs and (
        (text.isdigit() and 6 <= len(text) <= 10)
        or (not text.isdigit() and 5 <= len(text) <= 14 and figures >= 3)
    )


def _is_machine_line(text: str) -> bool:
    if (
        len(text) == 10
        and text[9].isdigit()
        and all(sign == "<" or (sign.isascii() and sign.isalnum()) for sign in text)
    ):
        return _mrz_digit(text[:9]) == text[9]
    if len(text) != 44 or not all(
        sign == "<" or (sign.isascii() and (sign.isdigit() or sign.isupper())) for sign in text
    ):
        return False
    pairs = (
        (text[:9], text[9]),
        (text[13:19], text[19]),
        (text[21:27], text[27]),
        (text[28:42], text[42].replace("<", "0")),
    )
    whole = text[:10] + text[13:20] + text[21:43]
    return all(_mrz_digit(part) == digit for part, digit in pairs) and _mrz_digit(whole) == text[43]


def travel(random: Random) -> tuple[str, str]:
    way = random.randrange(7)
    if way == 0:
        number = _with_mod_11_2(
            random.choice(HMT) + f"{day_between(random):%Y%m%d}" + digits(random, 3)
        )
    elif way == 1:
        number = foreign(random)
    else:
        form = random.choice(
            [
                "H########",
                "M########",
                "H##########",
                "########",
                "C########",
                "C@#######",
                "T########",
            ]
        )
        number = "".join(
            random.choice(DIGITS)
            if sign == "#"
            else random.choice(LETTERS)
            if sign == "@"
            else sign
            for sign in form
        )
    return dressed(random, number), number


def foreign(random: Random) -> str:
    born = day_between(random)
    if random.random() < 0.5:
        return _with_mod_11_2(
            "9"
            + random.choice(AREAS)[:2]
            + digits(random, 3)
            + f"{born:%Y%m%d}"
            + digits(random, 3)
        )
    return (
        random.choice(("USA", "GBR", "FRA", "JPN", "KOR", "DEU"))
        + digits(random, 4)
        + f"{born:%y%m%d}"
        + digits(random, 2)
    )


def is_foreign(text: str) -> bool:
    if len(text) == 15 and text.isascii() and text[:3].isalpha() and text[3:].isdigit():
        return is_day("19" + text[7:13]) or is_day("20" + text[7:13])
    return text[:1] == "9" and _is_right_18(text)


def is_travel(text: str) -> bool:
    if len(text) in (15, 18):
        return (
            is_foreign(text) or (text.startswith(HMT) and _is_right_18(text)) or is_resident(text)
        )
    if not (text.isascii() and text == text.upper()):
        return False
    head = text.rstrip(DIGITS)
    figures = len(text) - len(head)
    if not head:
        return figures in (8, 10)
    if len(text) == 11 and text[:10].isdigit() and text[10].isalpha():
        return True
    return (
        (head in ("H", "M") and figures in (8, 10))
        or (head in ("C", "W", "L", "T") and figures == 8)
        or (len(head) == 2 and head[0] == "C" and head[1] in LETTERS and figures == 7)
    )


def document(random: Random) -> tuple[str, str]:
    way = random.randrange(8)
    if way < 4:
        number = resident(random)
        return dressed(random, number), number
    if way == 4:
        written = _hong_kong(random)
        return written, written.replace("(", "").replace(")", "")
    if way == 5:
        return passport(random)
    if way == 6:
        return travel(random)
    number = organisation_18(random)
    return dressed(random, number), number


def is_wrong_document(text: str) -> bool:
    """Wrong for every document that there is."""
    text = text.upper()
    if "<" in text:
        return not _is_machine_line(text)
    if "(" in text:
        return not is_hong_kong(text)
    if len(text) == 18:
        return not (_is_right_18(text) or uscc.is_valid(text) or is_resident(text))
    if len(text) == 15:
        return not (is_resident_15(text) or is_foreign(text))
    return not (is_passport(text) or is_travel(text))


def old_resident(random: Random) -> str:
    return random.choice(AREAS) + f"{day_between(random, 1930, 1998):%y%m%d}" + digits(random, 3)


def hong_kong_pair(random: Random) -> tuple[str, str]:
    written = _hong_kong(random)
    return random.choice(
        [written, written.lower(), written.replace("(", "（").replace(")", "）")]
    ), written.replace("(", "").replace(")", "")


def residence(random: Random) -> str:
    return _with_mod_11_2(random.choice(HMT) + f"{day_between(random):%Y%m%d}" + digits(random, 3))
