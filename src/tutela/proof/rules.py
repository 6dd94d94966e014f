"""Pure decisions about files as proof. Days are arguments."""

from datetime import date
from typing import Final

from tutela.detect.file_kinds import FileKind, ending_of, fits_name

from . import errors

REASON_LETTERS: Final = 4
"""Letters of the shortest reason."""


def check_days(*, evidence_date: date, expires: date | None, today: date) -> None:
    """Proof speaks of a day that has come, and expires, if ever, after it."""
    if evidence_date > today:
        raise errors.EvidenceInFuture(day=evidence_date.isoformat())
    if expires is not None and expires <= evidence_date:
        raise errors.ExpiryInvalid(day=expires.isoformat())


def is_expired(expires: date | None, on: date) -> bool:
    """Whether a file proves nothing any more on a day."""
    return expires is not None and expires <= on


def check_kind(name: str, kind: FileKind) -> None:
    """Any kind of file is proof, but none under another kind's name: nobody could open it later."""
    if kind is FileKind.EMPTY:
        raise errors.FileEmpty
    if not fits_name(kind, name):
        raise errors.FileOtherwise(ending=ending_of(name))


def check_withdraw(*, withdrawn: bool, needed: bool, reason: str) -> None:
    """A wrong file is withdrawn once and with a reason; never the last proof of what rests on it: the
    right one comes first."""
    if withdrawn:
        raise errors.FileWithdrawn
    check_reason(reason)
    if needed:
        raise errors.ProofNeeded


def check_reason(reason: str) -> None:
    if len(reason.strip()) < REASON_LETTERS:
        raise errors.ReasonMissing(letters=REASON_LETTERS)
