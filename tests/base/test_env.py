"""A bad setting stops the start with one sentence that names it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tutela.base import env
from tutela.cli.running import layout


def test_a_number_out_of_range_is_refused(monkeypatch):
    """The sentence names the setting and the range."""
    monkeypatch.setenv("TUTELA_HTTPS_PORT", "99999")
    with pytest.raises(
        SystemExit, match="TUTELA_HTTPS_PORT must be a whole number from 1 to 65535"
    ):
        env.number("TUTELA_HTTPS_PORT", 8443, 1, 65_535)


@pytest.mark.parametrize("text", ["maybe", "2"])
def test_a_flag_that_is_neither_is_refused(monkeypatch, text):
    """A typing slip must not mean no."""
    monkeypatch.setenv("TUTELA_DEMO", text)
    with pytest.raises(SystemExit, match="TUTELA_DEMO must be true or false"):
        env.flag("TUTELA_DEMO")


def test_a_secret_may_come_from_a_file(monkeypatch, tmp_path):
    """So that it stands in no process list; the newline at the end is not part of it."""
    (tmp_path / "secret").write_text("geheim\n")
    monkeypatch.setenv("TUTELA_KEY_PASSPHRASE_FILE", str(tmp_path / "secret"))
    assert env.secret("TUTELA_KEY_PASSPHRASE") == "geheim"


def test_a_secret_file_that_cannot_be_read_is_named(monkeypatch, tmp_path):
    """Not silently nothing."""
    monkeypatch.setenv("TUTELA_KEY_PASSPHRASE_FILE", str(tmp_path / "none"))
    with pytest.raises(
        SystemExit, match="TUTELA_KEY_PASSPHRASE_FILE names a file that cannot be read"
    ):
        env.secret("TUTELA_KEY_PASSPHRASE")


def test_a_database_address_of_another_kind_is_refused():
    """One database, done well."""
    with pytest.raises(SystemExit, match="must have the form postgresql"):
        layout.parse("mysql://root@host/db", "TUTELA_DATABASE_URL")


def test_a_database_address_is_taken_apart():
    """Percent signs in a password are undone."""
    parts = layout.parse("postgresql://app:p%40ss@db.example:6432/tutela?sslmode=require", "X")
    assert (parts["PASSWORD"], parts["PORT"], parts["OPTIONS"]) == (
        "p@ss", "6432", {"sslmode": "require"},
    )  # fmt: skip


def test_a_secret_may_be_handed_over_in_an_inherited_file(monkeypatch):
    """By a process that starts another one: it stands in nobody's environment."""
    from tutela.cli.running import environment

    monkeypatch.setenv("TUTELA_KEY_PASSPHRASE", "geheim")
    around = environment.of_ours()
    assert "TUTELA_KEY_PASSPHRASE" not in around.variables
    asked = "import sys; from tutela.base import env; print(env.secret('TUTELA_KEY_PASSPHRASE'))"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env=around.variables, pass_fds=around.files, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout == "geheim\n"


def test_every_secret_that_is_read_is_kept_from_children():
    """A new secret setting must stand in the list."""
    source = Path(env.__file__).parents[1]
    named = {
        name
        for path in source.rglob("*.py")
        for name in re.findall(r'env\.secret\(\s*"(\w+)"', path.read_text("utf-8"))
    }
    assert named == set(env.SECRETS)
