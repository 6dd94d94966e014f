"""Check digits used by several recognisers: GB 11643 (ISO 7064 MOD 11-2) and Luhn.

For speed, sums are taken over four characters at a time from precomputed tables. A character outside the
alphabet is a missing key, so no pattern has to be matched first.
"""

_FOURS = [f"{n:04d}" for n in range(10_000)]


def _binary(four: str) -> int:
    """Sum of four digits weighted 8, 4, 2, 1; the last may be X for ten."""
    last = 10 if four[3] == "X" else int(four[3])
    return 8 * int(four[0]) + 4 * int(four[1]) + 2 * int(four[2]) + last


def _luhn(four: str) -> int:
    doubled = [int(d) * 2 for d in (four[0], four[2])]
    return sum(d - 9 if d > 9 else d for d in doubled) + int(four[1]) + int(four[3])


FOUR = {four: _binary(four) for four in _FOURS}
TAIL = FOUR | {four: _binary(four) for four in (f"{n:03d}X" for n in range(1000))}
HEAD = {f"{n:02d}": (2 * (n // 10) + n % 10) * 9 for n in range(100)}
_LUHN = {four: _luhn(four) for four in _FOURS}


def mod_11_2(text: str) -> bool | None:
    """The GB 11643 check of 18 characters; None if the form is wrong."""
    try:
        total = (
            HEAD[text[:2]]
            + 4 * FOUR[text[2:6]]
            + 3 * FOUR[text[6:10]]
            + 5 * FOUR[text[10:14]]
            + TAIL[text[14:]]
        )
    except KeyError:
        return None
    return total % 11 == 1


def luhn(text: str) -> bool:
    """The Luhn check of up to 20 digits; False for anything else."""
    padded = text.zfill(20)
    try:
        total = (
            _LUHN[padded[:4]]
            + _LUHN[padded[4:8]]
            + _LUHN[padded[8:12]]
            + _LUHN[padded[12:16]]
            + _LUHN[padded[16:]]
        )
    except KeyError:
        return False
    return total % 10 == 0
