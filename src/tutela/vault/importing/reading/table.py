"""A table as it was found in a file: what is known of it after one survey, and its first rows.

It can be kept with a sealed upload, without the rows, so that later requests and the worker know what the
first one found.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from tutela.vault.importing.errors import ColumnNotText, ColumnRefused
from tutela.vault.importing.totals import Total

from .sniff import Kind, Survey
from .sources import Source

SAMPLE_ROWS = 400
_FORM = 3


@dataclass(frozen=True, slots=True)
class ReadAs:
    """How a person says that a file is to be read; "" where the file tells. `delimiter` and `encoding` are
    of texts, `sheet` is the name of a workbook's sheet."""

    sheet: str = ""
    delimiter: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A surveyed file: what it is, its column names, rows in all, and the first of them, cells as text.

    `total` is exact for Parquet, and for others where `sample` is all of it. `sheet` is what is read
    of a workbook, `left_out` its other sheets, `read_as` what was asked for.
    """

    source: Source
    survey: Survey
    columns: tuple[str, ...]
    first_data_row: int
    total: Total
    delimiter: str = ""
    sheet: str = ""
    left_out: tuple[str, ...] = ()
    read_as: ReadAs = ReadAs()
    refused: Mapping[str, str] = field(default_factory=dict)
    """The columns that cannot be mapped, by the name of their type; "" for bytes that are no UTF-8."""
    name: str = ""
    """The file's name as it was kept with the upload."""
    is_new: bool = False
    """Whether it was surveyed now, not kept before."""
    sample: list[list[str]] = field(default_factory=list)

    @property
    def way(self) -> ReadAs:
        """How it is read, to be read so again: sheet and delimiter as they were found, because what finds
        them (saved mappings, the names of fields) may be another thing then."""
        return ReadAs(self.sheet, self.delimiter, self.read_as.encoding)

    @property
    def file_name(self) -> str:
        """The name of the file, "" where nobody said it."""
        return self.source.name or self.name

    def as_detail(self) -> dict[str, str | int]:
        """What a leaf says of the file."""
        return {"file_hash": self.survey.sha256, "bytes": self.survey.size}

    def check_columns(self, columns: Iterable[str]) -> None:
        """ColumnRefused, ColumnNotText: for the first of these columns that holds no values."""
        for name in columns:
            kind = self.refused.get(name)
            if kind is not None:
                raise ColumnRefused(column=name, type=kind) if kind else ColumnNotText(column=name)

    def as_memo(self) -> bytes:
        """All but the rows, to be kept with the sealed upload."""
        survey = self.survey
        memo = {
            "form": _FORM,
            "kind": survey.kind.value,
            "size": survey.size,
            "sha256": survey.sha256,
            "encoding": survey.encoding,
            "blocks": b64encode(survey.blocks).decode(),
            "columns": self.columns,
            "first_data_row": self.first_data_row,
            "total": [self.total.rows, self.total.about],
            "delimiter": self.delimiter,
            "sheet": self.sheet,
            "left_out": self.left_out,
            "read_as": asdict(self.read_as),
            "refused": dict(self.refused),
            "name": self.file_name,
        }
        return json.dumps(memo).encode()


def stored_table(source: Source) -> Table | None:
    """The table that was kept with a sealed upload, without its rows; None for other files and for
    uploads of an earlier release."""
    data = source.memo()
    memo = json.loads(data) if data else {}
    if memo.get("form") != _FORM:
        return None
    return Table(
        source=source,
        survey=Survey(
            Kind(memo["kind"]),
            memo["size"],
            memo["sha256"],
            memo["encoding"],
            b64decode(memo["blocks"]),
        ),
        columns=tuple(memo["columns"]),
        first_data_row=memo["first_data_row"],
        total=Total(*memo["total"]),
        delimiter=memo["delimiter"],
        sheet=memo["sheet"],
        left_out=tuple(memo["left_out"]),
        read_as=ReadAs(**memo["read_as"]),
        refused=memo["refused"],
        name=memo["name"],
    )


def total_of(survey: Survey, top: Sequence[Sequence[str]], height: int, read: int) -> Total:
    """Rows in all: as the file tells, the first ones where they are all, or by the size of its rows; of a
    workbook by the `read` bytes in which the first ones stand."""
    if height:
        return Total(height, about=False)
    if len(top) < SAMPLE_ROWS:
        return Total(len(top), about=False)
    if survey.kind is not Kind.CSV:
        return Total(max(len(top), round(survey.size * len(top) / max(1, read))))
    codec = survey.encoding.removesuffix("-sig")
    size = sum(len(",".join(row).encode(codec, "replace")) + 1 for row in top)
    return Total(max(len(top), round(survey.size * len(top) / max(1, size))))
