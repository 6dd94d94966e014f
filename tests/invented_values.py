"""Customers' values that a generator makes anew at each run: right by their own checks, nobody's."""

import random
from datetime import date, timedelta

from tutela.crypto.normalise import id_card_18
from tutela.detect.primitives.check_digits import luhn
from tutela.detect.recognisers.vin import is_right as vin_right

DIGITS = "0123456789"


def _digits(dice: random.Random, count: int) -> str:
    return "".join(dice.choices(DIGITS, k=count))


def _day(dice: random.Random, days: int = 19_000) -> str:
    return (date(1950, 1, 1) + timedelta(days=dice.randrange(days))).strftime("%Y%m%d")


def _check_digit(body: str) -> str:
    """The last sign of GB 11643."""
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(body))
    return "10X98765432"[total % 11]


def _card(dice: random.Random) -> str:
    body = "622848" + _digits(dice, 12)
    return next(body + digit for digit in DIGITS if luhn(body + digit))


def _vin(dice: random.Random) -> str:
    signs = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
    head = "LSV" + "".join(dice.choices(signs, k=5))
    tail = "".join(dice.choices(signs, k=4)) + _digits(dice, 4)
    return next(head + mark + tail for mark in DIGITS + "X" if vin_right(head + mark + tail))


def invented(dice: random.Random) -> dict[str, str]:
    """One value of each kind, as a person would type it: with the word that names it where its form
    alone proves nothing."""
    born = _day(dice)
    return {
        "resident_id18": str(id_card_18("440106" + born + _digits(dice, 3))),
        "resident_id15": "310101" + _day(dice, 18_000)[2:] + _digits(dice, 3),
        "hmt_residence_permit": (body := "810000" + born + _digits(dice, 3)) + _check_digit(body),
        "foreign_resident_id": (body := "911124" + born + _digits(dice, 3)) + _check_digit(body),
        "hmt_travel_permit": "回乡证 H" + _digits(dice, 8),
        "passport": "护照 E" + _digits(dice, 8),
        "bank_card": _card(dice),
        "mobile": "199" + _digits(dice, 8),
        "phone": "+852 9" + _digits(dice, 3) + " " + _digits(dice, 4),
        "landline": "0755-8" + _digits(dice, 7),
        "email": f"kn{_digits(dice, 9)}@quetzal-{_digits(dice, 5)}.example",
        "claim_number": "赔案号 C2024" + _digits(dice, 11),
        "policy_number": "保单号 PDAA2024" + _digits(dice, 12),
        "plate": "粤B" + _digits(dice, 5),
        "vin": _vin(dice),
    }


def bare(value: str) -> str:
    """The value without the word before it."""
    return value.rpartition(" ")[2] if value[0] != "+" else value
