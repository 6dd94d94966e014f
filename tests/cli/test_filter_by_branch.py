"""`tutela customers list --branch`: within one's scope, refused in one sentence beyond it."""

import json
import os
from collections.abc import Iterator

import pytest

from tests.access.cast import enrol
from tests.vault.factories import Cast, make_cast, make_customer
from tutela.access import queries as people
from tutela.access.actions.passwords import set_password
from tutela.base.actor import SYSTEM
from tutela.cli import shell

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def cast(database: str) -> Cast:
    return make_cast()


@pytest.fixture(scope="module")
def held(cast: Cast) -> dict[str, str]:
    """A customer at each of two branches."""
    places = {"EAST": cast.east, "WEST": cast.west}
    return {code: str(make_customer(at).customer_id) for code, at in places.items()}


@pytest.fixture
def manager(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> str:
    """The login of the manager of the east, who has a password."""
    staff = people.staff_by_id(cast.manager.id)
    set_password(SYSTEM, staff, PASSWORD)
    monkeypatch.setenv("TUTELA_AS_PASSWORD", PASSWORD)
    monkeypatch.setenv("TUTELA_AS_CODE", "")
    codes[staff.login] = enrol(staff)
    return staff.login


# One-time codes of whoever signs in: each command needs another.
codes: dict[str, Iterator[str]] = {}


def run(*words: str) -> int:
    if words[-2] == "--as":
        os.environ["TUTELA_AS_CODE"] = next(codes[words[-1]])
    return shell.run(["customers", "list", "--purpose", "service", "--json", *words])


def shown(capfd: pytest.CaptureFixture[str]) -> list[str]:
    return [json.loads(line)["customer"] for line in capfd.readouterr().out.splitlines()]


def test_the_list_is_narrowed_to_a_branch_and_all_below_it(capfd, held):
    """The host's own account may list every branch."""
    for code, expected in (("WEST", [held["WEST"]]), ("HQ", list(held.values()))):
        assert run("--branch", code) == 0
        assert shown(capfd) == expected


def test_a_manager_lists_the_own_branch_and_no_other(capfd, held, manager):
    """Beyond the scope is told as if it did not exist."""
    assert run("--branch", "EAST", "--as", manager) == 0
    assert shown(capfd) == [held["EAST"]]
    told = set()
    for code in ("WEST", "NOWHERE"):
        assert run("--branch", code, "--as", manager) == 1
        refused = capfd.readouterr()
        assert refused.out == ""
        told.add(refused.err)
    (error,) = told
    assert json.loads(error)["error"]["code"] == "vault.branch_unknown"


def test_the_refusal_is_one_sentence_in_the_terminal_s_language(capfd, held, monkeypatch):
    """With its code, and without what was typed."""
    for language, sentence in (
        ("en_US.UTF-8", "The branch does not exist, or is not in your scope for this purpose."),
        ("zh_CN.UTF-8", "没有这个机构，或该机构不在您此用途的权限范围内。"),
    ):
        monkeypatch.setenv("LC_ALL", language)
        words = ["customers", "list", "--purpose", "service", "--branch", "ELSEWHERE"]
        assert shell.run(words) == 1
        told = capfd.readouterr().err
        assert sentence in told
        assert "[vault.branch_unknown]" in told
        assert "ELSEWHERE" not in told
