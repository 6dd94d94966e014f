"""A receipt opens what its leaf says, once, soon, here."""

from dataclasses import replace

import pytest

from tests.trail.conftest import make_leaf
from tutela.base import clock, ids
from tutela.trail import receipts
from tutela.trail.errors import ReceiptRefused
from tutela.trail.leaves import Exposure

A, B = ("customer", "a"), ("customer", "b")


@pytest.fixture
def receipt():
    """For customers a and b, classes 1 and 2, in clear."""
    leaf = make_leaf(subjects=(A, B), classes=(1, 2), exposure=Exposure.CLEAR)
    return receipts.issue(leaf, ids.uuid7(), bytes(32))


def check(receipt, subject=A, classes=(1,), exposure=Exposure.CLEAR):
    receipts.check(receipt, subject=subject, classes=classes, exposure=exposure)


def test_each_subject_opens_once(receipt):
    """A list page opens each of its customers, none twice."""
    check(receipt, A)
    check(receipt, B)
    with pytest.raises(ReceiptRefused, match="why=used"):
        check(receipt, A)


def test_another_subject_is_refused(receipt):
    """The leaf does not name that customer."""
    with pytest.raises(ReceiptRefused, match="why=subject"):
        check(receipt, ("customer", "c"))


def test_another_class_is_refused(receipt):
    """The leaf does not tell of health data."""
    with pytest.raises(ReceiptRefused, match="why=classes"):
        check(receipt, classes=(1, 4))


def test_a_clear_leaf_covers_masks_but_no_export(receipt):
    """Less exposure than told is fine, more or another kind is not."""
    check(receipt, A, exposure=Exposure.DETAIL_MASKED)
    for more in (Exposure.EXPORT, Exposure.PRINT, Exposure.WRITE, Exposure.NONE):
        with pytest.raises(ReceiptRefused, match="why=exposure"):
            check(receipt, B, exposure=more)


def test_a_masked_leaf_never_opens_clear():
    """The leaf said masked."""
    leaf = make_leaf(subjects=(A,), exposure=Exposure.LIST_MASKED)
    with pytest.raises(ReceiptRefused, match="why=exposure"):
        check(receipts.issue(leaf, ids.uuid7(), bytes(32)))


def test_after_thirty_seconds_it_is_stale(receipt, monkeypatch):
    """A receipt is no pass to keep."""
    later = clock.monotonic() + 30.5
    monkeypatch.setattr(clock, "monotonic", lambda: later)
    with pytest.raises(ReceiptRefused, match="why=stale"):
        check(receipt)


@pytest.mark.parametrize(
    "change",
    [
        {"subjects": frozenset({("customer", "c")})},
        {"classes": frozenset(range(14))},
        {"exposure": Exposure.EXPORT},
        {"issued": 9e9},
        {"leaf_hash": b"x" * 32},
        {"leaf_id": ids.uuid7()},
        {"proof": bytes(32)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_receipt_is_forged(receipt, change):
    """Every part is under the proof."""
    with pytest.raises(ReceiptRefused, match="why=forged"):
        check(replace(receipt, **change))


def test_another_process_has_another_key(receipt, monkeypatch):
    """A receipt does not travel."""
    monkeypatch.setattr(receipts, "_desk", receipts._Desk())
    with pytest.raises(ReceiptRefused, match="why=forged"):
        check(receipt)


def test_a_batch_with_one_used_subject_opens_none(receipt):
    """All or nothing."""
    check(receipt, A)
    with pytest.raises(ReceiptRefused, match="why=used"):
        receipts.check_all(receipt, subjects=[B, A], classes=(1,), exposure=Exposure.CLEAR)
    check(receipt, B)


def test_what_was_used_is_forgotten_when_stale(receipt, monkeypatch):
    """The memory of used receipts is bounded by their life."""
    monkeypatch.setattr(receipts, "_desk", receipts._Desk())
    for _ in range(5):
        check(receipts.issue(make_leaf(subjects=(A,)), ids.uuid7(), bytes(32)))
    later = clock.monotonic() + 40
    monkeypatch.setattr(clock, "monotonic", lambda: later)
    check(receipts.issue(make_leaf(subjects=(A,)), ids.uuid7(), bytes(32)))
    assert len(receipts._desk.used) == 1
