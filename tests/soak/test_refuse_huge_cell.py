"""A cell of 3 GB is refused in one sentence, and memory stays flat."""

import resource
import subprocess
from pathlib import Path

import pytest

from tests.faults import installation
from tests.faults.installation import Installation

GIGA = 1024**3
MOST = int(1.5 * GIGA)


@pytest.fixture
def huge(copied: Installation) -> Path:
    """A sparse file: a header, a quoted cell of 3 GB of nothing but one letter at its begin and end."""
    path = copied.folder / "huge.csv"
    with path.open("wb") as out:
        out.write('客户号,姓名,手机号\nC1,"甲'.encode())
        block = b"a" * (1 << 20)
        for _ in range(64):
            out.write(block)
        out.truncate(3 * GIGA)
    return path


def test_a_huge_cell_is_refused_with_flat_memory(copied: Installation, huge: Path):
    """The limit is set on the process itself: it would die rather than eat the machine."""
    done = subprocess.run(
        installation.command(copied.environment, "import", str(huge), "--yes"),
        env=copied.environment, capture_output=True, text=True, check=False, timeout=110,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (MOST, MOST)),
    )  # fmt: skip
    assert done.returncode == 1
    told = done.stderr.strip().splitlines()
    assert "vault.import." in told[-1], told
    assert "Traceback" not in done.stderr
