"""A file on a target is whole or not there, whatever lies behind the target: a folder, SFTP, S3, WebDAV."""

import io
import os
from collections.abc import Iterator

import pytest

from tests.backup import target_servers as servers
from tutela.backup import errors
from tutela.backup.rules import Lock
from tutela.backup.targets import Place, Why, open_place

SET = "tutela-12ab34cd-20261130T020000Z-full"
LARGE = os.urandom(9 * 1024 * 1024 + 7)


@pytest.fixture(scope="module", params=["file", "sftp", "s3", "webdav"])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """One place of each kind."""
    base = tmp_path_factory.mktemp(request.param)
    if request.param == "file":
        with open_place(f"file://{base}") as opened:
            yield opened
    elif request.param == "sftp":
        with servers.sftp_server(base) as server, server.open() as opened:
            yield opened
    elif request.param == "webdav":
        with servers.webdav_server(base) as server, server.open() as opened:
            yield opened
    else:
        with servers.s3_server() as server, server.open() as opened:
            servers.s3_client(server).create_bucket(Bucket="copies")
            yield opened


def test_a_file_is_written_whole_and_read_back(place):
    """Small, large, blank; from the start, from a byte on, from its end."""
    for name, data in (("small", b"abc"), ("large", LARGE), ("blank", b"")):
        place.put(f"{SET}/{name}", io.BytesIO(data), len(data))
        assert place.size(f"{SET}/{name}") == len(data)
        assert b"".join(place.read(f"{SET}/{name}")) == data
    assert b"".join(place.read(f"{SET}/large", 5_000_001)) == LARGE[5_000_001:]
    assert b"".join(place.read(f"{SET}/large", len(LARGE))) == b""
    assert place.names(SET) == [f"{SET}/blank", f"{SET}/large", f"{SET}/small"]
    assert place.names(f"{SET}/l") == [f"{SET}/large"]
    assert place.names("nothing") == []


def test_a_name_is_written_once(place):
    place.put("once/file", io.BytesIO(b"first"), 5)
    with pytest.raises(errors.NameTaken):
        place.put("once/file", io.BytesIO(b"other"), 5)
    assert b"".join(place.read("once/file")) == b"first"


@pytest.mark.parametrize("size", [2, 2 * 1024 * 1024 + 1, len(LARGE) + 1])
def test_data_that_ends_early_gets_no_name(place, size):
    """A cut source is refused with the byte at which it ended."""
    name = f"cut-{size}/file"
    with pytest.raises(errors.SourceFault) as refused:
        place.put(name, io.BytesIO(LARGE[: size - 1]), size)
    assert refused.value.params["at"] == size - 1
    assert place.size(name) is None
    assert place.names("cut-") == []


def test_data_longer_than_said_gets_no_name(place):
    with pytest.raises(errors.SourceFault):
        place.put("long/file", io.BytesIO(b"abcd"), 3)
    assert place.names("long") == []


def test_a_source_that_breaks_off_is_told_from_the_target(place):
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 1_000_000:
                raise OSError(5, "input")
            return super().read(size)

    with pytest.raises(errors.SourceFault):
        place.put("broken/file", Broken(LARGE), len(LARGE))
    assert place.names("broken") == []


def test_deleting_takes_a_file_and_what_was_begun_of_it(place):
    place.put("gone/file", io.BytesIO(b"data"), 4)
    place.delete("gone/file")
    assert place.size("gone/file") is None
    with pytest.raises(errors.ObjectMissing):
        place.delete("gone/file")
    with pytest.raises(errors.ObjectMissing):
        list(place.read("gone/file"))
    place.put("gone/file", io.BytesIO(b"again"), 5)
    assert b"".join(place.read("gone/file")) == b"again"


@pytest.mark.parametrize(
    "name", ["", "/etc/x", "../x", "a/../b", ".hidden", "a/.x", "a//b", "a/b.part", "a\\b", "a/b/c/d/e", "ä", "a\nb"]
)  # fmt: skip
def test_no_name_leads_out_of_the_place(place, name):
    for act in (place.size, place.delete, lambda bad: place.put(bad, io.BytesIO(b""), 0)):
        with pytest.raises(errors.FileNameWrong):
            act(name)
    with pytest.raises(errors.FileNameWrong):
        list(place.read(name))


def test_a_place_without_a_lock_says_so(place):
    """The probe could be deleted, and is gone."""
    probe = place.probe()
    assert (probe.writable, probe.lock, probe.why) == (True, Lock.NONE, Why.DELETED)
    assert [name for name in place.names() if "probe" in name] == []
    assert place.locked_until(f"{SET}/small") is None


def test_a_closed_place_opens_again(place):
    place.put("closed/file", io.BytesIO(b"data"), 4)
    place.close()
    assert place.size("closed/file") == 4


def test_free_space_is_told_where_the_place_knows_it(place):
    free = place.free()
    assert free is None or free > 0


def test_a_reader_without_going_back_does(place):
    """A pipe: nothing can be gone on with, and nothing needs to be."""
    away, here = os.pipe()
    with os.fdopen(away, "rb") as reader, os.fdopen(here, "wb") as writer:
        writer.write(b"through a pipe")
        writer.close()
        place.put("piped/file", reader, 14)
    assert b"".join(place.read("piped/file")) == b"through a pipe"
