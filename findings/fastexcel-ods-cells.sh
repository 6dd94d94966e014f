#!/usr/bin/env bash
# fastexcel 0.21.0 (calamine) on ODS: a tab or a line break inside a cell's text is dropped, not kept as blank
# space, so two numbers in one cell grow together into one (13800138000<tab>13900139000 comes as 22 digits). The
# reading aid of a name (ruby) is joined to the name. A time of day read as text is null, while the same cell of
# an XLSX is text. python-calamine 0.9.1 does the same to the texts; pandas 3.1.1 with odfpy 1.4.1 keeps the line break
# and also drops the tab.
# Guess before: white space stays, as several blanks in a row do; the reading aid is left out, as in XLSX.
# For: ODS in the import (issue "Real files come in right"). A text of a cell must be taken from content.xml where
# it holds such elements, or the row refused; and a null where the sheet has a cell is "not readable", not blank.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  'fastexcel==0.21.0' 'pyarrow==26.0.1' 'odfpy==1.4.1' 'python-calamine==0.9.1' >/dev/null 2>&1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import fastexcel
import python_calamine
from odf import teletype
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P, Ruby, RubyBase, RubyText


def text_cell(written):
    cell, paragraph = TableCell(valuetype="string"), P()
    teletype.addTextToElement(paragraph, written)
    cell.addElement(paragraph)
    return cell


def ruby_cell(name, reading):
    cell, paragraph, ruby = TableCell(valuetype="string"), P(), Ruby()
    ruby.addElement(RubyBase(text=name))
    ruby.addElement(RubyText(text=reading))
    paragraph.addElement(ruby)
    cell.addElement(paragraph)
    return cell


def time_cell():
    cell = TableCell(valuetype="time", timevalue="PT08H30M00S")
    cell.addElement(P(text="08:30"))
    return cell


document, table = OpenDocumentSpreadsheet(), Table(name="S")
for cell in (
    text_cell("13800138000   13900139000"),
    text_cell("13800138000\t13900139000"),
    text_cell("No. 1\nEast Road"),
    ruby_cell("单", "shàn"),
    time_cell(),
):
    row = TableRow()
    row.addElement(text_cell("x"))
    row.addElement(cell)
    table.addElement(row)
document.spreadsheet.addElement(table)
document.save("cells.ods")

sheet = fastexcel.read_excel("cells.ods").load_sheet(0, header_row=None, dtypes="string")
seen = sheet.to_arrow()[1].to_pylist()
plain = [row[1] for row in python_calamine.CalamineWorkbook.from_path("cells.ods").get_sheet_by_index(0).to_python()]
print(f"fastexcel {version('fastexcel')}: {seen}")
print(f"python-calamine {version('python-calamine')}: {plain}")
expected = ["13800138000   13900139000", "1380013800013900139000", "No. 1East Road", "单shàn", None]
sys.exit(0 if seen == expected and plain[:4] == expected[:4] else "changed")
PYTHON
