"""What a file to import is: which table by its bytes (`detect.file_kinds`), its encoding (`encoding`), its hash.

One pass reads the whole file: the hash finds an interrupted import again, and an encoding is only
believed when the bytes of the whole file fit it. The digests of its blocks tell later readers that it has not
changed.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tutela.detect import text_encodings
from tutela.detect.file_kinds import FileKind, kind_of
from tutela.vault.importing.errors import FileEmpty, NotATable

from . import encoding
from .sources import Source

BLOCK = 1 << 20
ESCAPED = encoding.ESCAPED
_DIGEST = 16
_MARK = 4
_CONTROLS = bytes({*range(1, 9), 11, *range(14, 27), *range(28, 32)})
_LOOK = 1 << 16


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


_TABLES = {
    FileKind.TEXT: Kind.CSV,
    FileKind.XLSX: Kind.XLSX,
    FileKind.BROKEN_ZIP: Kind.XLSX,  # its reader says what is broken
    FileKind.PARQUET: Kind.PARQUET,
    FileKind.LOCKED_PARQUET: Kind.PARQUET,  # its reader says so
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
    FileKind.EBCDIC: gettext_noop("text in EBCDIC (export it as UTF-8)"),
    FileKind.BINARY: gettext_noop("binary data of no known kind (export it as CSV or XLSX)"),
}


def survey(source: Source, named: str = "") -> Survey:
    """Kind, hash and encoding, which is found where it is not named; FileEmpty, NotATable, and the errors of
    encodings."""
    name = encoding.name_of(named)
    with source.open() as stream:
        kind = table_kind(stream)
        fit = (
            encoding.Fit(encoding.codec_to_try(stream.read(_MARK), name))
            if kind is Kind.CSV
            else None
        )
        digest, size, blocks = hashlib.sha256(), 0, bytearray()
        for block in _blocks(stream):
            digest.update(block)
            blocks += _block_digest(block)
            size += len(block)
            if fit:
                fit.add(block)
        found = encoding.settle(_blocks(stream), fit, name) if fit else ""
    return Survey(kind, size, digest.hexdigest(), found, bytes(blocks))


def _block_digest(block: bytes) -> bytes:
    return hashlib.sha256(block).digest()[:_DIGEST]


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    stream.seek(0)
    return iter(lambda: stream.read(BLOCK), b"")


def file_kind(stream: BinaryIO) -> FileKind:
    """The kind of a file, where one with zeros may be text all the same."""
    kind = kind_of(stream)
    return FileKind.TEXT if kind is FileKind.BINARY and _is_text_with_zeros(stream) else kind


def _is_text_with_zeros(stream: BinaryIO) -> bool:
    """Text with a few NUL characters, whose rows are rejected, or UTF-16 and UTF-32 without a mark."""
    stream.seek(0)
    head = stream.read(_LOOK)
    stream.seek(0)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    is_text = controls * 100 <= len(head) and head.count(0) * 20 <= len(head)
    return is_text or text_encodings.likeliest(head).startswith("utf-16")


def table_kind(stream: BinaryIO) -> Kind:
    """Which form of table a file is; FileEmpty, NotATable."""
    kind = file_kind(stream)
    if kind is FileKind.EMPTY:
        raise FileEmpty
    if kind not in _TABLES:
        raise NotATable(kind=_(_FOREIGN[kind]))
    return _TABLES[kind]
