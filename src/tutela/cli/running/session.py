"""Gets a shell command to a working database: the one that runs, or the embedded one started for it."""

import atexit
import contextlib
import os
import resource
import sys
from collections.abc import Iterator

import django

from tutela.base.errors import TutelaError
from tutela.cli import words


def settings() -> None:
    """Load the settings and the rooms, and speak the language of the terminal (Chinese unless it says)."""
    from django.utils import translation

    # A process that breaks leaves no picture of its memory: keys and values may be in it. Inherited by all.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutela.settings")
    django.setup()
    if os.geteuid() == 0:
        from tutela.cli.running import descent

        atexit.register(descent.settle_after)
    translation.activate(words.language())


@contextlib.contextmanager
def database() -> Iterator[None]:
    """The database, up and with today's tables, for as long as the command runs."""
    from tutela.cli.running import layout

    with contextlib.ExitStack() as stack:
        if layout.embedded():
            from django.conf import settings as chosen

            from tutela.cli.running.cluster import Cluster

            stack.enter_context(Cluster(chosen.TUTELA_HOME).used())
        stack.callback(close)
        if pending():
            from tutela.cli.running import first_run

            print(words.gettext("preparing the database"), file=sys.stderr)  # noqa: T201 progress of the shell
            first_run.migrate()
            first_run.seed()
        try:
            yield
        except TutelaError as error:
            told = _kept(error) if error.traced else error
            if told is error:
                raise
            raise told from error


def _kept(error: TutelaError) -> TutelaError:
    """A refusal at the shell leaves a leaf too; a failed sign-in has left its own."""
    from tutela.access import refused
    from tutela.access.errors import SignInFailed
    from tutela.cli import identity

    if isinstance(error, SignInFailed):
        return error
    return refused.keep(identity.acting(), error, view=f"shell:{identity.command()}")


def pending() -> bool:
    """Whether tables are older than this program. DatabaseAway when another's server lets nobody in."""
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
    """Let the background threads finish and the connections go."""
    from django.db import connections

    from tutela.access import snapshot
    from tutela.keys import custody
    from tutela.trail import writer

    writer.stop()
    snapshot.stop()
    custody.stop()
    connections.close_all()
