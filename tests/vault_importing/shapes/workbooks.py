"""Workbooks of openpyxl and XlsxWriter, in the styles in which people and programs keep customers."""

import io
import re
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from . import respelling
from .rows import FIRST_DAY, HEADERS, Customer, Put, customers
from .shape import Shape

DATE_FORMATS = (
    "yyyy-mm-dd", "yyyy/m/d", 'yyyy"年"m"月"d"日"', "yyyy/m/d;@", '[$-804]yyyy"年"m"月"d"日";@', "[$-F800]dddd, mmmm dd, yyyy",
    "d-mmm-yy", "m/d/yy h:mm", '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "yyyy.mm.dd", "[$-411]e.m.d", "yyyymmdd",
)  # fmt: skip
BUILT_IN = (14, 15, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58)
"""Numbers of formats that a Chinese Excel writes without their text; ECMA-376, 18.8.30."""
MONEY_FORMATS = (
    "General",
    "#,##0.00",
    "0.00",
    "¥#,##0.00;[Red]-¥#,##0.00",
    '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
)
TITLES = ("客户清单", "2026年客户信息导出")
FIRST_OF_1904 = date(1904, 1, 2)
EXACT = 15
"""Figures that a spreadsheet keeps of a number."""


@dataclass(frozen=True, slots=True)
class Style:
    """How one workbook keeps its cells."""

    ids: str
    """Identity and card numbers, telephones and postcodes: text, number, or mixed."""
    days: str
    """cell: typed days with a format; text; serial: a number without a format."""
    strings: str
    """plain, inline, rich, or formula: a formula with its stored text."""
    money: str
    """number, text, or formula."""
    format: str | int
    epoch_1904: bool
    titles: int
    sheets: str
    """one; hidden: a hidden sheet before it; cover: a sheet of words before it; more: another after it."""
    spelling: str
    blank_rows: bool

    def __str__(self) -> str:
        return " ".join(f"{fact.name}={getattr(self, fact.name)}" for fact in fields(self))


def style(dice: Random, strings: tuple[str, ...]) -> Style:
    """One of the styles; the plain ones more often, so that odd facts stand alone too."""
    spelling = dice.choice(("", "", *respelling.SPELLINGS))
    return Style(
        ids=dice.choice(("text", "text", "text", "text", "number", "mixed")),
        days=dice.choice(("cell",) * 6 + ("text", "serial")),
        strings=dice.choice(strings),
        money=dice.choice(("number", "number", "number", "text", "formula")),
        format=dice.choice(DATE_FORMATS + BUILT_IN),
        epoch_1904=dice.random() < 0.25,
        titles=dice.choice((0, 0, 0, 1)),
        sheets=dice.choice(("one", "one", "hidden", "cover", "more")),
        spelling=spelling,
        blank_rows=dice.random() < 0.25,
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the writer is to write it; `way`: text, number, day, serial."""

    way: str
    value: Any
    is_lossy: bool = False


def cell(dice: Random, chosen: Style, field: str, value: Put) -> Cell | None:
    """How a style keeps a value; None for a blank."""
    if value is None:
        return None
    if isinstance(value, date):
        return _day(chosen, value)
    if isinstance(value, Decimal):
        as_text = chosen.money == "text"
        text = f"{value:f}"
        digits = len(text.replace("-", "").replace(".", ""))
        return Cell("text", text) if as_text else Cell("number", float(value), digits > EXACT)
    number = chosen.ids == "number" or (chosen.ids == "mixed" and dice.random() < 0.5)
    coded = field in {"id_number", "bank_card", "phone", "postcode", "customer_number"}
    if number and coded and value.isdigit() and value[0] != "0":
        return Cell("number", int(value), len(value) > EXACT)
    return Cell("text", value)


def _day(chosen: Style, day: date) -> Cell:
    if chosen.days == "text" or (chosen.epoch_1904 and day < FIRST_OF_1904):
        return Cell("text", day.isoformat())
    if chosen.days == "serial":
        return Cell("serial", serial(day, epoch_1904=chosen.epoch_1904), is_lossy=True)
    return Cell("day", day)


def serial(day: date, *, epoch_1904: bool) -> int:
    """The number that a spreadsheet keeps for a day; it counts a 29 February 1900."""
    if epoch_1904:
        return (day - date(1904, 1, 1)).days
    days = (day - date(1899, 12, 31)).days
    return days + (days > 59)


@dataclass(frozen=True, slots=True)
class Plan:
    """The lines of a sheet: titles, header, customers; `numbers` are the row numbers of the customers."""

    lines: list[list[Cell | None]]
    numbers: list[int]
    lossy: dict[int, set[str]]


def plan(dice: Random, chosen: Style, people: list[Customer]) -> Plan:
    """What stands in which row of the sheet."""
    lines: list[list[Cell | None]] = [[Cell("text", text)] for text in TITLES[: chosen.titles]]
    lines.append([Cell("text", name) for name in HEADERS.values()])
    numbers, lossy = [], {}
    for place, person in enumerate(people):
        if chosen.blank_rows and place and dice.random() < 0.1:
            lines.append([])
        made = {field: cell(dice, chosen, field, person.put[field]) for field in HEADERS}
        lost = {field for field, held in made.items() if held and held.is_lossy}
        if lost:
            lossy[place] = lost
        lines.append(list(made.values()))
        numbers.append(len(lines))
    return Plan(lines, numbers, lossy)


def by_xlsxwriter(dice: Random, count: int = 24) -> Shape:
    """XlsxWriter: shared strings, inline ones (constant memory), rich ones, formulas with stored values."""
    return drawn_by_xlsxwriter(dice, count)[0]


def drawn_by_xlsxwriter(
    dice: Random, count: int = 24, since: date = FIRST_DAY
) -> tuple[Shape, Style]:
    """The same with its style; `since`: the first day that stands in it."""
    chosen = style(dice, ("plain", "plain", "inline", "rich", "formula"))
    people = [person for person in customers(dice, count) if _is_since(person, since)]
    drawn = plan(dice, chosen, people)
    held = io.BytesIO()
    options = {"in_memory": True, "date_1904": chosen.epoch_1904}
    options["constant_memory"] = chosen.strings == "inline"
    book = xlsxwriter.Workbook(held, options)
    if chosen.sheets in {"hidden", "cover"}:
        before = book.add_worksheet("说明")
        before.write_string(0, 0, "本表供内部使用")
        if chosen.sheets == "hidden":
            before.write_row(1, 0, list(HEADERS.values()))
            before.write_row(2, 0, ["H1", "隐藏人"])
            before.hide()
    sheet = book.add_worksheet("客户")
    if chosen.sheets in {"hidden", "cover"}:
        sheet.activate()
        sheet.set_first_sheet()
    writer = _XlsxWriter(book, sheet, chosen)
    for row, line in enumerate(drawn.lines):
        for column, held_cell in enumerate(line):
            if held_cell:
                writer.write(row, column, held_cell)
    if chosen.sheets == "more":
        book.add_worksheet("其他").write_row(0, 0, ["客户号", "姓名"])
    book.close()
    return _shape("XlsxWriter", chosen, held.getvalue(), people, drawn), chosen


def _is_since(person: Customer, since: date) -> bool:
    return not any(isinstance(value, date) and value < since for value in person.put.values())


class _XlsxWriter:
    """Writes cells in one style."""

    def __init__(self, book: Any, sheet: Any, chosen: Style) -> None:
        self._sheet, self._chosen = sheet, chosen
        self._day = book.add_format({"num_format": chosen.format})
        self._bold = book.add_format({"bold": True})
        self._money = [book.add_format({"num_format": shown}) for shown in MONEY_FORMATS]

    def write(self, row: int, column: int, held: Cell) -> None:
        sheet, strings = self._sheet, self._chosen.strings
        if held.way == "day":
            # As a day: XlsxWriter 3.3.1 writes the moment 1900-01-01 00:00 as day 0 (`findings/`).
            sheet.write_datetime(row, column, held.value, self._day)
        elif held.way == "serial":
            sheet.write_number(row, column, held.value)
        elif held.way == "number":
            is_money = isinstance(held.value, float)
            shown = self._money[row % len(self._money)] if is_money else None
            if self._chosen.money == "formula":
                sheet.write_formula(row, column, f"={held.value!r}", shown, held.value)
            else:
                sheet.write_number(row, column, held.value, shown)
        elif strings == "formula" and row > 2 and held.value.isascii() and '"' not in held.value:
            sheet.write_formula(row, column, f'="{held.value}"', None, held.value)
        elif (
            strings == "rich"
            and len(held.value) > 2
            and not held.value[:2].isspace()
            and "_x" not in held.value
        ):
            # XlsxWriter 3.3.1 escapes the parts of a rich string twice (`findings/`).
            sheet.write_rich_string(row, column, self._bold, held.value[:1], held.value[1:])
        else:
            sheet.write_string(row, column, held.value)


def by_openpyxl(dice: Random, count: int = 24) -> Shape:
    """openpyxl: shared strings and rich inline ones; its formulas have no stored value."""
    chosen = style(dice, ("plain", "plain", "rich"))
    people = customers(dice, count)
    drawn = plan(dice, chosen, people)
    book = openpyxl.Workbook()
    if chosen.epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet: Any = book.active
    sheet.title = "客户"
    if chosen.sheets in {"hidden", "cover"}:
        sheet.title = "说明"
        sheet.append(["本表供内部使用"])
        if chosen.sheets == "hidden":
            sheet.append(list(HEADERS.values()))
            sheet.append(["H1", "隐藏人"])
            sheet.sheet_state = "hidden"
        sheet = book.create_sheet("客户")
        book.active = sheet
    for row, line in enumerate(drawn.lines, 1):
        for column, held_cell in enumerate(line, 1):
            if held_cell:
                _write_openpyxl(sheet.cell(row, column), held_cell, chosen)
    if chosen.money == "formula":
        for place, person in enumerate(people):
            if person.put["annual_income"] is not None:
                drawn.lossy.setdefault(place, set()).add("annual_income")
    if chosen.sheets == "more":
        book.create_sheet("其他").append(["客户号", "姓名"])
    held = io.BytesIO()
    book.save(held)
    data = held.getvalue()
    if isinstance(chosen.format, int) and chosen.days == "cell":
        data = respelling.with_built_in_format(data, chosen.format)
    return _shape("openpyxl", chosen, data, people, drawn)


def _write_openpyxl(at: Any, held: Cell, chosen: Style) -> None:
    if held.way == "day":
        at.value = held.value
        at.number_format = (
            chosen.format if isinstance(chosen.format, str) else respelling.TO_REPLACE
        )
    elif held.way == "number" and chosen.money == "formula" and isinstance(held.value, float):
        at.value = f"={held.value!r}"
    elif held.way != "text":
        at.value = held.value
        if isinstance(held.value, float):
            at.number_format = MONEY_FORMATS[at.row % len(MONEY_FORMATS)]
    elif chosen.strings == "rich" and len(held.value) > 2 and not held.value.startswith("="):
        at.value = CellRichText(
            TextBlock(InlineFont(b=True), held.value[:1]), _escaped(held.value[1:])
        )
    else:
        at.value = _escaped(held.value)
        at.data_type = "s"  # a text that begins with "=" is no formula


def _escaped(text: str) -> str:
    """openpyxl 3.1.5 leaves to its caller what a reader takes for a sign: _x0041_ is A (ECMA-376, 22.9.2.19)."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def _shape(writer: str, chosen: Style, data: bytes, people: list[Customer], drawn: Plan) -> Shape:
    spelt = respelling.respelt(data, chosen.spelling, "客户") if chosen.spelling else data
    return Shape(
        spelt,
        f"{writer} {chosen}",
        people,
        drawn.numbers,
        drawn.lossy,
        may_be_refused=chosen.spelling in respelling.MAY_BE_REFUSED,
    )
