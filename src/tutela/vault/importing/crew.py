"""Worker processes: each prepares and commits whole chunks on a database connection of its own.

A worker says that it is ready, then takes one chunk at a time and answers with its counts, or with
the code of what stopped it. When the parent dies the pipe ends, and the worker with it.
"""

import gc
import io
import multiprocessing as mp
import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection, wait
from typing import Any, Self

from django.db import InterfaceError, OperationalError, connections
from psycopg.errors import DiskFull

from tutela.base.errors import TutelaError

from .errors import ImportStopped
from .job import Job, Outcome
from .prepare import Columns, prepare
from .reading.read import Chunk

READY_SECONDS = 60.0
_ANSWER_SECONDS = 600.0
Names = frozenset[tuple[int, str]]
"""What a chunk's rows are matched by: (column, cell). Two chunks that share one keep their order."""


@dataclass(frozen=True, slots=True)
class Work:
    """All that a worker needs to know."""

    job: Job
    columns: Columns
    today: date


def do_chunk(work: Work, chunk: Chunk) -> Outcome:
    """Prepare and commit one chunk in this process."""
    from .commit import commit_chunk
    from .rehearsal import keep, take_turn
    from .work_items import commit_work_items, is_work_item

    prepared = prepare(chunk, work.columns, work.today)
    commit = commit_work_items if is_work_item(work.job) else commit_chunk
    if work.job.dry_run:
        take_turn(work.job, chunk.number)
    outcome = commit(work.job, chunk.number, len(chunk.rows), prepared)
    if work.job.dry_run and not outcome.done_before:
        keep(work.job, chunk.number, outcome, prepared)
    return outcome


def cause_of(error: BaseException) -> str:
    """A code for what stopped a chunk; never the text of a database error, which may hold values."""
    if isinstance(error, TutelaError):
        return error.code
    chain = (error, error.__cause__)
    if any(isinstance(link, DiskFull) for link in chain) or getattr(error, "errno", 0) == 28:
        return "disk_full"
    if isinstance(error, OperationalError | InterfaceError | ConnectionError):
        return "database_unavailable"
    return f"unexpected_{type(error).__name__}"


class Crew:
    """A number of workers, each with at most one chunk at hand."""

    def __init__(self, work: Work, size: int, *, fork: bool) -> None:
        self._context = mp.get_context("fork" if fork else "spawn")
        self._idle: list[_Worker] = []
        self._busy: dict[Connection, _Worker] = {}
        for _ in range(size):
            self._start(work)

    def _start(self, work: Work) -> None:
        mine, theirs = self._context.Pipe()
        others = [worker.pipe for worker in self._idle]
        process = self._context.Process(  # type: ignore[attr-defined]  # both contexts have it
            target=_serve, args=(theirs, work, [mine, *others] if self._forks else []), daemon=True
        )
        process.start()
        theirs.close()
        self._idle.append(_Worker(process, mine))

    @property
    def _forks(self) -> bool:
        return self._context.get_start_method() == "fork"

    def wait_ready(self) -> None:
        """Return when every worker has opened its keys; ImportStopped if one cannot."""
        for worker in self._idle:
            if not worker.pipe.poll(READY_SECONDS):
                raise ImportStopped(chunk=0, cause="worker_silent")
            _checked(worker, 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        workers = [*self._idle, *self._busy.values()]
        for worker in workers:
            worker.pipe.close()
        for worker in workers:
            if exc[0] is not None:
                worker.process.terminate()
            worker.process.join(10)
            if worker.process.is_alive():
                worker.process.kill()

    def take(self, chunk: Chunk, names: Names, done: Callable[[Outcome], None]) -> None:
        """Give a chunk to a worker, after those before it that touch the same records."""
        while not self._idle or any(not names.isdisjoint(w.names) for w in self._busy.values()):
            self._collect(done)
        worker = self._idle.pop()
        worker.names, worker.number = names, chunk.number
        try:
            worker.pipe.send_bytes(_packed(chunk))
        except OSError:
            raise ImportStopped(chunk=chunk.number, cause="worker_died") from None
        self._busy[worker.pipe] = worker

    def finish(self, done: Callable[[Outcome], None]) -> None:
        """Wait for all chunks at hand."""
        while self._busy:
            self._collect(done)

    def _collect(self, done: Callable[[Outcome], None]) -> None:
        ready = wait(list(self._busy), _ANSWER_SECONDS)
        if not ready:
            raise ImportStopped(
                chunk=min(w.number for w in self._busy.values()), cause="worker_silent"
            )
        for pipe in ready:
            worker = self._busy.pop(pipe)  # type: ignore[call-overload]  # wait gives back what it got
            outcome = _checked(worker, worker.number)
            self._idle.append(worker)
            done(outcome)


@dataclass(slots=True)
class _Worker:
    process: Any  # a Process of either context
    pipe: Connection
    names: Names = frozenset()
    number: int = 0


def _checked(worker: _Worker, number: int) -> Outcome:
    try:
        answer = worker.pipe.recv()
    except (EOFError, OSError):
        raise ImportStopped(chunk=number, cause="worker_died") from None
    if isinstance(answer, str):
        raise ImportStopped(chunk=number, cause=answer)
    outcome: Outcome = answer
    return outcome


def _packed(chunk: Chunk) -> bytes:
    """A chunk for the pipe. Its cells are texts that hardly come twice: looking for those that do, as the
    pickler does, would cost the reader ten times as much."""
    packed = io.BytesIO()
    pickler = pickle.Pickler(packed, pickle.HIGHEST_PROTOCOL)
    pickler.fast = True
    pickler.dump(chunk)
    return packed.getvalue()


_inherited: list[object] = []


def _serve(pipe: Connection, work: Work, others: list[Connection]) -> None:
    """A worker's life."""
    for other in others:
        other.close()
    _own_connections()
    # A chunk makes a hundred thousand objects and no cycles: looking for some costs a tenth.
    gc.freeze()
    gc.disable()
    try:
        pipe.send(_ready())
        while True:
            try:
                chunk = pipe.recv()
            except EOFError:
                return
            pipe.send(_answer(work, chunk))
    except (BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        return
    finally:
        connections.close_all()


def _own_connections() -> None:
    """A forked worker must not speak, nor say goodbye, on its parent's connections."""
    import django
    from django.apps import apps

    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutela.settings")
        django.setup()
    for alias in list(connections):
        wrapper = connections[alias]
        if wrapper.connection is not None:
            _inherited.append(wrapper.connection)
            wrapper.connection = None
        del connections[alias]


def _ready() -> Outcome | str:
    from tutela.base import ids
    from tutela.keys import custody

    try:
        ids.uuid7()
        custody.index_keys()
        custody.check_ready()
    except Exception as error:
        return cause_of(error)
    return Outcome(0)


def _answer(work: Work, chunk: Chunk) -> Outcome | str:
    try:
        return do_chunk(work, chunk)
    except Exception as error:
        return cause_of(error)
