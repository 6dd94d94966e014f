"""Sealed streams: whole or refused, opened by Debian's age, and nothing stretched for hours."""

import io
import subprocess

import pytest

from tests.backup.stage import need
from tutela.crypto import age
from tutela.crypto.errors import BadValue, DecryptFailed

BODY = bytes(range(256)) * 4096  # several chunks of 64 KiB


@pytest.fixture(scope="module")
def pair():
    return age.new_identity()


@pytest.fixture(scope="module")
def sealed(pair):
    sink = io.BytesIO()
    with age.seal_stream([pair[1], age.new_identity()[1]], sink) as writer:
        for start in range(0, len(BODY), 1000):
            writer.write(BODY[start : start + 1000])
    return sink.getvalue()


def _opened(body, identity):
    sink = io.BytesIO()
    age.open_stream(io.BytesIO(body), [identity], sink)
    return sink.getvalue()


def test_what_was_sealed_opens_with_each_identity(sealed, pair):
    """By our own hand and by the stock tool."""
    assert _opened(sealed, pair[0]) == BODY
    assert age.recipient_of(pair[0]) == pair[1]


def test_the_stock_tool_opens_it(sealed, pair, tmp_path):
    """Debian's age."""
    need("age")
    (tmp_path / "key").write_text(pair[0] + "\n")
    done = subprocess.run(
        ["age", "--decrypt", "--identity", tmp_path / "key"],
        input=sealed,
        capture_output=True,
        check=True,
    )
    assert done.stdout == BODY


def test_what_the_stock_tool_sealed_opens_here(pair, tmp_path):
    """The other way round."""
    need("age")
    done = subprocess.run(
        ["age", "--recipient", pair[1]], input=BODY, capture_output=True, check=True
    )
    assert _opened(done.stdout, pair[0]) == BODY


@pytest.mark.parametrize("at", [0, 30, 150, 300, -1, -70_000])
def test_a_changed_byte_is_refused(sealed, pair, at):
    """In the header, the first chunk, the last tag."""
    changed = bytearray(sealed)
    changed[at] ^= 1
    with pytest.raises(DecryptFailed):
        _opened(bytes(changed), pair[0])


@pytest.mark.parametrize("size", [0, 1, 22, 200, 70_000, len(BODY)])
def test_a_cut_stream_is_refused(sealed, pair, size):
    """At each place, also between two chunks; what was written by then is not to be believed."""
    with pytest.raises(DecryptFailed):
        _opened(sealed[:size], pair[0])


def test_more_at_the_end_is_refused(sealed, pair):
    with pytest.raises(DecryptFailed):
        _opened(sealed + b"\0", pair[0])


def test_another_key_opens_nothing(sealed):
    with pytest.raises(DecryptFailed):
        _opened(sealed, age.new_identity()[0])


@pytest.mark.parametrize(
    "head",
    [
        b"age-encryption.org/v1\n-> scrypt bBjlhJVYZeE4aqUdmtRHfw 23\nZV/AhotwSGqaPCU43cepl4WYUouAa17a3xpu4G2yi5k\n--- AAAA\n",
        b"\xef\xbb\xbfage-encryption.org/v1\n",
        b"\nage-encryption.org/v1\n",
        b"age-encryption.org/v2\n",
        b"age-encryption.org/v1\n" + b"-> X25519 a\nb\n" * 5000,
        b"age-encryption.org/v1\n--- AAAA\n",
        b"",
    ],
)
def test_a_header_that_is_none_or_asks_for_a_passphrase_is_refused_at_once(pair, head):
    """A factor of 23 would take minutes and gigabytes; it is refused before anything is stretched."""
    sink = io.BytesIO()
    with pytest.raises(DecryptFailed):
        age.open_stream(io.BytesIO(head), [pair[0]], sink)
    assert sink.getvalue() == b""


def test_texts_that_are_no_keys_are_refused(pair):
    """Neither half stands for the other."""
    for wrong in ("", "age1", pair[0], pair[1][:-1], "ssh-ed25519 AAAA"):
        with pytest.raises(BadValue):
            age.check_recipient(wrong)
    with pytest.raises(BadValue):
        age.seal_stream([], io.BytesIO())
    with pytest.raises(BadValue):
        age.open_stream(
            io.BytesIO(b"age-encryption.org/v1\n-> X25519 a\n--- b\n"), [pair[1]], io.BytesIO()
        )


class _Full:
    def __init__(self, room):
        self.room = room

    def write(self, data):
        self.room -= len(data)
        if self.room < 0:
            raise OSError(28, "No space left on device")
        return len(data)


def _pour(writer, blocks):
    for _ in range(blocks):
        writer.write(BODY)


def _break_off(public, sink):
    with age.seal_stream([public], sink) as writer:
        writer.write(BODY)
        raise RuntimeError


def test_a_sink_that_fails_is_told_to_the_writer(pair):
    """The error of the disk itself, at the next write or at the end; no thread is left waiting."""
    writer = age.seal_stream([pair[1]], _Full(300_000))
    with pytest.raises(OSError, match="No space"):
        _pour(writer, 64)


def test_a_writer_that_is_broken_off_leaves_no_whole_stream(pair):
    """What was begun does not open."""
    sink = io.BytesIO()
    with pytest.raises(RuntimeError):
        _break_off(pair[1], sink)
    with pytest.raises(DecryptFailed):
        _opened(sink.getvalue(), pair[0])
