"""How a file was read, as the plan of an import tells it: which sheet, which were left out, by which signs."""

from dataclasses import asdict, dataclass
from typing import Any

from .reading.table import Table


@dataclass(frozen=True, slots=True)
class HowRead:
    """`kind` of file; `sheet` and `left_out`, the other sheets, of a workbook; `delimiter` and `encoding` of
    a text; the number of the header's row, 0 where names are part of the format."""

    kind: str
    sheet: str
    left_out: tuple[str, ...]
    delimiter: str
    encoding: str
    header_row: int

    def as_row(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self) | {"left_out": list(self.left_out)}


def how_read(table: Table) -> HowRead:
    """What is told of a table."""
    return HowRead(
        kind=table.survey.kind.value,
        sheet=table.sheet,
        left_out=table.left_out,
        delimiter=table.delimiter,
        encoding=table.survey.encoding,
        header_row=table.first_data_row - 1,
    )
