"""What one record of a log tells, before anybody is looked up. Its values of customers never leave the room's
memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple, Protocol

from tutela.feeds.rules import Action
from tutela.vault.told import Told

PERSON_LENGTH: Final = 128
MOST_NAMED: Final = 500
"""So many values of customers are looked up of one record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One record that tells of an access.

    `line` is where it begins, from 1; `same` what two copies of the record have in common; `at` the time told;
    `person` a login or staff number as told, "" where none is; `fields` are numbers of the catalogue; `number` is
    the log's own, counted in `stream`."""

    line: int
    same: bytes
    at: datetime
    person: str
    action: Action = Action.READ
    customers: tuple[Told, ...] = ()
    is_guess: bool = False
    """The values were picked out of a statement: one that fits nobody is no missing customer."""
    fields: tuple[int, ...] = ()
    rows: int | None = None
    number: int | None = None
    stream: str = ""


class Line(NamedTuple):
    """A physical line without its end: its number from 1, and its text."""

    number: int
    text: str


Lines = Iterator[Line]
Read = Iterator[Look | None]
"""A look, or None for a record that tells of none."""


class Reader(Protocol):
    """One log format with its settings."""

    def read(self, lines: Lines) -> Read:
        """The records in order; LineWrong."""
        ...

    def columns(self, lines: Lines) -> Sequence[str]:
        """The names of columns that a mapping may name, from the first record; none where the format is fixed."""
        ...
