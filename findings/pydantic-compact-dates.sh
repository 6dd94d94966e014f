#!/usr/bin/env bash
# pydantic 2.14.3: a compact date in a text is a number of seconds since 1970. `20261128` as `datetime` is
# 1970-08-23 12:05:28 UTC, with 14 digits it is in 2612; JSON, query strings and forms alike. As `date` it is
# refused, but only because those seconds are no midnight: `20131200` (a register's way to write "December 2013,
# day unknown") is 86,400 × 233 and becomes 1970-08-22. `datetime.fromisoformat` of Python 3.11 reads the first
# as the day it says and refuses the second.
# Guess before: both refused as no ISO 8601 form, or both read as Python reads them.
# In the product: api/moments.py takes a moment only when it begins with a day written out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'pydantic==2.14.3' >/dev/null 2>&1
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import date, datetime

import pydantic

expected = {
    (datetime, "2026-11-28"): "2026-11-28 00:00:00",
    (datetime, "20261128"): "1970-08-23 12:05:28+00:00",
    (datetime, "20261128100000"): "2612-01-19 19:08:20+00:00",
    (date, "20261128"): "date_from_datetime_inexact",
    (date, "20131200"): "1970-08-22",
}
same = True
for (kind, text), outcome in expected.items():
    try:
        seen = str(pydantic.TypeAdapter(kind).validate_python(text))
    except pydantic.ValidationError as error:
        seen = error.errors()[0]["type"]
    print(f"pydantic {pydantic.VERSION}: {text} as {kind.__name__} is {seen}")
    same = same and seen == outcome
sys.exit(0 if same else "changed")
PYTHON
