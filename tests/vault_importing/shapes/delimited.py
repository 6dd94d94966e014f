"""Delimited texts by the rules of those who write them: Python's csv, Excel, MySQL, PostgreSQL."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from random import Random

from tutela.vault.importing.reading.table import ReadAs

from .rows import HEADERS, Customer, Put, customers
from .shape import Shape

QUOTINGS = {"minimal": csv.QUOTE_MINIMAL, "all": csv.QUOTE_ALL, "texts": csv.QUOTE_NONNUMERIC}
DELIMITERS = (",", ",", ";", "\t", "|")
ODD_DELIMITERS = ("\x01", "~", "^")
"""Those that a person says."""
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16")
DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%Y-%m-%d 00:00:00")
TITLE = "客户信息导出"


@dataclass(frozen=True, slots=True)
class Style:
    """How one text keeps its rows."""

    delimiter: str
    encoding: str
    ends: str
    day: str
    nothing: str
    """What stands for a blank."""
    extra: str = ""
    """Of the writer: quoting, wrapping, enclosing."""
    title: bool = False
    last_end: bool = True

    def __str__(self) -> str:
        return " ".join(f"{fact.name}={getattr(self, fact.name)!r}" for fact in fields(self))


def texts(person: Customer, day: str, nothing: str) -> list[str]:
    """A customer's cells as texts."""
    return [_text(person.put[field], day, nothing) for field in HEADERS]


def _text(value: Put, day: str, nothing: str) -> str:
    if value is None:
        return nothing
    if isinstance(value, date):
        return value.strftime(day)
    return f"{value:f}" if isinstance(value, Decimal) else value


def _writable(people: list[Customer], encoding: str) -> list[Customer]:
    """Those whose values an encoding has: a writer would put "?" for the others."""

    def fits(person: Customer) -> bool:
        try:
            "".join(texts(person, "", "")).encode(encoding)
        except UnicodeEncodeError:
            return False
        return True

    return [person for person in people if fits(person)]


def _style(dice: Random, **facts: object) -> Style:
    made = {
        "delimiter": dice.choice(DELIMITERS),
        "encoding": dice.choice(ENCODINGS),
        "ends": dice.choice(("\n", "\r\n", "\r\n")),
        "day": dice.choice(DAYS),
        "nothing": "",
        "title": dice.random() < 0.15,
        "last_end": dice.random() < 0.8,
    } | facts
    return Style(**made)  # type: ignore[arg-type]


Written = Callable[[list[list[str]], Style], str]


def _shape(
    writer: str, dice: Random, chosen: Style, write: Written, *, said: bool = False
) -> Shape:
    # Some are longer than the pieces in which a file is read.
    people = _writable(customers(dice, dice.choice((30, 30, 30, 300))), chosen.encoding)
    if write is _hive:
        people = [person for person in people if _fits_hive(texts(person, "", ""))]
    lines = [[TITLE]] if chosen.title else []
    lines.append(list(HEADERS.values()))
    lines += [texts(person, chosen.day, chosen.nothing) for person in people]
    text = write(lines, chosen)
    if not chosen.last_end:
        text = text.removesuffix(chosen.ends)
    first = len(lines) - len(people) + 1
    return Shape(
        text.encode(chosen.encoding),
        f"{writer} {chosen}",
        people,
        range(first, first + len(people)),
        lossy_of(people, literal=write in {_hive, _clickhouse}, bare=write is _hive),
        read_as=ReadAs(delimiter=chosen.delimiter, encoding=chosen.encoding) if said else ReadAs(),
    )


_FORMULA = re.compile(r"=[A-Za-z0-9]")
_ESCAPE = re.compile(r"""\\[\\"'tnr0bZfv]""")


def lossy_of(
    people: Sequence[Customer], *, literal: bool = False, bare: bool = False
) -> dict[int, set[str]]:
    r"""What a text without types cannot tell: whether =1+1 is a formula or was typed. Of a file with \N in which a
    backslash is `literal`, whether a\tb is an escape; of one without quoting (`bare`), whether a cell that opens
    with a quote is ever to close.
    """
    lossy: dict[int, set[str]] = {}
    for place, person in enumerate(people):
        texts_of = {field: value for field, value in person.put.items() if isinstance(value, str)}
        lost = {field for field, text in texts_of.items() if _FORMULA.match(text)}
        escapes = literal and any(_ESCAPE.search(text) for text in texts_of.values())
        opens = bare and any(text.startswith('"') for text in texts_of.values())
        if lost or escapes or opens:
            lossy[place] = lost | ({""} if escapes or opens else set())
    return lossy


def by_python(dice: Random) -> Shape:
    """Python's csv with each way to quote."""
    chosen = _style(dice, extra=dice.choice(list(QUOTINGS)))
    return _shape("Python", dice, chosen, _csv)


def by_python_said(dice: Random) -> Shape:
    """Delimiters that nobody can guess, and the encoding, told by a person."""
    chosen = _style(dice, delimiter=dice.choice(ODD_DELIMITERS), extra=dice.choice(list(QUOTINGS)))
    return _shape("Python, told", dice, chosen, _csv, said=True)


def _csv(lines: list[list[str]], chosen: Style) -> str:
    held = io.StringIO(newline="")
    writer = csv.writer(
        held, delimiter=chosen.delimiter, quoting=QUOTINGS[chosen.extra], lineterminator=chosen.ends
    )
    writer.writerows(lines)
    return held.getvalue()


def by_excel(dice: Random) -> Shape:
    """Excel's "CSV", "CSV UTF-8" and "Unicode text"; the habit of ="…" for numbers that are to stay texts."""
    delimiter, encoding = dice.choice(((",", "gbk"), (",", "utf-8-sig"), ("\t", "utf-16")))
    chosen = _style(
        dice, delimiter=delimiter, encoding=encoding, ends="\r\n", day="%Y/%m/%d", extra=dice.choice(("", "", "wrapped")),
        last_end=True,
    )  # fmt: skip
    return _shape("Excel", dice, chosen, _excel)


def _excel(lines: list[list[str]], chosen: Style) -> str:
    """A cell is quoted if it holds the delimiter, a quote or a line break; a blank at its end is no reason.

    A row above the header is filled up with delimiters, as wide as the sheet.
    """
    width = max(map(len, lines))
    made = []
    for line in lines:
        cells = [
            _wrapped(cell) if chosen.extra == "wrapped" and len(made) > 1 else _quoted(cell, chosen)
            for cell in line
        ]
        made.append(chosen.delimiter.join(cells + [""] * (width - len(cells))))
    return "".join(line + chosen.ends for line in made)


def _wrapped(cell: str) -> str:
    """="0123" as it stands in the file: quoted once more where it is written by Excel itself."""
    inner = '="' + cell.replace('"', '""') + '"'
    return '"' + inner.replace('"', '""') + '"' if any(sign in cell for sign in ',"\n\t') else inner


def _quoted(cell: str, chosen: Style) -> str:
    special = any(sign in cell for sign in (chosen.delimiter, '"', "\n", "\r"))
    return '"' + cell.replace('"', '""') + '"' if special else cell


def by_mysql(dice: Random) -> Shape:
    r"""SELECT … INTO OUTFILE: a backslash before what would end a cell, \N for NULL, cells enclosed or not."""
    enclosed = dice.choice(("", "", "all", "optional"))
    delimiter = (
        dice.choice(("\t", "\t", ",", "|")) if not enclosed else dice.choice((",", ";", "\t"))
    )
    chosen = _style(
        dice, delimiter=delimiter, encoding=dice.choice(("utf-8", "utf-8", "gb18030")), ends=dice.choice(("\n", "\r\n")) if enclosed else "\n",
        nothing="\\N", extra=enclosed, title=False,
    )  # fmt: skip
    return _shape("MySQL", dice, chosen, _outfile)


def _outfile(lines: list[list[str]], chosen: Style) -> str:
    """The escaping of MySQL 8.4's reference, "SELECT ... INTO Statement" and "LOAD DATA Statement"."""
    quote = '"' if chosen.extra else ""
    special = {"\\", quote} if quote else {"\\", chosen.delimiter, *chosen.ends[:1]}

    def escaped(cell: str) -> str:
        return "".join("\\" + sign if sign in special else sign for sign in cell)

    def made(cell: str) -> str:
        if cell == "\\N":
            return cell
        plain = (
            chosen.extra == "optional"
            and cell.replace(".", "", 1).removeprefix("-").isdigit()
            and "." in cell
        )
        return escaped(cell) if plain else quote + escaped(cell) + quote

    return "".join(chosen.delimiter.join(map(made, line)) + chosen.ends for line in lines)


def by_clickhouse(dice: Random) -> Shape:
    r"""ClickHouse's CSV: every text in quotes, which are doubled; \N for NULL; a backslash is a backslash."""
    chosen = _style(
        dice, delimiter=",", encoding="utf-8", ends="\n", day="%Y-%m-%d", nothing="\\N", title=False
    )
    return _shape("ClickHouse", dice, chosen, _clickhouse)


def _clickhouse(lines: list[list[str]], chosen: Style) -> str:
    """As `findings/clickhouse-csv-null-beside-quotes.sh` shows it."""

    def made(cell: str) -> str:
        return cell if cell == chosen.nothing else '"' + cell.replace('"', '""') + '"'

    return "".join(",".join(map(made, line)) + "\n" for line in lines)


def by_hive(dice: Random) -> Shape:
    r"""A text table of Hive: no quotes, no escapes, \N for NULL; what holds a tab or a line break cannot stand in it."""
    delimiter = dice.choice(("\t", "\x01"))
    chosen = _style(
        dice,
        delimiter=delimiter,
        encoding="utf-8",
        ends="\n",
        day="%Y-%m-%d",
        nothing="\\N",
        title=False,
    )
    return _shape("Hive", dice, chosen, _hive, said=delimiter == "\x01")


def _fits_hive(cells: list[str]) -> bool:
    """Hive writes nothing around a cell: a line break or a tab in it ends it, and a cell in quotes of its own is one
    in quotes of the file."""
    marks = any(sign in cell for sign in "\t\n\x01" for cell in cells)
    return not marks and not any(cell[:1] == cell[-1:] == '"' for cell in cells)


def _hive(lines: list[list[str]], chosen: Style) -> str:
    return "".join(chosen.delimiter.join(line) + chosen.ends for line in lines)


def by_postgresql_csv(dice: Random) -> Shape:
    r"""COPY … CSV HEADER: a blank is nothing at all; \. alone is quoted."""
    chosen = _style(
        dice,
        delimiter=dice.choice((",", ";", "\t")),
        encoding="utf-8",
        ends="\n",
        day="%Y-%m-%d",
        title=False,
    )
    return _shape("PostgreSQL CSV", dice, chosen, _copy_csv)


def _copy_csv(lines: list[list[str]], chosen: Style) -> str:
    return "".join(
        chosen.delimiter.join(_quoted(cell, chosen) for cell in line) + chosen.ends
        for line in lines
    )


def by_postgresql_text(dice: Random) -> Shape:
    r"""COPY … TEXT HEADER: \t, \n, \\ as two signs and \N for NULL."""
    chosen = _style(
        dice,
        delimiter="\t",
        encoding="utf-8",
        ends="\n",
        day="%Y-%m-%d",
        nothing="\\N",
        title=False,
    )
    return _shape("PostgreSQL text", dice, chosen, _copy_text)


_COPY = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f", "\v": "\\v"}


def _copy_text(lines: list[list[str]], chosen: Style) -> str:
    def made(cell: str) -> str:
        return cell if cell == chosen.nothing else "".join(_COPY.get(sign, sign) for sign in cell)

    return "".join(chosen.delimiter.join(map(made, line)) + chosen.ends for line in lines)
