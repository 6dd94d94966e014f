"""Accounts at the shell: found, closed and opened, and reset by two people who each sign in."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.access import cast
from tests.access.test_import_staff import row
from tutela.access.actions.passwords import set_password
from tutela.access.models import Staff
from tutela.base.actor import SYSTEM
from tutela.cli import shell

pytestmark = pytest.mark.usefixtures("tree")


@pytest.fixture(scope="module")
def tree(database: str) -> dict[str, int]:
    return cast.plant_branches()


def said(capfd: Any, *words: str) -> Any:
    """The one row that a command prints."""
    assert shell.run([*words, "--json"]) == 0, capfd.readouterr().err
    return json.loads(capfd.readouterr().out)


def refused(capfd: Any, *words: str) -> str:
    assert shell.run([*words, "--json"]) == 1
    code: str = json.loads(capfd.readouterr().err.splitlines()[-1])["error"]["code"]
    return code


def test_an_account_is_found_closed_opened_and_unlocked(capfd: Any) -> None:
    """What ended is counted."""
    login = cast.hire("service_agent", "EAST").staff.login
    assert said(capfd, "staff", "find", login)["active"] is True
    assert said(capfd, "staff", "disable", login)["released_items"] == 0
    assert said(capfd, "staff", "find", login)["active"] is False
    assert said(capfd, "staff", "enable", login)["disabled"] is False
    assert said(capfd, "staff", "unlock", login)["unlocked"] is True
    assert said(capfd, "staff", "end-sessions", login)["ended_sessions"] == 0
    assert shell.run(["staff", "sessions", login, "--json"]) == 0
    assert capfd.readouterr().out == ""


def test_a_reset_takes_two_who_sign_in(capfd: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The host's own account is nobody, and the first person is not the second."""
    member = cast.hire("service_agent", "EAST").staff.login
    codes = {}
    for post in ("system_admin", "security_admin"):
        admin = cast.hire(post).staff
        set_password(SYSTEM, admin, cast.PASSWORD)
        admin.refresh_from_db()
        codes[admin.login] = cast.enrol(admin)
    first, second = codes
    monkeypatch.setenv("TUTELA_AS_PASSWORD", cast.PASSWORD)

    def by(login: str, *words: str) -> list[str]:
        monkeypatch.setenv("TUTELA_AS_CODE", next(codes[login]))
        return [*words, "--as", login]

    assert refused(capfd, "staff", "propose-reset", member) == "access.permission_missing"
    made = said(capfd, *by(first, "staff", "propose-reset", member))
    listed = said(capfd, "staff", "resets")
    assert (listed["reset"], listed["proposed_by"]) == (made["reset"], first)
    again = by(first, "staff", "confirm-reset", made["reset"])
    assert refused(capfd, *again) == "access.reset_is_own"
    done = said(capfd, *by(second, "staff", "confirm-reset", made["reset"]))
    assert "/account/link/" in done["link"]
    gone = by(second, "staff", "reject-reset", made["reset"])
    assert refused(capfd, *gone) == "access.reset_decided"


def test_a_staff_file_is_previewed_and_stops_where_many_would_leave(
    capfd: Any, tmp_path: Path
) -> None:
    """The number on the command line is the answer."""
    Staff.objects.filter(kind="staff").update(is_active=False)
    file = tmp_path / "staff.csv"

    def write(numbers: range) -> None:
        rows = [row(number) for number in numbers]
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

    write(range(10))
    words = ("staff", "import", str(file))
    assert said(capfd, *words, "--preview")["created"] == 10
    assert not Staff.objects.filter(staff_no="N0001").exists()
    assert said(capfd, *words)["created"] == 10
    write(range(9))
    assert said(capfd, *words)["disabled"] == 0
    assert said(capfd, *words, "--whole", "--preview")["disabled"] == 1
    assert refused(capfd, *words, "--whole") == "access.many_leavers"
    assert said(capfd, *words, "--whole", "--leavers", "1")["disabled"] == 1
