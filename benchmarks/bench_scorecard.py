"""The scorecard over three years of evidence: the page, its reading, a pack of a year.

Beside it stands the limit that users feel: 300 ms for a page, 60 s for a pack.
"""

import resource
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from benchmarks import house
from benchmarks.measure import Row, Scale, percentile
from tutela.base.actor import SYSTEM

PAGES = 100
HOURS = 3 * 365 * 24
WEEKS = 3 * 52
_COUNTS = """
    INSERT INTO vault.encryption_count (counted_at, sensitive, sealed, customers, records, method)
    SELECT now() - n * interval '1 hour', 60000000, 60000000, 5000000, 5000000, 'header'
    FROM generate_series(1, %s) AS n"""
_REPORTS = """
    INSERT INTO scorecard_outside_evidence (id, target, begins, ends, value, numerator, denominator, unit,
        source, signer, file_hash, recorded_by, recorded_at)
    SELECT gen_random_uuid(), target, current_date - 7 * n - 7, current_date - 7 * n, 97, 97, 100, 'percent',
        'source ' || s, 'bench', '', 'bench', now()
    FROM unnest(ARRAY['tls-share', 'remediation', 'complaint-48h', 'satisfaction', 'backup-weekly']) AS target,
        generate_series(1, %s) AS n, generate_series(1, 10) AS s"""


def run(scale: Scale) -> list[Row]:
    """Page, board and pack."""
    if scale.soak:
        return []
    with house.opened() as cluster:
        with cluster.connect(database="tutela") as server:
            server.execute(_COUNTS, [scale.of(HOURS)])
            server.execute(_REPORTS, [scale.of(WEEKS)])
            server.execute("ANALYZE")
        return [*_pages(scale.of(PAGES)), *_pack()]


def seconds_of(work: Callable[[], object]) -> float:
    """The wall-clock seconds of one go."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _pages(rounds: int) -> list[Row]:
    """The home page as an auditor gets it, through all of the frame; the board alone."""
    from django.test import Client

    from tutela.access import actions
    from tutela.base import clock
    from tutela.scorecard.board import board

    staff = actions.create_staff(
        actor=SYSTEM, staff_no="B1", login="bench", name="Bench", post="auditor"
    )
    client = Client()
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    for _ in range(5):
        client.get("/", secure=True)
    pages = [seconds_of(lambda: client.get("/", secure=True)) * 1000 for _ in range(rounds)]
    boards = [seconds_of(lambda: board(clock.now())) * 1000 for _ in range(rounds)]
    note = f"{HOURS:,} counts and {WEEKS * 50:,} reports in three years"
    return [
        Row(name="scorecard: home page, p95", value=percentile(pages, 0.95), unit="ms", floor=300,
            floor_of="value", lower_is_better=True, note=note),
        Row(name="scorecard: board alone, p95", value=percentile(boards, 0.95), unit="ms",
            lower_is_better=True, note=note),
    ]  # fmt: skip


def _pack() -> list[Row]:
    """A pack of a year, and how much memory it took above what the process held."""
    from tutela.access import sign_in
    from tutela.base import clock
    from tutela.scorecard import actions

    actor, today = sign_in.local_operator(), clock.today()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pack.zip"
        begins = today - timedelta(days=365)
        taken = seconds_of(lambda: actions.write_pack(actor, begins, today, path))
        size = path.stat().st_size
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    note = f"{size / 1e6:.1f} MB, peak memory {grown:+.0f} MB"
    return [
        Row(name="scorecard: evidence pack of a year", value=taken, unit="s", floor=60,
            floor_of="value", lower_is_better=True, note=note)
    ]  # fmt: skip
