"""A row of a text that cannot be split costs that row; those before and after it come in."""

import csv
import io
from pathlib import Path

import pytest

from tutela.vault.importing import errors, rejects, targets
from tutela.vault.importing.delimiters import typed
from tutela.vault.importing.reading import read
from tutela.vault.importing.reading.cells import rows_of
from tutela.vault.importing.reading.delimited import DelimitedReader
from tutela.vault.importing.reading.sources import BytesSource
from tutela.vault.importing.reading.table import ReadAs, Table

CASES = Path(__file__).parent / "cases"
HEAD = "客户号,姓名,手机号,联系地址\n"


def table(data: bytes, delimiter: str = "") -> Table:
    return read.open_table(
        BytesSource("f", data), targets.known, ReadAs(delimiter=typed(delimiter))
    )


def rows(data: bytes, delimiter: str = "") -> list[tuple[int, list[str], str]]:
    """(row number, cells, the code of what is wrong with the row as a whole)"""
    with read.Reading(table(data, delimiter)) as reading:
        return [(n, cells, faults[0][1] if faults else "") for n, cells, faults in reading.rows()]


def shown(text: str) -> list[tuple[int, str, str]]:
    """(row number, last cell, code) below HEAD, the raw text of a broken row."""
    return [(n, cells[-1], code) for n, cells, code in rows((HEAD + text).encode())]


def test_a_quote_that_never_closes_costs_its_row():
    """Six customers stood in one address before."""
    read_rows = rows((CASES / "21_unclosed_quote.csv").read_bytes())
    assert [(n, code) for n, _cells, code in read_rows] == [
        (2, ""), (3, "quote_open"), *[(n, "") for n in range(4, 10)],
    ]  # fmt: skip
    assert read_rows[2][1][0] == "K3"


def test_a_quote_that_closes_in_a_later_row_swallows_nothing():
    """The row would have the right number of cells, with two customers in an address."""
    text = 'K1,王试,1,"朝阳路1号\nK2,李试,2,朝阳路2号\nK3,赵试,3,朝阳路3号"\nK4,周试,4,朝阳路4号\n'
    assert [(n, code) for n, _last, code in shown(text)] == [
        (2, "quote_open"), (3, ""), (4, ""), (5, ""),
    ]  # fmt: skip


def test_line_breaks_inside_quotes_are_part_of_the_cell():
    """An address over three lines is one cell, and a comma in it no delimiter."""
    text = 'K1,王试,1,"朝阳路1号\n3单元, 5室\r\n北门"\n"K2",李试,2,"a\n\nb"\n'
    assert shown(text) == [(2, "朝阳路1号\n3单元, 5室\r\n北门", ""), (3, "a\n\nb", "")]


def test_text_after_a_closing_quote_is_a_fault():
    """Readers that are lenient drop the quote and keep the rest."""
    text = 'K1,王试,1,"朝阳路"1号\nK2,李试,2,"东路"\n'
    assert [(n, code) for n, _last, code in shown(text)] == [(2, "quote_text_after"), (3, "")]


def test_each_reason_has_a_sentence():
    """A person reads why, and not a code."""
    reasons = {"quote_open", "quote_text_after", "quote_stray", "cell_too_large", "row_too_wide"}
    for code in reasons | {"nul", "escape_unknown"}:
        assert rejects.sentence(code) != code


def test_doubled_quotes_are_one():
    """As RFC 4180 says."""
    assert shown('K1,王试,1,"朝阳路""东""1号"\n') == [(2, '朝阳路"东"1号', "")]


@pytest.mark.parametrize(("more", "code"), [("", ""), ('K2,李试,2,"东路, 2号"\n', "quote_stray")])
def test_a_quote_in_a_bare_cell_is_text_unless_the_file_quotes_cells(more, code):
    """A writer that quotes cells would have quoted this one too."""
    assert shown('K1,王试,1,5" 管\n' + more)[0][1:] == (
        'K1,王试,1,5" 管' if code else '5" 管',
        code,
    )


def test_every_place_of_a_broken_row_is_the_same():
    """The rows of a file of 3,000 with one bad row in each place where the reader takes a breath."""
    good = [f'K{n},王试,{n},"样例路, {n}号"\n' for n in range(3000)]
    for at in range(0, 3000, 61):
        text = "".join([*good[:at], f'K{at},王试,{at},"样例路{at}号\n', *good[at + 1 :]])
        found = shown(text)
        assert len(found) == 3000
        assert [n for n, _last, code in found if code] == [at + 2]
        assert all(last == f"样例路, {n - 2}号" for n, last, code in found if not code)


def test_a_nul_costs_its_row_wherever_it_stands():
    """Also beyond the first block, and in UTF-16."""
    text = HEAD + "K1,王试,1,a\nK2,李\0试,2,b\nK3,赵试,3,c\n"
    for encoding in ("utf-8", "gb18030", "utf-16"):
        assert [code for _n, _cells, code in rows(text.encode(encoding))] == ["", "nul", ""]
    long = HEAD + "K1,王试,1,a\n" * 90_000 + "K2,李\0试,2,b\nK3,赵试,3,c\n"
    assert [code for _n, _cells, code in rows(long.encode())][-3:] == ["", "nul", ""]


def test_a_line_without_end_costs_its_row(tmp_path):
    """Nothing of it is held but its beginning."""
    data = HEAD.encode() + b"K1," + b"x" * (9 << 20) + b"\nK2,b,c,d\n"
    (number, [cell], code), last = rows(data)
    assert (number, code, last[1]) == (2, "cell_too_large", ["K2", "b", "c", "d"])
    assert len(cell) <= 1000


def test_marks_at_the_beginning_of_later_lines_are_no_text():
    """Files that were put one behind the other."""
    part = (HEAD + 'K1,王试,1,"a"\n').encode("utf-8-sig")
    found = rows(part * 3)
    assert [cells[0] for _n, cells, _code in found] == ["K1", "客户号", "K1", "客户号", "K1"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_line_end_ends_a_line(end):
    """Also those of old systems, and several in one file."""
    text = (HEAD + "K1,王试,1,a\nK2,李试,2,b").replace("\n", end) + "\r\nK3,赵试,3,c\rK4,周试,4,d\n"
    assert [n for n, _cells, _code in rows(text.encode())] == [2, 3, 4, 5]


def test_spaces_before_quotes_are_none_of_the_cell():
    """If the file writes them before all."""
    text = HEAD.replace(",", ", ") + '"K1", "王试", "1", "东路, 1号"\n"K2", "李试", "2", "b"\n'
    assert [cells for _n, cells, _code in rows(text.encode())] == [
        ["K1", "王试", "1", "东路, 1号"], ["K2", "李试", "2", "b"],
    ]  # fmt: skip


def test_single_quotes_round_all_cells_are_quotes():
    """An apostrophe that only begins a cell is something else."""
    text = HEAD + "'K1','王试','1','东路, 1号'\n'K2','李试','2','b'\n"
    assert [cells[3] for _n, cells, _code in rows(text.encode())] == ["东路, 1号", "b"]


def test_a_row_as_wide_as_a_book_is_a_fault():
    """A million cells are not carried through the import."""
    text = HEAD + "K1,王试,1,a\n" + "x," * 1_000_000 + "\nK3,赵试,3,c\n"
    assert [code for _n, _cells, code in rows(text.encode())] == ["", "row_too_wide", ""]
    with pytest.raises(errors.TooManyColumns):
        table(("列," * 1_000_000 + "\n" + "x," * 1_000_000 + "\n").encode())


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_what_python_writes_comes_out(quoting, encoding):
    """Cells with everything that quotes are for, over many pieces of the file."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=quoting)
    odd = ["a, b", 'c "d" e', "f\ng", "", "h\r\ni", '"', "王试,李试", "\\N1", "x\\y"]
    lines = [
        [f"K{n}", "王试", odd[n % len(odd)], odd[n // len(odd) % len(odd)]] for n in range(3000)
    ]
    writer.writerows([HEAD.strip().split(","), *lines])
    assert [cells for _n, cells, code in rows(out.getvalue().encode(encoding)) if not code] == lines


def test_the_reader_holds_little(tmp_path):
    """A stream of 300 MB without a line end is read in flat memory."""

    class Endless(io.RawIOBase):
        left = 300 << 20

        def readable(self):
            return True

        def seekable(self):
            return True

        def seek(self, offset, whence=0):
            self.left = 300 << 20
            return 0

        def tell(self):
            return 0

        def readinto(self, buffer):
            size = min(len(buffer), self.left)
            buffer[:size] = b"x" * size
            self.left -= size
            return size

    reader = DelimitedReader(io.BufferedReader(Endless()), "utf-8", ",")
    [(_number, row)] = list(rows_of(reader.runs()))
    assert len(row[0]) <= 1000
