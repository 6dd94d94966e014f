"""Word files of this room: letters of both languages, a head line, page numbers, tables that break well."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

# Fonts that Word has on every machine of the two languages.
_LATIN: Final = "Calibri"
_FIELDS: Final = {"1": "PAGE", "2": "NUMPAGES"}
# Signs that no Word file can hold. What is pasted from Word brings them: a line break within a paragraph.
_UNFIT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_STYLES: Final = ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Header", "Footer")


def fit(text: str) -> str:
    """A text without the signs that a Word file cannot hold."""
    return _UNFIT.sub(" ", text)


def new_paper(*, title: str, company: str, east: str, points: float) -> Paper:
    """An empty document. Each page has company and title above and its number of all below."""
    paper = Document()
    for name in _STYLES:
        paper.styles[name].font.name = _LATIN
        fonts = paper.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), east)
    paper.styles["Normal"].font.size = Pt(points)
    paper.core_properties.author, paper.core_properties.title = company, title
    section = paper.sections[0]
    section.header.paragraphs[0].text = " · ".join(text for text in (company, title) if text)
    _numbered(section.footer.paragraphs[0])
    return paper


def _numbered(line: Paragraph) -> None:
    """Page and pages in the words of the active language; Word fills the numbers in."""
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in re.split(r"(\d)", _("Page %(page)s of %(pages)s") % {"page": 1, "pages": 2}):
        if part in _FIELDS:
            _field(line, _FIELDS[part])
        else:
            line.add_run(part)


def _field(line: Paragraph, what: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    line._p.append(field)  # noqa: SLF001 the library has no public way to a field


def add_table(
    paper: Paper, heads: Sequence[str], lines: Iterable[Sequence[str]], *, bold_first: bool = False
) -> Table:
    """A table with a head line, if it has one, that comes again on each page, and an empty line after."""
    given = [tuple(heads)] if heads else []
    given += [tuple(line) for line in lines]
    table: Table = paper.add_table(rows=len(given), cols=len(given[0]), style="Table Grid")
    # One pass over the cells: asking a table for a cell by its place is slow.
    cells = table._cells  # noqa: SLF001 the library's own fast way
    wide = len(given[0])
    for place, (cell, text) in enumerate(
        zip(cells, (text for line in given for text in line), strict=True)
    ):
        run = cell.paragraphs[0].add_run(fit(text))
        run.bold = place < len(heads) or (bold_first and place % wide == 0)
    if heads:
        repeated = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 as above
    paper.add_paragraph()
    return table
