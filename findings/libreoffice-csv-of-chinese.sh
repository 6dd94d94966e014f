#!/usr/bin/env bash
# LibreOffice 7.4.7 (Debian 12), `soffice --headless --convert-to csv` of an XLSX, the usual line in scripts: every Chinese
# character is written as "?", in a UTF-8 locale too, with exit code 0: 王䶮 is "??". Days are written in American order
# whatever the cell shows (yyyy/mm/dd and the built-in Chinese format 31 give 03/04/1992), and days before March 1900 one day
# early. A number of 18 digits has three digits of exponent, 1.10101199003071E+017, which patterns for E+17 miss. With the
# option "44,34,76" (comma, quote, UTF-8) characters are right and own formats as shown; format 31 stays American.
# Guess before: UTF-8, days as the cell shows them, E+17.
# In the product: such days are refused as ambiguous, names of "?" as no names; detect/primitives/clean_forms.py knows
# exponents of three digits (before, customer numbers of this form were stored as they stood).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
if ! command -v soffice >/dev/null; then
  [ "$(id -u)" = 0 ] || { echo "needs Debian's libreoffice-calc"; exit 2; }
  { apt-get update; DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libreoffice-calc; } >/dev/null 2>&1
fi
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'XlsxWriter==3.3.1' >/dev/null 2>&1
venv/bin/python - <<'PYTHON'
import datetime

import xlsxwriter

book = xlsxwriter.Workbook("c.xlsx")
sheet = book.add_worksheet()
for row, day in enumerate((datetime.date(1992, 3, 4), datetime.date(1900, 2, 28))):
    sheet.write_string(row, 0, "王䶮")
    for column, shown in enumerate(("yyyy-mm-dd", "yyyy/mm/dd", 31, '[$-804]yyyy"年"m"月"d"日"'), 1):
        sheet.write_datetime(row, column, day, book.add_format({"num_format": shown}))
    sheet.write_number(row, 5, 110101199003071234)
book.close()
PYTHON
convert() {
  soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to "$1" --outdir "$2" c.xlsx >/dev/null 2>&1
  cat "$2/c.csv"
}
soffice --version
plain=$(LC_ALL=C.UTF-8 convert csv plain)
three=$(LC_ALL=C.UTF-8 convert 'csv:Text - txt - csv (StarCalc):44,34,76' three)
printf '%s\n-- 44,34,76:\n%s\n' "$plain" "$three"
[ "$plain" = "??,1992-03-04,03/04/1992,03/04/1992,1992/3/4,1.10101199003071E+017
??,1900-02-27,02/27/1900,02/27/1900,1900/2/27,1.10101199003071E+017" ] || { echo changed; exit 1; }
[ "${three%%$'\n'*}" = "王䶮,1992-03-04,1992/03/04,3/4/1992,1992年3月4日,1.10101199003071E+017" ] || { echo changed; exit 1; }
