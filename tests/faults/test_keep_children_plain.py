"""Processes of a running installation, looked at from outside: no secret around them, and none of root's power."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import installation, stock
from tests.faults.installation import Installation
from tutela.cli.running import layout

SECRETS = {
    "TUTELA_SECRET_KEY": "session-secret-" + "7" * 40,
    "TUTELA_MAIL_URL": "json://127.0.0.1:9/mail-secret-8",
    "TUTELA_AS_PASSWORD": "password-secret-9",
}
PASSPHRASE = "correct horse battery staple 5"
KINDS = ("server", "web", "worker", "postmaster", "backend")


@pytest.fixture(scope="module")
def running(stopped: Installation) -> Iterator[Installation]:
    """Started with a locked key file and secrets in its environment, as root when we are."""
    made = installation.copy(stopped)
    try:
        made.run("lock-keys", TUTELA_NEW_PASSPHRASE=PASSPHRASE)
        secrets = SECRETS | {"TUTELA_KEY_PASSPHRASE": PASSPHRASE}
        made.environment |= secrets
        yield made.up(HTTP_X_CANARY="environment-canary")
    finally:
        made.remove()


def children(house: Installation) -> dict[str, list[int]]:
    return {kind: house.pids(of=kind) for kind in KINDS}


def test_no_secret_stands_in_a_childs_environment(running: Installation) -> None:
    """Neither of ours nor of PostgreSQL's; they work all the same, so they got them another way."""
    assert running.api(
        "POST", "/customers/find", {"by": "phone", "value": stock.phone(1), "purpose": "service"}
    )["customers"]
    for kind, pids in children(running).items():
        assert pids, kind
        for pid in pids:
            around = Path(f"/proc/{pid}/environ").read_bytes()
            for secret in (*SECRETS.values(), PASSPHRASE, "environment-canary"):
                assert secret.encode() not in around, (kind, secret)
            assert b"PASSPHRASE" not in around
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            assert PASSPHRASE.encode() not in command


def test_a_broken_process_leaves_no_picture_of_its_memory(running: Installation) -> None:
    """Keys and values may be in it; the supervisor knows the passphrase."""
    for kind, pids in {**children(running), "up": running.pids(of="up")}.items():
        for pid in pids:
            limits = Path(f"/proc/{pid}/limits").read_text()
            (core,) = [line for line in limits.splitlines() if line.startswith("Max core file")]
            assert core.split()[4:6] == ["0", "0"], kind


def test_postgresql_knows_nothing_of_tutela(running: Installation) -> None:
    """Not even where its data directory is."""
    (pid,) = running.pids(of="postmaster")
    assert b"TUTELA" not in Path(f"/proc/{pid}/environ").read_bytes()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has power to give up")
def test_started_as_root_only_the_supervisor_is_root(running: Installation) -> None:
    """All four identities, and no right of root's that could write or become somebody."""
    owner = running.home.stat().st_uid
    assert owner != 0
    for kind, pids in children(running).items():
        for pid in pids:
            told = dict(
                line.split(":\t", 1)
                for line in Path(f"/proc/{pid}/status").read_text().splitlines()
                if ":\t" in line
            )
            assert set(told["Uid"].split()) == {str(owner)}, kind
            assert told["Groups"].strip() == "", kind
            read_only = 1 << 2
            assert int(told["CapEff"], 16) & ~read_only == 0, kind
            if kind in {"server", "web", "worker"} and int(told["CapEff"], 16):
                assert int(told["CapBnd"], 16) & ~read_only == 0, kind
    (up,) = running.pids(of="up")
    assert "Uid:\t0\t" in Path(f"/proc/{up}/status").read_text()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a data directory away")
def test_the_data_directory_is_the_accounts_and_nobody_elses(running: Installation) -> None:
    """Keys, certificates, spool; the locks and PostgreSQL's log stay the supervisor's. Modes are what they were."""
    owner = running.home.stat().st_uid
    for name in ("root.key", "session.key", "tls/server.key", "tls/authority.key", "spool"):
        found = (running.home / name).stat()
        assert (found.st_uid, found.st_mode & 0o077) == (owner, 0), name
    assert (running.home / "logs").stat().st_uid == 0
    assert (running.home / "up.lock").stat().st_uid == 0
    assert running.home.stat().st_mode & 0o067 == 0


def test_a_command_of_roots_leaves_nothing_that_the_account_cannot_read(
    running: Installation,
) -> None:
    """The shell beside it, and an import that the worker ends."""
    assert running.run("evidence", "key").returncode == 0
    made = running.home / "evidence.key"
    assert made.stat().st_uid == running.home.stat().st_uid
    file = stock.customers(running.folder / "more.csv", 7_000_000, 40)
    (done,) = running.tutela("import", str(file), "--collection", "customer", "--yes")
    assert (done["created"], done["rejected"]) == (40, 0)
    running.register_source("again")
    status, text = running.ask(
        "POST", "/api/v1/imports?collection=customer&source=again", file.read_bytes(),
        Authorization=f"Bearer {running.machine}", **{"Content-Type": "application/octet-stream"},
    )  # fmt: skip
    assert status == 202, text


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can enter what is closed to its account")
def test_a_folder_closed_to_others_works_too() -> None:
    """As for a data directory below root's own folder: the database lies elsewhere, nobody is root."""
    made = installation.prepare()
    closed = made.folder / "closed"
    closed.mkdir(mode=0o700)
    made.environment["TUTELA_HOME"] = str(closed / "home")
    outside = [layout.SHARED / f"{kind}-{layout.tag(made.home)}" for kind in ("cluster", "run")]
    try:
        made.up()
        pids = [pid for kind in ("server", "web", "worker") for pid in made.pids(of=kind)]
        assert len(pids) >= 3
        assert all(Path(f"/proc/{pid}").stat().st_uid for pid in pids)
        assert "WARNING: the unprivileged account cannot access" in made.log.read_text("utf-8")
    finally:
        made.remove()
        for folder in outside:
            shutil.rmtree(folder, ignore_errors=True)
