"""The embedded PostgreSQL: made, shared, killed, healed."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tutela.cli.running import layout
from tutela.cli.running.cluster import Cluster

NOBODY = 65534
SOCKET = ".s.PGSQL.5432"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A data directory with a space and Chinese in its path."""
    with tempfile.TemporaryDirectory(prefix="tut 数据 ") as made:
        yield Path(made)


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Cluster]:
    made = Cluster(folder)
    made.start()
    yield made
    made.leave()


def _one(server: Cluster, query: str, user: str = layout.APP) -> object:
    with server.connect(user, layout.DATABASE) as connection:
        found = connection.execute(query).fetchone()
    assert found is not None
    return found[0]


def test_it_runs_on_a_path_with_spaces_and_keeps_its_data_private(server, folder):
    """The path is quoted everywhere, and no other account can enter."""
    assert _one(server, "SELECT 1") == 1
    assert server.data.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o067 == 0


def test_pages_carry_checksums_and_statements_stay_out_of_the_log(server):
    """A flipped bit shows, and no value reaches the server's log."""
    assert _one(server, "SHOW data_checksums") == "on"
    assert _one(server, "SHOW log_parameter_max_length_on_error") == "0"
    assert _one(server, "SHOW log_min_error_statement") == "panic"


def test_it_listens_on_no_network_port(server):
    """Only the socket in a closed folder."""
    assert _one(server, "SHOW listen_addresses") == ""
    assert server.sockets.stat().st_mode & 0o077 == 0


def test_the_application_may_not_make_tables(server):
    """Least privilege: the owner's role migrates, the application's works."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        _one(server, "CREATE TABLE public.mine (n int)")


def test_a_second_user_shares_it_and_the_last_one_stops_it():
    """Several shell commands at once start one server; none stops it under another."""
    with tempfile.TemporaryDirectory(prefix="tut") as home:
        first, second = Cluster(Path(home)), Cluster(Path(home))
        first.start()
        second.start()
        first.leave()
        assert second.answers()
        second.leave()
        assert not second.answers()


def test_a_killed_server_is_started_again_and_keeps_what_it_accepted(server):
    """kill -9 of PostgreSQL: a stale pid file and a recovery, no loss."""
    with server.connect(layout.OWNER, layout.DATABASE) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS public.kept (n int)")
        connection.execute("INSERT INTO public.kept VALUES (7)")
    pid = server.postmaster()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    while server.postmaster() is not None:
        time.sleep(0.02)
    server.ensure()
    assert _one(server, "SELECT n FROM public.kept", layout.OWNER) == 7


def test_a_pid_file_that_names_another_program_is_stale():
    """After a reboot the number may belong to anybody: to this test, for instance."""
    with tempfile.TemporaryDirectory(prefix="tut") as home:
        made = Cluster(Path(home))
        with made.used():
            pass
        stale = f"{os.getpid()}\n{made.data}\n0\n5432\n{made.sockets}\n\n"
        for lock in (made.data / "postmaster.pid", made.sockets / ".s.PGSQL.5432.lock"):
            lock.write_text(stale)
            os.chown(lock, made.data.stat().st_uid, -1)
        with made.used():
            assert made.answers()


def test_a_path_too_long_for_a_socket_gets_a_short_folder_of_its_own():
    """A unix socket's path holds 108 bytes."""
    with tempfile.TemporaryDirectory(prefix="tut") as base:
        Path(base).chmod(0o755)
        deep = Path(base) / ("x" * 100)
        deep.mkdir()
        made = Cluster(deep)
        with made.used():
            assert made.answers()
            assert made.sockets.parent == Path("/tmp")
        made.sockets.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes a folder of another account's")
def test_a_socket_that_another_account_has_laid_in_our_way_is_not_spoken_to(server):
    """It made the folder in `/tmp` first, with a server of its own in it: nothing of ours goes there."""
    with tempfile.TemporaryDirectory(prefix="tut") as base:
        Path(base).chmod(0o755)
        deep = Path(base) / ("x" * 100)
        deep.mkdir()
        made = Cluster(deep)
        made.sockets.mkdir(mode=0o700)
        (made.sockets / SOCKET).symlink_to(server.sockets / SOCKET)
        os.chown(made.sockets, NOBODY, NOBODY)
        assert made.answers()
        try:
            for begin in (made.start, made.ensure):
                with pytest.raises(SystemExit, match=made.sockets.name):
                    begin()
        finally:
            shutil.rmtree(made.sockets)
