"""SFTP on a real OpenSSH server: a changed host key, a server that goes in the middle, one that lets nobody delete."""

import io
import os
import stat
import subprocess
from pathlib import Path

import pytest

from tests.backup import target_servers as servers
from tests.backup.target_servers import SftpServer, names_in
from tutela.backup import errors
from tutela.backup.rules import Lock
from tutela.backup.targets import Why
from tutela.backup.targets.address import read_address
from tutela.backup.targets.place import part_of
from tutela.backup.targets.sftp import fingerprints, shown_host_key

DATA = os.urandom(9 * 1024 * 1024)


@pytest.fixture
def server(tmp_path: Path) -> SftpServer:
    with servers.sftp_server(tmp_path) as started:
        yield started


class Acting(io.BytesIO):
    """Does something once so many bytes were read."""

    def __init__(self, data: bytes, after: int, act: object) -> None:
        super().__init__(data)
        self.after, self.act, self.begun = after, act, -1

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() >= self.after and self.act:
            act, self.act = self.act, None
            act()
        if self.begun < 0:
            self.begun = self.tell()
        return super().read(size)


def test_a_changed_host_key_is_refused_before_anything_is_sent(server):
    """With the fingerprint that was shown; the pinned key of before still holds."""
    before = server.host_key
    with server.open() as place:
        place.put("a", io.BytesIO(b"x"), 1)
    server.stop()
    server.make_host_key()
    server.start()
    with server.open(identity=before) as place, pytest.raises(errors.HostKeyChanged) as refused:
        place.put("b", io.BytesIO(b"x"), 1)
    assert refused.value.params["seen"] == fingerprints(server.host_key)[0]
    assert refused.value.params["seen"] in refused.value.text()
    assert names_in(server.store) == ["a"]
    with server.open(identity=f"{before}\n{server.host_key}\n") as place:
        place.put("b", io.BytesIO(b"x"), 1)


def test_a_server_without_the_pinned_kind_of_key_is_refused(server, tmp_path):
    """Where only keys of another kind are pinned, nothing else is taken instead."""
    servers.run("ssh-keygen", "-q", "-t", "rsa", "-N", "", "-f", str(tmp_path / "rsa"))
    with (
        server.open(identity=(tmp_path / "rsa.pub").read_text()) as place,
        pytest.raises(errors.HostKeyChanged),
    ):
        place.names()


def test_the_shown_key_can_be_asked_for(server):
    """As `ssh-keyscan` prints it, to be compared by another way."""
    shown = shown_host_key(read_address(server.url))
    assert shown == server.host_key
    told = subprocess.run(
        ["ssh-keygen", "-lf", server.base / "host.pub"], check=True, capture_output=True, text=True
    ).stdout
    assert fingerprints(shown)[0] in told


def test_wrong_credentials_are_told_apart(server, tmp_path):
    servers.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "stranger"))
    with (
        server.open(credential=(tmp_path / "stranger").read_text()) as place,
        pytest.raises(errors.SignInRefused),
    ):
        place.names()


def test_a_server_that_goes_in_the_middle_is_gone_on_with(server):
    """Nothing lies under the final name; the next upload sends only the rest."""
    with server.open() as place:
        with pytest.raises(errors.TargetGone):
            place.put("set/file", Acting(DATA, 8_000_000, server.stop), len(DATA))
        with pytest.raises(errors.TargetGone):
            place.size("set/file")
        assert not (server.store / "set" / "file").exists()
        kept = (server.store / part_of("set/file")).stat().st_size
        assert kept > 4_000_000
        server.start()
        again = Acting(DATA, len(DATA), None)
        place.put("set/file", again, len(DATA))
        assert again.begun == kept - 1024 * 1024
        assert b"".join(place.read("set/file")) == DATA
    assert (server.store / "set" / "file").read_bytes() == DATA


def test_a_part_of_another_sealing_is_begun_again(server):
    (server.store / "set").mkdir()
    (server.store / part_of("set/file")).write_bytes(os.urandom(len(DATA) + 5))
    with server.open() as place:
        place.put("set/file", io.BytesIO(DATA), len(DATA))
    assert (server.store / "set" / "file").read_bytes() == DATA


def test_a_copy_that_was_cut_tells_its_length(server):
    with server.open() as place:
        place.put("file", io.BytesIO(DATA), len(DATA))
        os.truncate(server.store / "file", 1_000)
        assert place.size("file") == 1_000

        blocks = place.read("file")
        os.truncate(server.store / "file", 2_000_000)
        assert len(b"".join(blocks)) == 2_000_000


def test_a_copy_that_shrinks_while_it_is_read_is_refused(server):
    with server.open() as place:
        place.put("file", io.BytesIO(DATA), len(DATA))
        blocks = place.read("file")
        next(blocks)
        os.truncate(server.store / "file", 5_000_000)
        with pytest.raises(errors.LengthWrong):
            list(blocks)


def test_a_full_server_is_one_sentence(tmp_path):
    """OpenSSH says no more than `failure`; its free space tells why."""
    store = tmp_path / "store"
    with servers.sftp_server(tmp_path) as server:
        if subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", store],
            check=False,
            capture_output=True,
        ).returncode:
            pytest.skip("needs to mount a small file system")
        try:
            with server.open() as place:
                with pytest.raises(errors.TargetFull):
                    place.put("large", io.BytesIO(DATA), len(DATA))
                seven = 7 * 1024 * 1024
                fill = Acting(
                    DATA[:seven], 4_000_000, lambda: (store / "x").write_bytes(DATA[:4_000_000])
                )
                with pytest.raises(errors.TargetFull):
                    place.put("file", fill, seven)
                (store / "x").unlink()
                place.put("file", io.BytesIO(DATA[:seven]), seven)
                assert place.names() == ["file"]
        finally:
            server.stop()
            subprocess.run(["umount", "-l", store], check=True)


def test_a_server_that_lets_nobody_delete_is_a_lock_only_if_nothing_else_works(tmp_path):
    """`-P remove` alone leaves writing over; with the other ways shut too, the probe stays as it was."""
    with servers.sftp_server(tmp_path, "-P", "remove,rmdir") as server, server.open() as place:
        probe = place.probe()
        assert (probe.lock, probe.why) == (Lock.NONE, Why.OVERWRITTEN)
        place.put("file", io.BytesIO(b"x"), 1)
        with pytest.raises(errors.ObjectLocked):
            place.delete("file")
        assert place.size("file") == 1


def test_a_folder_that_is_not_there_is_gone(server):
    server.store.rmdir()
    with server.open() as place:
        for act in (lambda: place.put("a", io.BytesIO(b""), 0), place.names, place.probe):
            with pytest.raises(errors.TargetGone):
                act()
    assert not server.store.exists()


def test_files_are_the_owners_alone(server):
    with server.open() as place:
        place.put("set/file", io.BytesIO(b"x"), 1)
    assert stat.S_IMODE((server.store / "set" / "file").stat().st_mode) == 0o600
    assert stat.S_IMODE((server.store / "set").stat().st_mode) == 0o700
