#!/usr/bin/env bash
# ClickHouse 26.9.2 (wheel chdb 4.4.0): its CSV writes NULL as \N, as MySQL's files do, but it is no file of MySQL's rules:
# quotes are doubled, and a backslash is a backslash. A reader that takes \N for the mark of backslash escapes makes a
# line break of the \n in D:\new. The text \N of somebody stands as "\N" beside it: only the quotes tell it from NULL, and
# csv readers (Python 3.11, pyarrow 26.0.1, polars 2.1.0, DuckDB 2.0.1) give both as the same, as text or as null. A
# FixedString is filled with NUL up to its length in CSV and Parquet, \0 in TSV; a Decimal loses its last zeros.
# Guess before: an empty cell for NULL, as PostgreSQL and the standard have it; padding gone, as with CHAR.
# In the product: tests/vault_importing/shapes/delimited.py writes such files; backslashes are undone only where the file's
# own cells show that they are escapes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  'chdb==4.4.0' 'chdb-core==26.9.0' 'pyarrow==26.0.1' 'polars==2.1.0' 'duckdb==2.0.1' >/dev/null 2>&1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import csv
import io
import pathlib
import sys

import chdb
import duckdb
import polars
import pyarrow.csv

QUERY = r"""select 'D:\\new' a, cast(null as Nullable(String)) b, '\\N' c, 'say "no"' d, cast('单' as FixedString(6)) e,
toDecimal64('12.30', 2) f"""
written = str(chdb.query(QUERY, "CSVWithNames"))
tabs = str(chdb.query(QUERY, "TabSeparated"))
print("ClickHouse", str(chdb.query("select version()", "CSV")).strip())
print(ascii(written))
print(ascii(tabs))
path = pathlib.Path("file.csv")
path.write_text(written.replace("\0", ""), encoding="utf-8")
seen = {
    "csv": list(csv.reader(io.StringIO(written)))[1][:4],
    "pyarrow": [column[0].as_py() for column in pyarrow.csv.read_csv(path).columns][:4],
    "polars": list(polars.read_csv(path).row(0))[:4],
    "DuckDB": list(duckdb.sql(r"from read_csv('file.csv', nullstr='\N', all_varchar=true)").fetchall()[0])[:4],
}
for reader, cells in seen.items():
    print(f"{reader}: {cells}")
same = (
    written.splitlines()[1] == r'"D:\new",\N,"\N","say ""no""","单' + "\0" * 3 + '",12.3'
    and tabs == r"D:\\new" + "\t\\N\t\\\\N\tsay \"no\"\t单" + r"\0\0\0" + "\t12.3\n"
    and all(cells[1] == cells[2] for cells in seen.values())
)
sys.exit(0 if same else "changed")
PYTHON
