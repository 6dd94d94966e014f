"""The scorecard over three years of evidence at five million customers: pages, and packs for outsiders.

Beside each stands the limit that users feel: 300 ms for a page, 60 s for a pack of a year.
"""

import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import house, scorecard_years
from benchmarks.measure import Row, Scale, percentile
from tutela.base.actor import SYSTEM

if TYPE_CHECKING:  # settings are not there yet when this module is read
    from django.test import Client

PAGES = 60
PAGE_LIMIT = 300.0
PACK_LIMIT = 60.0
GROWTH_LIMIT = 16.0
"""Mebibytes that a pack of three years may need beyond one of a month: flat means flat."""
MONTH, YEAR, ALL = 31, 365, scorecard_years.DAYS


def run(scale: Scale) -> list[Row]:
    """Pages as a signed-in person gets them, the board alone, packs of a month, a year and all."""
    if scale.soak:
        return []
    with house.opened() as cluster:
        note = scorecard_years.fill(cluster, scale)
        house.settle()
        return [*_pages(scale.of(PAGES), note), *_packs()]


def seconds_of(work: Callable[[], object]) -> float:
    """The wall-clock seconds of one go."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _pages(rounds: int, note: str) -> list[Row]:
    """Through all of the frame, by the post that sees most on its home page; then the board alone."""
    from django.test import Client
    from django.urls import reverse

    from tutela.access.actions.people import NewStaff, create_staff
    from tutela.base import clock
    from tutela.scorecard.board import board

    staff = create_staff(
        SYSTEM, NewStaff(staff_no="B1", login="bench", name="Bench", post="system_admin")
    )
    client = Client()
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0.0, "type": "totp"}]
    session["account_authentication_methods_user"] = str(staff.pk)
    session.save()
    year = clock.today().year
    pages = {
        "home page": "/",
        "year grid": reverse("governance-view-year") + f"?year={year}",
        "a figure and its rows": "/scorecard/targets/encryption-rate/",
    }
    rows = [
        _row(name, partial(_open, client, address), rounds, note if address == "/" else "")
        for name, address in pages.items()
    ]
    peak = f"the process's peak memory {_peak():.0f} MiB"
    return [*rows, _row("board alone", lambda: board(clock.now()), rounds, peak)]


def _open(client: "Client", address: str) -> None:
    answer = client.get(address, secure=True, headers={"host": "localhost"})
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def _row(name: str, work: Callable[[], object], rounds: int, note: str) -> Row:
    """p95 of so many goes after three that do not count; the first of all is told as well."""
    first = seconds_of(work) * 1000
    for _ in range(2):
        work()
    taken = [seconds_of(work) * 1000 for _ in range(rounds)]
    told = f"p50 {percentile(taken, 0.5):.0f} ms, first of all {first:.0f} ms" + (
        f"; {note}" if note else ""
    )
    return Row(
        name=f"scorecard: {name}, p95", value=percentile(taken, 0.95), unit="ms", beside="limit",
        floor=PAGE_LIMIT, floor_of="value", lower_is_better=True, note=told,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """One pack: seconds, bytes, steps of its progress bar, the process's peak memory in MiB."""

    seconds: float
    size: int
    steps: int
    peak: float


def _packs() -> list[Row]:
    """Each in a process of its own, so that one's memory is not hidden behind another's."""
    month, year, whole = (_in_a_child(days) for days in (MONTH, YEAR, ALL))
    grown = whole.peak - month.peak
    told = f"{year.size / 1e6:.1f} MB, {year.steps} steps of progress, peak {year.peak:.0f} MiB"
    return [
        Row(name="scorecard: evidence pack of a year", value=year.seconds, unit="s", beside="limit",
            floor=PACK_LIMIT, floor_of="value", lower_is_better=True, note=told),
        Row(name="scorecard: pack of three years, peak memory beyond a month's", value=grown, unit="MiB",
            beside="limit", floor=GROWTH_LIMIT, floor_of="value", lower_is_better=True,
            note=f"{whole.peak:.0f} MiB, {whole.seconds:.1f} s, {whole.size / 1e6:.1f} MB"),
    ]  # fmt: skip


def _in_a_child(days: int) -> Written:
    with get_context("spawn").Pool(1, initializer=house.child) as pool:
        return pool.apply(_write, [days])


def _write(days: int) -> Written:
    from tutela.access import sign_in
    from tutela.base import clock
    from tutela.scorecard.actions.packs import write_pack

    actor, today = sign_in.local_operator(), clock.today()
    steps: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pack.zip"
        begins = today - timedelta(days=days - 1)
        taken = seconds_of(
            lambda: write_pack(actor, begins, today, path, lambda done, _all: steps.append(done))
        )
        size = path.stat().st_size
    return Written(taken, size, len(steps), _peak())


def _peak() -> float:
    """The most memory that this process ever held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
