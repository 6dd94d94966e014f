"""The tags of many rows at once are those of each row alone."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from tutela.base.actor import SYSTEM
from tutela.crypto.blind import IndexKeys
from tutela.crypto.suites import Suite
from tutela.vault.importing import marks, waves
from tutela.vault.importing.job import Job
from tutela.vault.importing.prepare import Row

INDEX = IndexKeys(bytes(range(32)), 1, Suite.AES)
ROWS = [
    Row(2, {100: "C1", 101: "王"}, key="C1", identity="11010519491231002X"),
    Row(3, {101: "李", 100: "C2"}, key="c 2"),
    Row(4, {101: "无号"}, identity="11010519491231002x"),
    Row(5, {101: "无号"}),
    Row(6, {101: "a\0b"}, key="\u200b"),
    Row(7, {}),
    Row(8, {107: date(1949, 12, 31), 113: Decimal("1.50")}, texts={107: "1949-12-31", 113: "1.50"}),
]


@pytest.mark.parametrize("collection", [1, 2])
@pytest.mark.parametrize("clears", [frozenset(), frozenset({101, 113})])
def test_the_tags_of_a_chunk_are_those_of_each_row(collection: int, clears: frozenset[int]):
    """Rows with and without key and id number, with other fields, in another order, and with none; also when
    the blanks of some fields clear what is stored."""
    job = Job(UUID(int=1), collection, "core", SYSTEM, frozenset(), {}, 1, clears=clears)
    rows = [(row, number) for number, row in enumerate(ROWS)]
    assert marks.marks(job, INDEX, rows) == [waves.mark(job, INDEX, *row) for row in rows]
