"""Seal and open one 40-byte field through the vault's own API, beside the bare library and Tink.

The bare calls get bytes and a ready binding. Tink does the vault's job: a text in and a text out,
bound to a place whose parts are put together for each value, as any application of it has to.
"""

import os
from struct import Struct

import tink
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from tink import aead

from benchmarks.measure import Row, Scale, median_seconds
from tutela.crypto.sealing import CustomerKeys
from tutela.crypto.suites import Suite

VALUE = "北京市朝阳区某某路一百号" + "abcd"
COUNT = 20_000


def run(scale: Scale) -> list[Row]:
    """Pairs of seal and open in a second."""
    if scale.soak:
        return []
    count = scale.of(COUNT)
    ours = count / median_seconds(lambda: _ours(count, Suite.AES))
    raw = count / median_seconds(lambda: _raw(count))
    peer = count / median_seconds(lambda: _tink(count))
    sm4 = count / median_seconds(lambda: _ours(count, Suite.SM4), rounds=3)
    unit = "pairs/s"
    return [
        Row(name="seal + open, AES-256-GCM", value=ours, unit=unit, beside="raw AESGCM calls",
            beside_value=raw, floor=0.5),
        Row(name="seal + open, AES-256-GCM", value=ours, unit=unit, beside="Tink AES256_GCM",
            beside_value=peer, floor=1.0),
        Row(name="seal + open, SM4-GCM", value=sm4, unit=unit, beside="raw AESGCM calls",
            beside_value=raw),
    ]  # fmt: skip


def _ours(count: int, suite: Suite) -> None:
    row = CustomerKeys(bytes(32), suite, 1, bytes(16), bytes(16)).row(1, bytes(16))
    for _ in range(count):
        row.open(1, 2, row.seal(1, 2, VALUE))


def _raw(count: int) -> None:
    cipher = AESGCM(bytes(32))
    plain, bound = VALUE.encode(), bytes(109)
    for _ in range(count):
        nonce = os.urandom(12)
        cipher.decrypt(nonce, cipher.encrypt(nonce, plain, bound), bound)


def _tink(count: int) -> None:
    aead.register()
    handle = tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM)
    cipher = handle.primitive(aead.Aead)
    before, after, field = bytes(85), bytes(20), Struct(">I").pack
    for number in range(count):
        sealed = cipher.encrypt(VALUE.encode(), before + field(number & 0xFF) + after)
        cipher.decrypt(sealed, before + field(number & 0xFF) + after).decode()
