"""The machine-readable lines of passports (ICAO Doc 9303), and the check digits in them.

A file may hold the second line of a passport (44 signs), both lines, or its first ten: the number, filled up with
<, and its check digit.
"""

import re

_WEIGHTS = (7, 3, 1)
_SECOND = re.compile(
    r"([A-Z0-9<]{9})(\d)[A-Z<]{3}(\d{6})(\d)[MFX<](\d{6})(\d)([A-Z0-9<]{14})([\d<])(\d)",
    re.ASCII,
)
_BOTH = re.compile(r"P[A-Z0-9<]{43}\s*(?=[A-Z0-9<]{44}$)", re.ASCII)
_START = re.compile(r"([A-Z0-9<]{9})(\d)", re.ASCII)


def check_digit(text: str) -> str:
    """The digit over figures, letters from A as 10, and < as 0, weighted 7, 3, 1."""
    values = (0 if sign == "<" else int(sign, 36) for sign in text)
    return str(sum(value * _WEIGHTS[at % 3] for at, value in enumerate(values)) % 10)


def document_number(text: str) -> str:
    """The number in a machine-readable line of which all check digits are right; "" otherwise."""
    line = _BOTH.sub("", text, count=1)
    if match := _START.fullmatch(line):
        right = check_digit(match[1]) == match[2]
        return match[1].rstrip("<") if right and "<" in line else ""
    match = _SECOND.fullmatch(line)
    if not match:
        return ""
    number, birth, expiry, personal = match[1], match[3], match[5], match[7]
    parts = ((number, match[2]), (birth, match[4]), (expiry, match[6]), (personal, match[8]))
    # Nothing in a part may stand as < where its check digit would be 0.
    right = all(check_digit(part) == digit.replace("<", "0") for part, digit in parts)
    whole = line[0:10] + line[13:20] + line[21:43]
    return number.rstrip("<") if right and check_digit(whole) == match[9] else ""
