"""Uploads are sealed on the way in: no clear byte of a customer's file touches the disk."""

import os
import time

import pytest
from django.core.files.uploadhandler import SkipFile
from django.test import RequestFactory

from tests.vault_importing.conftest import Insurer
from tutela.vault.importing import actions, spool
from tutela.vault.importing.errors import SpoolBroken, SpoolMissing
from tutela.vault.importing.spool import BLOCK, SealedUploadHandler, SpoolSource

CANARY = "金丝雀诺贝尔".encode()


class Person:
    """Stands for the signed-in user that the middleware sets."""

    is_authenticated = True


def upload(data: bytes, *, known: bool = True) -> spool.SealedUpload | None:
    """Send bytes through the handler as Django does."""
    request = RequestFactory().post("/")
    request.user = Person() if known else None
    handler = SealedUploadHandler(request)
    handler.new_file("file", "customers.csv", "text/csv", len(data))
    for start in range(0, len(data), handler.chunk_size):
        handler.receive_data_chunk(data[start : start + handler.chunk_size], start)
    return handler.file_complete(len(data))


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 3 * BLOCK + 5])
def test_what_goes_in_comes_out(insurer: Insurer, size: int):
    """At every size around a block, read whole and in pieces."""
    data = os.urandom(size)
    source = SpoolSource(spool.store(data))
    with source.open() as stream:
        assert stream.read() == data
        stream.seek(max(0, size - 10))
        assert stream.read(4) == data[max(0, size - 10) : max(0, size - 10) + 4]
    assert source.size == size


def test_the_spool_holds_no_clear_bytes(insurer: Insurer):
    """Not even while it is written."""
    made = upload(CANARY * 100_000)
    assert made is not None
    for path in spool.folder().iterdir():
        assert CANARY not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("harm", ["cut", "flip", "swap", "whole block gone"])
def test_a_harmed_spool_does_not_open(insurer: Insurer, harm: str):
    """A block cut off, changed or moved is noticed."""
    made = spool.store(os.urandom(3 * BLOCK))
    path = spool.folder() / f"{made}.sealed"
    data = bytearray(path.read_bytes())
    step = (len(data) - len(data) % BLOCK) // 3
    harmed = {
        "cut": data[:-1],
        "flip": data[:-50] + bytes([data[-50] ^ 1]) + data[-49:],
        "swap": data[:200]
        + data[200 + step : 200 + 2 * step]
        + data[200 : 200 + step]
        + data[200 + 2 * step :],
        "whole block gone": data[: -(BLOCK + 28)],
    }[harm]
    path.write_bytes(harmed)
    with pytest.raises(SpoolBroken), SpoolSource(made).open() as stream:
        stream.read()


def test_an_upload_is_imported_and_deleted(insurer: Insurer):
    """XLSX too is read from memory."""
    made = upload((insurer.files / "customers.xlsx").read_bytes())
    assert made is not None
    result = actions.run_import(insurer.operator, made.source())
    assert result.created > 0
    spool.delete(made.spool)
    with pytest.raises(SpoolMissing):
        made.source().open()


def test_a_stranger_stores_nothing(insurer: Insurer):
    """Uploads are parsed before the view asks who is there."""
    with pytest.raises(SkipFile):
        upload(CANARY, known=False)


def test_old_spools_are_swept(insurer: Insurer):
    """What nobody imported within a week goes."""
    made = spool.store(b"x")
    path = spool.folder() / f"{made}.sealed"
    old = time.time() - spool.KEEP_SECONDS - 60
    os.utime(path, (old, old))
    assert spool.sweep() == 1
    assert not path.exists()
