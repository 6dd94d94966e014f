"""What is split at once is what the csv module splits, and anything else is left to it."""

import csv
import io
from random import Random

import pytest

from tutela.vault.importing.reading import delimited
from tutela.vault.importing.reading.at_once import rows_at_once
from tutela.vault.importing.reading.cells import rows_of
from tutela.vault.importing.reading.delimited import DelimitedReader
from tutela.vault.importing.reading.quoting import Style, split_lines

MARKS = "\0\\\"'"
BARE, QUOTED = Style(","), Style(",", quotes=True)
PIECES = (
    '"', '""', ",", '","', "\n", "\r\n", "\r", '"\n"', '"\r\n"', "a", "bc", " ", "'", "\\N", "",
)  # fmt: skip


def by_csv(text: str, style: Style) -> list[list[str]] | None:
    try:
        return list(csv.reader(split_lines(text), **style.dialect))
    except csv.Error:
        return None


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_plain_and_quoted_lines_are_split_at_once(end):
    rows = [["客户", "1", ""], ["", "b c", "'x'"], ["#1", "=", "z"]]
    bare = "".join(",".join(row) + end for row in rows)
    quoted = "".join(",".join(f'"{cell}"' for cell in row) + end for row in rows)
    assert rows_at_once(bare, MARKS, BARE) == rows
    assert rows_at_once(quoted, MARKS, QUOTED) == rows


@pytest.mark.parametrize(
    "text",
    [
        '"a","b\nc"\n', '"a","b\r\nc"\r\n', '"a","b""c"\n', '"a","b"",""c"\n', '"a",b\n', 'a,"b"\n',
        '"a","b\n","c"\n', '"a","b"\n\n"c","d"\n', '"a","b"\r\n"c","d"\n', "a,b\r\nc,d\n", "a\rb\n",
        "a,\\N\n", "a,\0\n", '"', '"a","b"x\n', '"a", "b"\n',
    ],
)  # fmt: skip
def test_what_is_not_proven_is_left_to_the_csv_module(text):
    assert rows_at_once(text, MARKS, QUOTED) is None


def test_no_text_is_split_otherwise_than_by_the_csv_module():
    draw = Random("at once")
    proven = 0
    for _text in range(60_000):
        pieces = [p for p in PIECES if draw.random() < 0.5]
        text = "".join(draw.choices(pieces or [","], k=draw.randint(1, 12)))
        rows = rows_at_once(text, MARKS, QUOTED) if text else None
        if rows is not None:
            proven += 1
            assert rows == by_csv(text, QUOTED), repr(text)
    assert proven > 5_000


def test_a_file_comes_out_the_same_with_and_without(monkeypatch):
    draw = Random("files")
    for _file in range(150):
        cells = ["客户", "a b", "12", "", "x#1", "=1", '说"好"', "两\n行", "\\N", "'7", "a\\,b"]
        some = draw.sample(cells, k=draw.randint(2, len(cells)))
        out = io.StringIO()
        quoting = draw.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC])
        end = draw.choice(["\n", "\r\n"])
        writer = csv.writer(out, quoting=quoting, lineterminator=end)
        writer.writerow(["name", "id", "city"])
        writer.writerows(draw.choices(some, k=3) for _row in range(draw.choice([5, 40, 2_000])))
        data = out.getvalue().encode()

        def read(data=data):
            runs = DelimitedReader(io.BytesIO(data), "utf-8", ",").runs()
            return [(n, row, type(row).__name__) for n, row in rows_of(runs)]

        at_once = read()
        with monkeypatch.context() as patched:
            patched.setattr(delimited, "rows_at_once", lambda *_given: None)
            assert read() == at_once
