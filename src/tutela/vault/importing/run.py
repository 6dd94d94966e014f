"""Drive an import: one reader, several workers, chunks committed in any order but each exactly once.

The reader holds a chunk back while one before it that names the same key or id number is under way,
so of two rows for one record the later in the file wins, however many workers there are. Chunks that
an earlier run has committed are skipped.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass

from .counts import Counts
from .crew import Crew, Names, Work, cause_of, do_chunk
from .errors import ImportStopped
from .job import Outcome
from .prepare import Columns
from .reading.read import Chunk, Reading
from .reading.table import Table
from .totals import Known

_MATCHED_BY = ("key", "identity")


Watcher = Callable[[int, int], None]
"""Told after each chunk: rows done by this run and before it, and rows in all (estimated for CSV)."""


def workers_for(table: Table, chunk_rows: int, asked: int | None) -> int:
    """As many as there are cores, unless asked otherwise; none beside this process for a small file."""
    if asked is not None:
        return max(1, asked)
    small = table.survey.size < 60 * chunk_rows
    return 1 if small else len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2


@dataclass(frozen=True, slots=True)
class How:
    """How a run is done: worker processes (1: this process alone), how they start, rows a chunk. And
    who is told: `known` keeps the total, `before` is what earlier runs have done of it."""

    workers: int
    fork: bool
    chunk_rows: int
    watch: Watcher | None
    known: Known
    before: int = 0


def drive(table: Table, work: Work, done: set[int], how: How) -> Counts:
    """Import every chunk that is not done; ImportStopped tells which one could not be."""
    tally = Counts()
    wanted = frozenset(place for place, _target in work.columns.places)
    with Reading(table, wanted) as reading:

        def count(outcome: Outcome) -> None:
            if not outcome.done_before:
                tally.add(outcome)
            so_far = how.before + tally.rows
            total = how.known.learn(reading.total(), so_far)
            if how.watch:
                how.watch(so_far, total.rows)

        todo = (chunk for chunk in reading.chunks(how.chunk_rows) if chunk.number not in done)
        if how.workers == 1:
            for chunk in todo:
                count(_do_here(work, chunk))
        else:
            with Crew(work, how.workers, fork=how.fork) as crew:
                crew.wait_ready()
                for chunk in todo:
                    crew.take(chunk, names_of(chunk, work.columns), count)
                crew.finish(count)
    return tally


def _do_here(work: Work, chunk: Chunk) -> Outcome:
    try:
        return do_chunk(work, chunk)
    except ImportStopped:
        raise
    except Exception as error:
        raise ImportStopped(chunk=chunk.number, cause=cause_of(error)) from error


def names_of(chunk: Chunk, columns: Columns) -> Names:
    """What the rows of a chunk are matched by, as it stands in the file."""
    places = [place for place, target in columns.places if target.role in _MATCHED_BY]
    names = {
        (place, cell)
        for place in places
        for cell in map(str.strip, [row[place] for row in chunk.rows if place < len(row)])
    }
    return frozenset(names.difference((place, "") for place in places))
