"""What a typed text may be, by the recognisers of `detect`: its readings, the likeliest first.

Pure. Each reading has the ways to search for it, and words that never hold the text itself.
"""

import re
from dataclasses import dataclass
from typing import Final

from tutela.detect.primitives.characters import half_width, without_ignorable
from tutela.detect.recognisers import REGISTRY

MOST_CHARACTERS: Final = 200
"""A longer text is no value of one customer."""
SURE: Final = 0.5
POSSIBLE: Final = 0.3
LAST_FOUR: Final = ("phone_last4", "id_number_last4", "bank_card_last4", "account_number_last4")
_FOUR = re.compile(r"\d{3}[\dXx]", re.ASCII)
_NAME_AND_FOUR = re.compile(r"(?P<name>.*\S)[\s,，、]+(?P<four>\d{3}[\dXx])", re.ASCII)
_SEPARATORS = re.compile(r"[\s-]")
_PHONES = ("phone", "landline", "caller_phone", "claimant_phone", "account_reserved_phone")
_CARDS = ("bank_card", "account_number", "payment_account", "claim_account")
_NUMBERS = ("customer_number", "policy_number", "claim_number", "contact_number", "proposal_number")
# By the kind of a reading: the recognisers whose certainty makes it one, and how it is searched.
_KINDS: Final[tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]] = (
    ("email", ("email",), ("email",)),
    ("id", ("id_document",), ("id_number", "passport_number", "travel_permit")),
    ("phone", ("mobile", "landline"), _PHONES),
    ("card", ("bank_card",), _CARDS),
    ("plate", ("plate",), ("plate",)),
    ("vin", ("vin",), ("vin",)),
    ("company", ("uscc",), ("unified_code",)),
)
_MISTYPED = 18


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a text may be. `kind`: see `words.READINGS`; `ways`: codes that `find` takes, the likeliest
    first; `hint`: last four characters that came with a name. `alone`: one customer has it, or nobody."""

    kind: str
    ways: tuple[str, ...]
    value: str
    hint: str = ""
    alone: bool = True


def readings(text: str) -> list[Reading]:
    """What a text may be, the likeliest first; nothing for a blank one or one that is too long."""
    if len(text) > MOST_CHARACTERS:
        return []
    value = " ".join(without_ignorable(text).split())
    plain = half_width(value)
    if not value:
        return []
    if _FOUR.fullmatch(plain):
        return [Reading("last_four", LAST_FOUR, plain, alone=False)]
    if (both := _NAME_AND_FOUR.fullmatch(plain)) and _is_name(both["name"]):
        return [Reading("name_and_four", ("name",), both["name"], both["four"])]
    if _is_name(plain):
        return [Reading("name", ("name",), value, alone=False)]
    found = [
        Reading(kind, ways, value) for kind, rated, ways in _KINDS if _rate(rated, plain) >= SURE
    ]
    if not found and plain.startswith("+"):
        found = [Reading("phone", _PHONES, value)]
    if not found and len(plain) == _MISTYPED and _rate(("id_document",), plain):
        found = [Reading("id", ("id_number",), value)]
    return [*found, *_numbers(value, plain, {way for one in found for way in one.ways})]


def _numbers(value: str, plain: str, tried: set[str]) -> list[Reading]:
    """A number that has no form of its own may be of anything that is numbered."""
    if not any(map(str.isdigit, plain)) or re.search(r"[^\x21-\x7e ]", plain):
        return []
    ways = [*_NUMBERS]
    for _kind, rated, more in _KINDS:
        if POSSIBLE <= _rate(rated, plain) < SURE:
            ways += more[:2]
    if _rate(("bank_account",), plain) and plain.replace(" ", "").isdigit():
        ways += _CARDS[:2]
    left = tuple(way for way in dict.fromkeys(ways) if way not in tried)
    return [Reading("number", left, value)]


def _rate(recognisers: tuple[str, ...], plain: str) -> float:
    forms = {plain, _SEPARATORS.sub("", plain)}
    return max(REGISTRY[name].validate(form) for name in recognisers for form in forms)


def _is_name(plain: str) -> bool:
    """Letters of any script, with the dots and spaces of names, and no digit."""
    return (
        "@" not in plain
        and not any(map(str.isdigit, plain))
        and any(map(str.isalpha, plain))
        and not _rate(("plate",), plain)
    )
