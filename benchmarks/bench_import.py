"""Import of the plain sample: 12 fields, of which 6 are searched (9 tags a customer), by all cores.

Beside it, in the same run and on the same rows: a COPY of the clear values into one table with one
index, which protects nothing, and pgcrypto's `pgp_sym_encrypt` of every value by INSERT … SELECT,
which is what is usually built. pgcrypto is not in the embedded server's wheel, so the distribution's
own PostgreSQL is started for it; the plain COPY is measured on the embedded server.
"""

import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import psycopg

from benchmarks import house
from benchmarks.measure import Row, Scale
from sample.plain import HEADER, lines, write_plain

SIZES = (10_000, 100_000)
FULL = 1_000_000
FLOOR = 10_000
PGCRYPTO_ROWS = 5_000
SEED = 7
_COLUMNS = ", ".join(f"c{n} text" for n in range(len(HEADER)))
_NAMES = ", ".join(f"c{n}" for n in range(len(HEADER)))


def run(scale: Scale) -> list[Row]:
    """Customers a second at 10 thousand, 100 thousand and a million. The 10 million of `soak` are
    imported once, by bench_lookup, which then looks them up."""
    if scale.soak:
        return []
    crypted, why_not = _pgcrypto(scale.of(PGCRYPTO_ROWS))
    rows = []
    for size in map(scale.of, (*SIZES, FULL)):
        with tempfile.TemporaryDirectory(prefix="tubi") as folder:
            path = Path(folder) / "customers.csv"
            write_plain(path, size, SEED)
            rows += _compared(path, size, crypted, why_not)
    return rows


def _compared(path: Path, size: int, crypted: float, why_not: str) -> list[Row]:
    """One size, beside both."""
    with house.opened() as cluster:
        # Ours first: the copy's own buffer would count as our memory.
        first, again, peak = _imported(path, size)
        plain = _plain_copy(cluster.connect(database="tutela"), path, size)
    name = f"import, {size:,} customers"
    memory = f"largest process {peak} MiB"
    made = [
        Row(name=name, value=first, unit="customers/s", beside="COPY of clear rows",
            beside_value=plain, floor=FLOOR, floor_of="value", note=memory),
        Row(name=f"{name}, the same file again", value=again, unit="customers/s"),
    ]  # fmt: skip
    if crypted or why_not:
        made.append(
            Row(name=f"{name}, beside pgcrypto", value=first, unit="customers/s",
                beside="pgcrypto INSERT … SELECT", beside_value=crypted or None, note=why_not)
        )  # fmt: skip
    return made


def filled(size: int) -> Row:
    """Import this many customers, once, into the open house."""
    with tempfile.TemporaryDirectory(prefix="tubi") as folder:
        path = Path(folder) / "customers.csv"
        write_plain(path, size, SEED)
        _branches()
        rate = _pass(path, size, "created")
    return Row(name=f"import, {size:,} customers", value=rate, unit="customers/s",
               note=f"largest process {_peak()} MiB")  # fmt: skip


def _imported(path: Path, size: int) -> tuple[float, float, int]:
    """Customers a second for a first and a second import, and the largest resident size in MiB."""
    _branches()
    return _pass(path, size, "created"), _pass(path, size, "unchanged"), _peak()


def _pass(path: Path, size: int, made: str) -> float:
    """Customers a second of one import, each of which must have been `made`."""
    from tutela.vault.importing.actions.files import open_file
    from tutela.vault.importing.actions.imports import run_import
    from tutela.vault.importing.actions.orders import prepare_order
    from tutela.vault.importing.orders import Instructions
    from tutela.vault.importing.reading.sources import FileSource

    begun = time.perf_counter()
    operator = house.operator()
    table = open_file(operator, FileSource(path))
    result = run_import(operator, prepare_order(operator, table, Instructions("customer")))
    rate = size / (time.perf_counter() - begun)
    if getattr(result, made) != size:
        raise RuntimeError(f"{getattr(result, made)} of {size} rows {made}")
    return rate


def _peak() -> int:
    """The largest resident size of this process and its ended children so far, in MiB. The database
    server of an earlier size is such a child: only a run's first size tells of ours alone."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(one).ru_maxrss for one in who) // 1024


def _branches() -> None:
    """The branches that the sample's rows name."""
    from sample.house import branches
    from tutela.access.actions.imports import import_branches
    from tutela.base.actor import SYSTEM

    rows = [one._asdict() for one in branches()]
    import_branches(SYSTEM, rows)


def _plain_copy(server: psycopg.Connection, path: Path, size: int) -> float:
    """Rows a second of a COPY of the file as it stands, key indexed."""
    with server, path.open("rb") as file:
        server.execute(f"CREATE TABLE bench_plain ({_COLUMNS}, PRIMARY KEY (c0))")
        begun = time.perf_counter()
        with (
            server.cursor() as cursor,
            cursor.copy("COPY bench_plain FROM STDIN (FORMAT csv, HEADER true)") as copy,
        ):
            while block := file.read(1 << 20):
                copy.write(block)
        server.commit()
        rate = size / (time.perf_counter() - begun)
        server.execute("DROP TABLE bench_plain")
        server.commit()
    return rate


def _pgcrypto(size: int) -> tuple[float, str]:
    """Rows a second of encrypting every value in the server; 0 and what is missing if it cannot be."""
    programs = _distribution()
    if programs is None:
        return 0.0, "no PostgreSQL with pgcrypto here: apt-get install postgresql"
    with _server(programs) as server:
        server.execute("CREATE EXTENSION pgcrypto")
        server.execute(f"CREATE TABLE clear ({_COLUMNS})")
        _fill(server, size)
        sealed = ", ".join(f"c{n} bytea" for n in range(len(HEADER)))
        server.execute(f"CREATE TABLE sealed ({sealed})")
        values = ", ".join(f"pgp_sym_encrypt(c{n}, 'a key in the SQL')" for n in range(len(HEADER)))
        begun = time.perf_counter()
        server.execute(f"INSERT INTO sealed SELECT {values} FROM clear")
        return size / (time.perf_counter() - begun), ""


def _fill(server: psycopg.Connection, size: int) -> None:
    with server.cursor() as cursor, cursor.copy(f"COPY clear ({_NAMES}) FROM STDIN") as copy:
        for line in islice(lines(size, SEED), size):
            copy.write_row(line.rstrip("\n").split(","))


def _distribution() -> Path | None:
    """The newest PostgreSQL of the distribution that has pgcrypto."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    extensions = Path("/usr/share/postgresql")
    able = [
        path.parent
        for path in found
        if (extensions / path.parts[-3] / "extension" / "pgcrypto.control").exists()
    ]
    return able[-1] if able else None


def _quietly(words: list[str]) -> None:
    subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


@contextmanager
def _server(programs: Path) -> Iterator[psycopg.Connection]:
    """A private cluster of the distribution's server; root runs it as the account `postgres`."""
    folder = Path(tempfile.mkdtemp(prefix="tubp"))
    prefix: list[str] = []
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        prefix = ["runuser", "-u", "postgres", "--"]
    data = folder / "data"
    control = [*prefix, str(programs / "pg_ctl"), "-D", str(data), "-w"]
    options = f"-c listen_addresses='' -c unix_socket_directories={folder}"
    try:
        words = ["-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        _quietly([*prefix, str(programs / "initdb"), *words])
        _quietly([*control, "-o", options, "start"])
        with psycopg.connect(host=str(folder), user="postgres", autocommit=True) as server:
            yield server
    finally:
        subprocess.run(
            [*control, "-m", "immediate", "stop"], stdout=subprocess.DEVNULL, check=False
        )
        shutil.rmtree(folder, ignore_errors=True)
