"""Uploads are sealed on the way in: no clear byte of a customer's file touches the disk."""

import os
from pathlib import Path

import pytest
from django.core.files.uploadhandler import SkipFile
from django.test import RequestFactory

from tutela.base import clock, ids
from tutela.keys import spool, tasks
from tutela.keys.errors import SpoolBroken, SpoolFull, SpoolMissing
from tutela.keys.spool import BLOCK, SealedUploadHandler, SpoolSource, SpoolWriter

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
def test_what_goes_in_comes_out(database: str, size: int):
    """At every size around a block, read whole and in pieces."""
    data = os.urandom(size)
    source = SpoolSource(spool.store(data))
    with source.open() as stream:
        assert stream.read() == data
        stream.seek(max(0, size - 10))
        assert stream.read(4) == data[max(0, size - 10) : max(0, size - 10) + 4]
    assert source.size == size


def test_the_spool_holds_no_clear_bytes(database: str):
    """Not even while it is written."""
    made = upload(CANARY * 100_000)
    assert made is not None
    for path in spool.folder().iterdir():
        assert CANARY not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("harm", ["cut", "flip", "swap", "whole block gone"])
def test_a_harmed_spool_does_not_open(database: str, harm: str):
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


def left(made: spool.SealedUpload | None) -> list[str]:
    """What lies in the spool of an upload."""
    assert made is not None
    return [path.name for path in spool.folder().iterdir() if str(made.spool) in path.name]


def test_an_upload_goes_with_its_request(database: str):
    """Django closes it at the end, whether a page read it or refused it."""
    made = upload(CANARY)
    assert len(left(made)) == 1
    made.close()
    assert not left(made)
    with pytest.raises(SpoolMissing):
        made.source().open()


def test_an_upload_that_is_kept_outlives_its_request(database: str):
    """As one that waits for its columns to be mapped; until it is given up."""
    made = upload(CANARY)
    made.keep("clerk")
    made.close()
    spool.drop(made.spool, "colleague")
    assert spool.source_of(made.spool, "clerk").open().read() == CANARY
    spool.drop(made.spool, "clerk")
    assert not left(made)


def test_an_upload_of_another_account_looks_like_none(database: str):
    """Whoever learns its id learns nothing by it."""
    made = upload(CANARY)
    made.keep("clerk")
    for key, account in ((made.spool, "colleague"), (ids.uuid7(), "clerk")):
        with pytest.raises(SpoolMissing):
            spool.source_of(key, account)
        spool.drop(key, account)
    assert spool.source_of(made.spool, "clerk").open().read() == CANARY
    spool.drop(made.spool, "clerk")
    assert not left(made)


def test_a_writer_that_is_let_go_of_leaves_nothing(database: str):
    """As when the connection breaks in the middle of a file."""
    writer = SpoolWriter()
    writer.write(CANARY)
    name = str(writer.id)
    assert any(name in path.name for path in spool.folder().iterdir())
    del writer
    assert not any(name in path.name for path in spool.folder().iterdir())


def test_a_stranger_stores_nothing(database: str):
    """Uploads are parsed before the view asks who is there."""
    with pytest.raises(SkipFile):
        upload(CANARY, known=False)


@pytest.mark.parametrize(
    ("kept", "seconds"), [(True, spool.KEEP_SECONDS), (False, spool.PASSING_SECONDS)]
)
def test_old_spools_are_swept(database: str, kept: bool, seconds: int):
    """A week for what somebody comes back for, a day for what a killed request left."""
    made = upload(b"x")
    if kept:
        made.keep("clerk")
    (name,) = [name for name in left(made) if not name.endswith(".owner")]
    path = spool.folder() / name
    for age, stays in ((seconds - 60, True), (seconds + 60, False)):
        old = clock.now().timestamp() - age
        os.utime(path, (old, old))
        tasks.sweep_spool(0)
        assert path.exists() is stays


def test_a_memo_is_kept_whole_or_not_at_all(database: str, monkeypatch: pytest.MonkeyPatch):
    """A full disk leaves the upload as it was, and two requests that look at it first at once are both well."""
    source, create = SpoolSource(spool.store(CANARY)), spool._create_private

    def on_a_full_disk(path):
        create(path).close()
        return Path("/dev/full").open("wb")

    with monkeypatch.context() as full:
        full.setattr(spool, "_create_private", on_a_full_disk)
        with pytest.raises(SpoolFull):
            source.keep_memo(b"as it was found")
    assert (source.has_memo(), source.memo()) == (False, None)
    assert not list(spool.folder().glob("*.part"))
    for _request in range(2):
        source.keep_memo(b"as it was found")
    assert source.memo() == b"as it was found"
