"""How many rows an import has in all stands with the import, and gets better while it runs."""

from collections.abc import Callable
from io import BytesIO
from itertools import count, pairwise

import pytest
from django.db import IntegrityError, connection, transaction
from xlsxwriter import Workbook

from tests.vault_importing.conftest import Insurer
from tutela.base import clock
from tutela.vault.importing import batches
from tutela.vault.importing.errors import ImportStopped
from tutela.vault.importing.totals import Known, Total
from tutela.vault.queries import fetch

Watch = Callable[[int, int], None]


def table(prefix: str, rows: int, *, width: int = 0) -> bytes:
    """A CSV with a customer a line. The first 500 rows have a remark of `width` letters, the others
    one of three times as many: the look at the first rows tells far too high a total."""
    remarks = ("x" * width, "x" * 3 * width)
    lines = [f"{prefix}{n:05d},欧阳测试,{remarks[n >= 500]}\n" for n in range(rows)]
    return ("客户号,姓名,zzz\n" + "".join(lines)).encode()


def stored(state: str) -> list[tuple[int | None, bool]]:
    """Total and whether it is estimated, of the batches in a state, the newest first."""
    return fetch(
        "SELECT total, total_about FROM vault.import_batch WHERE state = %s"
        " ORDER BY started_at DESC",
        [state],
    )


def followed(insurer: Insurer) -> tuple[list[tuple[int, int, tuple[int | None, bool]]], Watch]:
    """What is told after each chunk, and what stands in the table then."""
    seen: list[tuple[int, int, tuple[int | None, bool]]] = []
    return seen, lambda done, total: seen.append((done, total, stored("running")[0]))


def test_what_is_told_is_what_is_stored(insurer: Insurer):
    """The shell that runs it, and everybody else: the same total after every chunk."""
    seen, watch = followed(insurer)
    insurer.bring_in(table("A", 1200, width=1000), chunk_rows=100, progress=watch)
    assert [done for done, _, _ in seen] == list(range(100, 1300, 100))
    assert all(total == kept[0] for _, total, kept in seen)
    assert all(kept[1] for _, _, kept in seen)


def test_a_total_gets_better_while_the_file_is_read(insurer: Insurer, monkeypatch):
    """The first rows told three times too many. A clock that jumps lets every chunk be noted."""
    ticks = count()
    monkeypatch.setattr(clock, "monotonic", lambda: float(next(ticks)))
    seen, watch = followed(insurer)
    insurer.bring_in(table("J", 1200, width=1000), chunk_rows=100, progress=watch)
    off = [abs(total - 1200) for _, total, _ in seen]
    assert off[0] > 1000
    assert off[-1] < 12
    assert all(later <= sooner for sooner, later in pairwise(off)), seen


def test_a_finished_import_knows_its_rows_exactly(insurer: Insurer):
    """Estimated or not before."""
    insurer.bring_in(table("B", 700), chunk_rows=100)
    assert stored("finished")[0] == (700, False)
    newest = batches.recent(1)[0]
    assert newest.how_far() == {"total": 700, "estimated": False, "percent": 100}


def test_a_short_file_is_counted_at_once(insurer: Insurer):
    """The look at its first rows has seen all of it."""
    seen, watch = followed(insurer)
    insurer.bring_in(table("C", 30), chunk_rows=10, progress=watch)
    assert [kept for _, _, kept in seen] == [(30, False)] * 3


def test_a_workbook_tells_its_rows_itself(insurer: Insurer):
    """Without an estimate."""
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["客户号", "姓名"])
        for n in range(300):
            sheet.write_row(n + 1, 0, [f"D{n}", "欧阳测试"])
    seen, watch = followed(insurer)
    insurer.bring_in(made.getvalue(), chunk_rows=100, progress=watch)
    assert seen == [(done, 300, (300, False)) for done in (100, 200, 300)]


def test_a_resumed_import_goes_on_at_its_per_cent(insurer: Insurer):
    """What earlier runs have done is counted by their rows, not by their chunks."""
    data = table("E", 250)

    def stop(done: int, _total: int) -> None:
        if done == 200:
            raise ImportStopped(chunk=2, cause="test")

    with pytest.raises(ImportStopped):
        insurer.bring_in(data, chunk_rows=100, progress=stop)
    assert batches.recent(1)[0].percent == 80
    seen, watch = followed(insurer)
    insurer.bring_in(data, chunk_rows=100, progress=watch)
    assert [(done, total) for done, total, _ in seen] == [(250, 250)]


def test_a_rehearsal_tells_its_total_too(insurer: Insurer):
    """As an import does."""
    told: list[int] = []
    insurer.bring_in(
        table("F", 500), chunk_rows=100, dry_run=True, progress=lambda _, of: told.append(of)
    )
    assert all(abs(of - 500) <= 25 for of in told)


def test_workers_tell_the_same(insurer: Insurer):
    """At the end of the file the rows are known, while the last chunks are still under way."""
    seen, watch = followed(insurer)
    insurer.bring_in(table("G", 1500), chunk_rows=100, progress=watch, workers=2)
    assert all(total == kept[0] for _, total, kept in seen)
    assert seen[-1] == (1500, 1500, (1500, False))


def test_an_import_pays_for_few_notes(monkeypatch: pytest.MonkeyPatch):
    """Small differences, and all within the same second, are not written down."""
    now, notes = [0.0], []
    monkeypatch.setattr(clock, "monotonic", lambda: now[0])
    known = Known(Total(1000), notes.append)
    for step in range(1, 2000):
        now[0] = step / 10
        known.learn(Total(100_000 + step % 7), done=step * 2)
    assert notes == [Total(100_001)]
    known.learn(Total(200_000), done=4000)
    known.learn(Total(300_000), done=4000)
    assert notes[1:] == [Total(200_000)]
    known.learn(Total(310_000), done=250_000)
    known.learn(Total(310_001, about=False), done=250_000)
    assert notes[2:] == [Total(310_000), Total(310_001, about=False)]
    known.learn(Total(5), done=6)
    assert len(notes) == 4


def test_the_table_refuses_a_total_below_nothing(insurer: Insurer):
    """A constraint, not only our care."""
    insurer.bring_in(table("H", 1))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE vault.import_batch SET total = -1")
