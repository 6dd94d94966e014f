"""Values of customers in a text that somebody typed: which kind, and where.

A sentence has no header that says what a number is, so only what its own form proves is taken:
a check digit, a number range, an address with an @; or a number behind a word that names it.
Dates, amounts, numbers of standards, ids, hashes and short service numbers are none of these.
Names, addresses and states of health have no form: this cannot find them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from tutela.detect.dates import iso
from tutela.detect.digits import (
    dated_id_problem,
    is_calendar,
    luhn,
    resident_problem,
    vin_right,
)
from tutela.detect.folding import folded
from tutela.detect.recognisers import email as email_kind
from tutela.detect.recognisers import (
    hmt_residence_permit,
    hmt_travel_permit,
    landline,
    mobile,
    passport,
)
from tutela.detect.recognisers import plate as plate_kind
from tutela.detect.recognisers.bank_card import SCHEME
from tutela.detect.tables.banks import ISSUERS
from tutela.detect.tables.places import PROVINCE_CODES
from tutela.detect.typed_numbers import Span, is_free, layout, numbers_in


@dataclass(frozen=True, slots=True)
class Finding:
    """One value: the recogniser's id, and its characters `start` up to `end` in the typed text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Line and character, both counted from 1."""

    line: int
    character: int


Finder = Callable[["_Text"], Iterator[Span]]
_UPPER: Final = {ord(small): small.upper() for small in "abcdefghijklmnopqrstuvwxyz"}
KINDS: Final = (
    "resident_id18",
    "resident_id15",
    "hmt_residence_permit",
    "foreign_resident_id",
    "hmt_travel_permit",
    "passport",
    "bank_card",
    "mobile",
    "phone",
    "landline",
    "email",
    "claim_number",
    "policy_number",
    "plate",
    "vin",
)
"""What can be found, the more special first."""

# Ids of our own and hashes: digits inside them are no number of anybody.
_OWN = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"
    r"|[0-9A-Fa-f]{32}(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{32}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{96})?)"
    r"(?![0-9A-Za-z])"
)
_ABROAD = re.compile(r"(?<![0-9A-Za-z)])\+[1-9](?:[ \-.()]{0,2}\d){9,14}(?!\d)", re.ASCII)
_LANDLINE = re.compile(landline.FULL.pattern, re.ASCII | re.IGNORECASE)
# Groups of numbers as people write them. Others are dates, amounts and tables.
_MOBILE_GROUPS: Final = frozenset(
    {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 4, 3), (4, 3, 4), (5, 6), (6, 5), (1,) * 11}
)
_SPACED_MOBILE_GROUPS: Final = frozenset({(11,), (3, 4, 4), (3, 8), (1,) * 11})
_OLD_ID_GROUPS: Final = frozenset({(15,), (6, 6, 3), (3,) * 5, (5,) * 3, (4, 4, 4, 3), (1,) * 15})
_CARD_GROUPS: Final = frozenset({(4, 6, 5), (4, 6, 4), (6, 13), (6, 10)})
_ID_WORDS = re.compile(
    r"(?:身份证|证件|居民证|居住证|永居|永久居留|sfz|shenfenzheng|id card|id no|id number|identity)"
    r"[^\d\n]{0,12}$",
    re.IGNORECASE,
)
_PERMIT_WORDS = re.compile(
    r"(?:通行证|回乡证|台胞证|港澳|证件|permit)[^\d\n]{0,12}$", re.IGNORECASE
)
_PASSPORT_WORDS = re.compile(r"(?:护照|证件|passport)[^\d\n]{0,12}$", re.IGNORECASE)
_CARD_WORDS = re.compile(
    r"(?:银行卡|卡号|账号|帐号|账户|储蓄卡|信用卡|bank card|card no|card number|account)[^\d\n]{0,12}$",
    re.IGNORECASE,
)
_POLICY_WORDS = re.compile(
    r"(?:保单|保险单|投保单|批单|保险合同|policy (?:no|num|number|id)|pol(?:icy)?no)"
    r"(?:号码|编号|号)?[.:# 为是(\"“]{0,4}$",
    re.IGNORECASE,
)
_CLAIM_WORDS = re.compile(
    r"(?:赔案|理赔|报案|立案|赔付|claim (?:no|num|number|id)|claimno)(?:号码|编号|号)?[.:# 为是(\"“]{0,4}$",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"(?<![0-9A-Z])[A-Z]{0,2}\d{7,10}(?![0-9A-Z])", re.ASCII)
_COUNTED: Final = tuple("件份张单个人笔元万")
_REFERENCE = re.compile(r"(?<![0-9A-Z])[A-Z0-9][A-Z0-9_/()-]{5,38}[A-Z0-9]", re.ASCII)
# An insurer's long number: letters, year and serial; or a division, a year and a serial.
_LONG_REFERENCE = re.compile(
    r"(?<![0-9A-Z])(?:[A-Z]{1,6}(?=\d*?(?:19|20)\d\d)\d{15,26}|[1-6]\d{5}20[0-4]\d\d{5,14})(?![0-9A-Z])",
    re.ASCII,
)
_PLATE = re.compile(rf"(?:{plate_kind.FORM.pattern})(?![0-9A-Z])", re.ASCII)
# New standards, clouds and ciphers begin with the sign of a province, too.
_NO_PLATE = re.compile(r".[ .]?(?:AES|SHA|RSA|TLS|SM[234]|GB|GA|JR|ISO|HTTP)")
_VIN = re.compile(r"(?<![0-9A-Z])[A-HJ-NPR-Z0-9]{17}(?![0-9A-Z])", re.ASCII)
_EMAIL = re.compile(email_kind.FORM.pattern)
_LOCAL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_%+'&=#~-.")


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as the searches read it: folded, in upper case and as written, with its numbers."""

    upper: str
    written: str
    numbers: list[tuple[str, Span]]


def find_values(text: str) -> list[Finding]:
    """Every value of a customer in a text, in the order in which they stand there."""
    if not any(map(str.isdigit, text)) and not _may_hold(text):
        return []
    read = folded(text)
    written = _OWN.sub(lambda match: " " * len(match[0]), read.text)
    upper = written.translate(_UPPER)
    searched = _Text(upper, written, list(numbers_in(upper)))
    taken, findings = bytearray(len(upper)), list[Finding]()
    for kind in KINDS:
        for start, end in _FINDERS[kind](searched):
            if not any(taken[start:end]):
                taken[start:end] = b"x" * (end - start)
                findings.append(Finding(kind, read.places[start], read.places[end - 1] + 1))
    return sorted(findings, key=lambda one: one.start)


def first_value(text: str) -> Finding | None:
    """The first value of a customer in a text, or None."""
    return next(iter(find_values(text)), None)


def place_of(text: str, start: int) -> Place:
    """Where a character stands, as a person counts."""
    before = text[:start].replace("\r\n", "\n").replace("\r", "\n")
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _may_hold(text: str) -> bool:
    """Whether a text without digits can hold a value: an address, or digits in words."""
    return "@" in text or "＠" in text or (len(text) >= 7 and not text.isascii())


def _behind(words: re.Pattern[str], text: str, start: int) -> bool:
    """Whether a word that names the number stands before it."""
    return words.search(text[max(0, start - 32) : start]) is not None


def _ids(check: Callable[[str, str, int], bool]) -> Finder:
    """Numbers of 18 signs that a check takes; it gets the number, the text and the place."""

    def find(searched: _Text) -> Iterator[Span]:
        for number, (start, end) in searched.numbers:
            if len(number) == 18 and check(number, searched.upper, start):
                yield start, end

    return find


def _resident(number: str, text: str, start: int) -> bool:
    problem = resident_problem(number, "")
    return problem is None or (problem == "id_check_digit" and _behind(_ID_WORDS, text, start))


def _residence(number: str, _text: str, _start: int) -> bool:
    return number.startswith(hmt_residence_permit.HEADS) and dated_id_problem(number, "") is None


def _foreign(number: str, _text: str, _start: int) -> bool:
    # A company's code has a day in this place once in three hundred, and then the check digit, too.
    return number[0] == "9" and dated_id_problem(number, "") is None


def _old_ids(searched: _Text) -> Iterator[Span]:
    text = searched.upper
    for number, (start, end) in searched.numbers:
        if len(number) != 15 or not number.isdigit() or number[:2] not in PROVINCE_CODES:
            continue
        if is_calendar("19" + number[6:12]) and layout(text[start:end]) in _OLD_ID_GROUPS:
            yield start, end


def _cards(searched: _Text) -> Iterator[Span]:
    text = searched.upper
    for number, (start, end) in searched.numbers:
        if not (14 <= len(number) <= 19 and number.isdigit()):
            continue
        if not _is_cardlayout(layout(text[start:end])):
            continue
        known = (number[:6], len(number)) in ISSUERS
        if (luhn(number) and (known or SCHEME.fullmatch(number))) or (
            known and _behind(_CARD_WORDS, text, start)
        ):
            yield start, end


def _is_cardlayout(groups: tuple[int, ...] | None) -> bool:
    if not groups:
        return False
    return len(groups) == 1 or set(groups[:-1]) in ({4}, {1}) or groups in _CARD_GROUPS


def _mobiles(searched: _Text) -> Iterator[Span]:
    text = searched.upper
    for number, (start, end) in searched.numbers:
        country = re.match(r"(?:00)?86(?=1[3-9]\d{9}$)", number)
        head = len(country[0]) if country else 0
        if not mobile.FORM.fullmatch(number[head:]):
            continue
        written = text[start:end][head:].strip(" -.")
        groups = layout(written)
        if groups not in (_SPACED_MOBILE_GROUPS if " " in written else _MOBILE_GROUPS):
            continue
        if groups != (3, 8) or not _is_day(number[-8:]):
            yield start, end


def _is_day(digits: str) -> bool:
    return digits.startswith(("19", "20")) and is_calendar(digits)


def _landlines(searched: _Text) -> Iterator[Span]:
    text = searched.upper
    for match in _LANDLINE.finditer(text):
        start, end = match.span()
        if text[start - 1 : start].isdigit() or text[end : end + 1].isdigit():
            continue
        serial = text[start - 1 : start] == "-" or _is_day(re.sub(r"\D", "", match[0])[-8:])
        if is_free(text, start, end) and not serial:
            yield start, end


def _phones(searched: _Text) -> Iterator[Span]:
    yield from (match.span() for match in _ABROAD.finditer(searched.upper))


def _emails(searched: _Text) -> Iterator[Span]:
    text = searched.written
    at = text.find("@")
    while at >= 0:
        start = at
        while start and at - start < 64 and text[start - 1] in _LOCAL:
            start -= 1
        found = None
        while start < at and not (found := _EMAIL.match(text, start, at + 256)):
            start += 1
        if found:
            yield found.span()
        at = text.find("@", at + 1)


def _lettered(words: re.Pattern[str], form: re.Pattern[str]) -> Finder:
    """Numbers of a form that nothing proves, behind a word that names them."""

    def find(searched: _Text) -> Iterator[Span]:
        text = searched.upper
        for match in _LETTERED.finditer(text):
            if form.fullmatch(match[0]) and _behind(words, text, match.start()):
                yield match.span()

    return find


def _references(words: re.Pattern[str]) -> Finder:
    """An insurer's number behind its word, if it is not a day."""

    def find(searched: _Text) -> Iterator[Span]:
        text = searched.upper
        for match in _REFERENCE.finditer(text):
            digits = sum(map(str.isdigit, match[0]))
            few = (
                match[0].isdigit()
                and len(match[0]) < 10
                and text[match.end() : match.end() + 2].lstrip().startswith(_COUNTED)
            )
            day = iso(match[0]) or re.fullmatch(r"\d{4}[-/]\d{1,2}", match[0])
            if digits >= 6 and not few and not day and _behind(words, text, match.start()):
                yield match.span()

    return find


def _policies(searched: _Text) -> Iterator[Span]:
    yield from _references(_POLICY_WORDS)(searched)
    yield from (match.span() for match in _LONG_REFERENCE.finditer(searched.upper))


def _plates(searched: _Text) -> Iterator[Span]:
    text = searched.upper
    for match in _PLATE.finditer(text):
        if not _NO_PLATE.match(match[0]) and sum(map(str.isdigit, match[0])) >= 3:
            yield match.span()


def _vins(searched: _Text) -> Iterator[Span]:
    text = searched.upper
    for match in _VIN.finditer(text):
        if not match[0].isdigit() and not match[0].isalpha() and vin_right(match[0]):
            yield match.span()


_FINDERS: Final[dict[str, Finder]] = {
    "resident_id18": _ids(_resident),
    "resident_id15": _old_ids,
    "hmt_residence_permit": _ids(_residence),
    "foreign_resident_id": _ids(_foreign),
    "hmt_travel_permit": _lettered(_PERMIT_WORDS, hmt_travel_permit.FORM),
    "passport": _lettered(_PASSPORT_WORDS, passport.CHINESE),
    "bank_card": _cards,
    "mobile": _mobiles,
    "phone": _phones,
    "landline": _landlines,
    "email": _emails,
    "policy_number": _policies,
    "claim_number": _references(_CLAIM_WORDS),
    "plate": _plates,
    "vin": _vins,
}
