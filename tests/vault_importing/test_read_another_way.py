"""One file, read in two ways, is two imports: the chunks of one are never taken for those of the other."""

import pytest

from tests.books import people, workbook
from tests.vault_importing.conftest import Insurer
from tutela.vault.importing.reading.table import ReadAs


class _Cut(Exception):
    """The process ends."""


def _cut(_done: int, _total: int) -> None:
    raise _Cut


def test_another_sheet_does_not_go_on_where_the_first_stopped(insurer: Insurer) -> None:
    """The same workbook, the same mapping: all rows of the second sheet come in, and then the rest of the
    first."""
    book = workbook({"甲": people("RA", 40), "乙": people("RB", 40, 50)})
    how = {"collection": "customer", "chunk_rows": 20}
    with pytest.raises(_Cut):
        insurer.bring_in(book, **how, progress=_cut, read_as=ReadAs(sheet="甲"))
    second = insurer.bring_in(book, **how, read_as=ReadAs(sheet="乙"))
    assert (second.resumed, second.created) == (False, 40)
    first = insurer.bring_in(book, **how, read_as=ReadAs(sheet="甲"))
    assert (first.resumed, first.rows, first.created) == (True, 40, 40)


def test_the_same_way_said_or_found_goes_on(insurer: Insurer) -> None:
    """Whether a person named the sheet or the file told it is no difference."""
    book = workbook({"甲": people("RC", 40, 100), "乙": people("RD", 5)})
    how = {"collection": "customer", "chunk_rows": 20}
    with pytest.raises(_Cut):
        insurer.bring_in(book, **how, progress=_cut)
    rest = insurer.bring_in(book, **how, read_as=ReadAs(sheet="甲"))
    assert (rest.resumed, rest.rows) == (True, 40)
