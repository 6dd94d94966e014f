"""Pure decisions about documents: states of a version, and its content."""

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
# A policy of a hundred pages; a longer one is uploaded as a file.
TEXT_MOST = 200_000
# No five digits in a row: codes are in links and notices, so no customer's number may fit.
_CODE = re.compile(r"(?!.*\d{5})[a-z0-9][a-z0-9-]{1,38}", re.ASCII)
# Control characters, surrogates, line and paragraph separators.
_UNFIT = frozenset({"Cc", "Cs", "Zl", "Zp"})
# Bidirectional controls: a name could read as another.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A version in review: everybody who drafted it, and who approved it in this round."""

    state: str
    drafters: Collection[str]
    approvers: Collection[str]


def check_state(state: str, *wanted: str) -> None:
    if state not in wanted:
        raise StateWrong(state=state)


def check_approval(review: Review, person: str) -> None:
    """By a person who did not draft it, once."""
    check_state(review.state, "in_review")
    if person in review.drafters:
        raise OwnDraft
    if person in review.approvers:
        raise ApprovedAlready


def check_round(round_now: int, round_read: int | None) -> None:
    """The approver has read the text of the current round; None where the caller does not know."""
    if round_read not in (None, round_now):
        raise SubmittedAnew


def check_send_back(review: Review, person: str, reason: str) -> None:
    """By whoever may approve, or has approved, with a reason; drafters cannot send back."""
    check_state(review.state, "in_review", "approved")
    if person in review.drafters:
        raise OwnDraft
    if not reason.strip():
        raise ReasonMissing


def is_approved(approvers: Collection[str]) -> bool:
    return len(set(approvers)) >= APPROVALS


def check_publish(review: Review) -> None:
    have = len(set(review.approvers) - set(review.drafters))
    if have < APPROVALS:
        raise ApprovalsMissing(have=have, need=APPROVALS)
    check_state(review.state, "approved")


def check_texts(zh: str, en: str) -> None:
    """Both languages are there, in valid characters."""
    if not zh.strip():
        raise ChineseMissing(field="text_zh")
    if not en.strip():
        raise EnglishMissing(field="text_en")
    check_signs(zh, "text_zh")
    check_signs(en, "text_en")


def check_signs(text: str, field: str = "") -> None:
    """A text is not too long, and its characters are valid."""
    if len(text) > TEXT_MOST or not _printable(text, also="\r\n\t"):
        raise TextUnfit(field=field, most=TEXT_MOST)


def check_filled(zh: str, en: str) -> None:
    """Both texts, without placeholders."""
    check_texts(zh, en)
    left = _PLACEHOLDER.search(zh) or _PLACEHOLDER.search(en)
    if left:
        raise PlaceholderLeft(name=left.group(1)[:40])


def check_code(code: str) -> None:
    """A code never changes: links, packs and notices cite it."""
    if not _CODE.fullmatch(code):
        raise CodeUnfit


def check_names(zh: str, en: str) -> None:
    for field, name in (("name_zh", zh), ("name_en", en)):
        if not name.strip():
            raise NameMissing(field=field)
        check_line(field, name, NAME_MOST)


def check_line(field: str, text: str, most: int, *, also: str = "") -> None:
    """At most so many printable characters; `also` allows others."""
    if len(text) > most or not _printable(text, also=also):
        raise LineUnfit(field=field, most=most)


def _printable(text: str, *, also: str) -> bool:
    """No control characters, surrogates, separators or bidirectional controls."""
    return not any(
        unicodedata.category(sign) in _UNFIT and sign not in also for sign in text
    ) and not _TURNS.intersection(text)


def check_discard(*, number: int, state: str, rounds: int, own: bool, keeper: bool) -> None:
    """A draft that was never submitted, by its drafter or by whoever publishes documents."""
    check_state(state, "draft")
    if rounds:
        raise SubmittedAlready(version=number)
    if not (own or keeper):
        raise NotYourDraft


def check_review_date(review_on: date, today: date) -> None:
    """A policy is reviewed at least once a year."""
    if not 0 < (review_on - today).days <= REVIEW_DAYS:
        raise ReviewDateWrong(days=REVIEW_DAYS)


def week_is_over(since: date, today: date) -> bool:
    """Whether a whole number of weeks, at least one, has passed."""
    days = (today - since).days
    return days > 0 and days % 7 == 0
