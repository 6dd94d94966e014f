"""Root runs commands in a data directory that is another account's: no link laid there leads a file astray."""

import errno
import os
from pathlib import Path

import pytest

from tutela.cli.running import layout, tls
from tutela.keys.providers import file

LINK = f"Errno {errno.ELOOP}"


def _trap(folder: Path, name: str) -> Path:
    """A file elsewhere to which a link leads from where a new file is written first."""
    treasure = folder / "elsewhere"
    treasure.write_text("kept")
    (folder / name).symlink_to(treasure)
    return treasure


def test_a_key_that_is_made_once(tmp_path: Path) -> None:
    """The secret of sessions."""
    treasure = _trap(tmp_path, f".session.key.{os.getpid()}")
    with pytest.raises(OSError, match=LINK):
        layout.write_once(tmp_path / "session.key", b"new")
    assert treasure.read_text() == "kept"


def test_the_root_key_file(tmp_path: Path) -> None:
    """The one that `tutela lock-keys` writes anew."""
    treasure = _trap(tmp_path, f".{file.NAME}.{os.getpid()}")
    entry, _root = file.new_entry(bytes(16), None)
    with pytest.raises(OSError, match=LINK):
        file.write(tmp_path, file.RootFile(bytes(16), (entry,)))
    assert treasure.read_text() == "kept"


def test_a_certificate(tmp_path: Path) -> None:
    """Renewed when it is near its end."""
    (tmp_path / "tls").mkdir()
    treasure = _trap(tmp_path / "tls", f"authority.{os.getpid()}")
    with pytest.raises(OSError, match=LINK):
        tls.files(tmp_path, ["localhost"], ("", ""))
    assert treasure.read_text() == "kept"
