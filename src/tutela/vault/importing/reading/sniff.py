"""What a file to import is: which table by its bytes (`detect.file_kinds`), its encoding, its hash.

One pass reads the whole file: the hash finds an interrupted import again, and an encoding is only
believed when the bytes of the whole file fit it. Order: a byte order mark, then UTF-8, then GB18030,
for which the file is decoded once more. The digests of its blocks tell later readers that it has not
changed. Single bytes that do not fit (one in fifty of those above ASCII at most) are kept as lone surrogates,
by which `prepare` rejects their rows.
"""

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tutela.detect.file_kinds import FileKind, kind_of
from tutela.vault.importing.errors import EncodingUnknown, FileEmpty, NotATable

from .sources import Source

BLOCK = 1 << 20
ESCAPE = "surrogateescape"
ESCAPED = re.compile("[\udc80-\udcff]")
_ASCII = bytes(range(128))
_DIGEST = 16


class Kind(StrEnum):
    """The forms of table that are read."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    ODS = "ods"
    XLS = "xls"
    DBF = "dbf"


@dataclass(frozen=True, slots=True)
class Survey:
    """What one pass over the bytes found. `sha256` is hex; `encoding` a codec name, CSV only; `blocks`
    the digests of all blocks of BLOCK bytes, one after the other."""

    kind: Kind
    size: int
    sha256: str
    encoding: str = ""
    blocks: bytes = b""

    def has_block(self, number: int, block: bytes) -> bool:
        """Whether the file had this block of BLOCK bytes, the last one perhaps shorter, when it was surveyed."""
        at = number * _DIGEST
        return _block_digest(block) == self.blocks[at : at + _DIGEST]


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
    FileKind.ODS: Kind.ODS,
    FileKind.XLS: Kind.XLS,
    FileKind.DBF: Kind.DBF,
}
_PICTURE = gettext_noop("an image")
_DOCUMENT = gettext_noop("a word processing document")
_SLIDES = gettext_noop("a presentation")
_ARCHIVE = gettext_noop("a compressed archive (unpack it)")
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
    FileKind.XLSB: gettext_noop("a binary Excel workbook, XLSB (save it as XLSX)"),
    FileKind.LOCKED_OFFICE: gettext_noop("an Office file with a password (save it without one)"),
    FileKind.OLE: gettext_noop("an old Office file (save it as XLSX)"),
    FileKind.ZIP: _ARCHIVE,
    FileKind.ARCHIVE: _ARCHIVE,
    FileKind.HTML: gettext_noop("a web page (save it as XLSX)"),
    FileKind.XML: gettext_noop("an XML file (save it as XLSX)"),
    FileKind.MHTML: gettext_noop("a web page saved as one file, MHTML (save it as XLSX)"),
    FileKind.LOCKED_PARQUET: gettext_noop(
        "an encrypted Parquet file (export it without encryption)"
    ),
    FileKind.EBCDIC: gettext_noop("text in EBCDIC (export it as UTF-8)"),
    FileKind.BINARY: gettext_noop("binary data of no known kind (export it as CSV or XLSX)"),
}


def survey(source: Source, encoding: str = "") -> Survey:
    """Kind, hash and encoding, which is found where it is not given; FileEmpty, NotATable or
    EncodingUnknown."""
    with source.open() as stream:
        kind = _kind(stream)
        first = (
            encoding or _encoding_to_try(stream.read(len(codecs.BOM_UTF8)))
            if kind is Kind.CSV
            else ""
        )
        fit = _Fit(first) if first else None
        digest, size, blocks = hashlib.sha256(), 0, bytearray()
        for block in _blocks(stream):
            digest.update(block)
            blocks += _block_digest(block)
            size += len(block)
            if fit:
                fit.add(block)
        found = _encoding(stream, fit) if fit else ""
    return Survey(kind, size, digest.hexdigest(), found, bytes(blocks))


def _block_digest(block: bytes) -> bytes:
    return hashlib.sha256(block).digest()[:_DIGEST]


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    stream.seek(0)
    return iter(lambda: stream.read(BLOCK), b"")


def _kind(stream: BinaryIO) -> Kind:
    kind = kind_of(stream)
    if kind is FileKind.EMPTY:
        raise FileEmpty
    if kind not in _TABLES:
        raise NotATable(kind=_(_FOREIGN[kind]))
    return _TABLES[kind]


def _encoding_to_try(head: bytes) -> str:
    return next((name for mark, name in _MARKS if head.startswith(mark)), "utf-8")


class _Fit:
    """How a file's bytes, added block by block, fit an encoding: those above ASCII, how many of them fit
    not, and where the first stands, -1 for none."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.first = -1
        self._high = self._misfits = self._size = 0
        self._decoder = codecs.getincrementaldecoder(encoding)(ESCAPE)

    def add(self, block: bytes, *, last: bool = False) -> None:
        self._high += 0 if block.isascii() else len(block.translate(None, _ASCII))
        waiting = len(self._decoder.getstate()[0])
        text = self._decoder.decode(block, last)
        if not text.isascii():
            self._count(text, self._size - waiting)
        self._size += len(block)

    def _count(self, text: str, start: int) -> None:
        try:
            text.encode()  # a lone surrogate stops it; a third of the time of looking for one
        except UnicodeEncodeError as misfit:
            self._misfits += len(ESCAPED.findall(text))
            if self.first < 0:
                codec = self.encoding.removesuffix("-sig")
                self.first = start + len(text[: misfit.start].encode(codec, ESCAPE))

    def is_good(self) -> bool:
        """A few bad bytes spoil a few rows, which are rejected; many mean another encoding."""
        self.add(b"", last=True)
        few = self._misfits * 50 <= self._high
        return few or (self._misfits == 1 and self._high >= 20)


def _encoding(stream: BinaryIO, fit: _Fit) -> str:
    """The encoding that all bytes fit, or else all but very few."""
    if fit.is_good():
        return fit.encoding
    if fit.encoding != "utf-8":
        raise EncodingUnknown(byte=fit.first)
    chinese = _Fit("gb18030")
    for block in _blocks(stream):
        chinese.add(block)
    if not chinese.is_good():
        raise EncodingUnknown(byte=max(fit.first, chinese.first))
    return "gb18030"
