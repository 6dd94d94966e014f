"""A second, minimal implementation of the formats, from the README of the vectors alone.

It uses `cryptography` directly and nothing of Tutela, and it takes nonces, which ours never does.
"""

import hashlib
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hashes import SHA256, SM3, Hash
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

AES, SM4_SUITE = 1, 2
HASHES = {AES: SHA256, SM4_SUITE: SM3}


def be(number: int, size: int = 4) -> bytes:
    return number.to_bytes(size, "big")


def parts(*chunks: bytes) -> bytes:
    return b"".join(be(len(chunk)) + chunk for chunk in chunks)


def digest(suite: int, data: bytes) -> bytes:
    context = Hash(HASHES[suite]())
    context.update(data)
    return context.finalize()


def mac(suite: int, key: bytes, data: bytes) -> bytes:
    context = HMAC(key, HASHES[suite]())
    context.update(data)
    return context.finalize()


def expand(suite: int, key: bytes, info: bytes) -> bytes:
    return HKDFExpand(HASHES[suite](), 32, info).derive(key)


def encrypt(suite: int, key: bytes, nonce: bytes, aad: bytes, plain: bytes) -> bytes:
    if suite == AES:
        return AESGCM(key).encrypt(nonce, plain, aad)
    context = Cipher(SM4(key[:16]), GCM(nonce)).encryptor()
    context.authenticate_additional_data(aad)
    return context.update(plain) + context.finalize() + context.tag


@dataclass(frozen=True)
class Place:
    """Everything that an envelope is bound to."""

    suite: int
    root: bytes
    generation: int
    installation: bytes
    customer: bytes
    collection: int
    record: bytes
    data_class: int
    field: int

    def but(self, **changes: object) -> "Place":
        return replace(self, **changes)

    @property
    def key(self) -> bytes:
        info = parts(b"vault/v1/field", be(self.suite, 1), be(self.data_class))
        return expand(self.suite, self.root, info)

    def header(self, flags: int) -> bytes:
        return bytes([0xC1, 1, self.suite, flags]) + be(self.generation)

    def aad(self, header: bytes) -> bytes:
        ids = (self.installation, self.customer, be(self.collection), be(self.field), self.record)
        return parts(b"vault/aad/1", header, *ids, b"\0")

    def seal(self, flags: int, nonce: bytes, plain: bytes) -> bytes:
        header = self.header(flags)
        return header + nonce + encrypt(self.suite, self.key, nonce, self.aad(header), plain)

    def manifest(self, version: int, cells: dict[int, bytes]) -> bytes:
        key = expand(self.suite, self.root, parts(b"vault/v1/manifest", be(self.suite, 1)))
        ids = parts(self.installation, self.customer, be(self.collection)) + be(4)
        text = ids + parts(self.record, b"\0") + be(version, 8) + be(len(cells))
        for field in sorted(cells):
            text += be(field) + digest(self.suite, cells[field])
        return mac(self.suite, key, text)


@dataclass(frozen=True)
class WholePlace(Place):
    """A place in a record that is sealed as a whole: version 2."""

    @property
    def key(self) -> bytes:
        return expand(self.suite, self.root, parts(b"vault/v2/record", be(self.suite, 1)))

    def header(self, flags: int) -> bytes:
        return bytes([0xC1, 2, self.suite, flags]) + be(self.generation)

    def ids(self) -> bytes:
        ids = (self.installation, self.customer, be(self.collection), self.record)
        return parts(b"vault/aad/2", *ids)

    def aad(self, header: bytes) -> bytes:
        return self.ids() + parts(header, be(self.field), be(self.data_class))

    def manifest(self, version: int, cells: dict[int, bytes]) -> bytes:
        key = expand(self.suite, self.root, parts(b"vault/v2/manifest", be(self.suite, 1)))
        fields = sorted(cells)
        text = self.ids() + be(version, 8) + be(len(cells)) + b"".join(map(be, fields))
        return mac(self.suite, key, text + parts(*(cells[field] for field in fields)))


def box(
    suite: int, front: bytes, key: bytes, ids: tuple[bytes, ...], nonce: bytes, text: bytes
) -> bytes:
    """A wrapped key or small secret; `front` is the header, and what follows it for a lock."""
    derived = expand(suite, key, parts(b"vault/wrap/1", *ids))
    aad = parts(b"vault/wrap/1", front, *ids)
    return front + nonce + encrypt(suite, derived, nonce, aad, text)


def box_header(suite: int, kind: int, number: int) -> bytes:
    return bytes([0xC2, 1, suite, kind]) + be(number)


def locked(
    passphrase: bytes, salt: bytes, cost: tuple[int, int, int], nonce: bytes, text: bytes
) -> bytes:
    memory, passes, lanes = cost
    stretched = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory)
    front = box_header(AES, 4, 0) + be(memory) + be(passes) + be(lanes) + salt
    return box(AES, front, stretched.derive(passphrase), (b"passphrase",), nonce, text)


def commitment(suite: int, root: bytes, customer: bytes, generation: int) -> bytes:
    info = parts(b"vault/v1/commit", be(suite, 1), customer, be(generation))
    return expand(suite, root, info)


def tag(suite: int, root: bytes, label: bytes, ids: tuple[int, int, int], text: str) -> bytes:
    """The whole 32 bytes of a tag; `ids` are field, transform and version."""
    key = expand(suite, root, parts(label, be(suite, 1), *(be(number) for number in ids)))
    return mac(suite, key, text.encode())


def tree_head(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + tree_head(leaves[:split]) + tree_head(leaves[split:])).digest()
