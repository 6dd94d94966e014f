"""Bytes to lines: bounded, decoded strictly, numbered. A last line without an end may be cut off."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from tutela.feeds.errors import EncodingWrong, LineTooLong

from .told import Line

LINE_BYTES: Final = 1024 * 1024
"""A line, or a record of several lines, that is longer is refused."""
ENCODINGS: Final = ("utf-8", "gb18030")
_BOM: Final = "\ufeff"


def lines_of(stream: BinaryIO, encoding: str) -> Iterator[Line]:
    """The lines of a stream without their ends; LineTooLong, EncodingWrong."""
    number = 0
    while raw := stream.readline(LINE_BYTES + 2):
        number += 1
        if len(raw) > LINE_BYTES and not raw.endswith(b"\n"):
            raise LineTooLong(line=number, most=LINE_BYTES)
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            raise EncodingWrong(line=number, encoding=encoding) from None
        if number == 1:
            text = text.removeprefix(_BOM)
        yield Line(number, text.removesuffix("\n").removesuffix("\r"))


def filled(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines that are not blank."""
    return (line for line in lines if line.text.strip())
