"""Work items as people see them: number, kind, the customer's masked name, age. One trace a purpose.

The number of a policy's or claim's work item is that policy's or claim's own, so it is masked as that one is; the
number of a service case is shown whole. Nothing of it is shown where the class of numbers is closed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from tutela.access import gate
from tutela.access.purposes import Purpose
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.crypto.values import Value
from tutela.detect.values import mask
from tutela.trail.leaves import Exposure, Leaf

from . import catalogue, events, looks, queries, work_items
from .catalogue import Collection
from .looks import SealedNumber, Wanted
from .masked import mask_field
from .queries import Facts
from .rows import NUMBER_CLASS, StoredRow
from .work_items import Kind, WorkItem

_NAME = catalogue.by_code("name")
_CLASSES = frozenset({int(_NAME.data_class), NUMBER_CLASS})
_NUMBER_MASK = catalogue.by_code("policy_number").mask


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One work item. `number` and `name` are empty where they are not for the reader; `days`: its age;
    `purpose`: the one that opening it begins with."""

    item: WorkItem
    number: str
    name: str
    days: int
    purpose: Purpose | None

    @property
    def age(self) -> str:
        """Its age in words."""
        return _("1 day") if self.days == 1 else _("%(days)s days") % {"days": self.days}

    @property
    def words(self) -> str:
        """Kind and number, as they are named together."""
        return f"{self.item.label} {self.number}".strip()


def lines(
    actor: Actor,
    items: Sequence[WorkItem],
    purpose_of: Callable[[WorkItem], Purpose | None],
    exposure: Exposure = Exposure.LIST_MASKED,
) -> list[WorkLine]:
    """A line for each, in their order, as far as the actor may see it for the purpose of each."""
    purposes = {item.work_item_id: purpose_of(item) for item in items}
    numbers: dict[UUID, str] = {}
    names: dict[UUID, str] = {}
    for purpose in dict.fromkeys(purposes.values()):
        if purpose is not None:
            part = [item for item in items if purposes[item.work_item_id] is purpose]
            _open(actor, part, purpose, exposure, numbers, names)
    today = clock.today()
    return [
        WorkLine(
            item,
            numbers.get(item.work_item_id, ""),
            names.get(item.customer_id, ""),
            item.days(today),
            purposes[item.work_item_id],
        )
        for item in items
    ]


def _open(
    actor: Actor,
    items: Sequence[WorkItem],
    purpose: Purpose,
    exposure: Exposure,
    numbers: dict[UUID, str],
    names: dict[UUID, str],
) -> None:
    """Fill in numbers by work item and names by customer."""
    customers = list(dict.fromkeys(item.customer_id for item in items))
    facts = queries.facts(actor, customers, {})
    plan = gate.plan(actor, _CLASSES, purpose, exposure)
    grants = looks.masked_grants(actor, plan, list(facts.values()), _CLASSES, exposure)
    if not grants:
        return
    leaf = Leaf(
        event=events.WORK_ITEM_LISTED,
        actor=actor,
        subjects=looks.subjects_of(grants),
        classes=tuple(sorted({item for grant in grants.values() for item in grant.classes})),
        fields=(_NAME.id,),
        exposure=exposure,
        purpose=purpose.value,
        decision=plan.as_leaf(),
        detail={"rows": len(items)},
    )
    sealed = work_items.sealed_numbers([item.work_item_id for item in items])
    asked = [
        SealedNumber(item.work_item_id, item.customer_id, sealed[item.work_item_id], grant)
        for item in items
        if (grant := grants.get(item.customer_id)) and NUMBER_CLASS in grant.classes
    ]
    rows = queries.records(list(grants), {Collection.CUSTOMER})
    wanted = [
        Wanted(row, frozenset({_NAME.id}), grants[row.customer_id])
        for row in rows
        if int(_NAME.data_class) in grants[row.customer_id].classes
    ]
    values, texts = looks.open_work(leaf, wanted, asked)
    kinds = {item.work_item_id: Kind(item.kind) for item in items}
    numbers.update({item: _shown(kinds[item], text) for item, text in texts.items()})
    for row in rows:
        names.setdefault(row.customer_id, _name(plan, facts, row, values))


def _shown(kind: Kind, number: str) -> str:
    return number if kind is Kind.CASE else mask(_NUMBER_MASK, number)


def _name(
    plan: gate.Plan,
    facts: dict[UUID, Facts],
    row: StoredRow,
    values: dict[UUID, dict[int, Value]],
) -> str:
    value = values.get(row.record_id, {}).get(_NAME.id)
    if value is None:
        return ""
    level = looks.levels_of(plan, facts[row.customer_id])[int(_NAME.data_class)]
    return mask_field(_NAME, value, level).text
