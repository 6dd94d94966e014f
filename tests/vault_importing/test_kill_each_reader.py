"""kill -9 in the middle of a workbook and of a Parquet file: it goes on, nothing half stored, nothing twice."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vault_importing.conftest import Insurer
from tests.vault_importing.test_change_while_read import as_parquet, as_workbook
from tests.vault_importing.test_resume_import import ROWS, bring_in_at_last, start, wait_for

pytestmark = pytest.mark.slow
FILES: dict[str, Callable[[str, int], bytes]] = {"xlsx": as_workbook, "parquet": as_parquet}


@pytest.mark.parametrize("kind", FILES)
def test_a_killed_import_of_each_kind_goes_on(insurer: Insurer, tmp_path: Path, kind: str):
    """Whatever the reader held in memory or beside the file is gone with its process."""
    path = tmp_path / f"many.{kind}"
    path.write_bytes(FILES[kind](f"{kind}K", ROWS))
    chunks, records = insurer.count("vault.import_chunk"), insurer.count("vault.record")
    child = start(path, 2)
    wait_for(insurer, chunks + 5)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    result = bring_in_at_last(insurer, path, chunk_rows=999)
    assert (result.resumed, result.rows, result.rejected) == (True, ROWS, 0)
    assert insurer.count("vault.record") - records == ROWS
    again = insurer.bring_in(path)
    assert (again.resumed, again.unchanged) == (False, ROWS)
