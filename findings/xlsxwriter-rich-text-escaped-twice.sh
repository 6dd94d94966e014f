#!/usr/bin/env bash
# XlsxWriter 3.3.1: the parts of a rich string are escaped twice. A carriage return, as every Windows text field puts into an
# address, is written as _x005F_x000D_, so that Excel and every reader show the seven characters "_x000D_" in the middle of
# the address; `write_string` writes the same text right. A text that holds such characters itself (_x0041_) comes back
# with "_x005F" in it. python-calamine 0.9.1 and fastexcel 0.21.0 undo one level, as the standard says (ECMA-376, 22.9.2.19).
# openpyxl 3.1.5 undoes no more than _x005F_, also in plain strings.
# Guess before: a rich string keeps the text that a plain one keeps.
# For: exports with one bold word in a cell, and files of others. In the product: no export writes rich strings; the shapes of
# tests/vault_importing/shapes leave such texts plain. An address that shows _x000D_ was spoilt before it came.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  'XlsxWriter==3.3.1' 'openpyxl==3.1.5' 'fastexcel==0.21.0' 'pyarrow==26.0.1' 'python-calamine==0.9.1' >/dev/null 2>&1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys
from importlib.metadata import version

import fastexcel
import openpyxl
import python_calamine
import xlsxwriter

TEXTS = ["No. 8 East Road\r\nRoom 301", "a_x0041_b"]
held = io.BytesIO()
book = xlsxwriter.Workbook(held, {"in_memory": True})
sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
for row, text in enumerate(TEXTS):
    sheet.write_string(row, 0, "!" + text)
    sheet.write_rich_string(row, 1, bold, "!", text)
book.close()

columns = fastexcel.read_excel(held.getvalue()).load_sheet(0, header_row=None, dtypes="string").to_arrow()
seen = {
    "fastexcel": [columns[0].to_pylist(), columns[1].to_pylist()],
    "python-calamine": [list(c) for c in zip(*python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(held.getvalue())).get_sheet_by_index(0).to_python())],
    "openpyxl": [list(c) for c in zip(*openpyxl.load_workbook(held).active.iter_rows(values_only=True))],
}
for name, (plain, rich) in seen.items():
    print(f"{name} {version(name)}: plain {plain}, rich {rich}")
right = ["!" + text for text in TEXTS]
spoilt = ["!No. 8 East Road_x000D_\nRoom 301", "!a_x005FAb"]
expected = {
    "fastexcel": [right, spoilt],
    "python-calamine": [right, spoilt],
    "openpyxl": [["!No. 8 East Road_x000D_\nRoom 301", "!a_x0041_b"], ["!No. 8 East Road_x000D_\nRoom 301", "!a_x0041_b"]],
}
sys.exit(0 if seen == expected else "changed")
PYTHON
