"""Lists as files: CSV that Chinese Excel opens correctly, and XLSX."""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.http import HttpResponse

KINDS = ("csv", "xlsx")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Spreadsheets read text that begins so as a formula, Chinese ones also with full-width signs.
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def answer(
    kind: str, name: str, header: Sequence[str], rows: Iterable[Sequence[str]]
) -> HttpResponse:
    """A download of one of KINDS; `name` without extension."""
    data = _csv(header, rows) if kind == "csv" else _xlsx(header, rows)
    content_type = "text/csv; charset=utf-8" if kind == "csv" else _XLSX
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(data, content_type=content_type, headers=headers)


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark, without which Excel decodes Chinese wrongly."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([_harmless(text) for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """Text that a spreadsheet shows and does not evaluate."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _xlsx(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        # With the quote prefix a cell stays text when somebody edits it.
        quoted = book.add_format({"quote_prefix": True})
        for place, row in enumerate([header, *rows]):
            for column, text in enumerate(row):
                mark = quoted if _harmless(text) != text else None
                sheet.write_string(place, column, text, mark)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return out.getvalue()
