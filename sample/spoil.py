"""Faults that real exports have, and whether an import must refuse the row or mend the value.

A fault changes one row in place and answers the column, or None where the row does not suit it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from sample.digits import id_check
from sample.people import Row

# Stand-ins in text that the file writer turns into raw bytes: see files.py.
BAD_BYTE = "\ue0f1"
BARE_QUOTE = "\ue0f2"
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
SHARE = 0.01
RESIDENT = "居民身份证"

Fault = Callable[[Row], str | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of fault. `refuse`: the row must not be imported; else the value is mended."""

    name: str
    refuse: bool
    fault: Fault | None  # None: the row comes twice


@dataclass(frozen=True, slots=True)
class Spoilt:
    """One entry of spoilt.json. `row` counts data rows from 1, `line` is the line in the file
    (in a workbook the sheet's row) where it begins. No values."""

    file: str
    row: int
    line: int
    field: str
    kind: str
    refuse: bool


@dataclass(slots=True)
class Entry:
    """A row to write, with its fault if it has one."""

    row: Row
    kind: Kind | None = None
    field: str = ""


def has_id(row: Row) -> bool:
    return row["证件类型"] == RESIDENT and len(row["证件号码"]) == 18


def wrong_check(row: Row) -> str | None:
    if not has_id(row):
        return None
    body = row["证件号码"][:17]
    row["证件号码"] = body + ("1" if id_check(body) != "1" else "2")
    return "证件号码"


def lower_x(row: Row) -> str | None:
    if not (has_id(row) and row["证件号码"].endswith("X")):
        return None
    row["证件号码"] = row["证件号码"].lower()
    return "证件号码"


def lost_digits(field: str) -> Fault:
    """A long number that a spreadsheet kept as a float of six figures."""

    def fault(row: Row) -> str | None:
        if not (row[field].isdigit() and len(row[field]) > 15):
            return None
        row[field] = f"{int(row[field]):.5E}"
        return field

    return fault


def short_phone(row: Row) -> str | None:
    row["手机号码"] = row["手机号码"][:10]
    return "手机号码"


def put(field: str, text: str) -> Fault:
    """The field holds `text` instead."""

    def fault(row: Row) -> str | None:
        if not row[field]:
            return None
        row[field] = text
        return field

    return fault


def swap(one: str, other: str) -> Fault:
    """Two columns have changed places; `one` is named, the first that cannot be right."""

    def fault(row: Row) -> str | None:
        if not row[one] or not row[other] or row[one] == row[other]:
            return None
        if not row[one].isascii():  # A foreigner's Latin name beside a passport proves nothing.
            return None
        row[one], row[other] = row[other], row[one]
        return None if row[one].isascii() else one

    return fault


def full_width(field: str) -> Fault:
    def fault(row: Row) -> str | None:
        if not row[field]:
            return None
        row[field] = row[field].translate(FULL_WIDTH)
        return field

    return fault


def trailing(field: str) -> Fault:
    def fault(row: Row) -> str | None:
        if not row[field]:
            return None
        row[field] += "  "
        return field

    return fault


def inside(field: str, text: str) -> Fault:
    """`text` stands in the middle of the field."""

    def fault(row: Row) -> str | None:
        middle = len(row[field]) // 2
        if not middle:
            return None
        row[field] = row[field][:middle] + text + row[field][middle:]
        return field

    return fault


DOUBLED = Kind("doubled_row", False, None)

CUSTOMERS = (
    Kind("wrong_check_digit", True, wrong_check),
    Kind("swapped_columns", True, swap("证件号码", "姓名")),
    Kind("missing_mandatory", True, put("姓名", "")),
    Kind("short_phone", True, short_phone),
    Kind("full_width_digits", False, full_width("手机号码")),
    Kind("lower_case_x", False, lower_x),
    Kind("zero_date", True, put("出生日期", "0000-00-00")),
    DOUBLED,
    Kind("newline_in_cell", False, inside("通讯地址", "\n")),
    Kind("stray_quote", False, inside("通讯地址", BARE_QUOTE)),
    Kind("lost_digits", True, lost_digits("证件号码")),
    Kind("trailing_spaces", False, trailing("姓名")),
    Kind("mixed_encoding", True, inside("通讯地址", BAD_BYTE)),
)
POLICIES = (
    Kind("missing_mandatory", True, put("保单号", "")),
    Kind("swapped_columns", True, swap("客户号", "投保人姓名")),
    Kind("unknown_customer", True, put("客户号", "C999999999")),
    Kind("full_width_digits", False, full_width("保额")),
    Kind("zero_date", True, put("生效日", "0000-00-00")),
    DOUBLED,
    Kind("newline_in_cell", False, inside("险种", "\n")),
    Kind("trailing_spaces", False, trailing("保单号")),
)
CLAIMS = (
    Kind("missing_mandatory", True, put("赔案号", "")),
    Kind("swapped_columns", True, swap("报案日期", "医院")),
    Kind("unknown_customer", True, put("客户号", "C999999999")),
    Kind("full_width_digits", False, full_width("索赔金额")),
    Kind("zero_date", True, put("出险日期", "0000-00-00")),
    DOUBLED,
    Kind("newline_in_cell", False, inside("医院", "\n")),
    Kind("stray_quote", False, inside("医院", BARE_QUOTE)),
    Kind("lost_digits", True, lost_digits("开户账号")),
    Kind("trailing_spaces", False, trailing("保单号")),
    Kind("mixed_encoding", True, inside("医院", BAD_BYTE)),
)


def spoil(rows: Sequence[Row], kinds: Sequence[Kind], rng: Random) -> list[Entry]:
    """The rows in order with one in a hundred spoilt, the kinds in turn; `rows` stay whole."""
    order = list(range(len(rows)))
    rng.shuffle(order)
    chosen: dict[int, Entry] = {}
    waiting = iter(order)
    for n in range(int(len(rows) * SHARE)):
        found = next_fit(rows, kinds[n % len(kinds)], waiting)
        if found is None:
            break
        chosen[found[0]] = found[1]
    return list(entries(rows, chosen))


def next_fit(rows: Sequence[Row], kind: Kind, waiting: Iterator[int]) -> tuple[int, Entry] | None:
    """The next row that the kind suits, spoilt in a copy."""
    for at in waiting:
        row = dict(rows[at])
        field = "" if kind.fault is None else kind.fault(row)
        if field is not None:
            return at, Entry(row, kind, field)
    return None


def entries(rows: Sequence[Row], chosen: dict[int, Entry]) -> Iterator[Entry]:
    """Rows to write; of a doubled row the first is good and the second carries the mark."""
    for at, row in enumerate(rows):
        entry = chosen.get(at, Entry(row))
        if entry.kind is DOUBLED:
            yield Entry(row)
        yield entry


def listed(file: str, found: Sequence[Entry], lines: Sequence[int]) -> Iterator[Spoilt]:
    """The spoilt rows of one file; `lines` is where each row begins."""
    for row, (entry, line) in enumerate(zip(found, lines, strict=True), start=1):
        if entry.kind:
            yield Spoilt(file, row, line, entry.field, entry.kind.name, entry.kind.refuse)
