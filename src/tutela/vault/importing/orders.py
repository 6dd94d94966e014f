"""An order: a file that is opened and whose mapping is settled, ready to be shown and imported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tutela.base import clock
from tutela.detect.values import mask
from tutela.vault import catalogue
from tutela.vault.catalogue import Collection

from . import plan, propose, targets
from .mappings import SavedMappings
from .plan import Plan
from .propose import Proposal
from .read import Table
from .totals import Total

SAMPLES = 3
Mapped = Mapping[str, str] | str | None
"""{column: field}, the name of a saved mapping, or None for the recalled or proposed one."""


@dataclass(frozen=True, slots=True)
class Order:
    """A file with its mapping. `name` is that of the saved mapping it comes from, or ""."""

    table: Table
    plan: Plan
    proposals: list[Proposal]
    source_name: str
    total: Total
    name: str = ""

    @property
    def collection(self) -> str:
        """The collection's code."""
        return targets.collection_code(self.plan.collection)

    def checked_plan(self) -> Plan:
        """The plan, when the file can be imported with it: a proposal may still lack a mandatory field."""
        return plan.checked(self.plan.collection, self.plan.as_dict(), self.table.columns)

    def samples(self, sample: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
        """For each column a few values as anybody may see them."""
        shown = []
        for index, one in enumerate(self.proposals):
            cells = [row[index] for row in sample if index < len(row) and row[index].strip()]
            shown.append(tuple(self._masked(one.field, cell) for cell in cells[:SAMPLES]))
        return shown

    def _masked(self, code: str, cell: str) -> str:
        """Masked as the field is; what is no field, or needs no mask, whole."""
        known = catalogue.BY_CODE.get(code) if code else None
        kind = known.mask if known and known.mask != "none" else "full"
        return mask(kind, cell[:200])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is said of a file; `saved`: the mappings that count for who brings it."""

    saved: SavedMappings
    collection: str
    mapping: Mapped
    source_name: str


def settle(table: Table, sample: Sequence[Sequence[str]], wanted: Wanted) -> Order:
    """The order with a mapping that is given, recalled by name or by columns, or proposed."""
    mapping, source_name = wanted.mapping, wanted.source_name
    number = targets.collection_number(wanted.collection) if wanted.collection else 0
    if isinstance(mapping, str) and mapping:
        number = number or Collection.CUSTOMER
        columns = wanted.saved.load(mapping, number)
        return given(table, sample, Plan(number, ()), columns, source_name, mapping)
    if mapping:
        number = number or propose.guess_collection(table.columns, sample, clock.today())[0]
        return given(table, sample, Plan(number, ()), dict(mapping), source_name)
    saved = wanted.saved.recognised(table.columns)
    if saved and number in (0, saved[1]):
        return given(table, sample, Plan(saved[1], ()), saved[2], source_name, saved[0])
    if number:
        proposals = propose.propose(table.columns, sample, number, clock.today())
    else:
        number, proposals = propose.guess_collection(table.columns, sample, clock.today())
    chosen = plan.from_proposals(number, proposals)
    return Order(table, chosen, proposals, source_name, _total(table, sample))


def given(
    table: Table,
    sample: Sequence[Sequence[str]],
    base: Plan,
    columns: Mapping[str, str],
    source_name: str,
    name: str = "",
) -> Order:
    """The order with a mapping that a person chose; where the proposal agrees its reasons stay.

    `base` is a plan that `columns` changes; it gives the collection.
    """
    taken = set(columns.values())
    wanted = {c: f for c, f in base.columns if c not in columns and f not in taken} | dict(columns)
    checked = plan.checked(base.collection, wanted, table.columns)
    proposals = []
    for one in propose.propose(table.columns, sample, base.collection, clock.today()):
        chosen = wanted.get(one.column, "")
        same = chosen == one.field
        proposals.append(one if same else Proposal(one.column, chosen, float(bool(chosen)), ()))
    return Order(table, checked, proposals, source_name, _total(table, sample), name)


def _total(table: Table, sample: Sequence[Sequence[str]]) -> Total:
    """Rows in all: as the file tells, the sample's where it is all of it, or by the size of its rows."""
    if table.total.rows:
        return table.total
    if len(sample) < propose.SAMPLE_ROWS:
        return Total(len(sample), about=False)
    codec = table.survey.encoding.removesuffix("-sig")
    size = sum(len(",".join(row).encode(codec, "replace")) + 1 for row in sample)
    return Total(max(len(sample), round(table.survey.size * len(sample) / max(1, size))))
