"""pgBackRest by configuration: backups, their report, verification, and a moment brought back, on a real server.

The server is Debian's, because its pgBackRest is older than PostgreSQL 18."""

import os
import pwd
import shutil
import subprocess
import time
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import psycopg
import pytest

from tests import quick
from tests.needs import missing
from tutela.backup.physical import pgbackrest, recovery
from tutela.backup.physical.pgbackrest import Stanza, StanzaBroken
from tutela.backup.physical.taking import ProgramFailed, Programs
from tutela.base import clock

SERVERS = Path("/usr/lib/postgresql")
NEEDED = "needs Debian's pgbackrest and postgresql"


def _account():
    """The account of the server: PostgreSQL refuses root."""
    if os.geteuid():
        return {}
    entry = pwd.getpwnam("postgres")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@pytest.fixture(scope="module")
def programs():
    found = sorted(SERVERS.glob("*/bin"))
    if not found or shutil.which("pgbackrest") is None:
        missing(NEEDED)
    told = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    return Programs(found[-1], told, _account())


@pytest.fixture(scope="module")
def folder(programs):
    made = quick.make_folder("tpb")
    made.chmod(0o755)
    inner = made / "server"
    inner.mkdir(mode=0o700)
    recovery.own(inner, programs)
    yield inner
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def stanza(programs, folder):
    """A server that archives by pgBackRest, and its stanza."""
    data, configuration = folder / "data", folder / "pgbackrest.conf"
    _run(programs, "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
    configuration.write_text(
        f"[global]\nrepo1-path={folder / 'repository'}\nlock-path={folder / 'lock'}\nlog-path={folder / 'said'}\n"
        f"spool-path={folder / 'spool'}\nrepo1-retention-full=2\nstart-fast=y\ncompress-type=none\n"
        f"[life]\npg1-path={data}\npg1-socket-path={folder}\npg1-user=postgres\n"
    )
    command = f"pgbackrest --config={configuration} --stanza=life archive-push %p"
    (data / "postgresql.auto.conf").write_text(
        f"listen_addresses = ''\nunix_socket_directories = '{folder}'\nfsync = off\narchive_mode = on\n"
        f"archive_command = '{command}'\n"
    )
    recovery.own(folder, programs)
    _run(programs, "pg_ctl", "start", "-D", data, "-l", folder / "log", "-w")
    made = Stanza("life", programs.environment, programs.popen, configuration)
    made.run("stanza-create")
    yield made
    _run(programs, "pg_ctl", "stop", "-D", data, "-m", "immediate", "-w")


def _run(programs, program, *words):
    subprocess.run(
        programs.words(program, *map(str, words)), check=True, capture_output=True, cwd="/",
        env=programs.environment, **programs.popen,
    )  # fmt: skip


@pytest.fixture(scope="module")
def life(stanza, folder):
    """A base, an incremental, and rows before and after, with a moment between."""
    with psycopg.connect(f"host={folder} user=postgres dbname=postgres", autocommit=True) as link:
        link.execute("CREATE TABLE policy (said text)")
        link.execute("INSERT INTO policy SELECT 'before' FROM generate_series(1, 1000)")
        base = pgbackrest.back_up(stanza, "base")
        link.execute("INSERT INTO policy VALUES ('between')")
        incremental = pgbackrest.back_up(stanza, "incremental")
        link.execute("INSERT INTO policy VALUES ('after')")
        (moment,) = link.execute("SELECT clock_timestamp() FROM (SELECT 1) AS row").fetchone()
        time.sleep(0.01)
        link.execute("TRUNCATE policy")
        (closed,) = link.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
        _archived(link, closed)
    return base, incremental, moment


def _archived(link, name):
    """Wait until the server has archived a file."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        row = link.execute("SELECT last_archived_wal FROM pg_stat_archiver").fetchone()
        if row[0] is not None and row[0] >= name:
            return
        time.sleep(0.05)
    raise AssertionError("nothing was archived")


def test_backups_are_told_as_links_of_a_chain(life, stanza):
    base, incremental, _moment = life
    assert (base.kind, base.parent) == ("base", "")
    assert (incremental.kind, incremental.parent) == ("incremental", base.name)
    assert base.end <= incremental.start
    assert base.system == incremental.system
    assert clock.now() - incremental.ended_at < timedelta(minutes=10)
    assert base.ended_at.tzinfo is UTC
    assert [one.name for one in pgbackrest.links(stanza)] == [base.name, incremental.name]


def test_a_moment_comes_back(life, stanza, programs, folder):
    """The rows until then, before the mistake; the log comes from its archive."""
    _base, incremental, moment = life
    back = folder / "back"
    back.mkdir(mode=0o700)
    recovery.own(back, programs)
    pgbackrest.restore(stanza, incremental.name, back, moment)
    (folder / "run").mkdir(mode=0o700)
    recovery.own(folder / "run", programs)
    words = [
        "-D",
        str(back),
        "-c",
        f"unix_socket_directories={folder / 'run'}",
        "-c",
        "archive_mode=off",
    ]
    server = subprocess.Popen(
        programs.words("postgres", *words), cwd="/", env=programs.environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **programs.popen,
    )  # fmt: skip
    try:
        place = f"host={folder / 'run'} user=postgres dbname=postgres"
        reached = recovery.wait(place, server, until=moment, seconds=60)
        with psycopg.connect(place) as link:
            said = link.execute("SELECT said, count(*) FROM policy GROUP BY said").fetchall()
        assert dict(said) == {"before": 1000, "between": 1, "after": 1}
        assert reached.last_commit_at <= moment
    finally:
        server.terminate()
        server.wait(30)


def test_a_changed_byte_is_found(life, stanza, programs, folder):
    """Whatever exit code the program has for it."""
    base, _incremental, _moment = life
    pgbackrest.verify(stanza, base.name)
    path = next((folder / "repository" / "backup" / "life" / base.name).rglob("PG_VERSION*"))
    whole = path.read_bytes()
    path.write_bytes(b"7" + whole[1:])
    try:
        with pytest.raises((StanzaBroken, ProgramFailed)):
            pgbackrest.verify(stanza, base.name)
    finally:
        path.write_bytes(whole)
    pgbackrest.verify(stanza, base.name)


def test_a_stanza_that_is_not_there_is_refused(stanza):
    """Its report exits 0."""
    with pytest.raises((StanzaBroken, ProgramFailed)):
        pgbackrest.links(replace(stanza, name="nowhere"))


def test_a_version_that_does_not_know_the_server_is_told_beforehand(stanza):
    told = pgbackrest.version(stanza.environment)
    assert pgbackrest.knows(told, 15)
    assert pgbackrest.knows(told, 18) == (told >= (2, 55))
    assert not pgbackrest.knows((2, 45), 18)
