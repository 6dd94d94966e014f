"""The counters as they are stored: read at start, written with the position in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from tutela.base import clock
from tutela.watch import queries
from tutela.watch.counters import Common, Customer, FoldedDay, Person, PersonDay, pack, unpack
from tutela.watch.engine import Engine
from tutela.watch.models import Counter, Position

_PERSON, _CUSTOMER, _COMMON = "person", "customer", "common"
_WRITE = """
    INSERT INTO watch_counter AS c (kind, key, day, data)
    SELECT * FROM unnest(%s::text[], %s::text[], %s::date[], %s::bytea[])
    ON CONFLICT (kind, key, day) DO UPDATE SET data = excluded.data"""
_FORGET = """
    DELETE FROM watch_counter c USING unnest(%s::text[], %s::text[], %s::date[]) AS gone (kind, key, day)
    WHERE c.kind = gone.kind AND c.key = gone.key AND c.day IS NOT DISTINCT FROM gone.day"""


@dataclass(frozen=True, slots=True)
class _Row:
    """One counter row; without data it is forgotten."""

    kind: str
    key: str
    day: int | None
    data: bytes | None


def load(engine: Engine) -> Position:
    """Fill an engine with what is stored; the position, which is made at the first start."""
    stored = queries.position()
    if stored is None:
        now = clock.now()
        stored = Position.objects.create(id=1, at=now, since=now)
    engine.next = stored.index
    engine.newest_ms = queries.milliseconds(stored.leaf_at) if stored.leaf_at else 0
    engine.judged = stored.judged.toordinal() if stored.judged else 0
    people: dict[str, Person] = {}
    days: list[tuple[str, int, bytes]] = []
    for kind, key, day, data in Counter.objects.values_list(
        "kind", "key", "day", "data"
    ).iterator():
        packed = bytes(data)
        if kind == _PERSON and day is not None:
            days.append((key, day.toordinal(), packed))
        elif kind == _PERSON:
            people[key] = Person.of(unpack(packed))
        elif kind == _CUSTOMER:
            engine.customers[key] = Customer.of(unpack(packed))
        else:
            engine.restore(Common.of(unpack(packed)))
    for key, number, packed in days:
        said = unpack(packed)
        if "folded" in said:
            people[key].folded[number] = FoldedDay.of(said)
        else:
            people[key].days[number] = PersonDay.of(said)
    engine.people.update(people)
    return stored


def save(engine: Engine, epoch: int) -> int:
    """Write what has changed, and the position; how many rows. In the caller's transaction, whose commit is
    confirmed by `saved`."""
    rows = list(_changed(engine))
    kept = [row for row in rows if row.data is not None]
    gone = [row for row in rows if row.data is None]
    with connection.cursor() as cursor:
        if kept:
            columns = (
                [r.kind for r in kept],
                [r.key for r in kept],
                _days(kept),
                [r.data for r in kept],
            )
            cursor.execute(_WRITE, columns)
        if gone:
            cursor.execute(_FORGET, ([r.kind for r in gone], [r.key for r in gone], _days(gone)))
    Position.objects.filter(id=1).update(
        epoch=epoch,
        index=engine.next,
        leaf_at=queries.moment(engine.newest_ms) if engine.newest_ms else None,
        at=clock.now(),
        judged=date.fromordinal(engine.judged) if engine.judged else None,
    )
    return len(rows)


def saved(engine: Engine) -> None:
    """What was written is written."""
    engine.changed_days.clear()
    engine.changed_people.clear()
    engine.changed_customers.clear()


def forget(since: datetime | None = None) -> None:
    """Begin again from the first leaf of the first tree: all counters go. Alerts stay; `since` as in Position."""
    Counter.objects.all().delete()
    begin = {"epoch": 0, "index": 0, "leaf_at": None, "judged": None, "at": clock.now()}
    Position.objects.filter(id=1).update(**begin, **({"since": since} if since else {}))


def _changed(engine: Engine) -> Iterable[_Row]:
    for key in sorted(engine.changed_people):
        yield _Row(_PERSON, key, None, pack(engine.people[key].stored()))
    for key, day in sorted(engine.changed_days):
        person = engine.people[key]
        one = person.days.get(day) or person.folded.get(day)
        yield _Row(_PERSON, key, day, pack(one.stored()) if one else None)
    for key in sorted(engine.changed_customers):
        customer = engine.customers.get(key)
        yield _Row(_CUSTOMER, key, None, pack(customer.stored()) if customer else None)
    yield _Row(_COMMON, "", None, pack(engine.common.stored()))


def _days(rows: Iterable[_Row]) -> list[date | None]:
    return [date.fromordinal(row.day) if row.day else None for row in rows]
