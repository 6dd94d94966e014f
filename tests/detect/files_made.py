"""Files of each kind: made by the libraries that write them, or as their formats lay them out."""

import gzip
import io
import struct
import zipfile

import docx
import openpyxl
import pyarrow as pa
import xlsxwriter
from pyarrow import parquet

from tests.documents import steps
from tutela.detect.file_kinds import FileKind

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
MHTML = b"From: <Saved by Microsoft Internet Explorer 5>\nSubject: x\nMIME-Version: 1.0\n\n--x\n<html></html>"


def archive(*parts: tuple[str, bytes], stored: bool = False) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(
        file, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    ) as zipped:
        for name, data in parts:
            zipped.writestr(name, data)
    return file.getvalue()


def open_document(kind: str) -> bytes:
    """As LibreOffice writes it: the type first, stored."""
    return archive(
        ("mimetype", f"application/vnd.oasis.opendocument.{kind}".encode()),
        ("content.xml", b"<a/>"),
        stored=True,
    )


def word() -> bytes:
    file = io.BytesIO()
    docx.Document().save(file)
    return file.getvalue()


def workbook() -> bytes:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


def written() -> bytes:
    file = io.BytesIO()
    xlsxwriter.Workbook(file).close()
    return file.getvalue()


def long_workbook() -> bytes:
    """More parts than the old directory can count."""
    return archive(("xl/workbook.xml", b""), *((f"xl/media/{n}.png", b"") for n in range(66_000)))


def table() -> bytes:
    file = io.BytesIO()
    parquet.write_table(pa.table({"name": ["a"]}), file)
    return file.getvalue()


def compound(*names: str, before: int = 0, shift: int = 9) -> bytes:
    """A compound file as [MS-CFB] lays it out: header, `before` sectors of data, directory, and its table of sectors
    at the end, listed in the header or, beyond 109, in a sector of its own."""
    size, a_table = 1 << shift, (1 << shift) // 4
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", len(name) * 2 + 2) + bytes(62)
        for name in ("Root Entry", *names)
    )
    directory += bytes(-len(directory) % size)
    long = len(directory) // size
    tables = 1
    while tables * a_table < before + long + tables + 1:
        tables += 1
    first = before + long
    chain = (
        [0xFFFFFFFE] * before
        + [before + n + 1 for n in range(long - 1)]
        + [0xFFFFFFFE]
        + [0xFFFFFFFD] * (tables + 1)
    )
    chain += [0xFFFFFFFF] * (tables * a_table - len(chain))
    places = [first + n for n in range(tables)]
    further = places[109:]
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, shift, 6)
    )
    head = head.ljust(44, b"\0") + struct.pack("<II", tables, before)
    head = head.ljust(68, b"\0") + struct.pack(
        "<II", first + tables if further else 0xFFFFFFFE, bool(further)
    )
    head += struct.pack("<109I", *(places[:109] + [0xFFFFFFFF] * 109)[:109])
    more = struct.pack(
        f"<{a_table}I", *(further + [0xFFFFFFFF] * a_table)[: a_table - 1], 0xFFFFFFFE
    )
    body = bytes(before * size) + directory + struct.pack(f"<{len(chain)}I", *chain)
    return head.ljust(size, b"\0") + body + (more if further else b"")


SUMMARY = "\x05SummaryInformation"
FILES = {
    "nothing": (b"", FileKind.EMPTY),
    "only a mark": (b"\xef\xbb\xbf\r\n", FileKind.EMPTY),
    "pdf": (steps.PDF, FileKind.PDF),
    "png": (PNG, FileKind.PNG),
    "jpeg": (JPEG, FileKind.JPEG),
    "gif": (b"GIF89a\1\0\1\0", FileKind.PICTURE),
    "bmp": (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0", FileKind.PICTURE),
    "webp": (b"RIFF\x24\0\0\0WEBPVP8 ", FileKind.PICTURE),
    "docx": (word(), FileKind.DOCX),
    "xlsx": (workbook(), FileKind.XLSX),
    "xlsx of another writer": (written(), FileKind.XLSX),
    "xlsx behind two megabytes": (
        archive(("a.bin", bytes(2 << 20)), ("xl/workbook.xml", b"<a/>"), stored=True),
        FileKind.XLSX,
    ),
    "xlsx of 66,000 parts": (long_workbook(), FileKind.XLSX),
    "xlsx with backslashes": (archive(("XL\\Workbook.xml", b"<a/>")), FileKind.XLSX),
    "xlsb": (archive(("[Content_Types].xml", b"<a/>"), ("xl/worksheets/sheet1.bin", b"x"), ("xl/workbook.bin", b"x")),
             FileKind.XLSB),
    "pptx": (archive(("[Content_Types].xml", b"<a/>"), ("ppt/presentation.xml", b"<a/>")), FileKind.PPTX),
    "ods": (open_document("spreadsheet"), FileKind.ODS),
    "odt": (open_document("text"), FileKind.ODT),
    "odp": (open_document("presentation"), FileKind.ZIP),
    "ofd": (archive(("OFD.xml", b"<a/>"), ("Doc_0/Document.xml", b"<a/>")), FileKind.OFD),
    "zip": (archive(("notes.txt", b"a"), ("more/xl/b.txt", b"b")), FileKind.ZIP),
    "empty zip": (archive(), FileKind.ZIP),
    "half a zip": (workbook()[:-200], FileKind.BROKEN_ZIP),
    "zip in words": (b"PK\x03\x04 not a zip", FileKind.BROKEN_ZIP),
    "doc, and .wps of WPS": (compound("1Table", "WordDocument", SUMMARY), FileKind.DOC),
    "xls, and .et of WPS": (compound("Workbook", SUMMARY), FileKind.XLS),
    "xls of Excel 95": (compound("Book"), FileKind.XLS),
    "ppt": (compound("Current User", "PowerPoint Document"), FileKind.PPT),
    "doc with a sheet inside": (compound("WordDocument", "ObjectPool", "Workbook"), FileKind.DOC),
    "name in a later sector": (compound(*(f"_{n}" for n in range(40)), "Workbook"), FileKind.XLS),
    "eight megabytes of xls": (compound(*"abcdefgh", "Workbook", before=16_000), FileKind.XLS),
    "large sectors": (compound("Workbook", before=3, shift=12), FileKind.XLS),
    "office with a password": (compound("EncryptionInfo", "EncryptedPackage"), FileKind.LOCKED_OFFICE),
    "mail of Outlook": (compound("__properties_version1.0"), FileKind.OLE),
    "half an ole file": (compound("Workbook")[:100], FileKind.OLE),
    "gzip": (gzip.compress(b"a,b\n"), FileKind.ARCHIVE),
    "7z": (b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE),
    "parquet": (table(), FileKind.PARQUET),
    "parquet with an encrypted footer": (b"PARE" + bytes(40) + b"PARE", FileKind.LOCKED_PARQUET),
    "dbf": (
        b"\x03\x7e\x0b\x1e" + bytes(4) + b"\x41\0\x0b\0" + bytes(20) + b"KHH".ljust(11, b"\0") + b"C" + bytes(4)
        + b"\x0a" + bytes(15) + b"\r\x1a",
        FileKind.DBF,
    ),
    "html": (b"\r\n<HTML xmlns:x='urn:schemas-microsoft-com:office:excel'><table>", FileKind.HTML),
    "html of a core system": (b"<!-- report --> <table border=1><tr><td>K1", FileKind.HTML),
    "html in utf-16": ("<html><table>".encode("utf-16"), FileKind.HTML),
    "mhtml": (MHTML, FileKind.MHTML),
    "mhtml, version first": (b"MIME-Version: 1.0\r\nX: y\r\n\r\n", FileKind.MHTML),
    "xml": (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', FileKind.XML),
    "rtf": (b"{\\rtf1\\ansi hello}", FileKind.RTF),
    "ebcdic": ("CUST0001 ZHANG SAN 13800000000".encode("cp037") + b"\x25", FileKind.EBCDIC),
    "binary": (b"\x7fELF\2\1\1\0\0", FileKind.BINARY),
    "utf-8": ("姓名,手机号\n张三,1\n".encode(), FileKind.TEXT),
    "utf-16": ("姓名,手机号\n".encode("utf-16"), FileKind.TEXT),
    "gb18030": ("客户姓名".encode("gb18030"), FileKind.TEXT),
    "names that begin as a picture": (b"BMI,RIFF\n1,2\n", FileKind.TEXT),
    "names that begin as mail": (b"From: x,MIME\n1,2\n", FileKind.TEXT),
}  # fmt: skip
