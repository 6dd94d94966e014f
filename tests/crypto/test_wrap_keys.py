"""Roots, key-encryption keys, commitments, locked secrets."""

import pytest

from tutela.crypto import blind, digest, hierarchy, secretbox, sign
from tutela.crypto.errors import BadValue, DecryptFailed, SignatureInvalid, SuiteUnavailable
from tutela.crypto.hierarchy import Kek
from tutela.crypto.passphrase import Cost, lock, unlock
from tutela.crypto.suites import Suite, kit_of, self_test

KEY, CUSTOMER, INSTALLATION = bytes([9]) * 32, bytes([2]) * 16, bytes([3]) * 16
CHEAP = Cost(memory_kib=8192, passes=1, lanes=1)


def test_the_self_test_passes_here(suite):
    """Both suites work with the library that is installed."""
    self_test(suite)
    assert kit_of(suite).key_size == {Suite.AES: 32, Suite.SM4: 16}[suite]


def test_an_unknown_suite_is_refused():
    """There are two suites."""
    with pytest.raises(SuiteUnavailable):
        kit_of(3)
    with pytest.raises(SuiteUnavailable):
        self_test(3)


def test_new_roots_are_random():
    """A root is never derived from anything."""
    assert len({hierarchy.new_root() for _ in range(100)}) == 100


def test_a_wrapped_root_opens_only_for_its_customer_and_generation(suite):
    """Two wraps of the same root differ, and each is bound to its ids."""
    kek, root = Kek(1, suite, KEY, INSTALLATION), hierarchy.new_root()
    blob = kek.wrap_root(CUSTOMER, 1, root)
    assert kek.unwrap_root(CUSTOMER, 1, blob) == root
    assert blob != kek.wrap_root(CUSTOMER, 1, root)
    for customer, generation in ((bytes(16), 1), (CUSTOMER, 2)):
        with pytest.raises(DecryptFailed):
            kek.unwrap_root(customer, generation, blob)


@pytest.mark.parametrize(
    "other",
    [
        Kek(2, Suite.AES, KEY, INSTALLATION),
        Kek(1, Suite.SM4, KEY, INSTALLATION),
        Kek(1, Suite.AES, bytes(32), INSTALLATION),
        Kek(1, Suite.AES, KEY, bytes(16)),
    ],
    ids=["version", "suite", "key", "installation"],
)
def test_another_kek_opens_nothing(other):
    """Neither roots nor side secrets."""
    kek = Kek(1, Suite.AES, KEY, INSTALLATION)
    with pytest.raises(DecryptFailed):
        other.unwrap_root(CUSTOMER, 1, kek.wrap_root(CUSTOMER, 1, KEY))
    with pytest.raises(DecryptFailed):
        other.unwrap_secret("index", kek.wrap_secret("index", KEY))


def test_a_side_secret_is_no_customer_root(suite):
    """Kinds of wraps cannot be exchanged."""
    kek = Kek(1, suite, KEY, INSTALLATION)
    with pytest.raises(DecryptFailed):
        kek.unwrap_root(CUSTOMER, 1, kek.wrap_secret("index", KEY))


def test_every_changed_byte_of_a_wrap_is_refused(suite):
    """Header, nonce, text and tag."""
    kek = Kek(1, suite, KEY, INSTALLATION)
    blob = kek.wrap_root(CUSTOMER, 1, KEY)
    for at in range(len(blob)):
        with pytest.raises(DecryptFailed):
            kek.unwrap_root(CUSTOMER, 1, blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1 :])


def test_a_commitment_names_its_root(suite):
    """Another root, customer, generation or suite does not fit."""
    stored = hierarchy.commitment(KEY, CUSTOMER, 1, suite)
    hierarchy.check_commitment(KEY, CUSTOMER, 1, suite, stored)
    other = Suite(3 - suite)
    for ids in ((bytes(32), CUSTOMER, 1, suite), (KEY, bytes(16), 1, suite), (KEY, CUSTOMER, 2, suite), (KEY, CUSTOMER, 1, other)):  # fmt: skip
        with pytest.raises(DecryptFailed):
            hierarchy.check_commitment(*ids, stored)


def test_a_locked_secret_opens_with_its_passphrase_only():
    """At the cost that new locks have."""
    blob = hierarchy.lock("正确的口令".encode(), KEY)
    assert hierarchy.unlock("正确的口令".encode(), blob) == KEY
    with pytest.raises(DecryptFailed):
        hierarchy.unlock(b"wrong", blob)


def test_every_changed_byte_of_a_lock_is_refused():
    """Costs and salt are bound too; no changed byte makes us work without bound."""
    blob = lock(b"word", b"x", CHEAP)
    for at in range(len(blob)):
        with pytest.raises(DecryptFailed):
            unlock(b"word", blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1 :])


def test_an_empty_passphrase_and_an_absurd_cost_are_refused():
    """Before any work is done."""
    with pytest.raises(BadValue):
        lock(b"", KEY)
    with pytest.raises(BadValue):
        lock(b"word", KEY, Cost(memory_kib=1, passes=1, lanes=1))


def test_root_wraps_and_small_boxes_are_bound_to_their_labels():
    """And are not each other."""
    wrap, small = (
        hierarchy.wrap_with_root(KEY, "kek/1", KEY),
        secretbox.seal_with(KEY, "totp", b"s"),
    )
    assert hierarchy.unwrap_with_root(KEY, "kek/1", wrap) == KEY
    assert secretbox.open_with(KEY, "totp", small) == b"s"
    for attempt in (
        lambda: hierarchy.unwrap_with_root(KEY, "kek/2", wrap),
        lambda: secretbox.open_with(KEY, "other", small),
        lambda: secretbox.open_with(KEY, "kek/1", wrap),
        lambda: secretbox.open_with(bytes(32), "totp", small),
        lambda: secretbox.open_with(KEY, "totp", small[:9]),
    ):
        with pytest.raises(DecryptFailed):
            attempt()


def test_keys_and_ids_of_a_wrong_size_are_refused():
    """A short key must not be padded in silence."""
    for attempt in (
        lambda: Kek(1, Suite.AES, b"short", INSTALLATION),
        lambda: Kek(1, Suite.AES, KEY, b"short"),
        lambda: Kek(-1, Suite.AES, KEY, INSTALLATION),
        lambda: hierarchy.commitment(KEY, b"short", 1, Suite.AES),
        lambda: blind.IndexKeys(b"short", 1, Suite.AES),
        lambda: secretbox.seal_with(b"short", "x", b""),
    ):
        with pytest.raises(BadValue):
            attempt()


def test_a_signature_covers_its_message_and_key():
    """Ed25519 over raw bytes."""
    private = sign.generate()
    signature = sign.sign(private, b"message")
    sign.verify(sign.public_of(private), b"message", signature)
    for wrong in ((sign.public_of(sign.generate()), b"message", signature), (sign.public_of(private), b"other", signature), (sign.public_of(private), b"message", signature[:-1]), (b"short", b"message", signature)):  # fmt: skip
        with pytest.raises(SignatureInvalid):
            sign.verify(*wrong)


def test_the_rfc_8032_signature_comes_out():
    """Test 1 of section 7.1: the empty message."""
    private = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    assert sign.public_of(private).hex().startswith("d75a980182b10ab7d54bfed3c964073a")
    assert sign.sign(private, b"").hex().startswith("e5564300c360ac729086e2cc806e828a")


def test_a_mac_tells_its_parts_apart():
    """Moving a byte from one part to the next changes it."""
    assert digest.mac(KEY, b"ab", b"c") != digest.mac(KEY, b"a", b"bc")
    assert digest.equal(digest.sha256(b"x"), digest.sha256(b"x"))
    assert len(digest.random_bytes(5)) == 5
