"""The health page: every check of the doctor with its sentence and its mend, for who runs the machines."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.console.stage import House, text
from tutela.base import clock, health
from tutela.base.health import Check
from tutela.cli.running import doctor, state
from tutela.console import health_views


def test_every_check_of_the_doctor_stands_on_the_page(house: House) -> None:
    """By its id, with its sentence and what to do; the slow ones in a part of their own."""
    client = house.as_("system_admin")
    page, slow = text(client.get("/health/")), text(client.get("/health/slow/"))
    whole = text(client.get("/health/?whole"))
    quick = {*health.FIRST, *health.CHECKS, *health.LAST}
    for name in quick:
        assert f">{name}</code>" in page
    for name in health.SLOW:
        assert f">{name}</code>" in slow
        assert f">{name}</code>" not in page
        assert f">{name}</code>" in whole
    assert len(quick) >= 18
    assert "没有后台进程在运行" in page or "worker.alive" in page
    assert "处理办法" in page


def test_only_who_runs_the_machines_opens_it(house: House) -> None:
    """The page and its part."""
    for post in house.people:
        client = house.as_(post)
        wanted = 200 if post == "system_admin" else 403
        assert client.get("/health/").status_code == wanted
        assert client.get("/health/slow/").status_code == wanted


def test_a_check_that_breaks_is_a_bad_result_and_the_worst_comes_first() -> None:
    """One that nobody put under a subject is not lost."""

    def odd_check() -> Check:
        raise ZeroDivisionError

    broken = health.run(odd_check)
    assert (broken.id, broken.state) == ("odd.check", "bad")
    good = Check("host.disk", "good", "enough")
    late = Check("host.home", "warning", "open", "close it")
    found = health_views.sections([good, late, broken])
    assert [[check.id for check in one.checks] for one in found] == [
        ["host.home", "host.disk"],
        ["odd.check"],
    ]
    assert [one.state for one in found] == ["warning", "bad"]


def _job(status: str, minutes: int, name: str = "vault.verify") -> None:
    at = clock.now() - timedelta(minutes=minutes)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('default', %s, %s)"
            " RETURNING id",
            (name, status),
        )
        (key,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_events SET at = %s WHERE job_id = %s",
            (at, key),
        )
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'started', %s)",
            (key, at),
        )


@pytest.mark.usefixtures("house")
def test_jobs_that_wait_fail_or_lost_their_worker_are_told() -> None:
    """Each with its own mend."""
    before = state.jobs()
    _job("todo", 3)
    _job("failed", 60)
    _job("failed", 3000, "notices.sweep")
    jobs = state.jobs()
    assert (jobs.waiting - before.waiting, jobs.failed - before.failed) == (1, 1)
    assert jobs.failed_names == ("vault.verify",)
    assert "vault.verify" in doctor.jobs_queue().mend
    _job("todo", 45)
    assert state.jobs().late_minutes == 45
    told = doctor.jobs_queue()
    assert (told.state, "45" in told.sentence) == ("warning", True)
    _job("doing", 5)
    assert state.jobs().stalled == 1
    assert "1" in doctor.jobs_queue().sentence
