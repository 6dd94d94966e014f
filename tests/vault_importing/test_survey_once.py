"""A file is surveyed once; whoever reads it later takes nothing that the survey did not see."""

import io
import os
from pathlib import Path

import pytest

from tests import imports
from tests.passes import count_passes, wide_table
from tests.vault_importing.conftest import Insurer
from tutela.keys import spool
from tutela.keys.errors import SpoolBroken
from tutela.keys.spool import SpoolSource
from tutela.vault.importing.actions import files
from tutela.vault.importing.actions.imports import run_import
from tutela.vault.importing.errors import FileChanged
from tutela.vault.importing.reading import sniff
from tutela.vault.importing.reading.sources import BytesSource, FileSource
from tutela.vault.importing.reading.table import stored_table
from tutela.vault.importing.reading.verified import verified


def test_the_shell_surveys_a_file_once(insurer: Insurer, monkeypatch, tmp_path: Path):
    """One pass for hash and one for each encoding that was tried, one that imports, and the first rows."""
    data = wide_table()
    path = tmp_path / "w.csv"
    path.write_bytes(data)
    passes = count_passes(monkeypatch)
    result = insurer.bring_in(path, collection="customer")
    assert (result.rows, result.rejected) == (1500, 0)
    assert passes.surveys == 1
    assert passes.over(data) == 3.6


def test_a_gb18030_file_is_hashed_once(monkeypatch):
    """Only its text is looked at a second time."""
    hashed = []
    digest = sniff._block_digest
    monkeypatch.setattr(sniff, "_block_digest", lambda block: hashed.append(1) or digest(block))
    data = wide_table()
    survey = sniff.survey(BytesSource("f", data))
    assert (survey.encoding, len(hashed)) == ("gb18030", -(-len(data) // sniff.BLOCK))


@pytest.mark.parametrize("rows", [3, 1500])
def test_a_file_that_changes_after_it_was_looked_at_is_refused(
    insurer: Insurer, tmp_path: Path, rows: int
):
    """In one sentence, before a row is stored: replaced, grown or cut."""
    path = tmp_path / "c.csv"
    data = wide_table(rows).replace(b"W0", b"C0")
    before = insurer.count("vault.customer")
    for harmed in (data.replace(b"C0", b"D0"), b"x" + data, data[:-9], b""):
        path.write_bytes(data)
        order = imports.prepare(insurer.operator, FileSource(path), collection="customer")
        path.write_bytes(harmed)
        with pytest.raises(FileChanged):
            run_import(insurer.operator, order)
        if harmed[:20] != data[:20]:
            assert insurer.count("vault.customer") == before


def test_of_a_file_that_changes_behind_only_what_was_seen_is_stored(
    insurer: Insurer, tmp_path: Path
):
    """The rows of later blocks are not stored; the same file again goes on."""
    path = tmp_path / "e.csv"
    data = wide_table().replace(b"W0", b"E0")
    path.write_bytes(data)
    order = imports.prepare(insurer.operator, FileSource(path), collection="customer")
    path.write_bytes(data[: 2 << 20] + data[2 << 20 :].replace(b"E0", b"F0"))
    before = insurer.count("vault.customer")
    with pytest.raises(FileChanged):
        run_import(insurer.operator, order, imports.RunOptions(workers=1, chunk_rows=100))
    assert 0 < insurer.count("vault.customer") - before < 1500
    path.write_bytes(data)
    result = insurer.bring_in(path, collection="customer", chunk_rows=100)
    assert (result.resumed, result.rows) == (True, 1500)
    assert insurer.count("vault.customer") - before == 1500


def test_what_an_upload_was_found_to_be_is_kept_with_it(insurer: Insurer):
    """Sealed with the upload's own key: it fits no other, and goes with the upload."""
    data = wide_table(30)
    first, second = (SpoolSource(spool.store(data + extra)) for extra in (b"", b"\n"))
    table, _other = (files.open_file(insurer.operator, one) for one in (first, second))
    assert table.sample == files.open_file(insurer.operator, first).sample
    kept = stored_table(first)
    assert kept is not None
    assert (kept.survey, kept.columns, kept.total) == (table.survey, table.columns, table.total)
    memo, foreign = (spool.folder() / f"{one.spool}.memo" for one in (first, second))
    assert "客户号".encode() not in memo.read_bytes()
    assert memo.stat().st_mode & 0o077 == 0
    memo.write_bytes(foreign.read_bytes())
    with pytest.raises(SpoolBroken):
        stored_table(first)
    with pytest.raises(FileChanged):
        files.open_queued(insurer.operator, second, None, table.survey.sha256)
    for one in (first, second):
        spool.delete(one.spool)
        assert not list(spool.folder().glob(f"{one.spool}*"))


def test_verified_bytes_are_those_of_the_file(tmp_path: Path):
    """From any place, in any length."""
    path = tmp_path / "b"
    data = os.urandom((2 << 20) + 77)
    path.write_bytes(b"PAR1" + data)
    source = FileSource(path)
    with verified(source, sniff.survey(source)) as stream:
        assert stream.read() == b"PAR1" + data
        for at, length in ((0, 9), ((1 << 20) - 3, 9), ((2 << 20) - 3, 999), (5, (1 << 20) + 5)):
            stream.seek(at)
            assert stream.read(length) == (b"PAR1" + data)[at : at + length]
        assert stream.seek(0, io.SEEK_END) == len(data) + 4
        assert stream.read(1) == b""
