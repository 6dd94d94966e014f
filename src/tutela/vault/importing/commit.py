"""Commit one chunk: match, seal, copy, leave the leaf, all in one transaction, exactly once.

A row is matched by its source system and key, else by its id number; the same row again changes
nothing; another row of the same record makes a new version, and the old one goes to the history. A
mapped field that is empty is cleared; a field that is not mapped stays. One customer may have one
customer record for each source key, so two systems (or a customer entered twice in one) do not
overwrite each other. A row with neither key nor id number is known by its own content.

Rows of a chunk that name the same record are applied one after another, in file order.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.utils import IntegrityError, OperationalError
from psycopg.errors import DeadlockDetected, SerializationFailure

from tutela.crypto.blind import IndexKeys
from tutela.crypto.errors import BadValue
from tutela.keys import custody
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import Exposure, Leaf
from tutela.vault import rows as sealing
from tutela.vault.catalogue import Collection

from . import match, rejects, statements, targets, write
from .job import Again, Job, Marked, Outcome
from .match import Held
from .prepare import Prepared, Problem, Row

CUSTOMER_UNKNOWN = "customer_unknown"
CUSTOMER_DIFFERS = "customer_differs"
IDENTITY_TAKEN = "identity_taken"
BRANCH_UNKNOWN = "branch_unknown"
_ATTEMPTS = 8


def commit_chunk(job: Job, number: int, count: int, prepared: Prepared) -> Outcome:
    """Commit a chunk of `count` rows; tried again when another process was at the same records."""
    for attempt in range(_ATTEMPTS):
        try:
            # COPY goes round Django's cursor: its errors must become Django's here.
            with connection.wrap_database_errors, transaction.atomic():
                outcome = _commit(job, number, count, prepared)
                transaction.set_rollback(job.dry_run)
        except (Again, IntegrityError):
            if attempt == _ATTEMPTS - 1:
                raise
        except OperationalError as error:
            if attempt == _ATTEMPTS - 1 or not _lost_a_race(error):
                raise
        else:
            return outcome
        time.sleep(0.01 * 2**attempt)
    raise Again


def _lost_a_race(error: OperationalError) -> bool:
    return isinstance(error.__cause__, DeadlockDetected | SerializationFailure)


def _commit(job: Job, number: int, count: int, prepared: Prepared) -> Outcome:
    outcome = Outcome(count)
    if match.chunk_done(job.batch, number):
        outcome.done_before = True
        return outcome
    problems = list(prepared.problems)
    customers, entries = job.collection == Collection.CUSTOMER, list[bytes]()
    for wave in _waves(_marked(job, prepared.rows, problems), customers=customers):
        entries += Wave(job, outcome, problems).apply(wave)
    outcome.rejected = len({problem.row for problem in problems})
    finish(job, number, outcome, problems, prepared, write.anchor(entries))
    return outcome


def finish(
    job: Job,
    number: int,
    outcome: Outcome,
    problems: list[Problem],
    prepared: Prepared,
    anchor: Mapping[str, str],
) -> None:
    """The chunk's leaf, with the root of what it wrote, and its row, whose key makes it happen once."""
    sealed = rejects.seal(problems, prepared, job.batch)
    counts = {
        name: getattr(outcome, name)
        for name in ("rows", "created", "changed", "unchanged", "rejected")
    }
    log.append_with_change(
        Leaf(
            event=Event.VAULT_IMPORT_COMMITTED,
            actor=job.actor,
            exposure=Exposure.WRITE,
            detail={"batch": str(job.batch), "chunk": number, **counts, **anchor},
        )
    )
    statements.insert_chunk([job.batch, number, *counts.values(), sealed])


def _marked(job: Job, rows: Iterable[Row], problems: list[Problem]) -> list[Marked]:
    """Rows with their tags; a row of an unknown branch becomes a problem."""
    index, made = custody.index_keys(), []
    for row in rows:
        branch = job.branches.get(row.branch, job.elsewhere) if row.branch else job.branch
        if branch is None:
            problems.append(Problem(row.number, "branch", BRANCH_UNKNOWN))
            continue
        texts: dict[int, Any] = row.values | row.texts
        fields = tuple(sorted(texts))
        mac = sealing.texts_mac(index, job.collection, fields, [texts[field] for field in fields])
        identity = _identity_tag(index, row.identity)
        made.append(Marked(row, _source_tag(job, index, row, mac, identity), identity, mac, branch))
    return made


def _identity_tag(index: IndexKeys, number: str) -> bytes | None:
    return sealing.identity_tag(index, number) if number else None


def _source_tag(
    job: Job, index: IndexKeys, row: Row, mac: bytes, identity: bytes | None
) -> bytes | None:
    """By the key, if there is one; else a customer is known by the id number, others by content."""
    if row.key:
        try:
            return sealing.source_tag(index, job.collection, job.source, row.key)
        except BadValue:
            pass
    if identity is not None and job.collection == Collection.CUSTOMER:
        return None
    return sealing.source_tag(index, job.collection, job.source, f"row {mac.hex()}")


def _waves(marked: Sequence[Marked], *, customers: bool) -> list[list[Marked]]:
    """Rows in rounds in which no record and no id number comes twice; nearly always one round.

    Rows that follow each other on one record are `later` rows of the first: they cost one round
    together, however many they are. Only customers are created by an id number, so only their rows
    wait for each other because of it.
    """
    named = [
        [name for name in ((one.source, one.identity) if customers else (one.source,)) if name]
        for one in marked
    ]
    everything = [name for names in named for name in names]
    if len(set(everything)) == len(everything):
        return [list(marked)] if marked else []
    waves: list[list[Marked]] = []
    newest: dict[bytes, tuple[Marked, list[bytes], int]] = {}
    for one, names in zip(marked, named, strict=True):
        before = [newest[name] for name in names if name in newest]
        if before and all(last[0] is before[0][0] for last in before) and before[0][1] == names:
            _follow(before[0][0], one)
            continue
        at = max((turn + 1 for _one, _names, turn in before), default=0)
        newest.update(dict.fromkeys(names, (one, names, at)))
        while len(waves) <= at:
            waves.append([])
        waves[at].append(one)
    return waves


def _follow(first: Marked, row: Marked) -> None:
    if isinstance(first.later, list):
        first.later.append(row)
    else:
        first.later = [row]


class Wave:
    """Applies rows that name different records."""

    def __init__(self, job: Job, outcome: Outcome, problems: list[Problem]) -> None:
        self.job, self.outcome, self.problems = job, outcome, problems
        self.found: dict[bytes, Held] = {}

    def apply(self, wave: Sequence[Marked]) -> list[bytes]:
        """Create, change or leave the record of each row; what the chunk's leaf is to anchor."""
        tags = [one.source for one in wave if one.source is not None]
        self.found = match.by_source(self.job.collection, tags)
        is_customer = self.job.collection == Collection.CUSTOMER
        fresh, added, known = self._customers(wave) if is_customer else self._papers(wave)
        entries = write.create_customers(self.job, fresh)
        entries += write.add_records(self.job, added)
        differ = [(one, held) for one, held in known if one.mac != held.row_mac or one.later]
        self._adopt(known)
        changed = write.change_records(self.job, differ)
        first = [*fresh, *(one for one, _owner in added)]
        again = sum(len(one.versions()) - 1 for one in first if one.later)
        self.outcome.created += len(fresh) + (0 if is_customer else len(added))
        self.outcome.changed += len(changed) + again + (len(added) if is_customer else 0)
        rows = len(known) + sum(len(one.later) for one in (*first, *(one for one, _held in known)))
        self.outcome.unchanged += rows - len(changed) - again
        return entries + changed

    def _customers(
        self, wave: Sequence[Marked]
    ) -> tuple[list[Marked], list[tuple[Marked, UUID]], list[tuple[Marked, Held]]]:
        """New customers, records for customers that are known, and records that are held."""
        owners = match.by_identity([one.identity for one in wave if one.identity is not None])
        missed = [one.identity for one in wave if one.identity and one.source not in self.found]
        records = match.of_customers(
            self.job.collection, {owners[tag] for tag in missed if tag in owners}
        )
        fresh: list[Marked] = []
        added: list[tuple[Marked, UUID]] = []
        known: list[tuple[Marked, Held]] = []
        for one in wave:
            held = self.found.get(one.source) if one.source else None
            owner = owners.get(one.identity) if one.identity else None
            if held is None and owner is not None:
                held = _adopted(one, records.get(owner, []))
            if held is not None and owner not in (None, held.customer_id):
                self._refuse(one, "identity", IDENTITY_TAKEN)
            elif held is not None:
                known.append((one, held))
            elif owner is not None:
                added.append((one, owner))
            else:
                fresh.append(one)
        return fresh, added, known

    def _papers(
        self, wave: Sequence[Marked]
    ) -> tuple[list[Marked], list[tuple[Marked, UUID]], list[tuple[Marked, Held]]]:
        """Records of other collections: their customer must be known, and stay the same."""
        added: list[tuple[Marked, UUID]] = []
        known: list[tuple[Marked, Held]] = []
        owners = owners_of(self.job, [one.row for one in wave])
        for one, owner in zip(wave, owners, strict=True):
            held = self.found.get(one.source) if one.source else None
            if owner is None:
                self._refuse(one, "customer_key", CUSTOMER_UNKNOWN)
            elif held is None:
                added.append((one, owner))
            elif held.customer_id != owner:
                self._refuse(one, "customer_key", CUSTOMER_DIFFERS)
            else:
                known.append((one, held))
        return [], added, known

    def _adopt(self, known: Sequence[tuple[Marked, Held]]) -> None:
        """A record that had no source key gets the row's."""
        statements.adopt(
            [
                (one.source, held.customer_id, held.record_id)
                for one, held in known
                if one.source is not None and held.source_tag is None
            ]
        )

    def _refuse(self, one: Marked, role: str, code: str) -> None:
        field = next(
            (t.code for t in targets.targets_of(self.job.collection) if t.role == role), ""
        )
        self.problems += [Problem(row.row.number, field, code) for row in one.rows()]


def _adopted(one: Marked, records: Sequence[Held]) -> Held | None:
    """The record of a customer, found by id number, that the row speaks of."""
    if one.source is None:
        return records[0] if records else None
    return next((held for held in records if held.source_tag is None), None)


def owners_of(job: Job, rows: Sequence[Row]) -> list[UUID | None]:
    """The customer of each row: by the customer's key in the same source, else by the id number."""
    index = custody.index_keys()
    keys = [_customer_tag(index, job.source, row.customer_key) for row in rows]
    numbers = [_identity_tag(index, row.identity) for row in rows]
    by_key = match.by_source(Collection.CUSTOMER, {key for key in keys if key})
    by_number = match.by_identity({number for number in numbers if number})
    owners: list[UUID | None] = []
    for key, number in zip(keys, numbers, strict=True):
        held = by_key.get(key) if key else None
        owners.append(held.customer_id if held else by_number.get(number) if number else None)
    return owners


def _customer_tag(index: IndexKeys, source: str, key: str) -> bytes | None:
    try:
        return sealing.source_tag(index, Collection.CUSTOMER, source, key) if key else None
    except BadValue:
        return None
