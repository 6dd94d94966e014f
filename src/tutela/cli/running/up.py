"""`tutela up`: check, prepare and supervise."""

import os
import sys
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from tutela.cli import output
from tutela.cli.running import (
    account,
    descent,
    environment,
    first_run,
    layout,
    redirect,
    session,
    supervisor,
)
from tutela.cli.running.cluster import Cluster
from tutela.cli.running.errors import StartRefused

CHILDREN = ("web", "worker", "sequencer", "watcher")


def run() -> None:
    """Start everything and run until a signal. StartRefused, ClusterFailed."""
    home = settings.TUTELA_HOME
    with ExitStack() as stack:
        lock = supervisor.hold(home)
        stack.callback(os.close, lock)
        _check_ports()
        cluster = Cluster(home) if layout.embedded() else None
        if cluster is not None:
            stack.enter_context(cluster.used())
        _prepare()
        if settings.TUTELA_HTTP_PORT and supervisor.free(
            settings.TUTELA_BIND, settings.TUTELA_HTTP_PORT
        ):
            server = redirect.serve(
                settings.TUTELA_BIND,
                settings.TUTELA_HTTP_PORT,
                settings.TUTELA_HTTPS_PORT,
                settings.ALLOWED_HOSTS,
            )
            stack.callback(server.shutdown)
        _announce()
        supervisor.Supervisor(_children(home), cluster, output.say).run()
    output.say(_("Tutela has stopped."))


def _children(home: Path) -> list[supervisor.Child]:
    """Web server, worker, sequencer and watcher: under root as the ordinary account, without secrets in the
    environment."""
    down = descent.prepare(home, account.choose(home))
    if down.closed:
        output.say(
            _(
                "WARNING: the unprivileged account cannot access %(path)s, so the web "
                "server and the worker keep the right to read protected directories. "
                "Move it to a place accessible to all accounts and restart."
            )
            % {"path": down.closed}
        )
    around = environment.of_ours()
    variables = around.variables | ({"HOME": str(home)} if os.geteuid() == 0 else {})
    popen = {"env": variables, "pass_fds": around.files, **down.popen}
    commands = {name: [*down.prefix, *supervisor.command(name)] for name in CHILDREN}
    return [supervisor.Child(name, words, popen) for name, words in commands.items()]


def _check_ports() -> None:
    if not supervisor.free(settings.TUTELA_BIND, settings.TUTELA_HTTPS_PORT):
        raise StartRefused(
            _(
                "Port %(port)s on %(address)s is in use by another program; choose "
                "another one with TUTELA_HTTPS_PORT."
            )
            % {"port": settings.TUTELA_HTTPS_PORT, "address": settings.TUTELA_BIND}
        )
    if settings.TUTELA_HTTP_PORT and not supervisor.free(
        settings.TUTELA_BIND, settings.TUTELA_HTTP_PORT
    ):
        output.say(
            _(
                "Port %(port)s is in use, so plain HTTP is not redirected "
                "(TUTELA_HTTP_PORT=0 disables the redirect)."
            )
            % {"port": settings.TUTELA_HTTP_PORT}
        )


def _prepare() -> None:
    from tutela.keys import custody
    from tutela.trail.tree import sequencer

    _ask_passphrase()
    if session.pending():
        first_run.migrate()
    first_run.seed()
    # Detects a damaged key file or a wrong passphrase now, not at the first customer.
    custody.check_ready()
    link = first_run.administrator_link()
    if link:
        output.say(
            _("Set the first administrator's password with this link (once, within 24 hours):")
        )
        output.say(f"  {link}")
    sequencer.catch_up()
    # The children open their own connections and threads.
    session.close()


def _ask_passphrase() -> None:
    """Prompt for the passphrase of a locked key file if none is set; RootLocked without a terminal."""
    from tutela.keys.errors import RootLocked
    from tutela.keys.providers import file

    if settings.TUTELA_KEY_PASSPHRASE or not file.is_locked(settings.TUTELA_HOME):
        return
    if not sys.stdin.isatty():
        raise RootLocked
    import typer

    settings.TUTELA_KEY_PASSPHRASE = typer.prompt(_("Root key passphrase"), hide_input=True)
    os.environ["TUTELA_KEY_PASSPHRASE"] = settings.TUTELA_KEY_PASSPHRASE


def _announce() -> None:
    from tutela.keys import custody
    from tutela.notices.messages import address

    if not custody.describe().locked:
        output.say(
            _(
                "WARNING: the root key file is NOT locked with a passphrase. This is "
                "acceptable for a demo only; lock it with: tutela lock-keys"
            )
        )
    output.say(_("Tutela is available at %(address)s") % {"address": address() + "/"})
