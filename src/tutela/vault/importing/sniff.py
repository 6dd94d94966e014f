"""What a file to import is: which table by its bytes (`detect.file_kinds`), its encoding, its hash.

One pass reads the whole file: the hash finds an interrupted import again, and an encoding is only
believed when the bytes of the whole file fit it. Order: a byte order mark, then UTF-8, then GB18030.
Single bytes that do not fit (one in fifty of those above ASCII at most) are kept as lone surrogates,
by which `prepare` rejects their rows.
"""

import codecs
import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tutela.detect.file_kinds import FileKind, kind_of

from .errors import EncodingUnknown, FileEmpty, NotATable
from .sources import Source

BLOCK = 1 << 20
DELIMITERS = ",;\t|"
ESCAPE = "surrogateescape"
ESCAPED = re.compile("[\udc80-\udcff]")
_ASCII = bytes(range(128))
_SAMPLE_ROWS = 50


class Kind(StrEnum):
    """The three forms of table that are read."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Survey:
    """What one pass over the bytes found. `sha256` is hex; `encoding` a codec name, CSV only."""

    kind: Kind
    size: int
    sha256: str
    encoding: str = ""


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TABLES = {
    FileKind.TEXT: Kind.CSV,
    FileKind.XLSX: Kind.XLSX,
    FileKind.BROKEN_ZIP: Kind.XLSX,  # its reader says what is broken
    FileKind.PARQUET: Kind.PARQUET,
}
_PICTURE = gettext_noop("a picture")
_DOCUMENT = gettext_noop("a document of a word processor")
_SLIDES = gettext_noop("a presentation")
_ARCHIVE = gettext_noop("a compressed archive")
_WEB_PAGE = gettext_noop("a web page or XML")
_FOREIGN = {
    FileKind.PNG: _PICTURE,
    FileKind.JPEG: _PICTURE,
    FileKind.PICTURE: _PICTURE,
    FileKind.PDF: gettext_noop("a PDF document"),
    FileKind.OFD: gettext_noop("an OFD document"),
    FileKind.DOC: _DOCUMENT,
    FileKind.DOCX: _DOCUMENT,
    FileKind.ODT: _DOCUMENT,
    FileKind.RTF: _DOCUMENT,
    FileKind.PPT: _SLIDES,
    FileKind.PPTX: _SLIDES,
    FileKind.XLS: gettext_noop("an old Excel or WPS workbook (save it as XLSX)"),
    FileKind.XLSB: gettext_noop("a binary Excel workbook, XLSB (save it as XLSX)"),
    FileKind.ODS: gettext_noop("an OpenDocument spreadsheet, ODS (save it as XLSX)"),
    FileKind.LOCKED_OFFICE: gettext_noop("an Office file with a password (save it without one)"),
    FileKind.OLE: gettext_noop("an old Office file (save it as XLSX)"),
    FileKind.ZIP: _ARCHIVE,
    FileKind.ARCHIVE: _ARCHIVE,
    FileKind.HTML: _WEB_PAGE,
    FileKind.XML: _WEB_PAGE,
    FileKind.MHTML: gettext_noop("a web page saved as one file, MHTML (save it as XLSX)"),
    FileKind.EBCDIC: gettext_noop("text in EBCDIC (export it as UTF-8)"),
    FileKind.BINARY: gettext_noop("binary data"),
}


def survey(source: Source) -> Survey:
    """Kind, hash and encoding; FileEmpty, NotATable or EncodingUnknown."""
    with source.open() as stream:
        kind = _kind(stream)
        head = stream.read(len(codecs.BOM_UTF8))
        stream.seek(0)
        fit = _one_pass(stream, _encoding_to_try(head) if kind is Kind.CSV else "")
        if kind is not Kind.CSV:
            return Survey(kind, fit.size, fit.sha256)
        return Survey(kind, fit.size, fit.sha256, _encoding(stream, head, fit))


def _kind(stream: BinaryIO) -> Kind:
    kind = kind_of(stream)
    if kind is FileKind.EMPTY:
        raise FileEmpty
    if kind not in _TABLES:
        raise NotATable(kind=_(_FOREIGN[kind]))
    return _TABLES[kind]


def _encoding_to_try(head: bytes) -> str:
    return next((name for mark, name in _MARKS if head.startswith(mark)), "utf-8")


@dataclass(frozen=True, slots=True)
class _Fit:
    """How a file fits an encoding: bytes above ASCII, how many of them fit not, where first."""

    sha256: str
    size: int
    high: int
    misfits: int
    first: int

    def good(self) -> bool:
        """A few bad bytes spoil a few rows, which are rejected; many mean another encoding."""
        return self.misfits * 50 <= self.high or (self.misfits == 1 and self.high >= 20)


def _encoding(stream: BinaryIO, head: bytes, fit: _Fit) -> str:
    """The encoding that all bytes fit, or else all but very few."""
    first = _encoding_to_try(head)
    if fit.good():
        return first
    if first != "utf-8":
        raise EncodingUnknown(byte=fit.first)
    stream.seek(0)
    chinese = _one_pass(stream, "gb18030")
    if not chinese.good():
        raise EncodingUnknown(byte=max(fit.first, chinese.first))
    return "gb18030"


def _one_pass(stream: BinaryIO, encoding: str) -> _Fit:
    digest, size, high, misfits, first = hashlib.sha256(), 0, 0, 0, -1
    decoder = codecs.getincrementaldecoder(encoding or "latin-1")(ESCAPE)
    while block := stream.read(BLOCK):
        digest.update(block)
        high += len(block.translate(None, _ASCII))
        if encoding:
            held = len(decoder.getstate()[0])
            found, place = _misfits(decoder.decode(block), encoding)
            first = size - held + place if found and first < 0 else first
            misfits += found
        size += len(block)
    misfits += _misfits(decoder.decode(b"", final=True), encoding)[0]
    return _Fit(digest.hexdigest(), size, high, misfits, first)


def _misfits(text: str, encoding: str) -> tuple[int, int]:
    """How many bytes fit not, and the offset in bytes of the first."""
    if text.isascii():
        return 0, 0
    match = ESCAPED.search(text)
    if not match:
        return 0, 0
    before = text[: match.start()].encode(encoding.removesuffix("-sig"), ESCAPE)
    return len(ESCAPED.findall(text)), len(before)


def delimiter(lines: Iterable[str]) -> str:
    """The character that splits most rows into the same number (above one) of cells."""
    sample = list(lines)
    return max(DELIMITERS, key=lambda mark: _evenness(sample, mark))


def _evenness(sample: list[str], mark: str) -> float:
    widths = Counter(len(row) for row in _rows(sample, mark) if len(row) > 1)
    if not widths:
        return 0.0
    width, count = widths.most_common(1)[0]
    return count * (1 + min(width, 50) / 50)


def _rows(sample: list[str], mark: str) -> list[list[str]]:
    try:
        return list(csv.reader(sample, delimiter=mark))[:_SAMPLE_ROWS]
    except csv.Error:
        return []
