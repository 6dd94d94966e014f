"""The two authenticated ciphers. Layout everywhere: header, nonce(12), ciphertext, tag(16)."""

from collections.abc import Sequence
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM

from tutela.crypto.errors import BadValue, DecryptFailed

from .randomness import NONCE_SIZE, nonces, pop_nonce, refill

TAG_SIZE = 16


class Aead(Protocol):
    """A cipher under one key, which generates its own nonces."""

    def seal(self, header: bytes, aad: bytes, plain: bytes) -> bytes:
        """`header`, nonce, ciphertext and tag concatenated; BadValue if the plaintext is too long."""
        ...

    def seal_all(
        self, headers: Sequence[bytes], aad: bytes, tails: Sequence[bytes], plains: Sequence[bytes]
    ) -> list[bytes]:
        """`seal` for many plaintexts; each is bound to `aad` and to its own tail of it."""
        ...

    def open(self, blob: bytes, aad: bytes, at: int = 8) -> bytes:
        """The plaintext of a blob with a header of `at` bytes; DecryptFailed."""
        ...


class AesGcm:
    """AES-256-GCM under one 32-byte key."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, header: bytes, aad: bytes, plain: bytes) -> bytes:
        """See `Aead.seal`."""
        try:
            nonce = pop_nonce()
        except IndexError:
            nonce = refill()
        try:
            return header + nonce + self._cipher.encrypt(nonce, plain, aad)
        except OverflowError:
            raise BadValue("value-too-long") from None

    def seal_all(
        self, headers: Sequence[bytes], aad: bytes, tails: Sequence[bytes], plains: Sequence[bytes]
    ) -> list[bytes]:
        """See `Aead.seal_all`."""
        encrypt, fresh = self._cipher.encrypt, nonces(len(plains))
        try:
            return [
                header + nonce + encrypt(nonce, plain, aad + tail)
                for header, nonce, plain, tail in zip(headers, fresh, plains, tails, strict=True)
            ]
        except OverflowError:
            raise BadValue("value-too-long") from None

    def open(self, blob: bytes, aad: bytes, at: int = 8) -> bytes:
        """See `Aead.open`."""
        body = at + NONCE_SIZE
        try:
            return self._cipher.decrypt(blob[at:body], blob[body:], aad)
        except (InvalidTag, ValueError, OverflowError):
            raise DecryptFailed from None


class Sm4Gcm:
    """SM4-GCM (RFC 8998) under one 16-byte key."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        self._key = SM4(key)

    def seal(self, header: bytes, aad: bytes, plain: bytes) -> bytes:
        """See `Aead.seal`."""
        try:
            nonce = pop_nonce()
        except IndexError:
            nonce = refill()
        context = Cipher(self._key, GCM(nonce)).encryptor()
        try:
            context.authenticate_additional_data(aad)
            text = context.update(plain) + context.finalize()
        except (ValueError, OverflowError):
            raise BadValue("value-too-long") from None
        return header + nonce + text + context.tag

    def seal_all(
        self, headers: Sequence[bytes], aad: bytes, tails: Sequence[bytes], plains: Sequence[bytes]
    ) -> list[bytes]:
        """See `Aead.seal_all`."""
        return [
            self.seal(header, aad + tail, plain)
            for header, plain, tail in zip(headers, plains, tails, strict=True)
        ]

    def open(self, blob: bytes, aad: bytes, at: int = 8) -> bytes:
        """See `Aead.open`. The plaintext is returned only after the tag is verified."""
        body = at + NONCE_SIZE
        if len(blob) < body + TAG_SIZE:
            raise DecryptFailed
        try:
            mode = GCM(bytes(blob[at:body]), bytes(blob[-TAG_SIZE:]))
            context = Cipher(self._key, mode).decryptor()
            context.authenticate_additional_data(aad)
            return context.update(blob[body:-TAG_SIZE]) + context.finalize()
        except (InvalidTag, ValueError, OverflowError):
            raise DecryptFailed from None
