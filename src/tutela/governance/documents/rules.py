"""Pure decisions about documents: what may happen to a version, and what its text must hold."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from .errors import (
    ApprovalsMissing,
    ApprovedAlready,
    FileUnfit,
    OwnDraft,
    PlaceholderLeft,
    ReasonMissing,
    ReviewDateWrong,
    StateWrong,
    TextMissing,
)

APPROVALS = 2
REVIEW_DAYS = 366
MEGABYTES = 10
_HEADS = {".docx": b"PK\x03\x04", ".pdf": b"%PDF-"}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A version in review: who drafted it, and who has approved it in this round."""

    state: str
    drafter: str
    approvers: Collection[str]


def must_be(state: str, *wanted: str) -> None:
    if state not in wanted:
        raise StateWrong(state=state)


def may_approve(review: Review, person: str) -> None:
    """Two people other than the drafter, each once."""
    must_be(review.state, "in_review")
    if person == review.drafter:
        raise OwnDraft
    if person in review.approvers:
        raise ApprovedAlready


def may_send_back(review: Review, person: str, reason: str) -> None:
    """Whoever could approve, or has approved, may send back; the drafter just drafts on."""
    must_be(review.state, "in_review", "approved")
    if person == review.drafter:
        raise OwnDraft
    if not reason.strip():
        raise ReasonMissing


def enough(approvers: Collection[str]) -> bool:
    return len(set(approvers)) >= APPROVALS


def may_publish(review: Review) -> None:
    have = len(set(review.approvers) - {review.drafter})
    if have < APPROVALS:
        raise ApprovalsMissing(have=have, need=APPROVALS)
    must_be(review.state, "approved")


def check_texts(zh: str, en: str) -> None:
    """Both languages, and nothing left to fill in."""
    for text, language in ((zh, "zh"), (en, "en")):
        if not text.strip():
            raise TextMissing(language=language)
        left = _PLACEHOLDER.search(text)
        if left:
            raise PlaceholderLeft(name=left.group(1))


def check_review_date(review_on: date, today: date) -> None:
    """A policy is looked at again at least once a year."""
    if not 0 < (review_on - today).days <= REVIEW_DAYS:
        raise ReviewDateWrong(days=REVIEW_DAYS)


def check_file(name: str, data: bytes) -> None:
    """The first bytes must be what the name says: a renamed program is no document."""
    ending = next((end for end in _HEADS if name.lower().endswith(end)), "")
    fits = ending and data.startswith(_HEADS[ending]) and len(data) <= MEGABYTES * 1024 * 1024
    if not fits:
        raise FileUnfit(megabytes=MEGABYTES)


def share(read: int, staff: int) -> float | None:
    """Per cent of the active staff who have confirmed; None when there is nobody."""
    return 100 * min(read, staff) / staff if staff else None


def week_is_over(since: date, today: date) -> bool:
    """Whether a whole number of weeks, one at least, has gone by."""
    days = (today - since).days
    return days > 0 and days % 7 == 0
