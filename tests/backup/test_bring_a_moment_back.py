"""Base backup, incrementals and the log bring back any moment, on real servers."""

import io
import shutil
import time
from contextlib import contextmanager
from types import SimpleNamespace

import psycopg
import pytest

from tests import quick
from tutela.backup.physical import bringing, listing, log, recovery, taking
from tutela.backup.physical.taking import ProgramFailed, Programs
from tutela.cli.running import environment

ROWS = 20_000


@pytest.fixture(scope="module")
def programs(cluster):
    return Programs(cluster.binaries, environment.of_server(), cluster.account.as_popen())


@pytest.fixture(scope="module")
def conninfo(cluster):
    return f"host={cluster.sockets} user=postgres dbname=postgres"


@pytest.fixture(scope="module")
def life(cluster, programs, conninfo, tmp_path_factory):
    """A base backup, an incremental, the log, and between them rows whose moments are known."""
    spool = cluster.home / "log"
    with cluster.connect() as link:
        link.execute("CREATE DATABASE lived")
    log.hold(conninfo)
    with cluster.connect(database="lived") as link:
        link.execute("CREATE TABLE policy (id bigserial PRIMARY KEY, said text)")
        _write(link, "before the base", ROWS)
        base = _take(programs, conninfo)
        _write(link, "before the incremental", 10)
        incremental = _take(programs, conninfo, against=base[1])
        first = _write(link, "after the incremental", 7)
        logs = [_ship(programs, conninfo, spool)]
        second = _write(link, "a mistake", 5)
        link.execute("TRUNCATE policy")
        logs.append(_ship(programs, conninfo, spool))
    yield {"base": base, "incremental": incremental, "logs": logs, "first": first, "second": second}
    log.release(conninfo)
    with cluster.connect() as link:
        link.execute("DROP DATABASE lived WITH (FORCE)")


def _write(link, said, count):
    """Rows of one saying; the server's moment after them, before anything else."""
    link.execute("INSERT INTO policy (said) SELECT %s FROM generate_series(1, %s)", [said, count])
    (moment,) = link.execute("SELECT clock_timestamp() FROM (SELECT 1) AS row").fetchone()
    time.sleep(0.01)  # PostgreSQL stops at the last commit that is not later than the moment
    return moment


def _take(programs, conninfo, against=None):
    """A tar and the list of its files."""
    with taking.taking(programs, conninfo, against=against, at_once=True) as stream:
        blocks = list(iter(stream.read, b""))
        assert stream.plain == sum(map(len, blocks))
    return b"".join(blocks), stream.raw_listing


def _ship(programs, conninfo, spool):
    """What is closed of the log, as a tar, and its names."""
    fetched = log.fetch(programs, conninfo, spool)
    sink = io.BytesIO()
    log.pack(fetched, sink)
    log.shipped(conninfo, fetched)
    return sink.getvalue(), fetched.names


@contextmanager
def brought_back(programs, life, folder, until, *, logs=2):
    """A server on the chain and this many sets of the log, at the moment."""
    held = {name: life[name][0] for name in ("base", "incremental")}
    held |= {f"log{n}": content for n, (content, _names) in enumerate(life["logs"][:logs])}
    chain = [_named(name) for name in ("base", "incremental")]
    log_sets = [_named(name) for name in held if name.startswith("log")]
    data = bringing.unpack(
        chain, log_sets, lambda name, read: read(io.BytesIO(held[name])), programs, folder
    )
    with bringing.brought_back(programs, data, until=until, database="lived") as back:
        yield back.conninfo, back.reached


def _named(name):
    return SimpleNamespace(name=name)


@pytest.fixture
def folder():
    """A folder that PostgreSQL's account may pass through; another run of pytest closes pytest's own again."""
    made = quick.make_folder("tpm")
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def _said(place):
    with psycopg.connect(place) as link:
        return dict(link.execute("SELECT said, count(*) FROM policy GROUP BY said").fetchall())


def test_the_moment_before_the_mistake_comes_back(programs, life, folder):
    """All rows written until then, none of later, and the database takes rows again."""
    with brought_back(programs, life, folder, life["second"]) as (place, reached):
        assert _said(place) == {
            "before the base": ROWS,
            "before the incremental": 10,
            "after the incremental": 7,
            "a mistake": 5,
        }
        assert reached.last_commit_at <= life["second"]
        with psycopg.connect(place) as link:
            link.execute("INSERT INTO policy (said) VALUES ('alive')")


def test_an_earlier_moment_comes_back_by_itself(programs, life, folder):
    with brought_back(programs, life, folder, life["first"]) as (place, _reached):
        assert "a mistake" not in _said(place)
        assert _said(place)["after the incremental"] == 7


def test_without_a_moment_everything_kept_comes_back(programs, life, folder):
    """Also the mistake: the table is empty."""
    with brought_back(programs, life, folder, None) as (place, _reached):
        assert _said(place) == {}


def test_a_moment_after_the_kept_log_is_refused(programs, life, folder):
    """A database that stops short of what was asked must not look whole."""
    with (
        pytest.raises(recovery.MomentNotReached),
        brought_back(programs, life, folder, life["second"], logs=1),
    ):
        pass


def test_an_incremental_is_small_and_names_its_files(life):
    """Twenty thousand rows did not change."""
    assert len(life["incremental"][0]) < len(life["base"][0]) / 2
    told = taking.check(iter([life["incremental"][0]]))
    assert any("INCREMENTAL." in path for path in told.files)
    assert told.start > listing.read(life["base"][1]).start


def test_a_changed_byte_is_refused(life):
    """In the middle of a table's file; the list knows every file."""
    broken = bytearray(life["base"][0])
    broken[len(broken) // 2] ^= 1
    with pytest.raises(taking.SetWrong):
        taking.check(iter([bytes(broken)]))
    assert taking.check(iter([life["base"][0]])).files


def test_a_cut_set_is_refused(life):
    """Cut at a file's end too, where a reader of tars sees nothing wrong."""
    whole = life["base"][0]
    for length in (len(whole) - 1024, len(whole) // 3 // 512 * 512, 100):
        with pytest.raises(taking.SetWrong):
            taking.check(iter([whole[:length]]))


def test_a_changed_list_is_refused(life):
    """The list has a checksum of its own."""
    raw = life["base"][1]
    with pytest.raises(listing.ListingWrong):
        listing.read(raw.replace(b"base/1/", b"base/2/", 1))
    with pytest.raises(listing.ListingWrong):
        listing.read(raw[:-40])


def test_a_missing_link_is_a_fault_with_a_name(programs, life, folder):
    """pg_combinebackup refuses an incremental without its base."""
    recovery.unpack(io.BytesIO(life["incremental"][0]), folder / "set1")
    recovery.unpack(io.BytesIO(life["incremental"][0]), folder / "set2")
    with pytest.raises(ProgramFailed, match="pg_combinebackup"):
        recovery.combine(programs, [folder / "set1", folder / "set2"], folder / "data")


def test_a_program_that_cannot_start_is_a_fault(programs, conninfo, tmp_path):
    """No verdict on any backup: no bytes, one sentence."""
    nowhere = Programs(tmp_path, programs.environment, programs.popen)
    with pytest.raises(ProgramFailed, match="pg_basebackup"), taking.taking(nowhere, conninfo):
        pass


def test_a_backup_of_a_server_that_goes_away_is_a_fault(programs, cluster, conninfo):
    """The stream ends early, and the last read says so."""
    with taking.taking(programs, conninfo, at_once=True) as stream:
        stream.read()
        with cluster.connect() as link:
            link.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_replication")
        with pytest.raises(ProgramFailed):
            list(iter(stream.read, b""))


def test_the_next_one_follows_while_summaries_reach_back(conninfo, life):
    """The server tells what it summarized."""
    base = listing.read(life["base"][1])
    told = taking.server(conninfo)
    assert told.system == base.system
    assert told.summarized_from is not None
    assert told.summarized_from <= base.start


def test_an_idle_log_ships_nothing_twice(programs, conninfo, cluster, life):
    """What was shipped is not fetched again; after it only what was written since."""
    del life
    names = log.fetch(programs, conninfo, cluster.home / "log").names
    again = log.fetch(programs, conninfo, cluster.home / "log").names
    assert set(names) <= set(again)
