"""A customer's keys open against a fresh receipt that covers what is asked, and against nothing else."""

import time
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import transaction

from tests.keys.conftest import CLASSES, as_owner, execute, keys_of, save, trace
from tutela.base import clock
from tutela.crypto.errors import ClassClosed, DecryptFailed
from tutela.keys import cache, custody
from tutela.keys.errors import KeyDamaged, KeyDestroyed, KeyUnknown
from tutela.trail.errors import ReceiptRefused
from tutela.trail.leaves import Exposure

RECORD = bytes(16)


def test_what_new_keys_seal_stored_keys_open(ground):
    """The root that was saved is the root that is opened."""
    customer = uuid4()
    ((keys, row),) = custody.new_customer_keys([customer])
    blob = keys.row(1, RECORD).seal(1, 7, "value")
    with transaction.atomic():
        custody.save_key_rows([row])
    assert keys_of(customer).row(1, RECORD).open(1, 7, blob) == "value"


def test_keys_open_the_classes_of_their_receipt_and_no_others(ground):
    """Also when the customer's root lies opened in the cache, for somebody who may open more."""
    customer = uuid4()
    ((keys, row),) = custody.new_customer_keys([customer])
    one, two = (keys.row(1, RECORD).seal(data_class, 7, "value") for data_class in (1, 2))
    with transaction.atomic():
        custody.save_key_rows([row])
    assert keys_of(customer, classes=(1, 2)).row(1, RECORD).open(2, 7, two) == "value"
    limited = keys_of(customer, classes=(1,)).row(1, RECORD)
    assert limited.open(1, 7, one) == "value"
    with pytest.raises(ClassClosed):
        limited.open(2, 7, two)


def test_one_customers_keys_do_not_open_anothers(ground):
    """Each root is its own."""
    one, two = save(2)
    blob = keys_of(one).row(1, RECORD).seal(1, 7, "value")
    with pytest.raises(DecryptFailed):
        keys_of(two).row(1, RECORD).open(1, 7, blob)


def test_many_open_with_one_receipt(ground):
    """A list page: one leaf, one query, all its customers."""
    customers = save(50)
    wanted = dict.fromkeys(customers)
    receipt = trace(*customers)
    found = custody.customer_keys_many(
        wanted, receipt=receipt, classes=CLASSES, exposure=Exposure.CLEAR
    )
    assert set(found) == set(customers)


REFUSED = {
    "another class": {"classes": (1, 4)},
    "no class told": {"classes": (99,)},
    "another exposure": {"exposure": Exposure.EXPORT},
}


@pytest.mark.parametrize("changes", REFUSED.values(), ids=REFUSED.keys())
def test_a_receipt_that_does_not_cover_is_refused(customer, changes):
    """The leaf must have told what is opened."""
    with pytest.raises(ReceiptRefused):
        keys_of(customer, **changes)


def test_a_receipt_for_another_customer_is_refused(ground):
    """A trace of one look opens no other."""
    one, two = save(2)
    with pytest.raises(ReceiptRefused, match="why=subject"):
        keys_of(two, trace(one))


def test_a_stale_receipt_is_refused(customer, monkeypatch):
    """After thirty seconds a new look needs a new leaf."""
    receipt = trace(customer)
    later = clock.monotonic() + 31
    monkeypatch.setattr(clock, "monotonic", lambda: later)
    with pytest.raises(ReceiptRefused, match="why=stale"):
        keys_of(customer, receipt)


def test_a_used_receipt_is_refused_even_when_the_key_is_cached(customer):
    """The cache spares the unwrapping, never the trace."""
    receipt = trace(customer)
    keys_of(customer, receipt)
    with pytest.raises(ReceiptRefused, match="why=used"):
        keys_of(customer, receipt)


def test_a_forged_receipt_is_refused(customer):
    """Subjects cannot be added afterwards."""
    other = trace(uuid4())
    with pytest.raises(ReceiptRefused, match="why=forged"):
        keys_of(customer, replace(other, subjects=frozenset({("customer", str(customer))})))


def test_every_changed_byte_of_a_wrapped_root_is_refused(customer):
    """One code for all, and nothing half opened."""
    ((wrapped,),) = execute(
        "SELECT wrapped FROM keys.customer_root WHERE customer_id = %s", customer
    )
    for at in range(len(wrapped)):
        spoilt = bytearray(wrapped)
        spoilt[at] ^= 1
        _set(customer, "wrapped", bytes(spoilt))
        with pytest.raises(KeyDamaged, match=r"keys\.key_damaged"):
            keys_of(customer)


def test_a_commitment_that_is_not_the_keys_is_refused(customer):
    """A key that opens is still not trusted blindly."""
    _set(customer, "commitment", bytes(32))
    with pytest.raises(KeyDamaged):
        keys_of(customer)


def test_the_suite_of_the_row_is_bound(customer):
    """A changed suite number does not make the key open in another suite."""
    _set(customer, "suite", 2)
    with pytest.raises(KeyDamaged):
        keys_of(customer)


def test_swapped_rows_are_refused(ground):
    """A wrapped root belongs to its customer."""
    one, two = save(2)
    as_owner(
        "UPDATE keys.customer_root a SET wrapped = b.wrapped, commitment = b.commitment "
        "FROM keys.customer_root b WHERE a.customer_id = %s AND b.customer_id = %s",
        one,
        two,
    )
    with pytest.raises(KeyDamaged):
        keys_of(one)


def test_an_unknown_customer_is_not_found(ground):
    """No row, no key."""
    with pytest.raises(KeyUnknown):
        keys_of(uuid4())


def test_a_destroyed_root_is_gone(customer):
    """Without the wrapped root nothing brings the values back."""
    as_owner(
        "UPDATE keys.customer_root SET wrapped = NULL, state = 4 WHERE customer_id = %s", customer
    )
    with pytest.raises(KeyDestroyed):
        keys_of(customer)


def test_a_destroyed_root_leaves_every_cache_at_once(customer):
    """NOTIFY empties the cache of each process that holds the key."""
    _wait(lambda: _warm(customer))
    as_owner(
        "UPDATE keys.customer_root SET wrapped = NULL, state = 4 WHERE customer_id = %s", customer
    )
    _wait(lambda: len(custody._custody.cache) == 0)
    with pytest.raises(KeyDestroyed):
        keys_of(customer)


def test_a_row_read_before_the_news_is_not_kept():
    """A reader that was overtaken by a change keeps nothing."""
    kept = cache.KeyCache()
    epoch = kept.epoch
    kept.clear()
    kept.put({(uuid4(), None): None}, epoch)
    assert len(kept) == 0


def test_the_cache_is_bounded_in_size_and_time(monkeypatch):
    """Ten thousand keys, one minute."""
    kept = cache.KeyCache()
    names = [(uuid4(), None) for _ in range(cache.ENTRIES + 10)]
    for name in names:
        kept.put({name: "keys"}, kept.epoch)
    assert len(kept) == cache.ENTRIES
    assert kept.get([names[0], names[-1]]) == {names[-1][0]: "keys"}
    later = clock.monotonic() + 61
    monkeypatch.setattr(clock, "monotonic", lambda: later)
    assert kept.get([names[-1]]) == {}


def _set(customer, column, value):
    as_owner(f"UPDATE keys.customer_root SET {column} = %s WHERE customer_id = %s", value, customer)
    custody.clear()


def _warm(customer):
    keys_of(customer)
    return len(custody._custody.cache) == 1


def _wait(condition):
    until = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)
