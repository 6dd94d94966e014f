"""How rejected rows are kept: a list without values, and a sealed copy of the rows.

Both lie in import_chunk.rejects_sealed, each sealed by the installation for its own purpose: the list
(row, field, code), and the raw cells with the header, which only `rejected_rows.open_rejects` opens. A
dry run keeps the list alone, with a few masked examples (see `examples`).
"""

import csv
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tutela.detect.recognisers import PROBLEMS
from tutela.keys import custody

from . import match
from .errors import RejectsUnwritable
from .examples import Listed, RejectSummary, examples, summed
from .prepare import Prepared, Problem

COLUMNS = ("row", "column", "field", "code", "reason")
_LENGTH = 4
# A spreadsheet takes text that begins so for a formula, in Chinese also after a full-width sign.
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")

SENTENCES: dict[str, str] = {
    "row_ragged": gettext_noop("The row has more or fewer cells than the header."),
    "row_header": gettext_noop("The row repeats the header."),
    "row_total": gettext_noop("The row is a total or a note below the table, not a record."),
    "cell_unreadable": gettext_noop("The cell shows an error or has no stored value."),
    "date_out_of_range": gettext_noop("The date does not exist or is not between 1900 and 2199."),
    "encoding": gettext_noop("The row contains a byte that is invalid in the file's encoding."),
    "quote_open": gettext_noop(
        "A cell of the row begins with a quotation mark that is not closed."
    ),
    "quote_text_after": gettext_noop("Text follows the closing quotation mark of a cell."),
    "quote_stray": gettext_noop(
        "A quotation mark stands inside a cell that is not quoted, though the file quotes cells."
    ),
    "cell_too_large": gettext_noop("A cell or line is longer than can be read."),
    "row_too_wide": gettext_noop("The row has far more cells than a table can have columns."),
    "nul": gettext_noop("The row contains a NUL character."),
    "escape_unknown": gettext_noop("The row contains a backslash that escapes nothing known."),
    "escape_doubtful": gettext_noop(
        "The file does not show whether the backslash in this row is an escape."
    ),
    "mandatory_missing": gettext_noop("This field must not be empty."),
    "value_form": gettext_noop("The value does not have the format of this field."),
    "customer_unknown": gettext_noop("No customer has this customer number or id number."),
    "customer_differs": gettext_noop("The record already belongs to another customer."),
    "identity_taken": gettext_noop("Another customer already has this id number."),
    "row_held": gettext_noop("Not written: held for a data steward's decision."),
    "branch_unknown": gettext_noop("The branch does not exist."),
    "kind_unknown": gettext_noop("The type is not policy, claim or service case."),
    "assignee_unknown": gettext_noop("No staff member has this number."),
    "closed_before_opened": gettext_noop("The end date is before the start date."),
}


def sentence(code: str) -> str:
    """The reason in the active language."""
    problem = PROBLEMS.get(code)
    return _(SENTENCES.get(code) or (problem.sentence if problem else code))


def seal(problems: Sequence[Problem], prepared: Prepared, batch: UUID) -> bytes | None:
    """Both parts of a chunk's rejects, or None when it has none. Rows refused at the commit are
    in `problems` alone: their cells are taken from the rows that were ready."""
    if not problems:
        return None
    listed = _sealed("list", batch, [list(problem) for problem in sorted(problems)])
    cells = {str(number): row for number, row in prepared.rejected.items()}
    refused = {problem.row for problem in problems} - set(prepared.rejected)
    cells |= {str(number): prepared.raw[number] for number in refused if number in prepared.raw}
    kept = {"header": list(prepared.header), "rows": cells}
    return len(listed).to_bytes(_LENGTH) + listed + _sealed("cells", batch, kept)


def seal_list(prepared: Prepared, batch: UUID) -> bytes | None:
    """The list alone, as a rehearsal keeps it: the problems of the form, some with a masked cell."""
    problems = prepared.problems
    if not problems:
        return None
    shown = examples(problems, prepared)
    lines = [
        [*problem, shown[problem]] if problem in shown else list(problem)
        for problem in sorted(problems)
    ]
    listed = _sealed("list", batch, lines)
    return len(listed).to_bytes(_LENGTH) + listed


def _sealed(part: str, batch: UUID, content: Any) -> bytes:  # what json takes
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return custody.seal_secret(_label(part, batch), text.encode())


def _label(part: str, batch: UUID) -> str:
    return f"vault.import.rejects/{part}/{batch}"


def _parts(batch: UUID) -> Iterator[tuple[bytes, bytes]]:
    rows = match.fetch(
        "SELECT rejects_sealed FROM vault.import_chunk"
        " WHERE batch_id = %s AND rejects_sealed IS NOT NULL ORDER BY chunk",
        (batch,),
    )
    for (blob,) in rows:
        length = int.from_bytes(blob[:_LENGTH])
        yield blob[_LENGTH : _LENGTH + length], blob[_LENGTH + length :]


def listed(batch: UUID) -> Iterator[Problem]:
    """The problems of a batch, by row. No values."""
    return (problem for problem, _cell in _lines(batch))


def summary(batch: UUID) -> list[RejectSummary]:
    """The problems of a batch counted by field and code, the most frequent first; those of a dry run with
    masked examples. A dry run counts what the file itself shows (see `rehearsal`)."""
    return summed(_lines(batch))


def _lines(batch: UUID) -> Iterator[Listed]:
    for part, _cells in _parts(batch):
        for row, field, code, *cell in json.loads(custody.open_secret(_label("list", batch), part)):
            yield Problem(row, field, code), cell[0] if cell else None


def opened(batch: UUID) -> Iterator[tuple[list[str], int, list[str]]]:
    """(header, row number, raw cells) of the rejected rows: clear values. Only `open_rejects` calls it.
    Batches of an earlier version kept no header."""
    for _list, part in _parts(batch):
        if not part:
            continue
        kept = json.loads(custody.open_secret(_label("cells", batch), part))
        header, cells = (kept["header"], kept["rows"]) if "rows" in kept else ([], kept)
        for number in sorted(cells, key=int):
            yield header, int(number), cells[number]


def write_csv(out: TextIO, problems: Iterable[Problem], columns: dict[str, str]) -> int:
    """The list as CSV; `columns` gives the file's column of a field. How many lines it has."""
    writer, lines = csv.writer(out), 0
    writer.writerow(COLUMNS)
    by_field = {field: column for column, field in columns.items()}
    for problem in problems:
        column = harmless(by_field.get(problem.field, ""))
        writer.writerow((problem.row, column, problem.field, problem.code, sentence(problem.code)))
        lines += 1
    return lines


def harmless(heading: str) -> str:
    """A heading that a spreadsheet shows and never computes: whoever made the file wrote it."""
    return f"'{heading}" if heading.lstrip(" ").startswith(_FORMULA) else heading


def write_file(path: Path, batch: UUID, columns: dict[str, str]) -> None:
    """Write the list to a file that only this account reads; RejectsUnwritable."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            path.chmod(0o600)
            write_csv(out, listed(batch), columns)
    except OSError:
        raise RejectsUnwritable(path=str(path)) from None


def check_writable(path: Path) -> None:
    """RejectsUnwritable now, rather than when the import is done."""
    folder = path.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise RejectsUnwritable(path=str(path))
