#!/usr/bin/env bash
# DuckDB 2.0.1: account and policy numbers of 20 digits in a CSV are read as HUGEINT, shown right and written right to CSV;
# COPY to Parquet writes the same column as DOUBLE, without a word: 62220202000123456789 is 62220202000123453440 and the next
# account is the same number. `sum` and a cast to HUGEINT do it to identity numbers of 18 digits. DECIMAL(38, 0) stays whole.
# The same CSV is double at once in pyarrow 26.0.1; polars 2.1.0 reads Int128, and its `write_excel` gives the spoilt digits.
# Guess before: DECIMAL(38, 0), or an error.
# In the product: a number of 16 digits and more that a double holds is refused (`number_lossy`), so its row is rejected;
# the writer's side must cast to text before COPY.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  'duckdb==2.0.1' 'pyarrow==26.0.1' 'polars==2.1.0' 'XlsxWriter==3.3.1' 'fastexcel==0.21.0' >/dev/null 2>&1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import io
import pathlib
import sys

import duckdb
import fastexcel
import polars
import pyarrow.csv
import pyarrow.parquet as pq

FIRST, SECOND = "62220202000123456789", "62220202000123456788"
pathlib.Path("a.csv").write_text(f"account\n{FIRST}\n{SECOND}\n")
duckdb.sql("copy (from 'a.csv') to 'a.parquet'")
duckdb.sql("copy (from 'a.csv') to 'b.csv'")
duckdb.sql("copy (select account::decimal(38, 0) account from 'a.csv') to 'c.parquet'")
duckdb.sql("copy (select sum(110101199003071234) n) to 'd.parquet'")
plain = pq.read_table("a.parquet")
held = io.BytesIO()
polars.read_csv("a.csv").write_excel(held)
seen = {
    "DuckDB reads": (str(duckdb.sql("from 'a.csv'").types[0]), [str(n) for (n,) in duckdb.sql("from 'a.csv'").fetchall()]),
    "DuckDB writes CSV": pathlib.Path("b.csv").read_text().split()[1:],
    "DuckDB writes Parquet": (str(plain["account"].type), [f"{n:.0f}" for n in plain["account"].to_pylist()]),
    "of DECIMAL(38, 0)": [str(n) for n in pq.read_table("c.parquet")["account"].to_pylist()],
    "of sum": f"{pq.read_table('d.parquet')['n'][0].as_py():.0f}",
    "pyarrow reads CSV": str(pyarrow.csv.read_csv("a.csv")["account"].type),
    "polars reads CSV": str(polars.read_csv("a.csv").schema["account"]),
    "polars writes XLSX": fastexcel.read_excel(held.getvalue()).load_sheet(0, dtypes="string").to_arrow()[0].to_pylist(),
}
print("DuckDB", duckdb.__version__)
for step, outcome in seen.items():
    print(f"{step}: {outcome}")
spoilt = "62220202000123453440"
expected = {
    "DuckDB reads": ("HUGEINT", [FIRST, SECOND]), "DuckDB writes CSV": [FIRST, SECOND],
    "DuckDB writes Parquet": ("double", [spoilt, spoilt]), "of DECIMAL(38, 0)": [FIRST, SECOND], "of sum": "110101199003071232",
    "pyarrow reads CSV": "double", "polars reads CSV": "Int128", "polars writes XLSX": [spoilt, spoilt],
}
sys.exit(0 if seen == expected else "changed")
PYTHON
