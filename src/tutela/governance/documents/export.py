"""A version as a Word file: title, facts of approval, and the text in one language."""

from io import BytesIO

import docx
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.shared import Pt

from .models import Approval, Version
from .text import Block, blocks

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Fonts that Word has on every machine of the two languages.
_LATIN, _CHINESE = "Calibri", "宋体"


def export_docx(version: Version, language: str) -> bytes:
    """The version in `language` ("zh" or "en") as the bytes of a DOCX file."""
    file = docx.Document()
    _fonts(file)
    parts = blocks(version.text_zh if language == "zh" else version.text_en)
    with override("zh-hans" if language == "zh" else "en"):
        if parts and parts[0].level == 1:
            file.add_heading(parts.pop(0).text, 0)
        _facts(file, version)
    for part in parts:
        _add(file, part)
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _fonts(file: Word) -> None:
    for style in ("Normal", "Title", "Heading 1", "Heading 2"):
        font = file.styles[style].font
        font.name = _LATIN
        file.styles[style].element.get_or_add_rPr().get_or_add_rFonts().set(
            qn("w:eastAsia"), _CHINESE
        )
    file.styles["Normal"].font.size = Pt(11)


def _facts(file: Word, version: Version) -> None:
    rows = facts(version)
    table = file.add_table(rows=len(rows), cols=2, style="Table Grid")
    for row, (name, value) in zip(table.rows, rows, strict=True):
        row.cells[0].text, row.cells[1].text = name, value
    file.add_paragraph()


def facts(version: Version) -> list[tuple[str, str]]:
    """Number, state, days and names, as the head of a printed policy gives them."""
    said = version.approvals.filter(
        round=version.round, verdict=Approval.Verdict.APPROVED
    ).select_related("staff")
    told = [
        (_("Document code"), version.document.code),
        (_("Version"), str(version.number)),
        (_("Drafted by"), version.drafted_by.name),
        (_("Approved by"), ", ".join(one.staff.name for one in said) or "–"),
    ]
    if version.published_at:
        told.append((_("In force since"), str(timezone.localdate(version.published_at))))
    told.append((_("Review by"), str(version.review_on)))
    return told


def _add(file: Word, part: Block) -> None:
    if part.kind == "heading":
        file.add_heading(part.text, max(1, part.level - 1))
    elif part.kind == "list":
        for line in part.lines:
            file.add_paragraph(line, style="List Bullet")
    elif part.kind == "table":
        _table(file, part)
    else:
        file.add_paragraph(part.text)


def _table(file: Word, part: Block) -> None:
    table = file.add_table(rows=0, cols=len(part.head), style="Table Grid")
    for row in part.rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
