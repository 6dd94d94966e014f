"""What came out of a file beside what was put in: the same, or a row among the problems. Nothing else is right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tutela.crypto.values import Value
from tutela.vault.catalogue import Collection
from tutela.vault.importing import errors, targets
from tutela.vault.importing.prepare import Columns, Problem, Row, prepare
from tutela.vault.importing.reading import read
from tutela.vault.importing.reading.read import Reading
from tutela.vault.importing.reading.sources import BytesSource

from .rows import HEADERS, TODAY, Customer
from .shape import Shape


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a file came in. `wrong`: sentences of what is not as it was put in; `rejected`: sentences of rows that
    were refused although the file holds them whole; `excused`: how many of which the writer had lost part."""

    wrong: list[str]
    rejected: list[str]
    excused: int
    right: int
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What `prepare` makes of a file: rows by their number, and the problems."""

    rows: dict[int, Row]
    problems: list[Problem]


def judged(shape: Shape) -> Outcome:
    """Bring a file in as an import does up to the database, and compare every row."""
    try:
        taken = take(shape)
    except errors.BadFile as refused:
        wrong = (
            []
            if shape.may_be_refused
            else [f"the file is refused: {refused.code} {refused.params}"]
        )
        return Outcome(wrong, [], 0, 0, refused.code)
    problems: dict[int, list[Problem]] = {}
    for problem in taken.problems:
        problems.setdefault(problem.row, []).append(problem)
    rows = {row.key: row for row in taken.rows.values()}
    wrong, rejected, excused, right = list(_strangers(shape, taken, problems)), [], 0, 0
    for place, (number, person) in enumerate(zip(shape.numbers, shape.people, strict=True)):
        row, why = rows.get(str(person.put["customer_number"])), problems.get(number, [])
        if row is None and not why:
            wrong.append(f"row {number} is lost")
        elif row is None:
            lost = shape.lossy.get(place, set())
            if all(problem.field in lost for problem in why):
                excused += 1
            else:
                rejected += [
                    f"row {number}: {p.field} {p.code} {person.put.get(p.field)!r}" for p in why
                ]
        else:
            differing = list(_differences(person, row))
            if row.number != number:
                differing.insert(0, f"stands under number {row.number}")
            wrong += [f"row {number}: {text}" for text in differing]
            right += not differing
    return Outcome(wrong, rejected, excused, right)


def _strangers(shape: Shape, taken: Taken, problems: dict[int, list[Problem]]) -> Iterator[str]:
    """Rows that nobody put in."""
    keys = {str(person.put["customer_number"]) for person in shape.people}
    yield from (
        f"row {row.number} is nobody's" for row in taken.rows.values() if row.key not in keys
    )
    yield from (
        f"row {number} is nobody's" for number in sorted(set(problems) - set(shape.numbers))
    )


def take(shape: Shape) -> Taken:
    """Open, read and prepare a file with each column mapped to its field."""
    table = read.open_table(BytesSource("f", shape.data), targets.known, shape.read_as)
    codes = {header: code for code, header in HEADERS.items()}
    by_code = targets.by_code(Collection.CUSTOMER)
    places = [(at, by_code[codes[name]]) for at, name in enumerate(table.columns) if name in codes]
    missing = set(codes) - set(table.columns)
    assert not missing, f"columns not found: {missing} among {table.columns}"
    columns = Columns(table.columns, places, table.first_data_row)
    rows: dict[int, Row] = {}
    problems: list[Problem] = []
    with Reading(table, frozenset(place for place, _target in places)) as reading:
        for chunk in reading.chunks(10):
            prepared = prepare(chunk, columns, TODAY)
            rows |= {row.number: row for row in prepared.rows}
            problems += prepared.problems
    return Taken(rows, problems)


def _differences(person: Customer, row: Row) -> Iterator[str]:
    """Where a prepared row is not the customer that was put in."""
    for code in HEADERS:
        target = targets.by_code(Collection.CUSTOMER)[code]
        found, kept = row.values.get(target.id), person.kept.get(code)
        if not _is_same(found, kept or None if isinstance(kept, str) else kept):
            yield f"{code} {person.put[code]!r} came as {found!r}"


def _is_same(found: Value | None, kept: str | date | Decimal | None) -> bool:
    return type(found) is type(kept) and found == kept
