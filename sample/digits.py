"""Check digits, written from the standards' own definitions.

Each sum is linear, so a number's parts can be summed apart and looked up from tables.
"""

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECK = "10X98765432"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def id_sum(part: str, at: int) -> int:
    """Weighted sum of digits that stand at position `at` (from 0) of an 18-character id."""
    return sum(int(c) * w for c, w in zip(part, ID_WEIGHTS[at:], strict=False))


def id_check(body: str) -> str:
    """The last character for 17 digits, by GB 11643 (ISO 7064 mod 11-2)."""
    return ID_CHECK[id_sum(body, 0) % 11]


def luhn_sum(part: str, *, doubled: bool) -> int:
    """Luhn sum of digits; `doubled` says whether the rightmost one is doubled."""
    total = 0
    for c in reversed(part):
        digit = int(c) * (2 if doubled else 1)
        total += digit - 9 if digit > 9 else digit
        doubled = not doubled
    return total


def luhn_check(body: str) -> str:
    """The last digit of a card number, by ISO/IEC 7812-1."""
    return str(-luhn_sum(body, doubled=True) % 10)


def organisation_check(body: str) -> str:
    """The last character for the eight of an organisation code, by GB 11714."""
    total = sum(int(c, 36) * w for c, w in zip(body, ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def uscc_check(body: str) -> str:
    """The last character for 17 of a unified social credit code, by GB 32100."""
    total = sum(USCC_LETTERS.index(c) * w for c, w in zip(body, USCC_WEIGHTS, strict=True))
    return USCC_LETTERS[-total % 31]
