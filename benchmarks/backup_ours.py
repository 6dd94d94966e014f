"""Our side of bench_backup: the product's own steps, each in a process of its own whose memory is watched.

`python -m benchmarks.backup_ours VERB …` is that process; it prints one line of JSON at its end. Time is counted
from when Django stands, as in a worker that waits for work. Memory is that of the process and its programs
together, looked at ten times a second, without the pages that they share.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from benchmarks import backup_peers, house
from benchmarks.backup_peers import Dump, Peer, Place
from tutela.cli.running.cluster import Cluster
from tutela.cli.running.layout import REPOSITORY

if TYPE_CHECKING:
    from tutela.backup.reading import OpenedSet

MEGA = 1024 * 1024
LOOK_SECONDS = 0.1
JOBS, NICE = 2, int(backup_peers.NICE)
"""pg_restore's, as the product restores; the priority of all sides."""
SHARE = 100
"""One row of so many changes before the incremental."""
FACTS: dict[str, float] = {}
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Step:
    """One step as it was measured: `made` seconds until the set was sealed, `seconds` until it lay on the target;
    `sealed` bytes on the target."""

    seconds: float
    peak_mib: float
    sealed: int = 0
    made: float = 0.0


@dataclass(frozen=True)
class Physical:
    """The physical way on the same database."""

    base: Step
    incremental: Step
    bare_base: float
    back: float
    log_files: int


@dataclass
class Ours:
    """The product's verbs on the open house; `folder` is the target's."""

    folder: Path
    identity: Path
    sealed: int = 0

    def back_up(self, kind: str = "full") -> Step:
        """A first backup: nothing of an earlier one is used."""
        for old in self.folder.glob("tutela-*"):
            shutil.rmtree(old)
        done = stepped("back_up", kind)
        self.sealed = sum(map(_bytes, self.folder.glob("tutela-*")))
        return done

    def level2(self) -> Step:
        return stepped("level2", str(self.folder), str(self.identity))

    def restore(self, database: str) -> Step:
        return stepped("restore", str(self.folder), str(self.identity), database)

    def take(self, kind: str) -> Step:
        """A physical backup, which goes on with what lies there."""
        done = stepped("back_up", kind)
        newest = max(self.folder.glob(f"tutela-*-{kind}"))
        return Step(done.seconds, done.peak_mib, _bytes(newest), done.made)

    @contextlib.contextmanager
    def going(self) -> Iterator[Callable[[], bool]]:
        """A backup that runs as the worker's does, beside other work; the function tells whether it still does."""
        with _child("back_up", "full") as child:
            yield lambda: child.poll() is None
            _told("back_up", child)


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def place(folder: Path) -> Place:
    """Two pairs of age's keys; the first one's private half opens what all sides keep."""
    from tutela.crypto import age

    (identity, first), (_, second) = age.new_identity(), age.new_identity()
    path = folder / "identity"
    path.write_text(identity + "\n")
    path.chmod(0o600)
    return Place(folder, path, (first, second))


def prepared(where: Place) -> Ours:
    """Two recipients and a target on the same disk, by the product's verbs where it has them."""
    from sample.house import HEAD_OFFICE
    from tutela.access import queries as access
    from tutela.backup.actions import changes, recipients
    from tutela.backup.models import Target
    from tutela.base import clock

    one, two = house.hire("system_admin", HEAD_OFFICE), house.hire("security_admin", HEAD_OFFICE)
    for role, key in zip(("operations", "escrow"), where.recipients, strict=True):
        change = recipients.propose_recipient(one, name=role, role=role, key=key, opens="all")
        changes.approve_change(two, change.id)
    # Read by the steps, which are processes of their own.
    os.environ |= {"TUTELA_BACKUP_PHYSICAL": "own", "TUTELA_BACKUP_LOG_MINUTES": "1"}
    folder = where.folder / "target"
    folder.mkdir(mode=0o700)
    Target.objects.create(
        name="bench", url=folder.as_uri(), media="disk", offsite=True, created_at=clock.now(),
        created_by_id=access.staff_by_id(one.id).id,
    )  # fmt: skip
    return Ours(folder, where.identity)


def stepped(verb: str, *words: str) -> Step:
    """Run a step to its end; RuntimeError with what it said."""
    with _child(verb, *words) as child, watched(child.pid) as peak:
        row = _told(verb, child)
    return Step(row["seconds"], peak() / MEGA, int(row["sealed"]), row["made"])


def _child(verb: str, *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "benchmarks.backup_ours", verb, *words]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=REPOSITORY,
        env={**os.environ, "TUTELA_LOG_LEVEL": "ERROR"},
    )  # fmt: skip


def _told(verb: str, child: "subprocess.Popen[str]") -> dict[str, float]:
    told, fault = child.communicate()
    if child.returncode:
        raise RuntimeError(f"{verb}: {(fault.strip() or 'failed').splitlines()[-1]}")
    row: dict[str, float] = json.loads(told.splitlines()[-1])
    return row


@contextlib.contextmanager
def watched(pid: int) -> Iterator[Callable[[], int]]:
    """The most bytes that a process and its descendants held at once."""
    most, ended = [0], threading.Event()

    def look() -> None:
        while not ended.wait(LOOK_SECONDS):
            most[0] = max(most[0], sum(map(_resident, _family(pid))))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield lambda: most[0]
    finally:
        ended.set()
        thread.join()


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def _resident(pid: int) -> int:
    """Bytes that the process holds for itself: what it shares with files of programs is not its own."""
    try:
        _, resident, shared, *_ = map(int, Path(f"/proc/{pid}/statm").read_text().split())
    except (OSError, ValueError):
        return 0
    return (resident - shared) * _PAGE


def main() -> None:
    """One step, timed."""
    house.child()
    verb, words = sys.argv[1], sys.argv[2:]
    verbs: dict[str, Callable[..., int]] = {
        "back_up": _back_up, "level2": _level2, "restore": _restore, "log": _log, "bring_back": _bring_back,
    }  # fmt: skip
    began = time.perf_counter()
    sealed = verbs[verb](*words)
    took = time.perf_counter() - began
    print(json.dumps({"seconds": took, "made": took, "sealed": sealed, **FACTS}))


def _back_up(kind: str) -> int:
    """As the worker does it, at its priority."""
    from tutela.backup.actions import runs
    from tutela.backup.tasks import in_background
    from tutela.base.actor import SYSTEM

    def do() -> int:
        # Asked for by somebody: the server writes its buffers out at once, as the bare pipeline asks it to.
        run = runs.carry_out(SYSTEM, runs.run_now(house.operator(), kind))
        sets = [run, *run.children.filter(kind="keys")]
        ends = [datetime.fromisoformat(one.manifest["sealed_at"]) for one in sets if one.manifest]
        made.append((max(ends) - run.started_at).total_seconds())
        return run.bytes_sealed

    made: list[float] = []
    sealed = in_background(do)
    FACTS["made"] = made[0]
    return sealed


def _opened(folder: str, name: str, identity: str) -> "OpenedSet":
    from tutela.backup import reading
    from tutela.backup.targets import open_place

    found = reading.read_identities(Path(identity))
    return reading.open_set(open_place(Path(folder).as_uri()), name, found)


def _both(folder: str, identity: str) -> "list[OpenedSet]":
    """The keys set and the full set, in the order in which they are loaded."""
    names = sorted(
        (path.name for path in Path(folder).glob("tutela-*")), key=lambda name: "-keys" not in name
    )
    return [_opened(folder, name, identity) for name in names]


def _level2(folder: str, identity: str) -> int:
    os.nice(NICE)
    for opened in _both(folder, identity):
        opened.list_contents()
    return 0


def _restore(folder: str, identity: str, database: str) -> int:
    """Opened and loaded: what a restore does before its checks."""
    from tutela.backup import reading
    from tutela.backup.restoring import database as loading
    from tutela.backup.scratch import Server

    os.nice(NICE)
    cluster = Cluster(Path(os.environ["TUTELA_HOME"]))
    server = Server(
        host=str(cluster.sockets), port=5432, user="postgres", binaries=cluster.binaries
    )
    with tempfile.TemporaryDirectory(prefix="tubr", dir=Path(folder).parent) as work:
        for opened in _both(folder, identity):
            into = Path(work) / opened.name
            reading.unpack(opened, opened.source(), into)
            loading.load(server, database, into / "dump", JOBS)
    return 0


def _log() -> int:
    from tutela.backup.actions import physical
    from tutela.base.actor import SYSTEM

    run = physical.keep_log(SYSTEM)
    return len(run.manifest["physical"]["files"]) if run is not None and run.manifest else 0


def _bring_back(folder: str, identity: str) -> int:
    """The newest chain and its log, until the server takes writes; 0."""
    from tutela.backup.physical import bringing, chains, links
    from tutela.backup.physical.ground import ground

    stood = ground()
    held, logs = links.held()
    chain = chains.newest_before(None, held)
    kept = chains.log_for(chain, logs, None)

    def opened(name: str, read: Callable[[IO[bytes]], object]) -> None:
        _opened(folder, name, identity).through(read)

    with tempfile.TemporaryDirectory(prefix="tubr", dir=Path(folder).parent.parent) as work:
        Path(work).chmod(0o755)
        data = bringing.unpack(chain, kept, opened, stood.programs, Path(work))
        with bringing.brought_back(stood.programs, data, until=None, database="tutela"):
            pass
    return 0


def physical(cluster: Cluster, where: Place, ours: Ours) -> Physical:
    """A base backup, an incremental after one row of a hundred has changed, the log, and all three brought
    back."""
    bare = Peer(
        name="pg_basebackup", prepare="true",
        keep="zstd -q -3 | age -e $RECIPIENTS > {here}/base.tar.zst.age && sync {here}/base.tar.zst.age",
        give="", read="",
    )  # fmt: skip
    dump = Dump(cluster.binaries, cluster.sockets, "tutela")
    command = "pg_basebackup -D - -F tar -X fetch --checkpoint=fast --manifest-checksums=SHA256"
    base = ours.take("base")
    backup_peers.forget(bare, where)
    bare_base = backup_peers.run(bare, f"{command} | ({bare.keep})", dump, where)
    with cluster.connect(database="tutela") as server:
        server.execute("SET session_replication_role = replica")
        server.execute(
            f"UPDATE vault.record SET cells = cells WHERE abs(hashtext(record_id::text)) % {SHARE} = 0"
        )
    incremental = ours.take("incremental")
    files = stepped("log").sealed
    back = stepped("bring_back", str(ours.folder), str(ours.identity))
    return Physical(base, incremental, bare_base, back.seconds, files)


if __name__ == "__main__":
    main()
