"""What was put into a file comes out of it, or its row is rejected; never another value, never a lost row.

Each file is made by a writer in a style drawn from a seed, so a failure names the seed that makes it again. More
seeds, and writers that need more software, are in `tests/soak/test_shapes_at_length.py`.
"""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.vault_importing.conftest import Insurer
from tests.vault_importing.shapes import delimited, judge, parquets, workbooks
from tests.vault_importing.shapes.rows import HEADERS, customers
from tests.vault_importing.shapes.shape import Shape
from tutela.vault.importing.reading.table import ReadAs

Writer = Callable[[Random], Shape]
WRITERS: dict[str, Writer] = {
    "openpyxl": workbooks.by_openpyxl,
    "XlsxWriter": workbooks.by_xlsxwriter,
    "csv of Python": delimited.by_python,
    "csv of Python, delimiter told": delimited.by_python_said,
    "csv of Excel": delimited.by_excel,
    "OUTFILE of MySQL": delimited.by_mysql,
    "COPY CSV of PostgreSQL": delimited.by_postgresql_csv,
    "COPY TEXT of PostgreSQL": delimited.by_postgresql_text,
    "csv of ClickHouse": delimited.by_clickhouse,
    "text of Hive": delimited.by_hive,
    "pyarrow": parquets.by_pyarrow,
    "polars": parquets.by_polars,
}
SEEDS = range(12)
LEAST_RIGHT = 0.4
"""Of a writer's customers; the rest may have lost digits before Tutela sees them."""


def written(writer: str, seed: int) -> Shape:
    return WRITERS[writer](Random(f"{writer} {seed}"))


@pytest.mark.parametrize("writer", WRITERS)
def test_what_was_put_in_comes_out_or_its_row_is_rejected(writer: str):
    """No row is refused that the file holds whole."""
    faults, right, people = [], 0, 0
    for seed in SEEDS:
        shape = written(writer, seed)
        outcome = judge.judged(shape)
        faults += [
            f"seed {seed}, {shape.style}: {text}" for text in outcome.wrong + outcome.rejected
        ]
        right += outcome.right
        people += 0 if outcome.refused else len(shape.people)
    assert not faults, "\n".join(faults[:20])
    assert right >= LEAST_RIGHT * people > 0


def test_the_judge_sees_another_value_a_lost_row_and_a_strange_one():
    """A comparison that cannot fail would prove nothing."""
    shape = written("pyarrow", 0)
    people = list(shape.people)
    other = replace(people[0], kept=people[0].kept | {"name": "另一人"})
    assert judge.judged(replace(shape, people=[other, *people[1:]])).wrong == [
        f"row 1: name {people[0].put['name']!r} came as {people[0].kept['name']!r}"
    ]
    absent = replace(people[0], put=people[0].put | {"customer_number": "absent"})
    more = replace(shape, people=[*people, absent], numbers=range(1, len(people) + 2))
    assert judge.judged(more).wrong == [f"row {len(people) + 1} is lost"]
    fewer = replace(shape, people=people[1:], numbers=range(2, len(people) + 1))
    assert judge.judged(fewer).wrong == ["row 1 is nobody's"]
    moved = replace(shape, people=people[:1], numbers=[2])
    assert "row 2: stands under number 1" in judge.judged(moved).wrong


@pytest.mark.parametrize(
    "told",
    ["utf-8", "gb18030", "utf-16", "utf-16le", "big5", "windows-1252", "shift-jis", "euc-kr"],
)
def test_a_wrong_encoding_changes_no_value(told: str):
    """What a person says is refused, or rows are, or the text is what it was."""
    refused = 0
    for seed in range(12):
        shape = written("csv of Python", seed)
        outcome = judge.judged(replace(shape, read_as=ReadAs(encoding=told), may_be_refused=True))
        assert not outcome.wrong, shape.style
        refused += bool(outcome.refused)
    assert refused


@pytest.mark.parametrize("days", [date(2003, 10, 20), date(2026, 11, 28), date(2100, 1, 1)])
def test_days_since_1970_are_no_days_since_1900(days: date):
    """A column of numbers in Parquet: 12345 is 20 October 2003 there, and was 18 October 1933 to Excel."""
    person = customers(Random(1), 1)[0]
    person = replace(
        person, put=person.put | {"opened_on": days}, kept=person.kept | {"opened_on": days}
    )
    columns = {
        HEADERS[field]: [value]
        for field, value in person.put.items()
        if field in {"customer_number", "name"}
    }
    held = io.BytesIO()
    others = {header: [None] for header in HEADERS.values() if header not in columns}
    number = {HEADERS["opened_on"]: [(days - date(1970, 1, 1)).days]}
    pq.write_table(pa.table(columns | others | number), held)
    taken = judge.take(Shape(held.getvalue(), "", [person], [1]))
    assert [(p.field, p.code) for p in taken.problems] == [("opened_on", "date_form")]


@pytest.mark.parametrize("writer", ["openpyxl", "csv of Excel", "polars"])
def test_an_import_takes_what_the_reading_gives(insurer: Insurer, writer: str):
    """The same rows, through the gate and into the database."""
    shape = written(writer, 1)
    outcome = judge.judged(shape)
    assert not outcome.wrong
    mapping = {header: code for code, header in HEADERS.items()}
    result = insurer.bring_in(shape.data, mapping=mapping, read_as=shape.read_as)
    assert result.rows - result.rejected == outcome.right > 0
