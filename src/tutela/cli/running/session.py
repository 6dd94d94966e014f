"""Settings and database for a shell command; starts the embedded PostgreSQL if needed."""

import atexit
import contextlib
import os
import resource
import sys
from collections.abc import Iterator

import django

from tutela.base.errors import TutelaError
from tutela.cli import translations


def settings() -> None:
    """Load settings and rooms, and activate the terminal's language (Chinese by default)."""
    from django.utils import translation

    # No core dumps, which could contain keys and values; child processes inherit the limit.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutela.settings")
    django.setup()
    if os.geteuid() == 0:
        from tutela.cli.running import descent

        atexit.register(descent.settle_after)
    translation.activate(translations.language())


@contextlib.contextmanager
def database() -> Iterator[None]:
    """A running, migrated database for the duration of the command."""
    from tutela.cli.running import layout

    with contextlib.ExitStack() as stack:
        if layout.embedded():
            from django.conf import settings as chosen

            from tutela.cli.running.cluster import Cluster

            stack.enter_context(Cluster(chosen.TUTELA_HOME).used())
        stack.callback(close)
        if pending():
            from tutela.cli.running import first_run

            print(translations.gettext("preparing the database"), file=sys.stderr)  # noqa: T201 progress of the shell
            first_run.migrate()
            first_run.seed()
        from tutela.trail.tree import sequencer

        stack.enter_context(sequencer.meanwhile())
        try:
            yield
        except TutelaError as error:
            reported = _traced(error) if error.traced else error
            if reported is error:
                raise
            raise reported from error


def _traced(error: TutelaError) -> TutelaError:
    """Append the leaf of a refusal at the shell; a failed sign-in has its own."""
    from tutela.access import refused
    from tutela.access.errors import SignInFailed
    from tutela.cli import identity

    if isinstance(error, SignInFailed):
        return error
    return refused.keep(identity.acting(), error, view=f"shell:{identity.command()}")


def pending() -> bool:
    """Whether migrations are pending. DatabaseAway if an external server refuses the connection."""
    from django.db import OperationalError, connections
    from django.db.migrations.executor import MigrationExecutor

    from tutela.cli.running import layout
    from tutela.cli.running.errors import DatabaseAway

    try:
        executor = MigrationExecutor(connections["owner"])
    except OperationalError as error:
        if layout.embedded():
            raise
        raise DatabaseAway from error
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def close() -> None:
    """Stop the background threads and close the connections."""
    from django.db import connections

    from tutela.access import snapshot
    from tutela.keys import custody
    from tutela.trail import writer

    writer.stop()
    snapshot.stop()
    custody.stop()
    connections.close_all()
