"""What a file is, by its bytes and never by its name: the one place that knows file signatures.

The first block decides; in a zip or an OLE container the names of its parts do. At most a few megabytes are
read, whatever the file claims of itself. Whether the file is whole is for whoever opens it.
"""

import codecs
import io
import re
import struct
from collections.abc import Iterator
from enum import StrEnum
from typing import BinaryIO, Final, NamedTuple


class FileKind(StrEnum):
    """Kinds that anybody here tells apart."""

    EMPTY = "empty"
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    PICTURE = "picture"
    DOCX = "docx"
    XLSX = "xlsx"
    XLSB = "xlsb"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    OFD = "ofd"
    ZIP = "zip"
    BROKEN_ZIP = "broken zip"  # begins as a zip and has no directory at its end
    DOC = "doc"  # Word 97; WPS Writer (.wps) writes the same
    XLS = "xls"  # Excel 97; WPS Spreadsheets (.et) writes the same
    PPT = "ppt"  # PowerPoint 97; WPS Presentation (.dps) writes the same
    LOCKED_OFFICE = "locked office"  # DOCX, XLSX or PPTX with a password: an OLE file around it
    OLE = "ole"  # any other compound file, or one whose directory cannot be read
    ARCHIVE = "archive"
    PARQUET = "parquet"
    LOCKED_PARQUET = "locked parquet"  # its footer is encrypted
    DBF = "dbf"  # dBASE, FoxPro, Clipper
    HTML = "html"
    MHTML = "mhtml"
    XML = "xml"
    RTF = "rtf"
    EBCDIC = "ebcdic"
    TEXT = "text"  # in whatever encoding
    BINARY = "binary"


class _ParquetEnds(NamedTuple):
    plain: bytes
    encrypted: bytes


PARQUET_ENDS: Final = _ParquetEnds(b"PAR1", b"PARE")
"""A Parquet file's first and last four bytes; the second where its footer is encrypted."""
_BLOCK: Final = 1 << 20
_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOTHING: Final = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_SIGNATURES: Final = (
    (FileKind.PDF, (b"%PDF-",)),
    (FileKind.PNG, (b"\x89PNG\r\n\x1a\n",)),
    (FileKind.JPEG, (b"\xff\xd8\xff",)),
    (FileKind.PICTURE, (b"GIF8", b"II*\0", b"MM\0*")),
    (FileKind.ARCHIVE, (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")),
    (FileKind.PARQUET, (PARQUET_ENDS.plain,)),
    (FileKind.LOCKED_PARQUET, (PARQUET_ENDS.encrypted,)),
    (FileKind.RTF, (b"{\\rtf",)),
)
# The part of a zip that only this kind has, in the order in which they are looked for.
_PARTS: Final = (
    (FileKind.XLSB, "xl/workbook.bin"),
    (FileKind.XLSX, "xl/"),
    (FileKind.DOCX, "word/"),
    (FileKind.PPTX, "ppt/"),
    (FileKind.OFD, "ofd.xml"),
)
_OPEN_DOCUMENTS: Final = {
    b"application/vnd.oasis.opendocument.spreadsheet": FileKind.ODS,
    b"application/vnd.oasis.opendocument.text": FileKind.ODT,
}
_STREAMS: Final = {
    "EncryptedPackage": FileKind.LOCKED_OFFICE,
    "WordDocument": FileKind.DOC,
    "Workbook": FileKind.XLS,
    "Book": FileKind.XLS,
    "PowerPoint Document": FileKind.PPT,
}
_PAGE: Final = re.compile(
    r"(<!--.*?-->\s*)*<(!doctype html|html|head|body|meta|table|style)\b", re.DOTALL
)
_XML: Final = re.compile(r"<(\?xml|svg|!doctype)\b")
_MAIL: Final = re.compile(r"[a-z-]+:[^\n]*\n(.*\n)?mime-version:|mime-version:", re.DOTALL)
_DBF_VERSIONS: Final = frozenset(b"\x02\x03\x04\x05\x30\x31\x32\x43\x63\x83\x8b\x8c\xcb\xf5\xfb")
_DBF_TYPES: Final = frozenset(b"CNFDLMTIYBOGPVQW@+0")
# Letters, digits, signs and line ends of EBCDIC.
_EBCDIC: Final = bytes(
    {0x05, 0x0D, 0x15, 0x25, 0x40, *range(0x4B, 0x51), *range(0x5A, 0x62), *range(0x6B, 0x70)}
    | {*range(0x79, 0x80), *range(0x81, 0x8A), *range(0x91, 0x9A), *range(0xA2, 0xAA)}
    | {*range(0xC1, 0xCA), *range(0xD1, 0xDA), *range(0xE2, 0xEA), *range(0xF0, 0xFA)}
)


def kind_of(file: BinaryIO) -> FileKind:
    """The kind of a seekable file, which stands at its start again afterwards."""
    file.seek(0)
    head = file.read(_BLOCK)
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        kind = _kind_of_zip(file, head)
    elif head.startswith(_OLE):
        kind = _kind_of_ole(file, head)
    else:
        kind = _kind_of_head(head)
    file.seek(0)
    return kind


def kind_of_bytes(data: bytes) -> FileKind:
    return kind_of(io.BytesIO(data))


_NAMED: Final = {
    "pdf": {FileKind.PDF},
    "docx": {FileKind.DOCX, FileKind.LOCKED_OFFICE},
    "xlsx": {FileKind.XLSX, FileKind.LOCKED_OFFICE},
    "png": {FileKind.PNG},
    "jpg": {FileKind.JPEG},
    "jpeg": {FileKind.JPEG},
}


def ending_of(name: str) -> str:
    """What a file's name says that it is: its ending in small letters, "" without one."""
    _stem, dot, ending = name.lower().rpartition(".")
    return ending if dot else ""


def fits_name(kind: FileKind, name: str) -> bool:
    """Whether a file of this kind may have this name. An ending that says nothing certain fits any kind:
    what systems write as .xls or .doc is often a web page, which opens all the same."""
    expected = _NAMED.get(ending_of(name))
    return expected is None or kind in expected


def _kind_of_head(head: bytes) -> FileKind:
    if not head.strip(_NOTHING):
        return FileKind.EMPTY
    for kind, marks in _SIGNATURES:
        if head.startswith(marks):
            return kind
    if (head[:2] == b"BM" and head[6:10] == bytes(4)) or head[:4] + head[8:12] == b"RIFFWEBP":
        return FileKind.PICTURE
    return FileKind.DBF if _is_dbf(head) else _kind_of_lines(head)


def _kind_of_lines(head: bytes) -> FileKind:
    """Of a file without a signature."""
    encoding = "utf-16" if head.startswith(_UTF16) else "latin-1"
    if b"\0" in head and encoding == "latin-1":
        return FileKind.BINARY
    if _is_ebcdic(head):
        return FileKind.EBCDIC
    return _kind_of_text(head[:4096].removeprefix(codecs.BOM_UTF8).decode(encoding, "ignore"))


def _kind_of_text(text: str) -> FileKind:
    begins = text.lstrip().lower()
    if _PAGE.match(begins):
        return FileKind.HTML
    if _XML.match(begins):
        return FileKind.XML
    return FileKind.MHTML if _MAIL.match(begins) else FileKind.TEXT


def _is_dbf(head: bytes) -> bool:
    """By its version, its day, and a first field of a known type in a header that ends as it says."""
    if len(head) < 65 or head[0] not in _DBF_VERSIONS:
        return False
    start, width = struct.unpack_from("<HH", head, 8)
    dated = head[2] <= 12 and head[3] <= 31
    named = head[32:33].isalpha() or head[32] > 0x7F or head[32:33] == b"_"
    return (
        dated
        and start > 64
        and width > 1
        and named
        and head[43] in _DBF_TYPES
        and b"\r" in head[64:start]
    )


def _is_ebcdic(head: bytes) -> bool:
    """Nearly all bytes are characters of EBCDIC, its spaces among them, and none is a line end, comma or
    space of ASCII. Chinese in GB18030 has bytes of these ranges too, but no such spaces."""
    if b"\x40" not in head or any(mark in head for mark in b"\n\r, "):
        return False
    return len(head.translate(None, _EBCDIC)) * 50 <= len(head)


def _kind_of_zip(file: BinaryIO, head: bytes) -> FileKind:
    """By the names in its directory. OpenDocument writes its type, stored, as the first part."""
    names = _names_in_zip(file)
    if names is None:
        return FileKind.BROKEN_ZIP
    if head[30:38] == b"mimetype":
        (length,) = struct.unpack_from("<H", head, 28)
        declared = head[38 + length : 120 + length].partition(b"PK")[0].strip()
        return next((k for mark, k in _OPEN_DOCUMENTS.items() if declared == mark), FileKind.ZIP)
    for kind, part in _PARTS:
        if any(name.startswith(part) for name in names):
            return kind
    return FileKind.ZIP


def directory_size(file: BinaryIO) -> int:
    """How many bytes a zip's list of parts says that it takes; 0 without one. The file may stand anywhere
    afterwards."""
    return (_directory_of_zip(file) or (0, 0))[1]


def _directory_of_zip(file: BinaryIO) -> tuple[int, int] | None:
    """Where a zip's directory begins and its length, as its end says; None without an end."""
    size = file.seek(0, io.SEEK_END)
    tail_at = max(0, size - 66_000)
    file.seek(tail_at)
    tail = file.read()
    ends = tail.rfind(_EMPTY_ZIP)
    if ends < 0 or len(tail) < ends + 22:
        return None
    (length,) = struct.unpack_from("<I", tail, ends + 12)
    far = tail.rfind(b"PK\x06\x06", 0, ends)
    if tail[ends - 20 : ends - 16] == b"PK\x06\x07" and far >= 0:  # zip64: its own end lies before
        (length,) = struct.unpack_from("<Q", tail, far + 40)
        ends = far
    return max(0, tail_at + ends - length), length


def _names_in_zip(file: BinaryIO) -> list[str] | None:
    """The names in the first megabyte of the directory, in small letters; None without a directory."""
    found = _directory_of_zip(file)
    if found is None:
        return None
    start, length = found
    file.seek(start)
    directory, names, at = file.read(min(length, _BLOCK)), [], 0
    while directory[at : at + 4] == b"PK\x01\x02" and at + 46 <= len(directory):
        name, extra, comment = struct.unpack_from("<HHH", directory, at + 28)
        text = directory[at + 46 : at + 46 + name].decode("latin-1")
        names.append(text.replace("\\", "/").lower())
        at += 46 + name + extra + comment
    return names if names or not length else None


def _kind_of_ole(file: BinaryIO, head: bytes) -> FileKind:
    """By the first stream of its directory that only one kind has."""
    try:
        names = list(_names_in_ole(file, head))
    except (struct.error, IndexError):
        return FileKind.OLE
    return next((_STREAMS[name] for name in names if name in _STREAMS), FileKind.OLE)


_MOST_SECTORS: Final = 1024


def _names_in_ole(file: BinaryIO, head: bytes) -> Iterator[str]:
    """The names in the directory of a compound file ([MS-CFB]), in its order. Raises where it is broken."""
    size = 1 << (struct.unpack_from("<H", head, 30)[0] & 15)
    fat = list(struct.unpack_from("<109I", head, 76))
    further = struct.unpack_from("<I", head, 68)[0]
    sector = struct.unpack_from("<I", head, 48)[0]

    def read(number: int) -> bytes:
        file.seek((number + 1) * size)
        return file.read(size)

    seen = 0
    while sector < 0xFFFFFFFA and seen < _MOST_SECTORS:
        entries = read(sector)
        for at in range(0, len(entries) - 127, 128):
            (length,) = struct.unpack_from("<H", entries, at + 64)
            if length:
                yield entries[at : at + min(length, 64) - 2].decode("utf-16-le", "ignore")
        place, offset = divmod(sector, size // 4)
        while place >= len(fat) and further < 0xFFFFFFFA and seen < _MOST_SECTORS:
            *more, further = struct.unpack(f"<{size // 4}I", read(further))
            fat, seen = fat + more, seen + 1
        (sector,) = struct.unpack_from("<I", read(fat[place]), offset * 4)
        seen += 1
