"""DBF tables of core systems: fixed records, deleted ones, code pages, memos that lie elsewhere."""

import struct

import pytest

from tests.vault_importing.test_read_workbooks import chunk, table
from tutela.detect.file_kinds import FileKind, kind_of_bytes
from tutela.vault.importing import errors

FIELDS = (("KHH", "C", 10), ("XM", "C", 12), ("BZ", "C", 20))


def dbf(
    *records: tuple[bytes, ...], fields=FIELDS, page: int = 0, deleted: set[int] = frozenset()
) -> bytes:
    """Version 3; a record for each tuple of cells, padded with blanks."""
    width = 1 + sum(size for _name, _kind, size in fields)
    head = bytearray(32)
    struct.pack_into(
        "<BBBBIHH", head, 0, 3, 126, 11, 30, len(records), 32 * (len(fields) + 1) + 1, width
    )
    head[29] = page
    listed = b"".join(
        name.encode().ljust(11, b"\0") + kind.encode() + bytes(4) + bytes([size]) + bytes(15)
        for name, kind, size in fields
    )
    rows = b"".join(
        (b"*" if at in deleted else b" ")
        + b"".join(cell.ljust(size) for cell, (_n, _k, size) in zip(record, fields, strict=True))
        for at, record in enumerate(records)
    )
    return bytes(head) + listed + b"\r" + rows + b"\x1a"


def third(kind: str, raw: bytes, size: int, page: int = 0) -> str | tuple[str, str]:
    fields = (*FIELDS[:2], ("BZ", kind, size))
    found = chunk(dbf((b"K1", b"WANG", raw), fields=fields, page=page))
    faults = found.faults.get(1, ())
    return ("", faults[0][1]) if faults else found.rows[0][2]


@pytest.mark.parametrize(
    ("kind", "raw", "text"),
    [
        ("C", "欧阳测试".encode("gbk"), "欧阳测试"),
        ("C", "王小䶮".encode("gb18030"), "王小䶮"),
        ("C", "欧阳".encode(), "欧阳"),
        ("C", b"  a b   ", "  a b"),
        ("N", b"     123.40", "123.4"),
        ("N", b"13800138000", "13800138000"),
        ("N", b"           ", ""),
        ("N", b"***********", ("", "cell_unreadable")),
        ("N", b"6222600098416759787", "6.22260009841676E+18"),
        ("F", b"1.5E+3", "1500"),
        ("D", b"19900307", "1990-03-07"),
        ("D", b"        ", ""),
        ("D", b"19900230", ("", "date_out_of_range")),
        ("D", b"02001231", ("", "date_out_of_range")),
        ("L", b"T", "true"),
        ("L", b"n", "false"),
        ("L", b"?", ""),
        ("L", b"x", ("", "cell_unreadable")),
        ("M", b"         7", ("", "cell_unreadable")),
        ("M", b"          ", ""),
        ("I", struct.pack("<i", -5), "-5"),
        ("Y", struct.pack("<q", 123_456_700), "12345.67"),
        ("B", struct.pack("<d", 0.1), "0.1"),
        ("T", struct.pack("<II", 2_447_958, 48_600_000), "1990-03-07 13:30:00"),
        ("X", b"abc", ("", "cell_unreadable")),
    ],
)
def test_a_cell_of_dbf_is_what_it_says(kind, raw, text):
    """Numbers by their text; a memo lies in a file that nobody has given."""
    assert third(kind, raw, max(len(raw), 10) if kind in "CNFM" else len(raw)) == text


def test_deleted_records_are_left_out_and_keep_their_numbers():
    """They stay in the file until it is packed."""
    rows = [(b"K1", b"A", b""), (b"K2", b"B", b""), (b"K3", b"C", b"")]
    found = chunk(dbf(*rows, deleted={1}))
    assert found.row_numbers == [1, 3]
    assert [row[0] for row in found.rows] == ["K1", "K3"]


def test_a_page_of_traditional_chinese_is_believed():
    """0x78 is Big5; 0x03 is what Western programs write whatever stands in the file."""
    assert third("C", "歐陽".encode("cp950"), 10, page=0x78) == "歐陽"
    assert third("C", "欧阳".encode("gbk"), 10, page=0x03) == "欧阳"


def test_a_text_in_another_encoding_is_never_read_as_other_characters():
    """Big5 without its mark decodes as GB18030 too; it is named, and read when that is given."""
    rows = [(f"K{at}".encode(), "陳大文".encode("big5"), b"x") for at in range(3)]
    with pytest.raises(errors.EncodingUnknown) as refused:
        chunk(dbf(*rows))
    assert refused.value.params["looks"] == "big5"
    assert [row[1] for row in chunk(dbf(*rows), encoding="Big5-HKSCS").rows] == ["陳大文"] * 3
    # A mark that the texts belie is not believed.
    chinese = [(f"K{at}".encode(), "王小明".encode("gbk"), b"x") for at in range(3)]
    assert [row[1] for row in chunk(dbf(*chinese, page=0x78)).rows] == ["王小明"] * 3


def test_a_cell_that_does_not_fit_the_others_costs_its_row():
    """The rest of the file is read."""
    rows = [(f"K{at}".encode(), "王小明李".encode("gbk"), b"x") for at in range(9)]
    found = chunk(dbf(*rows, (b"K9", b"\xff", b"x")))
    assert found.faults == {10: ((1, "encoding"),)}


def test_a_dbf_is_known_by_its_head():
    """Whatever its version."""
    data = dbf((b"K1", b"A", b"x"))
    assert kind_of_bytes(data) is FileKind.DBF
    assert kind_of_bytes(b"\x30" + data[1:]) is FileKind.DBF
    assert table(data).columns == ("KHH", "XM", "BZ")


@pytest.mark.parametrize("change", [
    lambda data: data[:-20],
    lambda data: data[:4] + (1_000_000).to_bytes(4, "little") + data[8:],
    lambda data: data[:10] + (3).to_bytes(2, "little") + data[12:],
])  # fmt: skip
def test_a_broken_dbf_is_refused(change):
    """One that is cut off would lose its last customers without a word."""
    with pytest.raises(errors.SheetBroken):
        chunk(change(dbf((b"K1", b"A", b"x"), (b"K2", b"B", b"y"))))


def test_many_records_are_read_in_blocks():
    """And their total is estimated well."""
    data = dbf(*((f"K{at}".encode(), b"A", b"x") for at in range(3_000)))
    assert 2_900 < table(data).total.rows < 3_100
    assert len(chunk_rows(data)) == 3_000


def chunk_rows(data: bytes) -> list[list[str]]:
    from tutela.vault.importing.reading import read

    with read.Reading(table(data)) as reading:
        return [row for part in reading.chunks() for row in part.rows]
