#!/usr/bin/env bash
# fastexcel 0.21.0: a number read as text (`dtypes="string"`) is printed with nine decimals and its zeros cut,
# not as the shortest text of its double: 12345678.12 becomes 12345678.119999999, 0.1234567891234 becomes
# 0.123456789, 1e-10 becomes 0. Up to 2**23 (8.4 million) amounts come out right, so small test data never
# shows it. The same numbers read as floats are right, and openpyxl prints them right. polars 2.1.0 hands
# the same texts on. Guess before: the shortest text that reads back.
# In the product: vault/importing/reading/sheets.py gives such a cell the 15 digits that a spreadsheet shows.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  'fastexcel==0.21.0' 'polars==2.1.0' 'XlsxWriter==3.3.1' >/dev/null 2>&1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import fastexcel
import polars
import xlsxwriter

amounts = [4.35, 1234567.89, 8388607.99, 8888888.88, 12345678.12, 123456789012.34, 0.1234567891234, 1e-10]
book = xlsxwriter.Workbook("amounts.xlsx")
sheet = book.add_worksheet()
sheet.write_column(0, 0, ["amount", *amounts])
book.close()

reader = fastexcel.read_excel("amounts.xlsx")
texts = reader.load_sheet(0, dtypes="string").to_polars()["amount"].to_list()
floats = reader.load_sheet(0, dtypes="float").to_polars()["amount"].to_list()
frame = polars.read_excel("amounts.xlsx", schema_overrides={"amount": polars.String})["amount"].to_list()
for amount, text in zip(amounts, texts, strict=True):
    print(f"fastexcel {version('fastexcel')}: {amount!r} as text: {text}")
assert floats == amounts
assert frame == texts
expected = [
    "4.35", "1234567.89", "8388607.99", "8888888.880000001", "12345678.119999999", "123456789012.339996338",
    "0.123456789", "0",
]
sys.exit(0 if texts == expected else "changed")
PYTHON
