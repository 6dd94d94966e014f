"""An own file must open as the Word or PDF file that its name says."""

import io
import random
import zipfile

import docx
import pytest

from tests.documents import steps
from tests.journeys.conftest import chromium
from tutela.documents import errors, file_check
from tutela.documents.file_check import check_file

__all__ = ["chromium"]


def _zip(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for name in names:
            file.writestr(name, "<a/>")
    return held.getvalue()


def _word() -> bytes:
    held, paper = io.BytesIO(), docx.Document()
    paper.add_paragraph("第一条")
    paper.save(held)
    return held.getvalue()


def test_real_files_are_taken():
    """A PDF as a printer writes it, one with a note behind its end, and a Word file."""
    check_file("a.pdf", steps.PDF)
    check_file("A.PDF", steps.PDF + b"\r\n\0\0")
    check_file("a.docx", _word())


def test_a_page_printed_by_a_browser_is_a_pdf(chromium):
    """What Chromium writes is what people bring."""
    page = chromium.new_page()
    page.set_content("<h1>制度</h1>")
    check_file("print.pdf", page.pdf())
    page.close()


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4 hello",
        b"%PDF-1.4\n%%EOF",
        b"MZ" + steps.PDF,
        steps.PDF[:-20],
        steps.PDF.replace(b"startxref\n96", b"startxref\n7"),
        steps.PDF.replace(b"startxref\n96", b"startxref\n9999"),
        random.Random(1).randbytes(4000),
        b"",
    ],
)
def test_what_no_reader_opens_is_no_pdf(data):
    """Named so, but words, random bytes, half a download, or with a table of objects that is not there."""
    with pytest.raises(errors.FileBroken) as refused:
        check_file("a.pdf", data)
    assert refused.value.params == {"kind": "PDF"}


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 hello",
        steps.PDF,
        _zip("a.txt"),
        _zip("[Content_Types].xml", "word/document.xml"),
        _word()[:-200],
    ],
)
def test_what_word_cannot_open_is_no_word_file(data):
    """A zip of other things, an empty shell, half a file."""
    with pytest.raises(errors.FileBroken) as refused:
        check_file("a.docx", data)
    assert refused.value.params == {"kind": "Word"}


def _word_of(paragraphs: int) -> bytes:
    """A small Word file that opens into so many empty paragraphs."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_word())) as plain:
        parts = {part.filename: plain.read(part) for part in plain.infolist()}
    more = b"<w:p/>" * paragraphs
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:p>", more + b"<w:p>", 1)
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return held.getvalue()


def test_a_small_word_file_that_would_fill_the_memory_is_refused(monkeypatch):
    """Its marks are counted before any reader opens it; the limit is low here, to save the machine."""
    monkeypatch.setattr(file_check, "_MOST_MARKS", 100_000)
    check_file("a.docx", _word_of(100))
    with pytest.raises(errors.FileBroken):
        check_file("a.docx", _word_of(100_000))


@pytest.mark.parametrize("name", ["a.exe", "a", "pdf", "a.pdf.exe", "a.doc"])
def test_other_files_are_not_taken(name):
    """By their names."""
    with pytest.raises(errors.FileUnfit):
        check_file(name, steps.PDF)


@pytest.mark.parametrize("name", ["a" * 200 + ".pdf", "a\0.pdf", "fdp.\u202etxe.pdf"])
def test_a_name_that_cannot_be_kept_or_misleads_is_refused(name):
    """Too long for its column, with a NUL, or written backwards."""
    with pytest.raises(errors.LineUnfit):
        check_file(name, steps.PDF)
