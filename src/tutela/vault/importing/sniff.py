"""What a file is: its kind by its first bytes, never by its name; its encoding; its hash.

One pass reads the whole file: the hash finds an interrupted import again, and an encoding is only
believed when every byte fits it, so that row 900,000 brings no surprise. Order: a byte order mark,
then UTF-8, then GB18030.
"""

import codecs
import csv
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from django.utils.translation import gettext as _

from .errors import EncodingUnknown, FileEmpty, NotATable
from .sources import Source

BLOCK = 1 << 20
DELIMITERS = ",;\t|"
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
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")


def survey(source: Source) -> Survey:
    """Kind, hash and encoding; FileEmpty, NotATable or EncodingUnknown."""
    with source.open() as stream:
        head = stream.read(BLOCK)
        kind = _kind(head)
        stream.seek(0)
        sha256, size, bad = _one_pass(stream, _encoding_to_try(head) if kind is Kind.CSV else "")
        if kind is not Kind.CSV:
            return Survey(kind, size, sha256)
        return Survey(kind, size, sha256, _encoding(stream, head, bad))


def _kind(head: bytes) -> Kind:
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise FileEmpty
    if head.startswith(b"PAR1"):
        return Kind.PARQUET
    if head.startswith(b"PK\x03\x04"):
        return Kind.XLSX
    told = _foreign(head)
    if told:
        raise NotATable(kind=told)
    return Kind.CSV


def _foreign(head: bytes) -> str:
    """What a file is that is none of ours, or nothing."""
    if head.startswith(_PICTURES):
        return _("a picture")
    if head.startswith(b"%PDF"):
        return _("a PDF document")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _("an old Excel workbook (save it as XLSX)")
    if head.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        return _("a compressed archive")
    if head.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html", b"<?xml", b"<svg")):
        return _("a web page or XML")
    if b"\0" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _("binary data")
    return ""


def _encoding_to_try(head: bytes) -> str:
    return next((name for mark, name in _MARKS if head.startswith(mark)), "utf-8")


def _encoding(stream: BinaryIO, head: bytes, bad: int) -> str:
    """The encoding that every byte fits."""
    first = _encoding_to_try(head)
    if bad < 0:
        return first
    if first != "utf-8":
        raise EncodingUnknown(byte=bad)
    stream.seek(0)
    _hash, _size, worse = _one_pass(stream, "gb18030")
    if worse >= 0:
        raise EncodingUnknown(byte=max(bad, worse))
    return "gb18030"


def _one_pass(stream: BinaryIO, encoding: str) -> tuple[str, int, int]:
    """SHA-256 in hex, size, and the offset of the first byte that does not fit (-1: all fit)."""
    digest, size, bad = hashlib.sha256(), 0, -1
    decoder = codecs.getincrementaldecoder(encoding)() if encoding else None
    while block := stream.read(BLOCK):
        digest.update(block)
        if decoder and bad < 0:
            bad = _misfit(decoder, block, size, final=False)
        size += len(block)
    if decoder and bad < 0:
        bad = _misfit(decoder, b"", size, final=True)
    return digest.hexdigest(), size, bad


def _misfit(decoder: codecs.IncrementalDecoder, block: bytes, offset: int, *, final: bool) -> int:
    held = len(decoder.getstate()[0])
    try:
        decoder.decode(block, final)
    except UnicodeError as error:
        return offset - held + getattr(error, "start", 0)
    return -1


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
