"""The worker's part of a test: the jobs that wait, and nothing that the hour of the day brings."""

from unittest import mock

from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicRegistry


def work_off() -> None:
    """Do what waits in the queue, then stop. A worker that starts would also take up tasks of the timetable that were
    due within the last ten minutes, so that a test would depend on when it runs."""
    with (
        app.replace_connector(app.connector.get_worker_connector()) as worker,
        mock.patch.object(worker, "periodic_registry", PeriodicRegistry()),
    ):
        worker.run_worker(wait=False, listen_notify=False, install_signal_handlers=False)
