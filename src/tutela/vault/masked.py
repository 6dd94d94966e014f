"""What doors show: masks. The only clear text here is that of a field that has no mask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tutela.access.levels import Level
from tutela.crypto.values import Value
from tutela.detect.values import mask

from . import catalogue
from .catalogue import OPEN_MASK, Field


@dataclass(frozen=True, slots=True)
class MaskedField:
    """One field as this person may see it. `text` is empty when `refused`: not for the post."""

    code: str
    name_en: str
    name_zh: str
    data_class: int
    level: int
    text: str
    revealable: bool
    refused: bool = False

    @property
    def name(self) -> str:
        """The name in the active language."""
        return catalogue.by_code(self.code).label()

    @property
    def closed(self) -> bool:
        """Whether something of it stays hidden that this person cannot ask for."""
        return self.refused or not (
            self.revealable or catalogue.by_code(self.code).mask == OPEN_MASK
        )


@dataclass(frozen=True, slots=True)
class MaskedRecord:
    """One record: what may be seen of it, and the classes of which nothing may be."""

    record_id: UUID
    collection: int
    version: int
    fields: tuple[MaskedField, ...]
    refused_classes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MaskedCustomer:
    """One line of a list. `fields` are those of `LIST_FIELDS` that the customer has.

    `broken`: a record of the customer did not pass its integrity check, so nothing is shown. `lent_until`: of
    another branch, lent to the reader until then; nothing of it is shown but that it has the value.
    """

    customer_id: UUID
    branch_id: int
    fields: tuple[MaskedField, ...]
    broken: bool = False
    lent_until: datetime | None = None

    def text(self, code: str) -> str:
        """The mask of one field; empty if there is none or it is not for the post."""
        return next((field.text for field in self.fields if field.code == code), "")


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """A page of a list; `after` is where the next one starts, None at the end."""

    customers: tuple[MaskedCustomer, ...]
    after: UUID | None


@dataclass(frozen=True, slots=True)
class MaskedDetail:
    """A customer with all records, masked. `leaf_id`: the trace of this look."""

    customer_id: UUID
    branch_id: int
    records: tuple[MaskedRecord, ...]
    refused_classes: tuple[int, ...]
    leaf_id: UUID


@dataclass(frozen=True, slots=True)
class MaskedVersion:
    """One version of a record; `changed` are the fields that differ from the version before."""

    version: int
    written_at: datetime
    fields: tuple[MaskedField, ...]
    changed: tuple[str, ...]


LIST_FIELDS: tuple[Field, ...] = tuple(
    catalogue.by_code(code) for code in ("customer_number", "name", "id_number", "phone")
)


def mask_field(field: Field, value: Value, level: Level) -> MaskedField:
    """A value under a level. With level NONE nothing of the value is used."""
    text = "" if level is Level.NONE else catalogue.as_text(value)
    if text and field.mask != OPEN_MASK:
        text = mask(field.mask, text)
    return MaskedField(
        field.code,
        field.name_en,
        field.name_zh,
        int(field.data_class),
        field.level,
        text,
        revealable=level is Level.CLEAR and field.mask != OPEN_MASK,
        refused=level is Level.NONE,
    )


def _masked_text(field: Field, text: str) -> str:
    return text if field.mask == OPEN_MASK else mask(field.mask, text)


def mask_values(
    fields: Iterable[Field], values: Mapping[int, Value], levels: Mapping[int, Level]
) -> tuple[MaskedField, ...]:
    """The masks of those fields that have a value, and the refused ones without theirs."""
    return tuple(
        mask_field(field, values.get(field.id, ""), level)
        for field in fields
        if (level := levels.get(field.data_class, Level.NONE)) is Level.NONE or field.id in values
    )
