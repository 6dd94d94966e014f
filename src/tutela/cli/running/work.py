"""The worker: jobs and periodic tasks from the queue in PostgreSQL."""

from procrastinate.contrib.django import app

from tutela.cli.running import orphans, session

CONCURRENCY = 2


def serve() -> None:
    """Work until a signal."""
    orphans.end_with_parent()
    try:
        with app.replace_connector(app.connector.get_worker_connector()) as working:
            working.run_worker(concurrency=CONCURRENCY, name="tutela", delete_jobs="successful")
    finally:
        session.close()
