"""The doctor asks what rooms declare; it names none of them."""

import re
from importlib import import_module

import pytest

from tests.walls.house import SOURCE, room_of
from tutela.base import health
from tutela.base.registry import DeclaredLateError
from tutela.cli.running import doctor

pytestmark = pytest.mark.usefixtures("database")


def test_every_check_of_a_room_is_declared() -> None:
    """One that is written and not declared would never be run."""
    written = {
        health.check_id(value)
        for path in SOURCE.glob("*/*checks.py")
        for name, value in vars(import_module(f"tutela.{room_of(path)}.{path.stem}")).items()
        if not name.startswith("_")
        and getattr(value, "__annotations__", {}).get("return") is health.Check
    }
    assert written == set(health.CHECKS)
    assert len(written) >= 6


def test_each_check_answers_under_the_id_it_is_declared_by() -> None:
    """Operators search the handbook for the id; nobody finds two of one."""
    found = [check.id for check in health.examine()]
    asked = [health.check_id(one) for one in (*doctor.FIRST, *doctor.LAST, *doctor.SLOW)]
    assert sorted(found) == sorted([*asked, *health.CHECKS])
    assert len(set(found)) == len(found)


def test_the_doctor_imports_no_room() -> None:
    """A room's check lies with the room; the doctor's own are of the machine, the database and the worker."""
    text = (SOURCE / "cli" / "running" / "doctor.py").read_text(encoding="utf-8")
    rooms = set(re.findall(r"(?:from|import) tutela\.(\w+)", text))
    assert rooms == {"base", "cli", "crypto"}


def test_no_check_is_declared_after_the_start() -> None:
    """It would run in one process and not in another."""

    def late_check() -> health.Check:
        return health.Check("late.check", "good", "")

    with pytest.raises(DeclaredLateError):
        health.declare(late_check)
    assert "late.check" not in health.CHECKS
