"""The shell: the host brings a log and sees what is missing; people register, make keys and match."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.access import cast
from tests.feeds.conftest import HEADER, MAPPING, at, local
from tutela.access.actions.passwords import set_password
from tutela.base.actor import SYSTEM
from tutela.cli import shell


@pytest.fixture
def manager(ground, monkeypatch) -> Callable[..., list[str]]:
    """Makes a command the security administrator's, who shows a second factor each time."""
    staff = ground.manager.staff
    set_password(SYSTEM, staff, cast.PASSWORD)
    codes = cast.enrol(staff)
    monkeypatch.setenv("TUTELA_AS_PASSWORD", cast.PASSWORD)

    def as_manager(*words: str) -> list[str]:
        monkeypatch.setenv("TUTELA_AS_CODE", next(codes))
        return [*words, "--as", staff.login]

    return as_manager


def said(capfd: Any, *words: str) -> list[dict[str, Any]]:
    assert shell.run([*words, "--json"]) == 0, capfd.readouterr().err
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def refused(capfd: Any, *words: str) -> str:
    assert shell.run([*words, "--json"]) == 1
    code: str = json.loads(capfd.readouterr().err.splitlines()[-1])["error"]["code"]
    return code


def test_the_host_brings_a_log_and_sees_what_is_missing(ground, capfd, tmp_path):
    """Twice the same file; a cut one is refused with its line."""
    ground.register("shelled")
    file = tmp_path / "looks.csv"
    rows = [f"{local(at(1, n))},u_shell,C00001,,,,{n}" for n in (1, 2, 4)]
    file.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    (sent,) = said(capfd, "feeds", "send", "shelled", str(file))
    assert (sent["records"], sent["looks"], sent["doubled"]) == (3, 3, 0)
    (again,) = said(capfd, "feeds", "send", "shelled", str(file))
    assert (again["looks"], again["doubled"]) == (0, 3)
    (gap,) = said(capfd, "feeds", "gaps", "shelled")
    assert (gap["first_missing"], gap["count"]) == (3, 1)
    (line,) = [row for row in said(capfd, "feeds", "list") if row["feed"] == "shelled"]
    assert (line["state"], line["looks"], line["missing"]) == ("sending", 3, 1)
    file.write_text(f'{HEADER}\n2026-11-30,"cut', encoding="utf-8")
    assert refused(capfd, "feeds", "send", "shelled", str(file)) == "feeds.line_cut"
    assert refused(capfd, "feeds", "send", "nowhere", str(file)) == "feeds.feed_unknown"


@pytest.mark.parametrize("words", [["close", "shelled"], ["make-key", "shelled"]])
def test_the_host_manages_nothing(ground, capfd, words):
    """Registering, keys and matches are of people."""
    assert refused(capfd, "feeds", *words) == "access.permission_missing"


def test_people_register_make_keys_and_match(ground, capfd, tmp_path, manager):
    """The same verbs as on the pages."""
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps(MAPPING), encoding="utf-8")
    how = ["--system", "Shell core", "--format", "csv", "--mapping", str(mapping), "--silent", "60"]
    said(capfd, *manager("feeds", "register", "by-shell", *how))
    assert refused(capfd, *manager("feeds", "register", "by-shell", *how)) == "feeds.feed_exists"
    said(capfd, *manager("feeds", "change", "by-shell", *how))
    (key,) = said(capfd, *manager("feeds", "make-key", "by-shell", "--kind", "hmac"))
    assert len(key["key"]) == 44
    said(capfd, *manager("feeds", "revoke-key", key["key_id"]))
    ground.deliver(
        type("Named", (), {"name": "by-shell"}), f"{HEADER}\n{local(at())},u_match,C00001,,,,1\n"
    )
    (account,) = [row for row in said(capfd, "feeds", "accounts") if row["name"] == "u_match"]
    login = cast.hire("service_agent", "EAST").staff.login
    said(capfd, *manager("feeds", "match", account["account"], login))
    said(capfd, *manager("feeds", "release", account["account"]))
    said(capfd, *manager("feeds", "close", "by-shell"))
    said(capfd, *manager("feeds", "reopen", "by-shell"))
    mapping.write_text("[1]", encoding="utf-8")
    assert refused(capfd, *manager("feeds", "change", "by-shell", *how)) == "feeds.mapping_wrong"
