"""Word files: A4, fonts for both languages, a header, page numbers, and tables that fit the page.

The default template of python-docx is US Letter, and its theme fonts override the fonts of styles.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from .language import reads_chinese

# Fonts that Word has on every machine of the two languages.
_LATIN: Final = "Calibri"
_FIELDS: Final = {"1": "PAGE", "2": "NUMPAGES"}
# Characters that XML does not allow. Text pasted from Word contains them, as a vertical tab for a line break.
_UNFIT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_THEME: Final = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_HEADS: Final = {"Title": 22, "Subtitle": 14, "Heading 1": 14, "Heading 2": 11.5, "Heading 3": 11}
_WIDE: Final = Cm(16.4)
_INK: Final = RGBColor(0x1F, 0x2A, 0x37)
_GREY: Final = RGBColor(0x5B, 0x65, 0x70)
_RED: Final = RGBColor(0xA3, 0x23, 0x1D)
_CELL: Final = "Table Text"
_NUMBER: Final = re.compile(r"[≥≤]?\s*[\d.,]+\s*%?")
_PIECE: Final = re.compile(r"[^\s\u2e80-\uffff]+|[\u2e80-\uffff]")
_WORD_MOST: Final = 13.0
_HEAD_LEAST: Final = 5.5
_STRETCH: Final = 1.6
"""How far a table of short texts is widened; wider rows are hard to follow."""
_NAME_AND_TEXT: Final = (0.26, 0.74)
_SHORT: Final = 8
"""A table with at most this many rows is kept on one page."""
_SIDES: Final = 1.3
"""Width of a cell's two margins, in characters."""
_POINTS: Final = 10.5


def fit(text: str) -> str:
    """A text, with characters that XML does not allow replaced by spaces."""
    return _UNFIT.sub(" ", text)


def new_paper(
    *, title: str, company: str, east: str, east_heads: str = "", mark: str = ""
) -> Paper:
    """An empty document with company, title and mark in the header and page numbers in the footer.

    `east` and `east_heads` are the Chinese fonts of text and headings.
    """
    paper = Document()
    _set_fonts(paper, east)
    _headings(paper, east_heads or east)
    paper.core_properties.author, paper.core_properties.title = company, title
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - _WIDE.cm) / 2)
    section.top_margin = section.bottom_margin = Cm(2.4)
    _set_margins(section, title, company, mark)
    return paper


def begin_part(paper: Paper, *, title: str, company: str, mark: str = "") -> None:
    """Start a new page with its own header, and page numbers in the active language."""
    section = paper.add_section(WD_SECTION.NEW_PAGE)
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    _set_margins(section, title, company, mark)


def _set_margins(section: Section, title: str, company: str, mark: str) -> None:
    shown = company if company not in title else ""
    _head_line(section.header.paragraphs[0], " · ".join(t for t in (shown, title) if t), mark)
    _numbered(section.footer.paragraphs[0])


def _set_fonts(paper: Paper, east: str) -> None:
    """One pair of fonts in the document defaults, without theme fonts; zh-CN for line breaking."""
    root = paper.styles.element
    for fonts in root.iter(qn("w:rFonts")):
        for name in _THEME:
            fonts.attrib.pop(qn(f"w:{name}"), None)
    for plain in root.iter(qn("w:docDefaults")):
        for fonts in plain.iter(qn("w:rFonts")):
            _named(fonts, east)
        for language in plain.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")
    for language in paper.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = _LATIN, Pt(_POINTS)
    _named(normal.element.get_or_add_rPr().get_or_add_rFonts(), east)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.25
    cell = paper.styles.add_style(_CELL, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = normal
    cell.font.size = Pt(_POINTS - 1)
    cell.paragraph_format.space_after = Pt(0)
    cell.paragraph_format.line_spacing = 1.1


def _named(fonts: BaseOxmlElement, east: str) -> None:
    fonts.set(qn("w:ascii"), _LATIN)
    fonts.set(qn("w:hAnsi"), _LATIN)
    fonts.set(qn("w:eastAsia"), east)
    if reads_chinese():
        # Punctuation of both scripts, such as quotation marks, takes the Chinese font.
        fonts.set(qn("w:hint"), "eastAsia")


def _headings(paper: Paper, east: str) -> None:
    for name, size in _HEADS.items():
        style = paper.styles[name]
        style.font.name, style.font.size = _LATIN, Pt(size)
        style.font.color.rgb, style.font.italic = _INK, False
        _named(style.element.get_or_add_rPr().get_or_add_rFonts(), east)
        style.paragraph_format.space_before = Pt(0 if name in {"Title", "Subtitle"} else 12)
        style.paragraph_format.space_after = Pt(4 if name.startswith("Heading") else 10)
    for name in ("Header", "Footer"):
        paper.styles[name].font.size, paper.styles[name].font.color.rgb = Pt(8.5), _GREY
    paper.styles["Title"].font.bold = True
    for edge in paper.styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        edge.getparent().remove(edge)


def _head_line(line: Paragraph, left: str, right: str) -> None:
    """The header: `left`, and `right` at the right margin, above a thin rule."""
    stops = line.paragraph_format.tab_stops
    for old in (4680, 9360):  # the tab stops of the template's style, for US Letter
        stops.add_tab_stop(Length(old * 635), WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(_WIDE, WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(fit(f"{left}\t{right}" if right else left))
    edges, edge = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "4"), ("color", "BFC5CC")):
        edge.set(qn(f"w:{name}"), value)
    edges.append(edge)
    line._p.get_or_add_pPr().insert_element_before(edges, "w:shd", "w:tabs", "w:spacing", "w:jc")  # noqa: SLF001 the library has no public way to an edge


def _numbered(line: Paragraph) -> None:
    """ "Page x of y" in the active language, with fields for the numbers."""
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in re.split(r"(\d)", _("Page %(page)s of %(pages)s") % {"page": 1, "pages": 2}):
        if part in _FIELDS:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), _FIELDS[part])
            line._p.append(field)  # noqa: SLF001 the library has no public way to a field
        else:
            line.add_run(part)


def add_notice(paper: Paper, text: str) -> None:
    """Add a prominent sentence, such as that the document is a draft or outdated."""
    run = paper.add_paragraph().add_run(fit(text))
    run.bold, run.font.color.rgb = True, _RED


def add_table(
    paper: Paper,
    heads: Sequence[str],
    lines: Iterable[Sequence[str]],
    *,
    together: bool = False,
    shares: Sequence[float] = (),
) -> Table:
    """Add a table as wide as the text, and an empty line.

    Without `heads` it is a table of names and texts, its first column bold. The header row is repeated on each
    page, and rows are not split. A short table is kept on one page; `together` keeps a longer one. `shares` are
    the columns' fractions of the width, instead of widths by content.
    """
    rows = [tuple(fit(text) for text in line) for line in ((heads,) if heads else ())]
    rows += [tuple(fit(text) for text in line) for line in lines]
    table: Table = paper.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    if not heads:
        shares = _NAME_AND_TEXT
    _set_widths(table, shares or _shares(rows))
    together = together or len(rows) <= _SHORT
    right = _numeric(rows[bool(heads) :])
    # One pass over the cells: table.cell() takes linear time.
    cells = table._cells  # noqa: SLF001 no public API is as fast
    wide = len(rows[0])
    for place, (cell, text) in enumerate(
        zip(cells, (text for line in rows for text in line), strict=True)
    ):
        row, column = divmod(place, wide)
        line = cell.paragraphs[0]
        line.style = _CELL
        head = row == 0 if heads else column == 0
        line.add_run(text).bold = head
        if head:
            _shade(cell._tc.get_or_add_tcPr())  # noqa: SLF001 as above
        if column in right:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.keep_with_next = together and row < len(rows) - 1
    _set_breaks(table, repeat=bool(heads))
    paper.add_paragraph(style=_CELL)
    return table


def _set_breaks(table: Table, *, repeat: bool) -> None:
    for place, row in enumerate(table.rows):
        traits = row._tr.get_or_add_trPr()  # noqa: SLF001 the library has no public way to a row's traits
        traits.append(OxmlElement("w:cantSplit"))
        if repeat and place == 0:
            traits.append(OxmlElement("w:tblHeader"))


def _shade(traits: BaseOxmlElement) -> None:
    ground = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EEF1F4")):
        ground.set(qn(f"w:{name}"), value)
    traits.append(ground)


def _set_widths(table: Table, shares: Sequence[float]) -> None:
    """Set fixed column widths, which all programs render alike, and cell margins."""
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Length(int(_WIDE * share))
    widths = [column.width for column in table.columns]
    for place, cell in enumerate(table._cells):  # noqa: SLF001 as in add_table
        cell.width = widths[place % len(widths)]
    inset, margins = OxmlElement("w:tblInd"), OxmlElement("w:tblCellMar")
    _sized(inset, 108)  # a cell's margin, to align the table's border with the text
    for side in ("top", "bottom"):
        margins.append(edge := OxmlElement(f"w:{side}"))
        _sized(edge, 40)
    traits = table._tbl.tblPr  # noqa: SLF001 as above
    traits.insert_element_before(inset, "w:tblBorders", "w:shd", "w:tblLayout", "w:tblLook")
    traits.insert_element_before(margins, "w:tblLook")


def _sized(element: BaseOxmlElement, twentieths: int) -> None:
    element.set(qn("w:w"), str(twentieths))
    element.set(qn("w:type"), "dxa")


def _shares(rows: Sequence[Sequence[str]]) -> list[float]:
    """Each column's fraction of the text width: short columns as they need, long ones share the rest.

    The first row is the header, which may break: it needs only half its length.
    """
    columns = list(zip(*rows, strict=True))
    least = [
        _SIDES + min(_WORD_MOST, max(_long(word) for text in column for word in _words(text)))
        for column in columns
    ]
    needs = [
        max(_long(head) / 2, min(_long(head), _HEAD_LEAST), *map(_long, column))
        for head, *column in columns
    ]
    wanted = [max(few, _SIDES + much) for few, much in zip(least, needs, strict=True)]
    room = _WIDE.pt / 10
    widths = _cut(least, wanted, room)
    whole = sum(widths)
    used = min(1.0, whole * _STRETCH / room)
    return [width / whole * used for width in widths]


def _cut(least: Sequence[float], wanted: Sequence[float], room: float) -> list[float]:
    """The wanted widths, capped at the largest value that fits `room`; none below its `least`."""
    low, high = 0.0, max(wanted)
    if sum(wanted) <= room:
        return list(wanted)
    for _step in range(30):
        middle = (low + high) / 2
        taken = sum(max(few, min(much, middle)) for few, much in zip(least, wanted, strict=True))
        low, high = (middle, high) if taken <= room else (low, middle)
    return [max(few, min(much, low)) for few, much in zip(least, wanted, strict=True)]


def _words(text: str) -> list[str]:
    return _PIECE.findall(text) or [""]


def _long(text: str) -> float:
    """Approximate width of a text, in Chinese characters."""
    return sum(1.0 if sign >= "\u2e80" else 0.56 for sign in text)


def _numeric(body: Sequence[Sequence[str]]) -> set[int]:
    """Indexes of the columns that contain only numbers, which are right-aligned; never the first."""
    return {
        place
        for place, column in enumerate(zip(*body, strict=True))
        if place and all(_NUMBER.fullmatch(text) for text in column)
    }
