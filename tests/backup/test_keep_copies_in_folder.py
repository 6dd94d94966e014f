"""A folder: full, unmounted, another disk, broken off by kill -9, and never wider than its owner."""

import io
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.backup.target_servers import names_in
from tutela.backup import errors
from tutela.backup.rules import Lock
from tutela.backup.targets import Why, open_place
from tutela.backup.targets.local import LocalPlace
from tutela.backup.targets.place import part_of

DATA = os.urandom(5 * 1024 * 1024)


def test_files_and_folders_are_the_owners_alone(tmp_path):
    """Whatever the umask of the process is."""
    before = os.umask(0)
    try:
        open_place(str(tmp_path)).put("set/file", io.BytesIO(DATA), len(DATA))
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "set" / "file").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "set").stat().st_mode) == 0o700


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A file system of 8 MiB."""
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", tmp_path],
        check=False,
        capture_output=True,
    ).returncode:
        pytest.skip("needs to mount a small file system")
    yield tmp_path
    subprocess.run(["umount", "-l", tmp_path], check=True)


def test_a_full_target_is_one_sentence_and_goes_on_once_there_is_room(small):
    """What does not fit is refused before the first byte."""
    place = open_place(str(small))
    (small / "other").write_bytes(b"x" * 5 * 1024 * 1024)
    with pytest.raises(errors.TargetFull) as refused:
        place.put("set/file", io.BytesIO(DATA), len(DATA))
    assert "set/file" in refused.value.text()
    assert place.names("set") == []
    (small / "other").unlink()
    place.put("set/file", io.BytesIO(DATA), len(DATA))
    assert place.size("set/file") == len(DATA)


def test_a_target_that_fills_meanwhile_keeps_what_came(small):
    """Somebody else takes the room: the part stays and is gone on with."""
    place = open_place(str(small))

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 3_000_000:
                (small / "other").write_bytes(b"x" * 3_500_000)
            return super().read(size)

    with pytest.raises(errors.TargetFull):
        place.put("set/file", Slow(DATA), len(DATA))
    kept = (small / part_of("set/file")).stat().st_size
    assert 0 < kept < len(DATA)
    assert place.names("set") == []
    (small / "other").unlink()
    place.put("set/file", io.BytesIO(DATA), len(DATA))
    assert b"".join(place.read("set/file")) == DATA


def test_a_folder_that_is_gone_is_not_made_anew(tmp_path):
    """An unmounted share would otherwise fill the disk below it."""
    place = open_place(str(tmp_path / "share"))
    for act in (lambda: place.put("a", io.BytesIO(b""), 0), place.names, place.probe, place.free):
        with pytest.raises(errors.TargetGone):
            act()
    assert not (tmp_path / "share").exists()


def test_another_disk_at_the_same_place_is_refused(tmp_path):
    """The marker tells disks apart; an empty mount point has none."""
    one = LocalPlace(tmp_path / "one")
    one.folder.mkdir()
    identity = one.mark()
    assert one.mark() == identity
    known = open_place(str(one.folder), identity)
    known.put("a", io.BytesIO(b"x"), 1)
    one.folder.rename(tmp_path / "away")
    one.folder.mkdir()
    with pytest.raises(errors.OtherMedium):
        known.put("b", io.BytesIO(b"x"), 1)
    one.mark()
    with pytest.raises(errors.OtherMedium):
        known.names()
    with pytest.raises(errors.IdentityWrong):
        open_place(str(one.folder), "not a marker")


@pytest.mark.parametrize("kept", [1, 4 * 1024 * 1024, 4 * 1024 * 1024 + 9])
def test_an_upload_goes_on_where_it_broke_off(tmp_path, kept):
    """Only what is the same stays: a part of another sealing is begun again."""
    part = tmp_path / part_of("file")
    for there in (DATA[:kept], b"\x00" * kept, DATA + b"more"):
        part.write_bytes(there)

        class Counted(io.BytesIO):
            last = 0

            def seek(self, at: int, whence: int = 0) -> int:
                Counted.last = at
                return super().seek(at, whence)

        open_place(str(tmp_path)).put("file", Counted(DATA), len(DATA))
        assert (tmp_path / "file").read_bytes() == DATA
        assert not part.exists()
        (tmp_path / "file").unlink()


KILLED = """
import io, os, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tutela.settings"
from tutela.backup.targets import open_place

class Reader(io.BytesIO):
    def read(self, size=-1):
        if self.tell() >= int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().read(size)

open_place(sys.argv[1]).put("set/file", Reader(bytes(9_000_000)), 9_000_000)
"""


@pytest.mark.parametrize("at", [0, 4_194_304, 9_000_000])
def test_a_killed_upload_leaves_no_final_name(tmp_path, at):
    """At its first byte, in the middle, before its end; the next one completes it."""
    ended = subprocess.run([sys.executable, "-c", KILLED, tmp_path, str(at)], check=False)
    assert ended.returncode == -signal.SIGKILL
    place = open_place(str(tmp_path))
    assert place.names() == []
    place.put("set/file", io.BytesIO(bytes(9_000_000)), 9_000_000)
    assert place.names() == ["set/file"]
    assert names_in(tmp_path / "set") == ["file"]


def test_one_part_has_one_writer(tmp_path):
    place = open_place(str(tmp_path))

    class Meanwhile(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            with pytest.raises(errors.PartBusy):
                place.put("file", io.BytesIO(b"other"), 5)
            return super().read(size)

    place.put("file", Meanwhile(b"first"), 5)
    assert (tmp_path / "file").read_bytes() == b"first"


def test_links_are_not_followed_and_not_taken_for_files(tmp_path):
    """A part that is a link is refused; a final name that is one is no file."""
    (tmp_path / "outside").mkdir()
    folder = tmp_path / "target"
    folder.mkdir()
    (folder / part_of("file")).symlink_to(tmp_path / "outside" / "stolen")
    (folder / "link").symlink_to(tmp_path / "outside")
    place = open_place(str(folder))
    with pytest.raises(errors.TargetRefused):
        place.put("file", io.BytesIO(b"x"), 1)
    assert place.size("link") is None
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_file_system_that_keeps_files_is_a_lock(tmp_path):
    """An append-only folder whose files are immutable, as a WORM share shows itself."""
    place = open_place(str(tmp_path))
    made = subprocess.run(["chattr", "+a", tmp_path], check=False, capture_output=True).returncode
    if made:
        pytest.skip("the file system knows no append-only folders")
    try:
        probe = place.probe()
    finally:
        subprocess.run(["chattr", "-a", tmp_path], check=True)
    # The folder keeps names, and the file in it may still be emptied.
    assert (probe.lock, probe.why) == (Lock.NONE, Why.OVERWRITTEN)


def test_a_folder_beside_the_data_says_so(tmp_path):
    """The same file system goes with the same disk."""
    probe = open_place(str(tmp_path), beside=tmp_path.parent).probe()
    assert (probe.lock, probe.why) == (Lock.NONE, Why.SAME_DISK)
