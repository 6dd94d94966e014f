"""Find and list customers: blind tags, scope in SQL, masks only, one trace a page."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from uuid import UUID

from tutela.access import gate
from tutela.access.errors import NoCell
from tutela.access.levels import Level
from tutela.access.plan import Plan
from tutela.access.purposes import Purpose
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.crypto.normalise import Transform
from tutela.keys import custody
from tutela.trail import log
from tutela.trail.leaves import Exposure, Leaf

from . import (
    branches,
    catalogue,
    events,
    left_out,
    lent,
    looks,
    pace,
    permissions,
    queries,
    search_forms,
)
from .catalogue import Collection, Field
from .errors import NotSearchable, TooManyHits
from .looks import Opened, Wanted
from .masked import LIST_FIELDS, CustomerPage, MaskedCustomer, mask_values
from .queries import Facts
from .rows import StoredRow

PAGE = 50
MOST_HITS = 200
"""More candidates than this are not opened: a search is for one customer, not for a list."""
MOST_NAMED = 20
"""So many customers beyond the scope are named in the leaf of a search that found none within."""
LAST_FOUR_SUFFIX = "_last4"
_HINT_FIELDS = (catalogue.by_code("phone"), catalogue.by_code("id_number"))
_HINT_CLASSES = frozenset(int(field.data_class) for field in _HINT_FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is searched for. `by`: a field's code, or code + "_last4"; `hint`: the last four characters that the
    customer's phone or id number must have too; more than `most` hits are not opened; `further`: where nobody
    is found, the same search of a person goes on in another way."""

    by: str
    value: str
    purpose: str
    last_four: bool = False
    hint: str = ""
    most: int = MOST_HITS
    further: bool = False


@dataclass(frozen=True, slots=True)
class _Search:
    """One search; `forms` are the normalised values by transform, and never leave this file."""

    actor: Actor
    plan: Plan
    field: Field
    transform: Transform
    forms: search_forms.Forms
    also: queries.Tags | None = None
    further: bool = False


def find(
    actor: Actor, by: str, value: str, purpose: str, *, last_four: bool = False
) -> list[MaskedCustomer]:
    """Customers in scope whose field has this value. `by`: a field's code, or code + "_last4".

    Raises NotSearchable, BadFieldValue, SearchLimit, TooManyHits, or what the gate refuses. A value that an
    import refuses is refused here too, unless it is found: an earlier version may have taken it.
    """
    query = Query(by=by, value=value, purpose=purpose, last_four=last_four)
    return _found(_ready(actor, query, is_counted=True), value, MOST_HITS)


def find_one_way(actor: Actor, query: Query) -> list[MaskedCustomer]:
    """The same in one of several ways that make up one search of a person: the caller counts that one."""
    return _found(_ready(actor, query, is_counted=False), query.value, query.most)


def can_find(actor: Actor, by: str, purpose: Purpose) -> bool:
    """Whether the matrix lets this person search in this way at all."""
    field, _ = search_of(by)
    plan = gate.plan(actor, {int(field.data_class)}, purpose, Exposure.LIST_MASKED)
    return plan.levels[int(field.data_class)] is not Level.NONE


def _ready(actor: Actor, query: Query, *, is_counted: bool) -> _Search:
    gate.require(actor, permissions.CUSTOMER_FIND)
    field, transform = search_of(query.by, query.last_four)
    why = looks.purpose_of(query.purpose)
    forms = search_forms.forms(field, transform, query.value)
    if is_counted:
        pace.check(actor)
    also = _hint_tags(query.hint) if query.hint else None
    plan = _plan_for(actor, why, field)
    return _Search(actor, plan, field, transform, forms, also, query.further)


def _found(search: _Search, value: str, most: int) -> list[MaskedCustomer]:
    candidates, records = _candidates(search, most)
    if len(candidates) > most:
        log.append(_search_leaf(search, candidates, TooManyHits.code))
        raise TooManyHits(limit=most)
    borrowed = _lent(search, {facts.customer_id for facts, _ in candidates})
    if candidates:
        return [*_matching(search, candidates, records), *borrowed]
    if borrowed:
        return borrowed
    log.append(replace(_search_leaf(search, candidates), subjects=_beyond(search)))
    search_forms.check_value(search.field, search.transform, value, clock.today())
    return []


def _lent(search: _Search, shown: AbstractSet[UUID]) -> list[MaskedCustomer]:
    """Customers of other branches who have the value and are lent to the actor, after a leaf that names each with
    its access. By a whole value only."""
    if search.transform is Transform.LAST4 or search.also is not None:
        return []
    data_class = int(search.field.data_class)
    found = lent.carrying(search.actor, search.plan.purpose, data_class, lambda: _tags(search))
    found = [(facts, access) for facts, access in found if facts.customer_id not in shown]
    for facts, access in found:
        leaf = _search_leaf(search, ())
        log.append(
            replace(
                leaf,
                subjects=looks.subjects_of([facts.customer_id]),
                decision={**leaf.decision, "request": access.id},
                detail={**leaf.detail, "hits": 1},
            )
        )
    return [
        MaskedCustomer(facts.customer_id, facts.branch_id, (), lent_until=access.until)
        for facts, access in found
    ]


def list_customers(
    actor: Actor,
    purpose: str,
    after: UUID | None = None,
    limit: int = PAGE,
    *,
    branch: int | None = None,
    reason: str = "",
) -> CustomerPage:
    """The next customers that the actor's scope covers, masked, in the order of their ids; with
    `branch`, those of this branch and all below it. `reason`: why a list is needed, sealed with its leaf."""
    gate.require(actor, permissions.CUSTOMER_FIND)
    why = looks.purpose_of(purpose)
    plan = _plan_for(actor, why, None)
    size = max(1, min(limit, PAGE))
    within = None if branch is None else branches.below(branch)
    listed = left_out.page(actor, branches.narrowed(plan.scope, within), after, size + 1, within)
    shown = listed[:size]
    leaf = Leaf(
        event=events.CUSTOMER_LISTED,
        actor=actor,
        subjects=looks.subjects_of(facts.customer_id for facts in shown),
        classes=_list_classes(plan, None),
        fields=tuple(item.id for item in LIST_FIELDS),
        exposure=Exposure.LIST_MASKED,
        purpose=why.value,
        note=custody.seal_note(reason.strip()) if reason.strip() else "",
        decision=plan.as_leaf(),
        detail={"rows": len(shown)},
    )
    ids = [facts.customer_id for facts in shown]
    rows = queries.records(ids, {Collection.CUSTOMER}) if ids else []
    records, opened = _open_list(plan, leaf, shown, rows)
    customers = tuple(_line(plan, facts, records, opened) for facts in shown)
    return CustomerPage(customers, shown[-1].customer_id if len(listed) > size else None)


def search_of(by: str, last_four: bool = False) -> tuple[Field, Transform]:
    """The field of a code, and how it is searched: whole, or with the suffix by its last four. NotSearchable."""
    code = by.removesuffix(LAST_FOUR_SUFFIX)
    field = catalogue.by_code(code)
    short = last_four or code != by
    for transform in field.transforms:
        if (transform is Transform.LAST4) == short:
            return field, transform
    raise NotSearchable(field=field.code)


def _plan_for(actor: Actor, purpose: Purpose, field: Field | None) -> Plan:
    """The plan of a list page; NoCell when the searched class, or every class, is closed."""
    classes = {int(item.data_class) for item in LIST_FIELDS}
    needed = set(classes)
    if field is not None:
        classes.add(int(field.data_class))
        needed = {int(field.data_class)}
    plan = gate.plan(actor, classes, purpose, Exposure.LIST_MASKED)
    if all(plan.levels[item] is Level.NONE for item in needed):
        refused = NoCell()
        refused.decision = {**plan.as_leaf(), "outcome": "deny", "code": NoCell.code}
        raise refused
    return plan


def _list_classes(plan: Plan, field: Field | None) -> tuple[int, ...]:
    fields = [*LIST_FIELDS, *([field] if field else [])]
    classes = {int(item.data_class) for item in fields}
    return tuple(sorted(classes & looks.visible(plan.levels)))


def _candidates(search: _Search, most: int) -> tuple[list[tuple[Facts, UUID]], list[StoredRow]]:
    """Customers and records that carry the tag, where the row's cell covers the searched class; and
    their rows, still sealed.

    The page's scope may be wider than that of the class.
    """
    scope, collections = search.plan.scope, {Collection.CUSTOMER, search.field.collection}
    sought = queries.Sought(_tags(search), search.also)
    candidates, records = queries.candidates(search.actor, scope, sought, collections, most + 1)
    # What a hint tells is of these classes: it narrows nothing where one of them is closed.
    classes = {int(search.field.data_class), *(_HINT_CLASSES if search.also else ())}
    kept = [
        (facts, record)
        for facts, record in candidates
        if Level.NONE not in map(looks.levels_of(search.plan, facts).__getitem__, classes)
    ]
    return kept, records


def _hint_tags(hint: str) -> queries.Tags:
    """The tags of a phone or id number that ends so; BadFieldValue if none can."""
    return tags_of(
        {field: search_forms.forms(field, Transform.LAST4, hint) for field in _HINT_FIELDS}
    )


def _beyond(search: _Search) -> tuple[tuple[str, str], ...]:
    """Who carries the tag beyond the actor's scope, for the auditor alone: somebody asked for them.
    Of the last four characters, or of a name without its hint, too many would be named who are not meant."""
    exact = search.transform is not Transform.LAST4 and search.also is None
    return looks.subjects_of(queries.carriers(_tags(search), MOST_NAMED) if exact else ())


def _tags(search: _Search) -> queries.Tags:
    return tags_of({search.field: search.forms})


def tags_of(wanted: Mapping[Field, search_forms.Forms]) -> queries.Tags:
    """The blind tags of a value's forms in each field that may hold it."""
    index = custody.index_keys()
    forms = [(field.id, way, text) for field, some in wanted.items() for way, text in some]
    return queries.Tags(
        [index.tag64(*form) for form in forms],
        [field.id for field in wanted],
        sorted({int(way) for _field, way, _text in forms}),
        index.version,
    )


def _search_leaf(
    search: _Search, candidates: Sequence[tuple[Facts, UUID]], refused: str = ""
) -> Leaf:
    """Which field was searched and how many records carried the tag; never the value."""
    plan, field = search.plan, search.field
    decision = plan.as_leaf()
    subjects = looks.subjects_of(facts.customer_id for facts, _ in candidates)
    if refused:
        decision, subjects = {**decision, "outcome": "deny", "code": refused}, ()
    shown = bool(subjects)
    return Leaf(
        event=events.CUSTOMER_SEARCHED,
        actor=search.actor,
        subjects=subjects,
        classes=_list_classes(plan, field) if shown else (),
        fields=tuple({item.id: 0 for item in (*LIST_FIELDS, field)}) if shown else (field.id,),
        exposure=Exposure.LIST_MASKED if shown else Exposure.NONE,
        purpose=plan.purpose.value,
        decision=decision,
        detail={
            "field": field.code,
            "transform": int(search.transform),
            "hits": len(candidates),
            **({"further": 1} if search.further and not candidates else {}),
        },
    )


def _matching(
    search: _Search, candidates: Sequence[tuple[Facts, UUID]], rows: Sequence[StoredRow]
) -> list[MaskedCustomer]:
    """Open the candidates, keep those whose value really is the one searched, mask them."""
    customers = {facts.customer_id: facts for facts, _ in candidates}
    leaf = _search_leaf(search, candidates)
    shown = list(customers.values())
    records, opened = _open_list(search.plan, leaf, shown, rows, search.field)
    matched = {facts.customer_id for facts, record in candidates if _same(search, opened, record)}
    return [
        _line(search.plan, facts, records, opened)
        for facts in shown
        if facts.customer_id in matched
    ]


def _same(search: _Search, opened: Opened, record: UUID) -> bool:
    """Whether a candidate holds the value. A broken one stays: to drop it would hide the change."""
    if record in opened.broken:
        return True
    value = opened.values.get(record, {}).get(search.field.id)
    return value is not None and any(
        search_forms.normal(way, catalogue.as_text(value)) == form for way, form in search.forms
    )


def _open_list(
    plan: Plan,
    leaf: Leaf,
    shown: Sequence[Facts],
    rows: Sequence[StoredRow],
    field: Field | None = None,
) -> tuple[dict[UUID, list[StoredRow]], Opened]:
    """The rows of a page by customer, and their values."""
    grants = looks.masked_grants(leaf.actor, plan, shown, leaf.classes, Exposure.LIST_MASKED)
    asked = {item.id: item for item in (*LIST_FIELDS, *([field] if field else []))}
    wanted = []
    by_customer: dict[UUID, list[StoredRow]] = {}
    for row in rows:
        by_customer.setdefault(row.customer_id, []).append(row)
        if grant := grants.get(row.customer_id):
            seen = (
                item.id
                for item in asked.values()
                if item.collection == row.collection and item.data_class in grant.classes
            )
            wanted.append(Wanted(row, frozenset(seen), grant))
    return by_customer, looks.open_rows(leaf, wanted, skip_broken=True)


def _line(
    plan: Plan, facts: Facts, records: dict[UUID, list[StoredRow]], opened: Opened
) -> MaskedCustomer:
    rows = records.get(facts.customer_id, [])
    main = next((row for row in rows if row.collection == Collection.CUSTOMER), None)
    values = opened.values.get(main.record_id, {}) if main else {}
    broken = any(row.record_id in opened.broken for row in rows)
    fields = () if broken else mask_values(LIST_FIELDS, values, looks.levels_of(plan, facts))
    return MaskedCustomer(facts.customer_id, facts.branch_id, fields, broken)
