"""Reasons in the trail, and the installation's own small secrets."""

import pytest

from tutela.access import gate, grants, permissions
from tutela.access.errors import GrantRefused
from tutela.base.actor import SYSTEM
from tutela.keys import custody
from tutela.keys.errors import KeyDamaged, NoteTooLong

pytestmark = pytest.mark.usefixtures("ground")
REASON = "客户来电核对保单"


@pytest.fixture
def searcher():
    """A grant to search the trail."""
    return grants.for_function(SYSTEM, permissions.TRAIL_SEARCH)


def test_a_note_opens_with_the_right_to_search(searcher):
    """The words come back, and the sealed text shows none of them."""
    sealed = custody.seal_note(REASON)
    assert sealed.isascii()
    assert custody.open_note(sealed, searcher) == REASON
    assert custody.seal_note(REASON) != sealed


def test_a_note_stays_shut_without_that_right():
    """Another grant is not enough."""
    other = grants.for_function(SYSTEM, permissions.STAFF_READ)
    with pytest.raises(GrantRefused):
        custody.open_note(custody.seal_note(REASON), other)


def test_a_grant_made_by_hand_opens_nothing():
    """Only the gate makes grants."""
    sealed = custody.seal_note(REASON)
    permission = permissions.TRAIL_SEARCH
    with pytest.raises(GrantRefused):
        gate.Grant(actor=SYSTEM, permission=permission, issued=0.0, proof=bytes(32))
    with pytest.raises(AttributeError):
        custody.open_note(sealed, None)


@pytest.mark.parametrize("spoilt", ["1_AAAA", "nonsense", "9_AAAA", "1_客户"])
def test_a_spoilt_note_is_damage(searcher, spoilt):
    """One code for all causes."""
    with pytest.raises(KeyDamaged):
        custody.open_note(spoilt, searcher)


def test_a_note_has_an_end():
    """A reason, not a document."""
    with pytest.raises(NoteTooLong):
        custody.seal_note("x" * 2001)


def test_an_empty_note_stays_empty(searcher):
    """Nothing said, nothing sealed."""
    assert custody.seal_note("") == ""
    assert custody.open_note("", searcher) == ""


def test_a_secret_opens_under_its_label_only():
    """A seed of one purpose is no seed of another."""
    sealed = custody.seal_secret("totp", b"seed")
    assert custody.open_secret("totp", sealed) == b"seed"
    for label, blob in (
        ("spool", sealed),
        ("totp", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        ("totp", b""),
    ):
        with pytest.raises(KeyDamaged):
            custody.open_secret(label, blob)


def test_the_index_keys_are_the_same_for_all_processes():
    """What one process indexed, another finds."""
    before = custody.index_keys().tag64(3, 1, "x")
    custody.stop()
    assert custody.index_keys().tag64(3, 1, "x") == before
