#!/usr/bin/env bash
# LibreOffice 7.4.7 (Debian 12), `soffice --headless --convert-to xls` of an XLSX or ODS: every formula whose result is a text
# (="C001", a name joined by &, a look-up) is written with the number 0 as its stored result. LibreOffice itself computes
# anew and shows the right text; xlrd 2.0.2 and python-calamine 0.9.1 (pandas, fastexcel) give 0.0 for customer number, identity
# number and name alike. Results that are numbers are right, and so are ODS and XLSX made from the same file.
# Guess before: the result that the cell had, with its STRING record, as in the file it came from.
# For: XLS in the import. A stored result of exactly 0 in an XLS formula is "no stored value", never the value 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
if ! command -v soffice >/dev/null; then
  [ "$(id -u)" = 0 ] || { echo "needs Debian's libreoffice-calc"; exit 2; }
  { apt-get update; DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libreoffice-calc; } >/dev/null 2>&1
fi
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  'XlsxWriter==3.3.1' 'xlrd==2.0.2' 'python-calamine==0.9.1' 'openpyxl==3.1.5' >/dev/null 2>&1
venv/bin/python - <<'PYTHON'
import xlsxwriter

book = xlsxwriter.Workbook("f.xlsx")
sheet = book.add_worksheet()
sheet.write_formula("A1", '="C001"', None, "C001")
sheet.write_formula("B1", '="110101"&"199003070017"', None, "110101199003070017")
sheet.write_formula("C1", "=A1", None, "C001")
sheet.write_formula("D1", "=1+2", None, 3)
book.close()
PYTHON
convert() { soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to "$1" --outdir "$2" "$3" >/dev/null 2>&1; }
convert xls one f.xlsx
convert ods one f.xlsx
convert xls two one/f.ods
convert 'csv:Text - txt - csv (StarCalc):44,34,76' three one/f.xls
soffice --version
venv/bin/python - <<'PYTHON'
import sys

import python_calamine
import xlrd


def by_calamine(path):
    return python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[0]


seen = {
    "XLS by xlrd": xlrd.open_workbook("one/f.xls").sheet_by_index(0).row_values(0),
    "XLS by calamine": by_calamine("one/f.xls"),
    "XLS of the ODS": by_calamine("two/f.xls"),
    "ODS": by_calamine("one/f.ods"),
    "XLS by LibreOffice": open("three/f.csv", encoding="utf-8").read().strip().split(","),
}
for name, cells in seen.items():
    print(f"{name}: {cells}")
right = ["C001", "110101199003070017", "C001"]
expected = dict.fromkeys(("XLS by xlrd", "XLS by calamine", "XLS of the ODS"), [0.0, 0.0, 0.0, 3.0])
expected |= {"ODS": [*right, 3.0], "XLS by LibreOffice": [*right, "3"]}
sys.exit(0 if seen == expected else "changed")
PYTHON
