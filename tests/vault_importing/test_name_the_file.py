"""The list of imports names the file, sealed where it lies, for those who may open its rows."""

from pathlib import Path
from uuid import UUID

import pytest

from tests import imports
from tests.books import people, workbook
from tests.vault.factories import id_number
from tests.vault_importing import town as places
from tests.vault_importing.town import HEADER, Town, line
from tutela.keys import spool
from tutela.vault.importing import viewers
from tutela.vault.importing.actions import files
from tutela.vault.importing.actions.imports import list_imports
from tutela.vault.importing.reading.sources import BytesSource, FileSource
from tutela.vault.importing.reading.table import ReadAs
from tutela.vault.queries import fetch

TEXT = (HEADER + line(801, "EAST")).encode()


@pytest.fixture(scope="module")
def town(database: str) -> Town:
    return places.settle()


def name_of(town: Town, batch: str) -> str:
    return viewers.seen(town.east, UUID(batch)).file_name


def test_a_file_is_named_to_who_brought_it(town: Town, tmp_path: Path):
    """Without its folder; in the list and with its own state."""
    path = tmp_path / "客户 2026-11.csv"
    path.write_bytes(TEXT)
    result = imports.bring_in(town.east, FileSource(path), workers=1)
    assert name_of(town, result.batch) == "客户 2026-11.csv"
    assert list_imports(town.east, 1)[0].as_row()["file_name"] == "客户 2026-11.csv"


def test_the_name_is_sealed(town: Town):
    """People name files after people."""
    result = imports.bring_in(town.east, BytesSource("张三的资料.csv", TEXT), workers=1)
    rows = fetch("SELECT b::text FROM vault.import_batch b WHERE batch_id = %s", (result.batch,))
    assert "张三".encode().hex() not in rows[0][0]
    assert "张三" not in rows[0][0]


def test_a_name_that_holds_a_customer_s_value_is_shown_by_its_ending(town: Town):
    """Nobody learns an id number from a list of files."""
    name = f"{id_number(802)}.csv"
    result = imports.bring_in(town.east, BytesSource(name, TEXT), workers=1)
    assert name_of(town, result.batch) == "******.csv"


def test_an_account_that_sees_counts_alone_sees_no_name(town: Town):
    """The host's account follows an import of a person without what that person called the file or a
    sheet of it."""
    result = imports.bring_in(town.east, BytesSource("mine.csv", TEXT), workers=1)
    assert viewers.seen(town.feed, UUID(result.batch)).file_name == ""
    book = workbook({"张三的客户": people("KA"), "李四的客户": people("KB")})
    batch = UUID(imports.bring_in(town.east, BytesSource("mine.xlsx", book), workers=1).batch)
    assert viewers.seen(town.east, batch).read["sheet"] == "张三的客户"
    told = viewers.seen(town.feed, batch).read
    assert (told["kind"], told["sheet"], told["left_out"]) == ("xlsx", "", [])
    assert {one.file_name for one in list_imports(town.feed, 1)} == {""}


def test_a_sealed_upload_keeps_its_name_for_the_worker(town: Town):
    """Also when it is read in another way."""
    writer = spool.SpoolWriter()
    writer.write(TEXT)
    upload = writer.finish()
    files.open_file(town.east, spool.SpoolSource(upload, "upload.csv"))
    assert files.open_file(town.east, spool.SpoolSource(upload)).file_name == "upload.csv"
    again = files.open_file(town.east, spool.SpoolSource(upload), None, ReadAs(delimiter=","))
    assert again.file_name == "upload.csv"
