"""The two cipher suites, their key sizes and their self-tests.

A suite is chosen per installation and stored in key rows; it is never taken from a blob.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from .errors import DecryptFailed, SuiteUnavailable
from .raw.aead import Aead, AesGcm, Sm4Gcm
from .raw.hashing import Digest, Mac, hmac_sha256, hmac_sm3, keyed_sha256, keyed_sm3, sha256, sm3


class Suite(IntEnum):
    """Numbers of the suites in envelopes."""

    AES = 1
    SM4 = 2


@dataclass(frozen=True, slots=True)
class Kit:
    """The algorithms of a suite. `key_size` in bytes; hashes and MACs have 32 bytes."""

    key_size: int
    cipher: Callable[[bytes], Aead]
    digest: Digest
    mac: Mac
    keyed: Callable[[bytes], Digest]


AES_KIT = Kit(32, AesGcm, sha256, hmac_sha256, keyed_sha256)
SM4_KIT = Kit(16, Sm4Gcm, sm3, hmac_sm3, keyed_sm3)
ONE_BLOCK = b"\x01"
"""HKDF-Expand appends this to the info of its first block, the only one needed."""


_KITS: dict[int, Kit] = {Suite.AES: AES_KIT, Suite.SM4: SM4_KIT}


def kit_of(suite: Suite) -> Kit:
    """The algorithms of a suite; SuiteUnavailable for an unknown number."""
    try:
        return _KITS[suite]
    except KeyError:
        raise SuiteUnavailable(suite) from None


def expand(suite: Suite, key: bytes, info: bytes) -> bytes:
    """HKDF-Expand (RFC 5869) to 32 bytes, one block of both suites' hashes."""
    return kit_of(suite).mac(key, info + ONE_BLOCK)


def cipher(suite: Suite, derived: bytes) -> Aead:
    """The suite's cipher under a derived 32-byte key; SM4 uses its first 16 bytes."""
    kit = kit_of(suite)
    return kit.cipher(derived[: kit.key_size])


@dataclass(frozen=True, slots=True)
class _Known:
    """Published test vectors of one suite; `gcm` is nonce, ciphertext and tag."""

    key: str
    aad: str
    gcm: str
    plain: str
    abc: str  # hash of "abc"
    hmac: str  # HMAC under b"key" of b"The quick brown fox jumps over the lazy dog"
    okm: str  # HKDF-Expand of PRK and info of RFC 5869 A.1, 32 bytes


# AES-GCM: test case 16 of the GCM specification. SM4-GCM: RFC 8998 A.1.
# SM3: GB/T 32905 A.1. HKDF: RFC 5869 A.1 for SHA-256; for SM3 computed with another library.
_KNOWN = {
    Suite.AES: _Known(
        key="feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
        aad="feedfacedeadbeeffeedfacedeadbeefabaddad2",
        gcm="cafebabefacedbaddecaf888"
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b",
        plain="d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
        abc="ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        hmac="f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8",
        okm="3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf",
    ),
    Suite.SM4: _Known(
        key="0123456789abcdeffedcba9876543210",
        aad="feedfacedeadbeeffeedfacedeadbeefabaddad2",
        gcm="00001234567800000000abcd"
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec",
        plain="aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
        "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa",
        abc="66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
        hmac="bd4a34077888162b210645b8ebf74b9af357303789357a27c7fc457244ebd398",
        okm="d278de218f1d74a25ddc0d839acd843a7d9f7d5d8b16583172f2a9d78fe19e19",
    ),
}
_PRK = bytes.fromhex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")
_INFO = bytes.fromhex("f0f1f2f3f4f5f6f7f8f9")
_FOX = b"The quick brown fox jumps over the lazy dog"


def self_test(suite: Suite) -> None:
    """Verify published test vectors; SuiteUnavailable if one is wrong."""
    try:
        _check(suite, _KNOWN[suite])
    except SuiteUnavailable:
        raise
    except Exception as error:  # whatever the library raises, the suite is unusable
        raise SuiteUnavailable(suite) from error


def _check(suite: Suite, known: _Known) -> None:
    kit = kit_of(suite)
    aead, aad = kit.cipher(bytes.fromhex(known.key)), bytes.fromhex(known.aad)
    blob, plain = bytes.fromhex(known.gcm), bytes.fromhex(known.plain)
    same = (
        aead.open(blob, aad, at=0) == plain
        and aead.open(aead.seal(b"", aad, plain), aad, at=0) == plain
        and kit.digest(b"abc").hex() == known.abc
        and kit.mac(b"key", _FOX).hex() == known.hmac
        and kit.keyed(b"key")(_FOX).hex() == known.hmac
        and expand(suite, _PRK, _INFO).hex() == known.okm
    )
    if not same or not _refuses(aead, blob, aad):
        raise SuiteUnavailable(suite)


def _refuses(aead: Aead, blob: bytes, aad: bytes) -> bool:
    """Whether a changed tag is refused."""
    try:
        aead.open(blob[:-1] + bytes([blob[-1] ^ 1]), aad, at=0)
    except DecryptFailed:
        return True
    return False
