"""Reading an XLSX workbook of the plain sample, beside openpyxl's read-only mode on the same file.

Each reads in a process of its own, in turns, and counts the rows that have cells. Ours gives rows as the
import takes them (typed, checked, as texts); openpyxl gives its values. Processor time is counted, since one
thread does all the work. The file is read from a disk and lies in its cache.
"""

import statistics
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import xlsxwriter

from benchmarks.measure import Row, Scale
from sample.plain import HEADER, lines

SIZE, LARGE = 100_000, 1_000_000
ROUNDS = 3
FLOOR = 2
MOST_MIB = 200
SEED = 7
_MEASURE = """
import resource, sys, time
from pathlib import Path
{work}
before = time.process_time()
rows = read(sys.argv[1])
print(rows, time.process_time() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
OURS = _MEASURE.format(
    work="""
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "tutela.settings"
import django
django.setup()
from tutela.vault.importing import targets
from tutela.vault.importing.reading import read as reading
from tutela.vault.importing.reading.sources import FileSource

def read(path):
    with reading.Reading(reading.open_table(FileSource(Path(path)), targets.known)) as table:
        return sum(1 for _row in table.rows())
"""
)
THEIRS = _MEASURE.format(
    work="""
import openpyxl

def read(path):
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return sum(any(row) for row in book.worksheets[0].iter_rows(min_row=2, values_only=True))
"""
)


def run(scale: Scale) -> list[Row]:
    """Rows a second of 100,000 rows; of a million in `soak`."""
    size, rounds = (LARGE, 1) if scale.soak else (scale.of(SIZE), ROUNDS)
    with tempfile.TemporaryDirectory(prefix="tubw") as folder:
        path = Path(folder) / "customers.xlsx"
        write_workbook(path, size)
        ours, theirs = [], []
        for _round in range(rounds):
            ours.append(_measured(OURS, path, size))
            theirs.append(_measured(THEIRS, path, size))
    seconds, peak = statistics.median(s for s, _mib in ours), max(mib for _s, mib in ours)
    their_seconds, their_peak = (
        statistics.median(s for s, _mib in theirs),
        max(m for _s, m in theirs),
    )
    name = f"XLSX of {size:,} rows × {len(HEADER)}"
    return [
        Row(name=f"{name}, read", value=size / seconds, unit="rows/s", beside="openpyxl, read-only",
            beside_value=size / their_seconds, floor=FLOOR, note="of processor time"),
        Row(name=f"{name}, largest process", value=peak, unit="MiB", beside="openpyxl, read-only",
            beside_value=their_peak, floor=MOST_MIB, floor_of="value", lower_is_better=True),
    ]  # fmt: skip


def write_workbook(path: Path, size: int) -> None:
    """The sample as spreadsheet programs write it: days are days, incomes numbers, texts shared strings."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": 14})
        sheet.write_row(0, 0, HEADER)
        days = {place for place, name in enumerate(HEADER) if name.endswith(("日期", "date"))}
        for at, line in enumerate(lines(size, SEED), 1):
            for place, cell in enumerate(line.rstrip("\n").split(",")):
                if HEADER[place] == "年收入":
                    sheet.write_number(at, place, int(cell))
                elif place in days:
                    sheet.write_datetime(at, place, date.fromisoformat(cell), day)
                else:
                    sheet.write_string(at, place, cell)


def _measured(code: str, path: Path, size: int) -> tuple[float, int]:
    """Seconds of processor time and the largest resident size in MiB."""
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    rows, seconds, mebibytes = done.stdout.split()
    if int(rows) != size:
        raise RuntimeError(f"{rows} rows of {size}")
    return float(seconds), int(mebibytes)
