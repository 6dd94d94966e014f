"""A rehearsal is a look: traced before it compares, counted as a search, done by the worker."""

import os
import signal
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connections

from tests import imports
from tests.access import cast
from tests.conftest import close_all
from tests.vault_importing.conftest import Insurer
from tests.waiting_jobs import work_off
from tutela.access import snapshot
from tutela.base.actor import Actor
from tutela.crypto.normalise import id_card_18
from tutela.keys import spool
from tutela.trail import queries
from tutela.vault import events
from tutela.vault.errors import SearchLimit
from tutela.vault.importing import batches, rehearsals, rejected_rows
from tutela.vault.importing.errors import BatchMissing, RehearsalOver
from tutela.vault.queries import fetch

HEADER = "客户号,姓名,证件号码,手机号码\n"


def number(serial: int) -> str:
    return id_card_18(f"11010119900307{serial:03d}")


def file(first: int, rows: int) -> bytes:
    lines = [f"H{n},试运行,{number(n)},138001{n:05d}\n" for n in range(first, first + rows)]
    return (HEADER + "".join(lines)).encode()


def head_office() -> str:
    code: str = fetch("SELECT code FROM access_branch WHERE parent_id IS NULL", [])[0][0]
    return code


@pytest.fixture(scope="module")
def manager(insurer: Insurer) -> Actor:
    """A person who imports, at the head office."""
    member = cast.hire("branch_manager", head_office())
    snapshot.reload()
    return member.actor


def queued(actor: Actor, data: bytes) -> UUID:
    upload = spool.store(data)
    spool.keep(upload, actor.id)
    order = imports.prepare(actor, spool.SpoolSource(upload), collection="customer")
    return rehearsals.queue_rehearsal(actor, order, upload, keep=True)


def work() -> None:
    """What the worker does, until there is nothing left."""
    work_off()


def leaves(batch: UUID) -> list[set[str]]:
    """The customers that each leaf of a rehearsal names."""
    found = queries.leaves(queries.LeafFilter(event=events.IMPORT_REHEARSED.name), limit=100)
    return [
        {name for kind, name in leaf.subjects if kind == "customer"}
        for leaf in found
        if leaf.detail.get("batch") == str(batch)
    ]


def test_the_worker_rehearses_and_keeps_the_counts(insurer: Insurer, manager: Actor):
    """Waiting first, then finished; no customer more."""
    insurer.bring_in(file(0, 3))
    before = insurer.count("vault.customer")
    batch = queued(manager, file(0, 5))
    waiting = batches.state_of(batch)
    assert waiting is not None
    assert (waiting.state, waiting.dry_run) == ("waiting", True)
    work()
    done = batches.state_of(batch)
    assert done is not None
    counts = (done.state, done.tally.created, done.tally.unchanged + done.tally.changed)
    assert counts == ("finished", 2, 3)
    assert insurer.count("vault.customer") == before


def test_its_leaf_names_whom_it_can_tell_of(insurer: Insurer, manager: Actor):
    """And nobody else; one that finds nobody leaves a leaf too."""
    insurer.bring_in(file(20, 2))
    known = {
        str(row[0])
        for row in fetch("SELECT customer_id FROM vault.customer ORDER BY 1 DESC LIMIT 2", [])
    }
    batch, nobody = queued(manager, file(20, 4)), queued(manager, file(40, 2))
    work()
    assert leaves(batch) == [known]
    assert leaves(nobody) == [set()]


def test_nothing_is_compared_before_the_leaf_is_durable(
    insurer: Insurer, manager: Actor, monkeypatch: pytest.MonkeyPatch
):
    """The leaf stands for others to read when the first comparison is made."""
    from tutela.vault.importing import match

    seen: list[int] = []
    matched = match.by_source

    def look(*given: object) -> object:
        seen.append(len(leaves(batch)))
        return matched(*given)  # type: ignore[arg-type]  # passed on as it came

    batch = queued(manager, file(20, 2))
    monkeypatch.setattr(match, "by_source", look)
    work()
    assert seen
    assert seen[0] == 1


def test_a_rehearsal_counts_as_a_search(insurer: Insurer, monkeypatch: pytest.MonkeyPatch):
    """At the door, before the file reaches the worker."""
    monkeypatch.setattr(settings, "TUTELA_SEARCHES_A_MINUTE", 1)
    member = cast.hire("branch_manager", head_office()).actor
    snapshot.reload()
    queued(member, file(60, 1))
    with pytest.raises(SearchLimit):
        queued(member, file(61, 1))


def test_the_list_names_rows_of_wrong_form_only(insurer: Insurer, manager: Actor):
    """What the comparison refuses is counted: the list would tell row by row whom the vault knows."""
    insurer.bring_in(file(80, 1))
    taken = f"OTHER,试运行,{number(80)},13800100080\n"
    rest = f"H80,试运行,{number(81)},13800100081\nH82,试运行,,1380\n"
    insurer.bring_in((HEADER + f"H81,试运行,{number(81)},13800100081\n").encode())
    result = insurer.bring_in((HEADER + taken + rest).encode(), dry_run=True)
    listed = rejected_rows.rejects_of(insurer.operator, UUID(result.batch))
    assert result.rejected == 2
    assert [(one["row"], one["code"]) for one in listed] == [(4, "phone_form")]


def test_what_was_rehearsed_is_imported_by_its_owner_only(insurer: Insurer, manager: Actor):
    """With the file and the mapping of the rehearsal; to another account it is not there."""
    batch = queued(manager, file(100, 2))
    work()
    with pytest.raises(BatchMissing):
        rehearsals.start_rehearsed(insurer.operator, batch)
    upload, _digest = rehearsals.start_rehearsed(manager, batch)
    work()
    assert insurer.count("vault.import_batch", f"actor_id = '{manager.id}' AND NOT dry_run") == 1
    with pytest.raises(RehearsalOver):
        rehearsals.start_rehearsed(manager, batch)
    assert not list(spool.folder().glob(f"{upload}*"))


def _rehearse_and_wait(pipe: Connection, actor: Actor, batch: UUID, upload: UUID) -> None:
    """A worker that is at its second chunk when it is killed."""
    for connection in connections.all():
        connection.connection = None

    def pause(done: int, _total: int) -> None:
        pipe.send(done)
        signal.pause()

    imports.bring_in(
        actor, spool.SpoolSource(upload), collection="customer", dry_run=True, rehearsal=batch,
        chunk_rows=2, progress=pause,
    )  # fmt: skip


@pytest.fixture
def killed(insurer: Insurer, manager: Actor) -> Iterator[tuple[UUID, UUID]]:
    """A rehearsal whose process was killed after its first chunk."""
    batch = queued(manager, file(120, 6))
    state = batches.state_of(batch)
    assert state is not None
    assert state.upload is not None
    close_all()
    mine, theirs = get_context("fork").Pipe()
    process = get_context("fork").Process(
        target=_rehearse_and_wait, args=(theirs, manager, batch, state.upload)
    )
    process.start()
    assert mine.poll(30)
    assert mine.recv() == 2
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join(10)
    return batch, state.upload


def test_killed_it_leaves_nothing_half_done_and_is_seen_as_stopped(
    insurer: Insurer, manager: Actor, killed: tuple[UUID, UUID]
):
    """The next try goes on after its last chunk and comes to the same counts."""
    batch, upload = killed
    state = batches.state_of(batch)
    assert state is not None
    assert (state.state, state.tally.rows) == ("stopped", 2)
    assert insurer.count("vault.record", f"batch = '{batch}'") == 0
    result = imports.bring_in(
        manager, spool.SpoolSource(upload), collection="customer", dry_run=True, rehearsal=batch,
        chunk_rows=2,
    )  # fmt: skip
    assert (result.rows, result.created) == (6, 6)
    ended = batches.state_of(batch)
    assert ended is not None
    assert ended.state == "finished"


def test_a_file_that_broke_meanwhile_ends_as_failed(insurer: Insurer, manager: Actor):
    """The page says so, and the person is told."""
    batch = queued(manager, file(140, 1))
    state = batches.state_of(batch)
    assert state is not None
    assert state.upload is not None
    spool.delete(state.upload)
    work()
    ended = batches.state_of(batch)
    assert ended is not None
    assert ended.state == "failed"


def test_400_rows_of_one_key_take_a_handful_of_statements(insurer: Insurer):
    """The case that held a web thread for 27 s."""
    from tests.vault_importing.test_repeat_rows import rows, statements

    with statements() as sent:
        result = insurer.bring_in(rows("H400", 400), dry_run=True)
    assert (result.created, result.changed) == (1, 399)
    assert len(sent) < 60
