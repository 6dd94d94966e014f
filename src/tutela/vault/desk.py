"""One search box: what is typed is recognised, and found by exact tag in the ways that its reading has.

A search of a person is counted once, however many ways it takes; each way leaves its leaf.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from tutela.access import gate
from tutela.access.levels import Level
from tutela.access.purposes import Purpose
from tutela.base.actor import Actor
from tutela.trail import log
from tutela.trail.leaves import Exposure, Leaf

from . import events, find, looks, pace, permissions, recognise, work_items
from .errors import BadFieldValue, NothingTyped, TooLongToFind, TooManyHits
from .find import Query
from .masked import MaskedCustomer
from .recognise import Reading
from .rows import NUMBER_CLASS

FEW: Final = 5
"""So many customers of one name or one ending are shown; of more a second hint is asked."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What came of a search. `kind`: what the text was taken for (`words.READINGS`); `way`: by which field the
    customers were found, "" for none; `certain`: whether the first customer is the one that was meant;
    `too_many`: several have it, and a second hint is needed; `mistyped`: no import would take the value."""

    kind: str
    way: str = ""
    customers: tuple[MaskedCustomer, ...] = ()
    certain: bool = False
    too_many: bool = False
    mistyped: bool = False
    customer_id: UUID | None = None
    work_item: UUID | None = None


def look_up(actor: Actor, text: str, purpose: str, hint: str = "") -> LookedUp:
    """Find the customer whom a typed text names; `hint`: last four characters of a phone or id number.

    Raises NothingTyped, TooLongToFind, PurposeMissing, SearchLimit, or what the gate refuses.
    """
    gate.require(actor, permissions.CUSTOMER_FIND)
    why = looks.purpose_of(purpose)
    if len(text) > recognise.MOST_CHARACTERS:
        raise TooLongToFind(limit=recognise.MOST_CHARACTERS)
    read = recognise.readings(text)
    if not read:
        raise NothingTyped
    pace.check(actor)
    bad = 0
    for reading in read:
        found, wrong = _by_reading(actor, reading, why, hint, goes_on=_goes_on(read, reading))
        if found:
            return _with_work(actor, found, reading)
        bad += wrong
    if read[-1].kind == "number" and (found := _by_work_item(actor, read[-1].value, why)):
        return found
    return LookedUp(read[0].kind, mistyped=bool(bad) and read[0].kind != "number")


def _with_work(actor: Actor, found: LookedUp, reading: Reading) -> LookedUp:
    """With the reader's own open work item, where a number is that of one too."""
    if not found.certain or found.customer_id is None or reading.kind != "number":
        return found
    named = work_items.named(actor, {found.customer_id: reading.value}).get(found.customer_id)
    own = work_items.own_items(actor, work_items.of_customer(found.customer_id))
    is_own = any(item.work_item_id == named for item in own)
    return replace(found, work_item=named) if is_own else found


def _goes_on(read: list[Reading], reading: Reading) -> bool:
    """Whether a search that finds nobody by this reading goes on: a number may be a work item's too."""
    return reading is not read[-1] or reading.kind == "number"


def _by_reading(
    actor: Actor, reading: Reading, why: Purpose, hint: str, *, goes_on: bool
) -> tuple[LookedUp | None, int]:
    """What one reading finds, and whether its first way refused the value. All leaves of a search but the last say
    that it went on, so that one search without a hit counts once."""
    ways = [way for way in reading.ways if find.can_find(actor, way, why)]
    second = reading.hint or hint
    shown: dict[UUID, MaskedCustomer] = {}
    by, wrong = "", 0
    # Who may search in none of them is refused by the gate, as in a search by one field.
    taken = ways or reading.ways[:1]
    for way in taken:
        asked = Query(
            by=way,
            value=reading.value,
            purpose=why.value,
            hint=second,
            most=find.MOST_HITS if second else FEW,
            further=goes_on or bool(shown) or way != taken[-1],
        )
        try:
            found = find.find_one_way(actor, asked)
        except TooManyHits:
            return LookedUp(reading.kind, way, too_many=True), 0
        except BadFieldValue:
            wrong += way == reading.ways[0]
            continue
        shown.update({customer.customer_id: customer for customer in found})
        by = by or (way if found else "")
        if shown and reading.kind != "last_four":
            break
    return _told(reading, by, tuple(shown.values()), bool(second)), wrong


def _told(
    reading: Reading, way: str, shown: tuple[MaskedCustomer, ...], hinted: bool
) -> LookedUp | None:
    if not shown:
        return None
    if len(shown) > FEW:
        return LookedUp(reading.kind, way, too_many=True)
    return LookedUp(
        reading.kind,
        way,
        shown,
        certain=len(shown) == 1 and (reading.alone or hinted),
        customer_id=shown[0].customer_id,
    )


def _by_work_item(actor: Actor, number: str, why: Purpose) -> LookedUp | None:
    """The customer of a work item's number, where the actor may see the work on that customer."""
    plan = gate.plan(actor, {NUMBER_CLASS}, why, Exposure.LIST_MASKED)
    carried = work_items.carrying(actor, plan.scope, number)
    items = [
        item
        for item in carried
        if looks.levels_of(plan, item.facts)[NUMBER_CLASS] is not Level.NONE
    ]
    customers = {item.facts.customer_id for item in items}
    log.append(_work_item_leaf(actor, why, plan.as_leaf(), customers))
    if len(customers) != 1:
        return None
    own = next((item.work_item_id for item in items if item.facts.assigned and item.is_own), None)
    return LookedUp(
        "work_item",
        "work_item",
        certain=True,
        customer_id=items[0].facts.customer_id,
        work_item=own,
    )


def _work_item_leaf(
    actor: Actor, why: Purpose, decision: dict[str, str | int], customers: Iterable[UUID]
) -> Leaf:
    subjects = looks.subjects_of(customers)
    return Leaf(
        event=events.CUSTOMER_SEARCHED,
        actor=actor,
        subjects=subjects,
        classes=(NUMBER_CLASS,) if subjects else (),
        exposure=Exposure.LIST_MASKED if subjects else Exposure.NONE,
        purpose=why.value,
        decision=decision,
        detail={"field": "work_item", "hits": len(subjects)},
    )
