"""Commit one chunk: match, seal, copy, leave the leaf, all in one transaction, exactly once.

A row is matched by its source system and key, else by its id number; the same row again changes
nothing; another row of the same record makes a new version, and the old one goes to the history. A
field that is not mapped stays, and so does one that is blank in the row, unless the mapping says that
its blanks clear; what was kept so is counted. One customer may have one
customer record for each source key, so two systems (or a customer entered twice in one) do not
overwrite each other. A row with neither key nor id number is known by its own content.

A person's import reaches its own customers only; what it may not write is held (see `waves`).

Rows of a chunk that name the same record are applied one after another, in file order.
"""

import time
from collections.abc import Iterable, Mapping

from django.db import connection, transaction
from django.db.utils import IntegrityError, OperationalError
from psycopg.errors import DeadlockDetected, SerializationFailure

from tutela.keys import custody
from tutela.trail import log
from tutela.trail.leaves import Exposure, Leaf
from tutela.vault import events
from tutela.vault.catalogue import Collection

from . import marks, match, person, rehearsal, rejects, statements, waves, write
from .job import Again, Job, Marked, Outcome
from .prepare import Prepared, Problem, Row

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
            lost_a_race = isinstance(error.__cause__, DeadlockDetected | SerializationFailure)
            if attempt == _ATTEMPTS - 1 or not lost_a_race:
                raise
        else:
            return outcome
        time.sleep(0.01 * 2**attempt)
    raise Again


def _commit(job: Job, number: int, count: int, prepared: Prepared) -> Outcome:
    outcome = Outcome(count)
    if match.chunk_done(job.batch, number):
        outcome.done_before = True
        return outcome
    waves.check_right(job)
    problems = list(prepared.problems)
    writer = person.writer_for(job, outcome, problems)
    customers, entries = job.collection == Collection.CUSTOMER, list[bytes]()
    marked = _marked(job, prepared.rows, problems)
    if job.dry_run:
        rehearsal.trace(job, number, count, rehearsal.tags_of(job, marked))
    for wave in waves.rounds(marked, customers=customers):
        entries += writer.apply(wave)
    writer.finish()
    outcome.rejected = len({problem.row for problem in problems})
    rejected = rejects.seal(problems, prepared, job.batch)
    finish(job, number, outcome, rejected, write.anchor(entries))
    return outcome


def finish(
    job: Job, number: int, outcome: Outcome, rejected: bytes | None, anchor: Mapping[str, str]
) -> None:
    """The chunk's leaf, with the root of what it wrote, and its row, whose key makes it happen once.
    `rejected`: its rejected rows, sealed."""
    log.append_with_change(
        Leaf(
            event=events.IMPORT_COMMITTED,
            actor=job.actor,
            exposure=Exposure.WRITE,
            detail={"batch": str(job.batch), "chunk": number, **outcome.sums(), **anchor},
        )
    )
    statements.insert_chunk([job.batch, number, *outcome.sums().values(), rejected])


def _marked(job: Job, rows: Iterable[Row], problems: list[Problem]) -> list[Marked]:
    """Rows with their tags; a row of an unknown branch becomes a problem."""
    known: list[tuple[Row, int]] = []
    for row in rows:
        branch = job.branches.get(row.branch, job.elsewhere) if row.branch else job.branch
        if branch is None:
            problems.append(Problem(row.number, "branch", BRANCH_UNKNOWN))
        else:
            known.append((row, branch))
    return marks.marks(job, custody.index_keys(), known)
