"""Workbooks that LibreOffice has opened and saved: as XLSX, ODS, XLS, or as CSV with its cells as they are shown."""

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from . import workbooks
from .rows import HEADERS
from .shape import Shape

TARGETS = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "ods": "ods:calc8",
    "xls": "xls:MS Excel 97",
    "csv": "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true",
}
"""Ending → filter; the options of CSV: comma, quote, UTF-8, cells as shown (LibreOffice, "CSV Filter Parameters")."""
FIRST_DAY = date(1900, 3, 1)
"""Before it LibreOffice counts one day less than Excel (`findings/`)."""
WHOLE_DAYS = frozenset({
    "yyyy-mm-dd", "yyyy/m/d", 'yyyy"年"m"月"d"日"', "yyyy/m/d;@", '[$-804]yyyy"年"m"月"d"日";@', "yyyy.mm.dd", "yyyymmdd",
})  # fmt: skip
"""Formats that show the whole day in one way."""


def is_there() -> bool:
    """Whether LibreOffice is installed."""
    return Path("/usr/bin/soffice").exists()


def by_libreoffice(folder: Path, ending: str, seeds: Sequence[int]) -> list[Shape]:
    """One workbook for each seed, written by XlsxWriter and saved by LibreOffice; all in one run of it."""
    made = [_original(Random(f"LibreOffice {ending} {seed}"), ending) for seed in seeds]
    folder.mkdir()
    for seed, shape in zip(seeds, made, strict=True):
        (folder / f"{seed}.xlsx").write_bytes(shape.data)
    out = folder / "out"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", TARGETS[ending],
         "--outdir", str(out), *(str(folder / f"{seed}.xlsx") for seed in seeds)],
        check=True, capture_output=True, timeout=500,
    )  # fmt: skip
    return [
        replace(
            shape, data=(out / f"{seed}.{ending}").read_bytes(), style=f"{ending} of {shape.style}"
        )
        for seed, shape in zip(seeds, made, strict=True)
    ]


def _original(dice: Random, ending: str) -> Shape:
    """A workbook that LibreOffice shows as Excel does."""
    while True:
        shape, chosen = workbooks.drawn_by_xlsxwriter(dice, since=FIRST_DAY)
        if chosen.spelling == "strict" or (
            ending == "csv" and chosen.sheets in {"hidden", "cover"}
        ):
            continue
        if ending == "ods" and chosen.strings == "rich":
            continue  # LibreOffice 7.4 leaves the tabs of such a cell out: <text:span></text:span>
        if ending == "xls" and chosen.strings == "formula":
            # It keeps 0 for them (`findings/libreoffice-xls-of-text-formulas.sh`).
            return replace(shape, lossy={at: set(HEADERS) for at in range(len(shape.people))})
        if ending == "csv":
            return replace(shape, lossy=_as_shown(shape, chosen))
        return shape


def _as_shown(shape: Shape, chosen: workbooks.Style) -> dict[int, set[str]]:
    """Of cells as they are shown the digits that a format leaves out are lost."""
    lossy = {place: set(fields) for place, fields in shape.lossy.items()}
    for place, person in enumerate(shape.people):
        lost = lossy.setdefault(place, set())
        if chosen.days == "cell" and chosen.format not in WHOLE_DAYS:
            lost |= {field for field in HEADERS if isinstance(person.put[field], date)}
    return lossy
