"""Whether an uploaded file is the Word or PDF file that its name says, and can be opened."""

import io
import re
import zipfile

import docx

from tutela.detect.file_kinds import FileKind, ending_of, kind_of_bytes

from . import rules
from .errors import FileBroken, FileUnfit

MEGABYTES = 10
_TAIL = 2048
# Offset of a PDF's cross-reference table, followed by the end of the file.
_END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF")
_TABLE = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")
# Largest uncompressed size of a Word file; ten megabytes of text and pictures need far less.
_UNPACKED = 200 * 1024 * 1024
# Most elements and attributes in its XML: each takes a hundred bytes once opened, but may be six in the
# file. A book of a thousand pages has fewer.
_MOST_MARKS = 2_000_000
_BLOCK = 1024 * 1024


def check_file(name: str, data: bytes) -> None:
    """Rejects renamed, damaged and truncated files."""
    rules.check_line("file", name, rules.FILE_NAME_MOST)
    if ending_of(name) not in {"pdf", "docx"} or len(data) > MEGABYTES * 1024 * 1024:
        raise FileUnfit(megabytes=MEGABYTES)
    kind = kind_of_bytes(data)
    if ending_of(name) == "pdf" and not (kind is FileKind.PDF and _is_whole_pdf(data)):
        raise FileBroken(kind="PDF")
    if ending_of(name) == "docx" and not (kind is FileKind.DOCX and _opens_in_word(data)):
        raise FileBroken(kind="Word")


def _is_whole_pdf(data: bytes) -> bool:
    """A trailer whose offset leads to a cross-reference table, and a root object."""
    ends = list(_END.finditer(data[-_TAIL:]))
    if not ends:
        return False
    at = int(ends[-1].group(1))
    return bool(_TABLE.match(data[at : at + 64])) and b"/Root" in data


def _opens_in_word(data: bytes) -> bool:
    """A zip of bearable size, which python-docx opens."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            size = sum(part.file_size for part in book.infolist())
            if size > _UNPACKED or _is_heavy(book):
                return False
        docx.Document(io.BytesIO(data))
    except Exception:  # whatever the parser fails on, the file cannot be opened
        return False
    return True


def _is_heavy(book: zipfile.ZipFile) -> bool:
    """Whether its XML would take too much memory. All parts are counted: the file itself says which are XML."""
    marks = 0
    for part in book.infolist():
        with book.open(part) as opened:
            while block := opened.read(_BLOCK):
                marks += block.count(b"<") + block.count(b"=")
                if marks > _MOST_MARKS:
                    return True
    return False
