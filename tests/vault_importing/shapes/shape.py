"""What a writer hands over: the bytes, how they were made, and what of it may be rejected."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tutela.vault.importing.reading.table import ReadAs

from .rows import Customer


@dataclass(frozen=True, slots=True)
class Shape:
    """A file. `numbers` are the row numbers under which a spreadsheet shows the customers.

    `lossy`: of each customer (by place) the fields whose value the writer itself has lost or left without a
    form: such a row may be rejected. `may_be_refused`: the file as a whole may be, with a sentence.
    """

    data: bytes
    style: str
    people: Sequence[Customer]
    numbers: Sequence[int]
    lossy: dict[int, set[str]] = field(default_factory=dict)
    read_as: ReadAs = field(default_factory=ReadAs)
    may_be_refused: bool = False
