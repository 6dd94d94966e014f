"""A locked, wrong, missing, foreign or damaged root key file: one sentence with a code, nothing made anew."""

from pathlib import Path

import pytest

from tests.faults import load
from tests.faults.installation import Installation
from tutela.crypto import digest
from tutela.keys.providers import file

RIGHT = "correct horse battery staple"


def refused(house: Installation, code: str, **environment: str) -> None:
    """`tutela up` ends at once with one sentence."""
    done = house.run("up", seconds=60, **environment)
    assert done.returncode == 1
    told = done.stderr.strip().splitlines()[-1]
    assert code in told, done.stderr
    assert told.startswith("tutela: ")
    assert "Traceback" not in done.stderr


def _secret(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(f"{text}\n", "utf-8")
    path.chmod(0o600)
    return str(path)


def test_a_locked_installation_opens_with_its_passphrase_only(copied: Installation):
    """Missing, wrong, right: the same file."""
    right = _secret(copied.folder, "right", RIGHT)
    wrong = _secret(copied.folder, "wrong", f"not {RIGHT}")
    done = copied.run("lock-keys", TUTELA_NEW_PASSPHRASE_FILE=right)
    assert done.returncode == 0, done.stderr
    refused(copied, "keys.locked")
    refused(copied, "keys.passphrase_wrong", TUTELA_KEY_PASSPHRASE_FILE=wrong)
    copied.up(TUTELA_KEY_PASSPHRASE_FILE=right)
    assert "NOT locked" not in copied.log.read_text("utf-8")
    assert load.made(copied, 1).look(0)


@pytest.mark.parametrize("fault", ["missing", "foreign", "damaged"])
def test_a_root_key_file_that_is_not_ours_is_never_replaced(copied: Installation, fault: str):
    """The old data stays readable once the right file is back."""
    path = copied.home / "root.key"
    good = path.read_bytes()
    if fault == "missing":
        path.unlink()
    elif fault == "foreign":
        other = digest.random_bytes(16)
        file.write(copied.home, file.RootFile(other, (file.new_entry(other, None)[0],)))
    else:
        place = good.index(b'"blob": "') + 20
        path.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
    bad = path.read_bytes() if path.exists() else None
    refused(copied, f"keys.root_{fault}")
    assert (path.read_bytes() if path.exists() else None) == bad
    path.write_bytes(good)
    assert len(copied.tutela("customers", "list", "--purpose", "service")) > 20
