"""A whole Tutela in a folder of its own: real processes, started, used, killed and looked at from outside.

Nothing here imports the product's settings, so any number of installations can live side by side.
"""

import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests import quick
from tests.faults import stock

REPOSITORY = Path(__file__).parents[2]
START_SECONDS = 120.0
HEAL_SECONDS = 90.0
Done = "subprocess.CompletedProcess[str]"


@dataclass
class Installation:
    """One data directory and what runs on it. `log` collects what every process of `up` prints.

    `key` is of an account that may reveal, `machine` of one that may import.
    """

    folder: Path
    environment: dict[str, str]
    port: int
    key: str = ""
    machine: str = ""
    server: "subprocess.Popen[bytes] | None" = None
    told: list[str] = field(default_factory=list)

    @property
    def home(self) -> Path:
        return Path(self.environment["TUTELA_HOME"])

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def popen(self, *words: str, **environment: str) -> "subprocess.Popen[bytes]":
        """A command in the background; what it prints goes to the log."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command(self.environment, *words), env=self.environment | environment,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
            )  # fmt: skip

    def run(self, *words: str, seconds: float = 120, **environment: str) -> Done:
        """A command to its end, whatever that is; what it printed is kept in `told`."""
        done = subprocess.run(
            command(self.environment, *words), env=self.environment | environment,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=seconds,
            cwd=self.folder,
        )  # fmt: skip
        self.told += [done.stdout, done.stderr]
        return done

    def tutela(self, *words: str, **environment: str) -> list[dict[str, Any]]:
        """A command that must succeed; its JSON lines."""
        done = self.run(*words, "--json", **environment)
        assert done.returncode == 0, f"tutela {' '.join(words)}: {done.stderr}"
        return [json.loads(line) for line in done.stdout.splitlines()]

    def up(self, **environment: str) -> "Installation":
        """`tutela up`, until the web server answers."""
        self.server = self.popen("up", **environment)
        self.wait()
        return self

    def wait(self, seconds: float = START_SECONDS) -> float:
        """Until the API says that it is healthy; the seconds that took."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if self.healthy():
                return time.monotonic() - began
            ended = self.server is not None and self.server.poll() is not None
            assert not ended, self.log.read_text("utf-8", "replace")
            time.sleep(0.1)
        raise AssertionError(f"not healthy within {seconds} s: {self.tail()}")

    def healthy(self) -> bool:
        try:
            status, text = self.ask("GET", "/api/v1/health", seconds=5)
        except OSError:
            return False
        return status == 200 and '"ok"' in text

    def tail(self) -> str:
        """The ends of the logs, for a failed test."""
        logs = (self.log, self.home / "logs" / "postgres.log")
        return "\n".join(log.read_text("utf-8", "replace")[-3000:] for log in logs if log.exists())

    def ask(
        self, method: str, path: str, body: Any = None, *, seconds: float = 30, **headers: str
    ) -> tuple[int, str]:
        """One request on a connection of its own: status and text. OSError when it breaks."""
        client = self.client(seconds)
        sent = body if body is None or isinstance(body, bytes) else json.dumps(body)
        told = {"Authorization": f"Bearer {self.key or 'none'}", "Content-Type": "application/json"}
        try:
            client.request(method, path, sent, told | {"Accept-Language": "en"} | headers)
            answer = client.getresponse()
            return answer.status, answer.read().decode()
        except http.client.HTTPException as error:
            raise ConnectionError(type(error).__name__) from error
        finally:
            client.close()

    def client(self, seconds: float = 30) -> http.client.HTTPSConnection:
        """A connection that trusts this installation's own authority."""
        context = ssl.create_default_context(cafile=str(self.home / "tls" / "authority.pem"))
        return http.client.HTTPSConnection("localhost", self.port, timeout=seconds, context=context)

    def api(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """A call that must succeed."""
        status, text = self.ask(method, f"/api/v1{path}", body)
        assert status < 300, text
        return dict(json.loads(text))

    def sql(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Straight into the database, as its superuser."""
        sockets = os.environ.get("PGHOST") or self.home / "run"
        with psycopg.connect(
            host=str(sockets), user="postgres", dbname="tutela", autocommit=True, connect_timeout=5
        ) as server:
            done = server.execute(statement.encode(), values)
            return done.fetchall() if done.description else []

    def register_source(self, code: str) -> None:
        """Let the machine account feed customers under this code."""
        self.sql(
            "INSERT INTO vault.source (source_id, code, machine_id, collections, is_open, proposed_by,"
            " proposed_at, state, decided_by, decided_at) SELECT gen_random_uuid(), %s, id, '{1}', TRUE,"
            " 'system', now(), 2, 'system', now() FROM access_staff WHERE login = %s",
            [code, stock.MACHINE],
        )

    def processes(self) -> dict[int, str]:
        """Living processes of this installation with their command lines."""
        found = {}
        mark = os.fsencode(f"TUTELA_HOME={self.home}")
        for place in Path("/proc").iterdir():
            if not place.name.isdigit() or int(place.name) == os.getpid():
                continue
            try:
                # PostgreSQL writes its titles over its environment, but works in its data directory.
                ours = (place / "cwd").resolve().is_relative_to(self.home)
                if ours or mark in (place / "environ").read_bytes().split(b"\0"):
                    words = (place / "cmdline").read_bytes().split(b"\0")
                    found[int(place.name)] = os.fsdecode(b" ".join(words)).strip()
            except OSError:
                continue
        return {pid: words for pid, words in found.items() if words}

    def pids(self, *, of: str) -> list[int]:
        """Processes of one kind: up, server (granian's parent), web, worker, postmaster."""
        return [pid for pid, words in self.processes().items() if _kind(pid, words) == of]

    def kill(self, kind: str) -> int:
        """kill -9 of one process of a kind."""
        pid = self.pids(of=kind)[0]
        os.kill(pid, signal.SIGKILL)
        return pid

    def stop(self) -> None:
        """As Ctrl-C does; whatever is left after it is killed."""
        if self.server is not None and self.server.poll() is None:
            self.server.terminate()
            self.server.wait(40)
        for pid in self.pids(of="postmaster"):
            send(pid, signal.SIGQUIT)
        self.kill_all()

    def kill_all(self) -> None:
        """kill -9 of every process; a child may have ended with its parent meanwhile."""
        for pid in self.processes():
            send(pid, signal.SIGKILL)

    def remove(self) -> None:
        """Stop and leave nothing behind."""
        self.stop()
        until(lambda: not self.processes(), 10, "the last process to end")
        shutil.rmtree(self.folder, ignore_errors=True)


def command(environment: dict[str, str], *words: str) -> list[str]:
    """A Tutela command, as the ordinary user that TEST_UID names or as we are. That user may read what
    is closed to others, because the Python that runs the tests may lie below root's own folder."""
    plain = [sys.executable, "-m", "tutela", *words]
    uid = environment.get("TEST_UID")
    if not uid:
        return plain
    may_read = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    return ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", *may_read, *plain]


def send(pid: int, number: signal.Signals) -> None:
    """A signal to a process that may be gone already."""
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def _kind(pid: int, words: str) -> str:
    # The programs may lie below a folder with a space in its name.
    if "/postgres -D " in words:
        return "postmaster"
    if words.startswith("postgres:"):
        return "backend"
    for kind in ("up", "worker", "web", "sequencer", "watcher", "import"):
        if f" -m tutela {kind}" in words:
            return kind
    if ".front.granian" in words:
        return "server" if _parent_is_tutela(pid) else "web"
    return "web" if "multiprocessing" in words else "other"


def _parent_is_tutela(pid: int) -> bool:
    try:
        parent = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1]
        return b"granian" not in Path(f"/proc/{parent}/cmdline").read_bytes()
    except OSError:
        return False


def until(true: Callable[[], bool], seconds: float, what: str) -> float:
    """Wait for something; the seconds that took."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, f"waited {seconds} s for {what}"
        time.sleep(0.05)
    return time.monotonic() - began


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def prepare(folder: Path | None = None, **environment: str) -> Installation:
    """An installation that was never started. The folder is short: a socket's path must fit."""
    made = folder or quick.make_folder("tuf")
    made.chmod(0o755)
    (made / "home").mkdir(mode=0o700, exist_ok=True)
    port = free_port()
    kept = {name: text for name, text in os.environ.items() if not name.startswith("TUTELA_")}
    kept |= {
        "TUTELA_HOME": str(made / "home"), "TUTELA_HTTPS_PORT": str(port), "TUTELA_HTTP_PORT": "0",
        "TUTELA_WEB_PROCESSES": "1", "TUTELA_SEARCHES_A_MINUTE": "10000", "LANG": "en_XX.UTF-8",
        "PYTHONPATH": os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY)]),
    }  # fmt: skip
    kept.pop("LC_ALL", None)
    (made / "tmp").mkdir(mode=0o1777, exist_ok=True)
    kept["TMPDIR"] = str(made / "tmp")
    return Installation(made, kept | environment, port)


def fill(house: Installation, customers: int = 40) -> None:
    """Branches, two machine accounts with a key, customers, a work item for each of them."""
    files = stock.write(house.folder / "files", customers)
    house.tutela("staff", "branches", str(files / "branches.csv"))
    house.tutela("staff", "import", str(files / "staff.csv"))
    house.key, house.machine = (
        house.tutela("staff", "key", login, "--label", "faults")[0]["key"]
        for login in (stock.LOGIN, stock.MACHINE)
    )
    for name, collection in (("customers.csv", "customer"), ("workitems.csv", "work_item")):
        (done,) = house.tutela("import", str(files / name), "--collection", collection, "--yes")
        assert (done["created"], done["rejected"]) == (customers, 0), done


def copy(of: Installation) -> Installation:
    """The same installation as it stood when it was stopped, in another folder: owners and modes kept."""
    made = prepare()
    (made.home).rmdir()
    subprocess.run(["cp", "-a", str(of.home), str(made.home)], check=True)
    made.key, made.machine = of.key, of.machine
    return made
