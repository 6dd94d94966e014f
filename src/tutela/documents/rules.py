"""Pure decisions about documents: what may happen to a version, and what its text must hold."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from .errors import (
    ApprovalsMissing,
    ApprovedAlready,
    ChineseMissing,
    CodeUnfit,
    EnglishMissing,
    LineUnfit,
    NameMissing,
    NotYourDraft,
    OwnDraft,
    PlaceholderLeft,
    ReasonMissing,
    ReviewDateWrong,
    StateWrong,
    SubmittedAlready,
    SubmittedAnew,
    TextUnfit,
)

APPROVALS = 2
REVIEW_DAYS = 366
NAME_MOST, LINE_MOST, REASON_MOST, FILE_NAME_MOST = 120, 300, 500, 200
# A policy of a hundred pages; what is longer comes as a file.
TEXT_MOST = 200_000
# No five digits in a row: no number of a person fits into a code, which links and notices carry.
_CODE = re.compile(r"(?!.*\d{5})[a-z0-9][a-z0-9-]{1,38}", re.ASCII)
# Control characters, surrogates, and the two that part lines and paragraphs.
_UNFIT = frozenset({"Cc", "Cs", "Zl", "Zp"})
# These turn the direction of writing: a name could read as another.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A version in review: all who have drafted it, and who has approved it in this round."""

    state: str
    drafters: Collection[str]
    approvers: Collection[str]


def must_be(state: str, *wanted: str) -> None:
    if state not in wanted:
        raise StateWrong(state=state)


def may_approve(review: Review, person: str) -> None:
    """Two people other than those who drafted it, each once."""
    must_be(review.state, "in_review")
    if person in review.drafters:
        raise OwnDraft
    if person in review.approvers:
        raise ApprovedAlready


def must_be_read(round_now: int, round_read: int | None) -> None:
    """An approval is of the text that was read; each round has one. None: nobody says."""
    if round_read not in (None, round_now):
        raise SubmittedAnew


def may_send_back(review: Review, person: str, reason: str) -> None:
    """Whoever could approve, or has approved, may send back; the drafter just drafts on."""
    must_be(review.state, "in_review", "approved")
    if person in review.drafters:
        raise OwnDraft
    if not reason.strip():
        raise ReasonMissing


def enough(approvers: Collection[str]) -> bool:
    return len(set(approvers)) >= APPROVALS


def may_publish(review: Review) -> None:
    have = len(set(review.approvers) - set(review.drafters))
    if have < APPROVALS:
        raise ApprovalsMissing(have=have, need=APPROVALS)
    must_be(review.state, "approved")


def check_texts(zh: str, en: str) -> None:
    """Both languages are there, and nothing in them that a text cannot have."""
    if not zh.strip():
        raise ChineseMissing(field="text_zh")
    if not en.strip():
        raise EnglishMissing(field="text_en")
    check_signs(zh, "text_zh")
    check_signs(en, "text_en")


def check_signs(text: str, field: str = "") -> None:
    """A text has an end, and nothing that cannot be shown."""
    if len(text) > TEXT_MOST or not _printable(text, also="\r\n\t"):
        raise TextUnfit(field=field, most=TEXT_MOST)


def check_filled(zh: str, en: str) -> None:
    """Both texts, and nothing left to fill in."""
    check_texts(zh, en)
    left = _PLACEHOLDER.search(zh) or _PLACEHOLDER.search(en)
    if left:
        raise PlaceholderLeft(name=left.group(1)[:40])


def check_code(code: str) -> None:
    """What links, packs and notices cite, for good."""
    if not _CODE.fullmatch(code):
        raise CodeUnfit


def check_names(zh: str, en: str) -> None:
    for field, name in (("name_zh", zh), ("name_en", en)):
        if not name.strip():
            raise NameMissing(field=field)
        check_line(field, name, NAME_MOST)


def check_line(field: str, text: str, most: int, *, also: str = "") -> None:
    """One line of so many characters that can all be shown; `also` allows others."""
    if len(text) > most or not _printable(text, also=also):
        raise LineUnfit(field=field, most=most)


def _printable(text: str, *, also: str) -> bool:
    """No control character (NUL among them), no half of a pair, none that turns or parts the line."""
    return not any(
        unicodedata.category(sign) in _UNFIT and sign not in also for sign in text
    ) and not _TURNS.intersection(text)


def may_discard(*, number: int, state: str, rounds: int, own: bool, keeper: bool) -> None:
    """A draft that nobody was asked about: by its drafter, or by who publishes documents."""
    must_be(state, "draft")
    if rounds:
        raise SubmittedAlready(version=number)
    if not (own or keeper):
        raise NotYourDraft


def check_review_date(review_on: date, today: date) -> None:
    """A policy is looked at again at least once a year."""
    if not 0 < (review_on - today).days <= REVIEW_DAYS:
        raise ReviewDateWrong(days=REVIEW_DAYS)


def share(read: int, staff: int) -> float | None:
    """Per cent of the active staff who have confirmed; None when there is nobody."""
    return 100 * min(read, staff) / staff if staff else None


def week_is_over(since: date, today: date) -> bool:
    """Whether a whole number of weeks, one at least, has gone by."""
    days = (today - since).days
    return days > 0 and days % 7 == 0
