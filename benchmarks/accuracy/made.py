"""What all invented values are made with: digits, days, the dress of a file, and what happens on the way."""

import string
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

TODAY = date(2026, 6, 1)

DIGITS = string.digits

# Division codes (GB/T 2260) of all provinces, some of them of counties that were founded or merged later.
AREAS = [
    "110105",
    "120101",
    "130102",
    "140105",
    "150102",
    "210102",
    "220102",
    "230102",
    "310115",
    "320102",
    "330113",
    "340102",
    "350100",
    "360102",
    "370102",
    "410102",
    "420102",
    "430102",
    "440305",
    "450102",
    "460105",
    "500101",
    "510107",
    "520102",
    "530102",
    "540102",
    "610102",
    "620201",
    "630102",
    "640104",
    "650102",
]

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"

ALNUM = LETTERS + DIGITS


@dataclass(frozen=True, slots=True)
class Kind:
    """How to make values of one recogniser. `valid` gives (written, stored); `is_wrong` is the rule.

    `checked`: a check digit decides, so not one wrong value may pass.
    """

    id: str
    valid: Callable[[Random], tuple[str, str]]
    is_wrong: Callable[[str], bool]
    rule: str
    source: str
    checked: bool = False
    spoil: Callable[[Random, str], str] | None = None


def digits(random: Random, count: int) -> str:
    return "".join(random.choices(DIGITS, k=count))


def day_between(random: Random, first: int = 1930, last: int = 2025) -> date:
    start = date(first, 1, 1)
    return start + timedelta(days=random.randrange((date(last, 12, 31) - start).days))


def is_day(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return False
    return True


def dressed(random: Random, text: str) -> str:
    """A code as files hold it: full width, small, with blanks, in a spreadsheet's quotes."""
    way = random.randrange(10)
    if way == 0:
        return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
    if way == 1:
        return f"  {text.lower()}\u3000"
    if way == 2:
        return f'="{text}"'
    if way == 3:
        return "'" + text
    return "\u200e" + text + "\u202c" if way == 4 else text


def mistyped(random: Random, text: str) -> str:
    """What happens to a value on its way."""
    at = random.randrange(len(text))
    sign = text[at]
    other = random.choice(
        DIGITS if sign.isdigit() else LETTERS if sign.isascii() and sign.isalpha() else DIGITS
    )
    ways = [
        text[:at] + other + text[at + 1 :],
        text[:at] + text[at + 1 : at + 2] + sign + text[at + 2 :],
        text[:at] + text[at + 1 :],
        text[: at + 1] + sign + text[at + 1 :],
        text[:-3] + "000",
        text[:at] + random.choice("Ol?IZ*") + text[at + 1 :],
        random.choice(["不适用", "见附件", "#REF!", "#VALUE!", "待补", "x", "123"]),
    ]
    return random.choices(ways, weights=(6, 4, 3, 2, 1, 2, 1))[0]


def pairs(written: str) -> Callable[[Random], tuple[str, str]]:
    """Values of a closed list: "written=stored written=stored"."""
    pairs = [pair.split("=") for pair in written.split(" ")]
    return lambda random: tuple(random.choice(pairs))  # type: ignore[return-value]


def one_of(*words: str) -> Callable[[Random, str], str]:
    return lambda random, _text: random.choice(words)


def coded(make: Callable[[Random], str]) -> Callable[[Random], tuple[str, str]]:
    def valid(random: Random) -> tuple[str, str]:
        number = make(random)
        return dressed(random, number), number

    return valid
