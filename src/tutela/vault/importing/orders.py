"""An order: a file that is opened and whose mapping is settled, ready to be shown and imported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tutela.base import clock
from tutela.vault.catalogue import Collection

from . import plan, propose, samples, targets
from .mappings import SavedMappings
from .plan import Plan
from .propose import Proposal
from .reading.table import Table
from .totals import Total

SAMPLES = 3
DEFAULT_SOURCE = "core"
Mapped = Mapping[str, str] | str | None
"""{column: field}, the name of a saved mapping, or None for the recalled or proposed one."""


@dataclass(frozen=True, slots=True)
class Order:
    """A file with its mapping. `name` is that of the saved mapping it comes from, or ""."""

    table: Table
    plan: Plan
    proposals: list[Proposal]
    source_name: str
    name: str = ""

    @property
    def total(self) -> Total:
        """Rows in all, as far as the file's first rows tell."""
        return self.table.total

    @property
    def collection(self) -> str:
        """The collection's code."""
        return targets.collection_code(self.plan.collection)

    def checked_plan(self) -> Plan:
        """The plan, when the file can be imported with it: a proposal may still lack a mandatory field, or
        name a column that holds no values."""
        self.table.check_columns(column for column, _field in self.plan.columns)
        return plan.checked(
            self.plan.collection, self.plan.as_dict(), self.table.columns, self.plan.clears
        )

    def clearing(self, fields: Sequence[str]) -> "Order":
        """The order in which blank cells clear the stored values of these fields; ClearsUnmapped."""
        return replace(self, plan=self.plan.clearing(fields))

    def samples(self) -> list[tuple[str, ...]]:
        """For each column a few values as anybody may see them."""
        sample, shown = self.table.sample, []
        for index, proposal in enumerate(self.proposals):
            cells = [row[index] for row in sample if index < len(row) and row[index].strip()]
            shown.append(tuple(samples.masked(proposal, cell) for cell in cells[:SAMPLES]))
        return shown


@dataclass(frozen=True, slots=True)
class Instructions:
    """What is said of a file by who brings it. `changes` mends the mapping: {column: field, "" to leave the
    column out}. `clears`: the fields whose stored value a blank cell clears, None for those of the saved
    mapping, or none."""

    collection: str = ""
    source_name: str = DEFAULT_SOURCE
    mapping: Mapped = None
    changes: Mapping[str, str] | None = None
    clears: Sequence[str] | None = None


def settle(table: Table, saved: SavedMappings, asked: Instructions) -> Order:
    """The order with a mapping that is given, recalled by name or by columns, or proposed. `saved`: the
    mappings that count for who brings the file."""
    mapping, source_name = asked.mapping, asked.source_name
    number = targets.collection_number(asked.collection) if asked.collection else 0
    if isinstance(mapping, str) and mapping:
        number = number or Collection.CUSTOMER
        named = saved.load(mapping, number)
        return given(table, replace(named, columns=()), named.as_dict(), source_name, mapping)
    if mapping:
        number = number or propose.guess_collection(table.columns, table.sample, clock.today())[0]
        return given(table, Plan(number, ()), dict(mapping), source_name)
    recalled = saved.recognised(table.columns)
    if recalled and number in (0, recalled[1].collection):
        name, known = recalled
        return given(table, replace(known, columns=()), known.as_dict(), source_name, name)
    if number:
        proposals = propose.propose(table.columns, table.sample, number, clock.today())
    else:
        number, proposals = propose.guess_collection(table.columns, table.sample, clock.today())
    return Order(table, plan.from_proposals(number, proposals), proposals, source_name)


def given(
    table: Table, base: Plan, columns: Mapping[str, str], source_name: str, name: str = ""
) -> Order:
    """The order with a mapping that a person chose; where the proposal agrees its reasons stay.

    `base` is a plan that `columns` changes; it gives the collection and what blanks clear.
    """
    taken = set(columns.values())
    wanted = {c: f for c, f in base.columns if c not in columns and f not in taken} | dict(columns)
    checked = plan.checked(base.collection, wanted, table.columns, base.clears)
    proposals = [
        proposal.chosen(wanted.get(proposal.column, ""))
        for proposal in propose.propose(table.columns, table.sample, base.collection, clock.today())
    ]
    return Order(table, checked, proposals, source_name, name)
