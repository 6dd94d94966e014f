#!/usr/bin/env bash
# ClickHouse 26.9.2 (wheel chdb 4.4.0): a day before 1970 that meets the type Date or DateTime becomes 1970-01-01, a day after
# 2149-06-06 becomes that day; no error, no warning, and no NULL from `toDateOrNull`, `cast` and `parseDateTimeBestEffort`.
# Reading CSV into such a column does the same. From Date32, which keeps 1965-03-07 as it is, to Date it is 2144-08-11, since
# the days go round at 65,536. In an insurer's warehouse everybody born before 1970 then has one birthday, or one in the next
# century, and exports (CSV, Parquet) carry it as an ordinary date.
# Guess before: an error, as for a text that is no date; NULL from the functions that are called OrNull.
# For: files from warehouses. 1970-01-01 in many rows is no birthday: ask for the column as Date32 or String, and hold the
# date of birth against the identity number, which carries it. In docs/decisions/outside-readers.md.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'chdb==4.4.0' 'chdb-core==26.9.0' 'pyarrow==26.0.1' >/dev/null 2>&1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys

import chdb
import pyarrow.parquet as pq


def told(query, shape="CSV"):
    return str(chdb.query(query, shape)).strip().replace('"', "")


BORN = "'1965-03-07'"
seen = {
    form: told(f"select {form.replace('?', BORN)}")
    for form in ("toDate(?)", "toDateOrNull(?)", "cast(? as Date)", "cast(? as Nullable(Date))", "toDateTime(concat(?, ' 08:00:00'))",
                 "toDate(parseDateTimeBestEffort(?))", "toDate(toDate32(?))", "toDate32(?)", "toDate('2199-12-31')",
                 "toDateOrNull('1965-02-30')")
}
seen["from CSV"] = told(f"select * from format(CSV, 'd Date', '1965-03-07\n1928-11-30\n1990-03-07\n')").replace("\n", " ")
parquet = pq.read_table(io.BytesIO(chdb.query(f"select toDate({BORN}) d, toDate32({BORN}) e", "Parquet").bytes()))
seen["Parquet"] = f"{parquet['d'].type} {parquet['d'][0]} {parquet['e'][0]}"
print("ClickHouse", told("select version()"))
for form, outcome in seen.items():
    print(f"{form}: {outcome}")
expected = {
    "toDate(?)": "1970-01-01", "toDateOrNull(?)": "1970-01-01", "cast(? as Date)": "1970-01-01",
    "cast(? as Nullable(Date))": "1970-01-01", "toDateTime(concat(?, ' 08:00:00'))": "1970-01-01 00:00:00",
    "toDate(parseDateTimeBestEffort(?))": "1970-01-01", "toDate(toDate32(?))": "2144-08-11", "toDate32(?)": "1965-03-07",
    "toDate('2199-12-31')": "2149-06-06", "toDateOrNull('1965-02-30')": "1970-01-01",
    "from CSV": "1970-01-01 1970-01-01 1990-03-07", "Parquet": "date32[day] 1970-01-01 1965-03-07",
}
sys.exit(0 if seen == expected else "changed")
PYTHON
