"""What divides the cells of a text is found, or named and asked for; backslashes are read as their writer meant."""

import pytest

from tests.vault_importing.test_read_delimited import CASES, HEAD, rows, table
from tutela.vault.importing import errors
from tutela.vault.importing.delimiters import typed

LINES = HEAD + "K1,王试,13800138001,朝阳路1号\nK2,李试,13800138002,朝阳路2号\n"
UNUSUAL = [
    "\x01",
    "|+|",
    "@@",
    "^",
    "~",
    "#|#",
    "||",
    "\x1f",
    "|@|",
    "!@#",
    "，",
    "\t\t",
    "$$",
    "|a|",
]


@pytest.mark.parametrize("delimiter", UNUSUAL)
def test_an_unusual_delimiter_is_named_and_taken_when_it_is_given(delimiter):
    """As it stands, or as it is written; nothing is guessed."""
    data = LINES.replace(",", delimiter).encode()
    with pytest.raises(errors.DelimiterUnknown) as refused:
        table(data)
    seen = refused.value.params["seen"]
    assert typed(seen) == delimiter if delimiter != "|a|" else seen
    assert seen in refused.value.text()
    if delimiter != "|a|":
        assert [cells for _n, cells, _code in rows(data, seen)][1][3] == "朝阳路2号"
        assert table(data, delimiter).columns == tuple(HEAD.strip().split(","))


def test_hive_text_is_named():
    """Its file before, given in the shell's spelling."""
    data = (CASES / "27_hive_x01.txt").read_bytes()
    with pytest.raises(errors.DelimiterUnknown, match="unknown"):
        table(data)
    assert len(rows(data, "\\x01")[0][1]) == 5


def test_a_given_delimiter_that_stands_nowhere_is_refused():
    """One column of everything would be no table."""
    with pytest.raises(errors.DelimiterWrong) as refused:
        table(LINES.encode(), "\\t")
    assert "\\t" in refused.value.text()


def test_what_spreadsheets_say_of_the_delimiter_is_believed():
    """`sep=;` in the first line; commas in every cell would fit better."""
    text = "sep=;\r\n客户号;姓名\r\nK1,1;王,试\r\nK2,2;李,试\r\n"
    assert [cells for _n, cells, _code in rows(text.encode())] == [
        ["K1,1", "王,试"],
        ["K2,2", "李,试"],
    ]


def test_a_known_header_decides_where_rows_do_not():
    """Uneven rows are rejected one by one."""
    assert table("姓名;手机号\nA;1;2\nB\nC;1;2;3\n".encode()).delimiter == ";"


def test_one_column_with_a_known_name_is_a_table():
    """A list of telephone numbers has no delimiter."""
    assert rows("手机号\n13800138001\n13800138002\n".encode())[0][1] == ["13800138001"]
    with pytest.raises(errors.DelimiterUnknown):
        table("甲\n乙\n丙\n".encode())


def test_columns_of_fixed_width_are_named():
    """Nothing says where a column ends, and a blank cell moves all that follow."""
    lines = [
        "客户号    姓名      手机号",
        "K1        王试      13800138001",
        "K2        李试一    13800138002",
    ]
    with pytest.raises(errors.FixedWidth):
        table("\n".join(lines).encode("gb18030"))


def test_a_file_of_mysql_is_mended():
    r"""`\N` is nothing, `\"` a quote."""
    read_rows = rows((CASES / "28_mysql_outfile.csv").read_bytes())
    assert not any(code for _n, _cells, code in read_rows)
    number, cells, _code = read_rows[0]
    assert (number, cells[3], cells[5], cells[6]) == (2, "", '样例路"0号"楼', "")


def test_each_escape_of_mysql_is_what_it_was():
    r"""Line break, tab, backslash, the delimiter and N itself, over several pieces of the file."""
    odd = ["a\nb", "a\tb", "a\\b", "a,b", 'a"b', "\\N", "N", "", "a\\nb"]
    lines = []
    for number in range(3000):
        cell = odd[number % len(odd)]
        text = cell
        for char in ("\\", '"', "\n", "\t"):
            text = text.replace(char, "\\" + char)
        lines.append(f'"K{number}","王试",\\N,"{text}"\n')
    found = rows((HEAD + "".join(lines)).encode())
    assert [cells[3] for _n, cells, _code in found] == [odd[n % len(odd)] for n in range(3000)]
    assert {cells[2] for _n, cells, _code in found} == {""}


def test_an_escape_that_nobody_writes_costs_its_row():
    """Its meaning is unknown; the raw row is kept as it stood."""
    known = "".join(f'"K{n}","王试",\\N,"a\\"b"\n' for n in range(3))
    found = rows((HEAD + known + '"K9","李试",\\N,"C:\\dir"\n').encode())
    assert [code for _n, _cells, code in found] == ["", "", "", "escape_unknown"]
    assert found[3][1] == ['"K9","李试",\\N,"C:\\dir"']


CLICKHOUSE = '"K1","王试",\\N,"D:\\new"\n"K2","王""试",\\N,"\\"\n'
HIVE = 'K1\t王试\t\\N\tD:\\new\nK2\t李试\t\\N\tD:\\归档\nK3\t张"试\t1\tc\\\n'


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (HEAD + CLICKHOUSE, ["D:\\new", "\\"]),
        (HEAD.replace(",", "\t") + HIVE, ["D:\\new", "D:\\归档", "c\\"]),
    ],
)
def test_a_mark_for_nothing_makes_no_backslash_an_escape(text: str, last: list[str]):
    r"""ClickHouse and Hive write `\N` too: the `\n` in D:\new is no line break."""
    found = rows(text.encode())
    assert [(cells[3], code) for _n, cells, code in found] == [(cell, "") for cell in last]
    assert found[0][1][2] == ""


def test_a_backslash_that_may_be_either_costs_its_row():
    r"""Only `\N` and one `\t`: a tab or a path, and nobody can ask. Its neighbours come in."""
    found = rows((HEAD + "K1,王试,\\N,a\\tb\nK2,李试,\\N,c\n").encode())
    assert [code for _n, _cells, code in found] == ["escape_doubtful", ""]
    assert found[1][1] == ["K2", "李试", "", "c"]


def test_quotes_are_signs_where_nothing_is_quoted():
    """PostgreSQL's COPY escapes and never quotes."""
    lines = "".join(f"K{n}\t王试\t\\N\ta\\nb\n" for n in range(4))
    odd = 'K7\t李试\t1\t"整段"\nK8\t"李\t2\t5" 管\n'
    found = rows((HEAD.replace(",", "\t") + lines + odd).encode())
    assert [code for _n, _cells, code in found] == [""] * 6
    assert [cells[1:] for _n, cells, _code in found[3:]] == [
        ["王试", "", "a\nb"], ["李试", "1", '"整段"'], ['"李', "2", '5" 管'],
    ]  # fmt: skip


def test_a_number_in_its_wrap_may_stand_beside_quoted_cells():
    """The habit of ="0123" in a file that quotes what it must."""
    found = rows((HEAD + 'K1,="0012","1,5","说""好"""\n').encode())
    assert found == [(2, ["K1", "0012", "1,5", '说"好"'], "")]


def test_text_of_hive_with_escapes_is_read():
    r"""Delimiter behind a backslash; `\N` for nothing."""
    text = HEAD.replace(",", "\x01") + "K1\x01王\\\x01试\x01\\N\x01a\n"
    assert rows(text.encode(), "\\x01")[0][1] == ["K1", "王\x01试", "", "a"]


def test_backslashes_of_paths_stay():
    """In a file without escapes they are text, and a lone `\\N` is nothing all the same."""
    text = (
        HEAD
        + "K1,王试,1,C:\\data\nK2,李试,2,\\\\server\\a\n"
        + "K,x,1,b\n" * 300
        + "K3,赵试,\\N,c\n"
    )
    found = rows(text.encode())
    assert [found[0][1][3], found[1][1][3], found[-1][1][2]] == ["C:\\data", "\\\\server\\a", ""]
