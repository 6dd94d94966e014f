"""The worker: jobs and periodic tasks from the queue in PostgreSQL."""

from typing import cast

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from tutela.cli.running import orphans, session

CONCURRENCY = 2


def serve() -> None:
    """Work until a signal."""
    orphans.end_with_parent()
    try:
        connector = cast(DjangoConnector, app.connector).get_worker_connector()
        with app.replace_connector(connector) as working:
            working.run_worker(concurrency=CONCURRENCY, name="tutela", delete_jobs="successful")
    finally:
        session.close()
