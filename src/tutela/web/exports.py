"""Lists as files: CSV that Chinese Excel opens correctly, and XLSX."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import IO

import xlsxwriter
from django.http import HttpResponse, StreamingHttpResponse

KINDS = ("csv", "xlsx")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Spreadsheets read text that begins so as a formula, Chinese ones also with full-width signs.
_PART = 64 * 1024
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def answer(
    kind: str, name: str, header: Sequence[str], rows: Iterable[Sequence[str]]
) -> HttpResponse:
    """A download of one of KINDS; `name` without extension."""
    data = _csv(header, rows) if kind == "csv" else _xlsx(header, rows)
    content_type = "text/csv; charset=utf-8" if kind == "csv" else _XLSX
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(data, content_type=content_type, headers=headers)


def stream(
    kind: str, name: str, header: Sequence[str], rows: Iterable[Sequence[str]]
) -> StreamingHttpResponse:
    """The same, written while the rows are read: memory does not grow with their number."""
    if kind == "csv":
        return _streamed(f"{name}.csv", "text/csv; charset=utf-8", _csv_parts(header, rows))
    return _streamed(f"{name}.xlsx", _XLSX, _xlsx_parts(header, rows))


def stream_lines(name: str, lines: Iterable[str]) -> StreamingHttpResponse:
    """JSON lines: one object a line, UTF-8."""
    parts = (f"{line}\n".encode() for line in lines)
    return _streamed(f"{name}.jsonl", "application/x-ndjson; charset=utf-8", parts)


def _streamed(file_name: str, content_type: str, parts: Iterable[bytes]) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return StreamingHttpResponse(parts, content_type=content_type, headers=headers)


def _csv_parts(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    yield "\ufeff".encode()
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for row in rows:
        writer.writerow([_harmless(text) for text in row])
        if out.tell() > _PART:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _xlsx_parts(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        _write_xlsx(file, header, rows, {"constant_memory": True})
        file.seek(0)
        while part := file.read(_PART):
            yield part


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
    _write_xlsx(out, header, rows, {"in_memory": True})
    return out.getvalue()


def _write_xlsx(
    file: IO[bytes],
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    options: dict[str, bool],
) -> None:
    with xlsxwriter.Workbook(file, {**options, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        # With the quote prefix a cell stays text when somebody edits it.
        quoted = book.add_format({"quote_prefix": True})
        sheet.freeze_panes(1, 0)
        for place, row in enumerate(chain([header], rows)):
            for column, text in enumerate(row):
                mark = quoted if _harmless(text) != text else None
                sheet.write_string(place, column, text, mark)
        if "in_memory" in options:
            sheet.autofit()
