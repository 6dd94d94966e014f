"""What the vault reads from its tables: facts, rows, candidates. Nothing here opens a cell."""

from collections.abc import Collection as Some
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from tutela.access.plan import Scope
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.trail import connect

from .catalogue import Collection, role_of
from .rows import StoredRow

HELD = 1
"""The state of a customer whose data is held, not destroyed."""
WITHDRAWN = 3
"""The state of a customer that an import made and that was undone; its history stays."""
_NUMBER = role_of(Collection.CUSTOMER, "identity")
NUMBER_ELSEWHERE = f"""EXISTS (SELECT FROM vault.record r WHERE r.customer_id = c.customer_id
    AND r.record_id <> %s AND r.collection = {int(Collection.CUSTOMER)}
    AND {_NUMBER.id if _NUMBER else 0} = ANY (r.fields))"""
"""Whether another record than this one has an id number of the customer `c`, who is then still known by it."""
_RECORD = """r.customer_id, r.record_id, r.collection, r.version, r.generation, r.fields, r.cells,
    r.manifest"""
# A row is the newest only if its history holds no version as new: an old row put back shows here.
_NEWEST = """NOT EXISTS (SELECT 1 FROM vault.record_history h WHERE h.customer_id = r.customer_id
    AND h.record_id = r.record_id AND h.version >= r.version)"""
# OFFSET 0: else the server reads all open work items of the actor first, to ask about one customer.
_ASSIGNED = """EXISTS (SELECT 1 FROM vault.work_item w WHERE w.customer_id = c.customer_id
    AND w.opened <= %(today)s AND (w.closed IS NULL OR w.closed > %(today)s)
    AND w.assignee = %(actor)s OFFSET 0)"""
_OWN = """SELECT w.customer_id FROM vault.work_item w WHERE w.assignee = %(actor)s
    AND w.opened <= %(today)s AND (w.closed IS NULL OR w.closed > %(today)s)"""
# `own_only` says that an own open work item also qualifies, beside the branches.
_IN_SCOPE = f"""c.state = {HELD} AND c.customer_id IS DISTINCT FROM %(not_customer)s::uuid
    AND (%(everything)s OR c.branch_id = ANY(%(branches)s::int[])
         OR (%(own)s AND {_ASSIGNED}))"""
_FACTS = "c.customer_id, c.branch_id, held.assigned, held.linked"
_ASKED = "unnest(%(ids)s::uuid[], %(items)s::uuid[])"
_OF_ASKED = f"""AS asked (customer_id, item)
    JOIN vault.customer c ON c.customer_id = asked.customer_id AND c.state = {HELD}
    CROSS JOIN LATERAL (
        SELECT count(*) > 0 AS assigned, coalesce(bool_or(w.work_item_id = asked.item), FALSE) AS linked
        FROM vault.work_item w WHERE w.customer_id = c.customer_id AND w.assignee = %(actor)s
        AND w.opened <= %(today)s AND (w.closed IS NULL OR w.closed > %(today)s)) AS held"""
"""From what is asked, customers with the work items that were named, to the facts."""
# A record without cells was ended by undoing its import.
_WHICH = """cardinality(r.cells) > 0 AND (%(every)s OR r.collection = ANY(%(collections)s::int[]))
    AND (%(record)s::uuid IS NULL OR r.record_id = %(record)s)"""
_WITHIN = "(%(within)s::int[] IS NULL OR c.branch_id = ANY(%(within)s::int[]))"
_AFTER = "(%(after)s::uuid IS NULL OR c.customer_id > %(after)s)"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the gate must know of a customer. `assigned`, `linked`: see `access.asks.Ask`."""

    customer_id: UUID
    branch_id: int
    assigned: bool
    linked: bool
    exists: bool = True


NO_BRANCH = 0
"""The branch of a customer who is not there: in nobody's scope but that of who may see all."""


def absent(customer_id: UUID) -> Facts:
    """What is asked of the gate for a customer who is not there, so that both refusals are one."""
    return Facts(customer_id, NO_BRANCH, assigned=False, linked=False, exists=False)


def fetch(statement: str, values: Mapping[str, Any] | Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows of one statement; values travel as parameters only."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


fetch_binary = connect.fetch
"""The same, values bound by the server, which keeps the plan, and results in binary."""


def _array(ids: Iterable[UUID | None]) -> str:
    """Ids as an array's text, which is read in less time than a list of values is written."""
    return "{" + ",".join(["NULL" if uuid is None else f"{uuid.int:032x}" for uuid in ids]) + "}"


def _who(actor: Actor) -> dict[str, Any]:
    """The actor's id as work items hold it; no staff id, no work items."""
    try:
        staff: UUID | None = UUID(actor.id)
    except ValueError:
        staff = None
    return {"actor": staff, "today": clock.today()}


def branches_of(customer_ids: Sequence[UUID]) -> set[int]:
    """The branches of these customers."""
    statement = "SELECT DISTINCT branch_id FROM vault.customer WHERE customer_id = ANY(%s)"
    return {row[0] for row in fetch(statement, [list(customer_ids)])}


def facts(
    actor: Actor, customer_ids: Some[UUID], work_items: Mapping[UUID, UUID]
) -> dict[UUID, Facts]:
    """Facts of those customers that exist; `work_items` by customer, the one that was named."""
    values = {**_who(actor), **_asked(customer_ids, work_items)}
    statement = f"SELECT {_FACTS} FROM {_ASKED} {_OF_ASKED}"
    return {row[0]: Facts(*row) for row in fetch_binary(statement, values)}


def facts_and_records(
    actor: Actor,
    customer_ids: Some[UUID],
    work_items: Mapping[UUID, UUID],
    collections: Some[int],
) -> tuple[dict[UUID, Facts], dict[UUID, list[StoredRow]]]:
    """`facts` and, by customer, `records` in one statement."""
    statement = f"""
        SELECT {_FACTS}, {_RECORD}, {_NEWEST} FROM {_ASKED} {_OF_ASKED}
        LEFT JOIN vault.record r ON r.customer_id = c.customer_id AND {_WHICH}
        ORDER BY c.customer_id, r.collection, r.record_id"""
    values = {
        **_who(actor),
        **_asked(customer_ids, work_items),
        **_which(collections, None),
    }
    facts: dict[UUID, Facts] = {}
    rows: dict[UUID, list[StoredRow]] = {}
    for row in fetch_binary(statement, values):
        customer = row[0]
        facts[customer] = Facts(*row[:4])
        if row[5] is not None:
            rows.setdefault(customer, []).append(StoredRow(*row[4:]))
    return facts, rows


def looked_at(
    actor: Actor,
    customer_id: UUID,
    work_item: tuple[Some[UUID], Some[bytes]],
    collections: Some[int],
    record_id: UUID | None,
) -> tuple[UUID | None, Facts | None, list[StoredRow]]:
    """For a look at one customer, in one statement: the customer's work item that was named by id or number
    tag (an open one first, then the actor's, then the newest), the facts, the records."""
    statement = f"""
        WITH named AS (
            SELECT w.work_item_id FROM vault.work_item w WHERE w.customer_id = %(customer)s
            AND (w.work_item_id = ANY(%(named_ids)s::uuid[]) OR w.number_tag = ANY(%(named_tags)s::bytea[]))
            ORDER BY w.closed IS NULL DESC, coalesce(w.assignee = %(actor)s, FALSE) DESC, w.opened DESC
            LIMIT 1)
        SELECT named.work_item_id, found.* FROM (SELECT 1) AS once LEFT JOIN named ON TRUE LEFT JOIN (
            SELECT {_FACTS}, {_RECORD}, {_NEWEST}
            FROM (SELECT %(customer)s::uuid, (SELECT work_item_id FROM named)) {_OF_ASKED}
            LEFT JOIN vault.record r ON r.customer_id = c.customer_id AND {_WHICH}
        ) AS found ON TRUE
        ORDER BY found.collection, found.record_id"""
    ids, tags = work_item
    values = {
        **_who(actor),
        **_which(collections, record_id),
        "customer": customer_id,
        "named_ids": list(ids),
        "named_tags": list(tags),
    }
    rows = fetch_binary(statement, values)
    item, *facts = rows[0][:5]
    if facts[0] is None:
        return item, None, []
    return item, Facts(*facts), [StoredRow(*row[5:]) for row in rows if row[6] is not None]


def _asked(customer_ids: Some[UUID], work_items: Mapping[UUID, UUID]) -> dict[str, Any]:
    return {"ids": _array(customer_ids), "items": _array(map(work_items.get, customer_ids))}


def _which(collections: Some[int], record_id: UUID | None) -> dict[str, Any]:
    return {"every": not collections, "collections": list(collections), "record": record_id}


def records(
    customer_ids: Some[UUID], collections: Some[int] = (), record_id: UUID | None = None
) -> list[StoredRow]:
    """The current records of these customers, by collection and age."""
    statement = f"""
        SELECT {_RECORD}, {_NEWEST} FROM vault.record r
        WHERE r.customer_id = ANY(%(ids)s::uuid[]) AND {_WHICH}
        ORDER BY r.customer_id, r.collection, r.record_id"""
    values = {"ids": _array(customer_ids), **_which(collections, record_id)}
    return [StoredRow(*row) for row in fetch_binary(statement, values)]


def versions(customer_id: UUID, record_id: UUID) -> list[tuple[StoredRow, datetime]]:
    """All versions of a record with the moment each was written, newest first."""
    statement = f"""
        SELECT {_RECORD}, {_NEWEST}, r.created_at FROM vault.record r
        WHERE r.customer_id = %(customer)s AND r.record_id = %(record)s
        UNION ALL
        SELECT {_RECORD}, TRUE, r.created_at FROM vault.record_history r
        WHERE r.customer_id = %(customer)s AND r.record_id = %(record)s
        ORDER BY version DESC"""
    rows = fetch_binary(statement, {"customer": customer_id, "record": record_id})
    return [(StoredRow(*row[:-1]), row[-1]) for row in rows]


def _scope(actor: Actor, scope: Scope) -> dict[str, Any]:
    return {
        **_who(actor),
        "everything": scope.everything,
        "branches": list(scope.branch_ids),
        "own": scope.own_only,
        "not_customer": UUID(scope.not_customer) if scope.not_customer else None,
    }


class Tags(NamedTuple):
    """The tags that a searched value may have: one a search form, under the transforms they are of."""

    tags: list[int]
    fields: list[int]
    transforms: list[int]
    version: int


class Sought(NamedTuple):
    """The tags of a search, and those of which the customer must carry one as well."""

    tags: Tags
    also: Tags | None = None


_TAGGED = """t.tag = ANY(%(tags)s::bigint[]) AND t.field = ANY(%(fields)s::int[])
              AND t.transform = ANY(%(transforms)s::int[]) AND t.version = %(version)s"""
_ALSO = """AND EXISTS (SELECT 1 FROM vault.tag a WHERE a.customer_id = c.customer_id
              AND a.tag = ANY(%(also_tags)s::bigint[]) AND a.field = ANY(%(also_fields)s::int[])
              AND a.transform = ANY(%(also_transforms)s::int[]) AND a.version = %(also_version)s)"""


def candidates(
    actor: Actor,
    scope: Scope,
    sought: Sought,
    collections: Some[int],
    limit: int,
) -> tuple[list[tuple[Facts, UUID]], list[StoredRow]]:
    """Customers in scope whose record carries one of the tags, with that record, at most `limit`; and, sealed,
    all records that these customers have in the collections, unless there are `limit` hits."""
    statement = f"""
        WITH hit AS (
            SELECT c.customer_id, c.branch_id, {_ASSIGNED}, t.record_id,
                row_number() OVER (PARTITION BY c.customer_id ORDER BY t.record_id) AS nth
            FROM vault.tag t JOIN vault.customer c USING (customer_id)
            WHERE {_TAGGED} AND {_IN_SCOPE} {_ALSO if sought.also else ""}
            ORDER BY c.customer_id, t.record_id LIMIT %(limit)s)
        SELECT hit.*, {_RECORD}, {_NEWEST} FROM hit
        LEFT JOIN vault.record r ON hit.nth = 1 AND (SELECT count(*) FROM hit) < %(limit)s
            AND r.customer_id = hit.customer_id AND r.collection = ANY(%(collections)s::int[])
        ORDER BY hit.customer_id, hit.record_id, r.collection, r.record_id"""
    values = {**_scope(actor, scope), "collections": list(collections), "limit": limit}
    values |= sought.tags._asdict()
    if sought.also:
        values |= {f"also_{name}": value for name, value in sought.also._asdict().items()}
    facts_of: dict[UUID, Facts] = {}
    rows: list[StoredRow] = []
    for row in fetch_binary(statement, values):
        facts_of[row[3]] = Facts(row[0], row[1], row[2], False)
        if row[6] is not None:
            rows.append(StoredRow(*row[5:]))
    return [(facts, record) for record, facts in facts_of.items()], rows


def of_number(
    actor: Actor, scope: Scope, ids: Some[UUID], tags: Some[bytes]
) -> list[tuple[UUID, Facts, bool]]:
    """Work items of these ids or number tags, of customers in scope; whether each is open and the actor's."""
    statement = f"""
        SELECT w.work_item_id, coalesce(w.assignee = %(actor)s AND w.opened <= %(today)s
            AND (w.closed IS NULL OR w.closed > %(today)s), FALSE), c.customer_id, c.branch_id, {_ASSIGNED}
        FROM vault.work_item w JOIN vault.customer c USING (customer_id)
        WHERE (w.work_item_id = ANY(%(ids)s::uuid[]) OR w.number_tag = ANY(%(number_tags)s::bytea[]))
            AND {_IN_SCOPE}
        ORDER BY w.work_item_id"""
    values = {**_scope(actor, scope), "ids": list(ids), "number_tags": list(tags)}
    rows = fetch_binary(statement, values)
    return [(row[0], Facts(row[2], row[3], row[4], linked=False), row[1]) for row in rows]


def carriers(tags: Tags, limit: int) -> list[UUID]:
    """Customers whose record carries one of the tags, whoever may see them: only a leaf may name them."""
    statement = f"""
        SELECT DISTINCT t.customer_id FROM vault.tag t JOIN vault.customer c USING (customer_id)
        WHERE {_TAGGED} AND c.state = {HELD}
        ORDER BY t.customer_id LIMIT %(limit)s"""
    return [row[0] for row in fetch_binary(statement, {**tags._asdict(), "limit": limit})]


def carriers_among(tags: Tags, customers: Some[UUID]) -> list[UUID]:
    """Those of these customers whose record carries one of the tags."""
    statement = f"""
        SELECT DISTINCT t.customer_id FROM vault.tag t JOIN vault.customer c USING (customer_id)
        WHERE {_TAGGED} AND c.state = {HELD} AND t.customer_id = ANY(%(customers)s::uuid[])
        ORDER BY t.customer_id"""
    values = {**tags._asdict(), "customers": list(customers)}
    return [row[0] for row in fetch_binary(statement, values)]


def tagged(tags: Some[int], version: int) -> list[tuple[int, UUID]]:
    """Which customers carry which of these tags, whoever may see them; the tags are of one version of the
    index."""
    statement = f"""
        SELECT DISTINCT t.tag, t.customer_id FROM vault.tag t JOIN vault.customer c USING (customer_id)
        WHERE t.tag = ANY(%(tags)s::bigint[]) AND t.version = %(version)s AND c.state = {HELD}"""
    return [(row[0], row[1]) for row in fetch_binary(statement, {"tags": tags, "version": version})]


def page(
    actor: Actor, scope: Scope, after: UUID | None, limit: int, within: Some[int] | None = None
) -> list[Facts]:
    """The next customers in scope, in the order of their ids (oldest first). `within`: of these
    branches only, which the scope's own branches are among already."""
    legs = " UNION ".join(f"({leg})" for leg in _legs(scope))
    if not legs:
        return []
    statement = f"""
        SELECT c.customer_id, c.branch_id, {_ASSIGNED}, FALSE
        FROM ({legs}) AS found JOIN vault.customer c USING (customer_id)
        WHERE c.customer_id IS DISTINCT FROM %(not_customer)s
        ORDER BY c.customer_id LIMIT %(limit)s"""
    # One more, because the actor's own record may be among those found.
    values = {**_scope(actor, scope), "after": after, "limit": limit, "enough": limit + 1}
    values |= {"within": None if within is None else list(within)}
    return [Facts(*row) for row in fetch(statement, values)]


def branches_of_own(actor: Actor) -> list[int]:
    """The branches of those customers of whom the actor has an open work item."""
    statement = f"""
        SELECT DISTINCT c.branch_id FROM vault.customer c
        WHERE c.state = {HELD} AND c.customer_id IN ({_OWN})"""
    return [int(row[0]) for row in fetch(statement, _who(actor))]


def _legs(scope: Scope) -> list[str]:
    """A page's parts, each of which an index gives in order; their OR would read every row."""
    present = f"SELECT c.customer_id FROM vault.customer c WHERE c.state = {HELD} AND {_AFTER}"
    first = "ORDER BY c.customer_id LIMIT %(enough)s"
    if scope.everything:
        return [f"{present} {first}"]
    legs = []
    if scope.branch_ids:
        # Branch by branch: the first customers of each are read, however few a branch has.
        legs.append(f"""SELECT c.customer_id FROM unnest(%(branches)s::int[]) AS b (id)
            CROSS JOIN LATERAL ({present} AND c.branch_id = b.id {first}) AS c {first}""")
    if scope.own_only:
        legs.append(f"{present} AND c.customer_id IN ({_OWN}) AND {_WITHIN} {first}")
    return legs


def count_customers() -> int:
    """How many customers the vault holds."""
    return int(fetch(f"SELECT count(*) FROM vault.customer WHERE state = {HELD}", ())[0][0])


def count_records() -> int:
    """How many records the vault holds."""
    return int(fetch("SELECT count(*) FROM vault.record", ())[0][0])


def customers_by_branch() -> dict[int, int]:
    """How many customers each branch holds; branches without any are left out."""
    statement = (
        f"SELECT branch_id, count(*) FROM vault.customer WHERE state = {HELD} GROUP BY branch_id"
    )
    return {branch: int(number) for branch, number in fetch(statement, ())}


def branches_with_new(since: datetime) -> set[int]:
    """The branches that have got a customer since a moment. The records tell when: their key is of that time."""
    first = f"{int(since.timestamp() * 1000):012x}".ljust(32, "0")
    statement = f"""SELECT DISTINCT branch_id FROM vault.customer
        WHERE customer_id >= %s::uuid AND state = {HELD}"""
    return {int(row[0]) for row in fetch(statement, (first,))}
