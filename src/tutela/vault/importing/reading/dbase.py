"""DBF tables (dBASE, FoxPro, Clipper): records of fixed width, read in flat memory.

Numbers are taken by their text. Deleted records are left out. Texts of memo columns lie in a second file that
nobody has given: such cells cannot be told. Few writers set the mark of the code page right, so it is believed
only where it names a Chinese one that the texts look like; else their encoding is judged as that of a text file.

By the descriptions of dBASE III to 7 and Visual FoxPro. dbfread has had no release since 2016, stops the table
at a character that GBK lacks, and takes the marks 0x03 and 0x57 at their word; dbf 0.99 opens files to write.
"""

import re
import struct
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, BinaryIO

from tutela.vault.importing.errors import BadFile, NoRows, SheetBroken, TooManyColumns

from . import encoding
from .cells import Cell, Run, Runs, Unreadable, Wanted
from .header import MOST_COLUMNS, Header, Known, named
from .workbooks import numbers
from .workbooks.days import DATE_OUT_OF_RANGE, FIRST, LAST

KIND = "DBF"
ENCODING = "encoding"
_CHINESE = {0x4D: "gb18030", 0x7A: "gb18030", 0x4F: "big5", 0x78: "big5"}
_LOOKS, _LOOK_RECORDS, _MOST_SAMPLE = 64, 256, 1 << 17
"""Places of a file at which its texts are looked at, records at each, bytes of texts in all."""
_BLOCK_RECORDS = 1024
_DELETED = ord("*")
_END = 0x1A
_TRUTHS = {b"T": True, b"Y": True, b"F": False, b"N": False}
_JULIAN_DAY_ZERO = 1_721_425  # of 0001-01-01, less one
_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


@dataclass(frozen=True, slots=True)
class _Field:
    name: bytes
    kind: str
    start: int
    size: int


class DbfReader:
    """The table of a DBF file; SheetBroken, TooManyColumns, and the errors of encodings. `named`: the encoding
    that a person names."""

    delimiter = sheet = ""
    left_out: tuple[str, ...] = ()

    def __init__(self, stream: BinaryIO, named: str = "") -> None:
        self._stream = stream
        size = stream.seek(0, 2)
        stream.seek(0)
        head = stream.read(32)
        if len(head) < 32:
            raise SheetBroken(kind=KIND)
        sizes: tuple[int, int, int] = struct.unpack_from("<IHH", head, 4)
        self._count, self._start, self._width = sizes
        if not 32 < self._start <= size or self._width < 2:
            raise SheetBroken(kind=KIND)
        # A file that is cut off would lose its last customers without a word.
        if self._start + self._count * self._width > size:
            raise SheetBroken(kind=KIND)
        self._fields = self._read_fields(stream.read(self._start - 32))
        self._codec = self._settled(encoding.name_of(named), _CHINESE.get(head[29], ""))
        self.height, self._at = 0, self._start

    @property
    def typed(self) -> frozenset[int]:
        return frozenset(range(len(self._fields)))

    def header(self, known: Known) -> Header:  # noqa: ARG002 (the file says which are its names)
        if not self._count:
            raise NoRows(row=0)
        return named(self._decoded(field.name) or "" for field in self._fields)

    def runs(self, wanted: Wanted = None) -> Runs:  # noqa: ARG002 (all are at hand)
        self._stream.seek(self._start)
        plan = [
            (field.start, field.start + field.size, self._reader(field)) for field in self._fields
        ]
        number, left, self._at = 0, self._count, self._start
        while left:
            records = min(left, _BLOCK_RECORDS)
            block = self._stream.read(records * self._width)
            if len(block) < records * self._width:
                raise SheetBroken(kind=KIND)
            left -= records
            numbers: list[int] = []
            rows: list[list[Any]] = []
            for at in range(0, len(block), self._width):
                number += 1
                self._at += self._width
                if block[at] == _END:
                    left = 0
                    break
                if block[at] != _DELETED:
                    numbers.append(number)
                    rows.append([read(block[at + a : at + b]) for a, b, read in plan])
            yield Run(numbers, rows)

    def bytes_read(self) -> int:
        return self._at

    def _read_fields(self, data: bytes) -> list[_Field]:
        fields: list[_Field] = []
        start = 1
        for at in range(0, len(data) - 31, 32):
            if data[at] in {0x0D, 0x00}:
                break
            raw = data[at : at + 11].partition(b"\0")[0]
            kind, size = chr(data[at + 11]), data[at + 16]
            if kind == "C":  # Clipper keeps lengths above 255 in the decimals
                size += data[at + 17] << 8
            if kind == "0":  # which columns are null, hidden by FoxPro
                break
            fields.append(_Field(raw, kind, start, size))
            start += size
        if not fields or start > self._width:
            raise SheetBroken(kind=KIND)
        if len(fields) > MOST_COLUMNS:
            raise TooManyColumns(columns=len(fields), limit=MOST_COLUMNS)
        return fields

    def _settled(self, name: str, marked: str) -> str:
        """The codec of the texts: of the encoding that was named, of the mark if it fits, or as they look."""
        sample = b"\n".join(self._texts())
        for believed in (marked,) if marked and not name else ():
            with suppress(BadFile):
                return _judged(sample, believed)
        return _judged(sample, name)

    def _texts(self) -> Sequence[bytes]:
        """Texts that are not plain ASCII: the names of the columns, and cells from all parts of the file."""
        found = [field.name for field in self._fields if not field.name.isascii()]
        places = [
            (field.start, field.start + field.size) for field in self._fields if field.kind == "C"
        ]
        step = max(_LOOK_RECORDS, -(-self._count // _LOOKS))
        for first in range(0, self._count, step):
            self._stream.seek(self._start + first * self._width)
            block = self._stream.read(min(_LOOK_RECORDS, self._count - first) * self._width)
            for at in range(0, len(block), self._width):
                cells = [block[at + a : at + b].rstrip(b" \0") for a, b in places]
                found += [cell for cell in cells if not cell.isascii()]
            if sum(map(len, found)) > _MOST_SAMPLE:
                break
        return found

    def _decoded(self, raw: bytes) -> str | None:
        """The text of bytes; None where they are not in the encoding of the others."""
        try:
            return raw.decode(self._codec)
        except UnicodeDecodeError:
            return None

    def _reader(self, field: _Field) -> Callable[[bytes], Cell]:
        return self._text if field.kind == "C" else _READERS.get(field.kind, _unreadable)

    def _text(self, raw: bytes) -> Cell:
        if raw.isascii():
            return raw.rstrip(b" \0").decode()
        text = self._decoded(raw.rstrip(b" \0"))
        return Unreadable("", ENCODING) if text is None else text


def _judged(sample: bytes, name: str) -> str:
    """The codec of a sample of texts, judged as a text file is."""
    fit = encoding.Fit(encoding.codec_to_try(b"", name))
    fit.add(sample)
    return encoding.settle([sample], fit, name)


def _number(raw: bytes) -> Cell:
    """By its text, with the guard of workbooks: FoxPro keeps a double, whatever the width of the column."""
    text = raw.strip(b" \0")
    if not text:
        return ""
    if not _NUMBER.fullmatch(text):
        return Unreadable("")  # stars stand for a number that is too long
    return numbers.read(text.decode())


def _day(raw: bytes) -> Cell:
    text = raw.strip(b" \0").decode("latin-1")
    if not text or text == "00000000":
        return ""
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:8])) if len(text) == 8 else None
    except ValueError:
        day = None
    return day if day and FIRST <= day <= LAST else Unreadable(text, DATE_OUT_OF_RANGE)


def _moment(raw: bytes) -> Cell:
    """A day by its Julian number and milliseconds."""
    if len(raw) != 8 or not raw.strip(b" \0"):
        return "" if not raw.strip(b" \0") else Unreadable("")
    day, ms = struct.unpack("<II", raw)
    ordinal = day - _JULIAN_DAY_ZERO
    if not FIRST.toordinal() <= ordinal <= LAST.toordinal() or ms >= 86_400_000:
        return Unreadable("", DATE_OUT_OF_RANGE)
    return datetime.fromordinal(ordinal) + timedelta(milliseconds=ms)


def _truth(raw: bytes) -> Cell:
    mark = raw.strip(b" \0?")
    if not mark:
        return ""
    return _TRUTHS.get(mark.upper(), Unreadable(""))


def _whole(raw: bytes) -> Cell:
    return str(struct.unpack("<i", raw)[0]) if len(raw) == 4 else Unreadable("")


def _currency(raw: bytes) -> Cell:
    """Ten-thousandths in eight bytes."""
    if len(raw) != 8:
        return Unreadable("")
    whole = struct.unpack("<q", raw)[0]
    sign, (units, rest) = "-" if whole < 0 else "", divmod(abs(whole), 10_000)
    return f"{sign}{units}.{rest:04d}".rstrip("0").rstrip(".")


def _double(raw: bytes) -> Cell:
    return numbers.read(repr(struct.unpack("<d", raw)[0])) if len(raw) == 8 else Unreadable("")


def _unreadable(raw: bytes) -> Cell:
    """A memo, a picture, a kind that nobody has heard of."""
    return Unreadable("") if raw.strip(b" \0") else ""


_READERS: dict[str, Callable[[bytes], Cell]] = {
    "N": _number, "F": _number, "D": _day, "T": _moment, "L": _truth, "I": _whole,
    "Y": _currency, "B": _double, "O": _double,
}  # fmt: skip
