"""Alerts and cases for machines and at the shell: the same right, a leaf each, no customer."""

import json
from datetime import timedelta
from uuid import UUID

import pytest

from tests.access import cast
from tests.api.stage import Caller
from tests.watch.conftest import leave, look
from tutela.access import queries as people
from tutela.access.actions.keys import create_api_key
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.cli import shell
from tutela.trail.queries import LeafFilter, leaves
from tutela.watch.models import Alert
from tutela.watch.watcher import catch_up


@pytest.fixture(scope="module")
def alert(staff, watcher) -> Alert:
    leave(*(look(staff["service_agent"]) for _ in range(25)))
    catch_up(watcher)
    return Alert.objects.get()


def _told(capfd, *words: str) -> tuple[int, list[dict[str, object]], str]:
    code = shell.run(["watch", *words, "--json"])
    shown = capfd.readouterr()
    return code, [json.loads(line) for line in shown.out.splitlines()], shown.err


def test_the_shell_lists_alerts_and_cases(staff, alert, capfd):
    code, rows, _ = _told(capfd, "alerts", "--rule", "R1")
    assert (code, len(rows)) == (0, 1)
    assert rows[0]["person"] == staff["service_agent"].staff.login
    assert rows[0]["entries"] == 25
    _, rows, _ = _told(capfd, "alerts", "--loose")
    assert rows == []
    _, rows, _ = _told(capfd, "cases", "--waiting")
    assert (rows[0]["case"], rows[0]["rules"]) == (1, "R1")
    read = leaves(LeafFilter(event="watch.alert.read"), limit=3)
    assert {row.actor_id for row in read} == {str(people.staff_by_login(people.LOCAL_OPERATOR).id)}


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("alerts", "--rule", "R25"), 1, "watch.rule_unknown"),
        (("canaries",), 1, "access.permission_missing"),
    ],
)
def test_the_shell_refuses_with_a_code(staff, alert, capfd, words, code, error):
    """The host's account may not know of canaries, not even how many."""
    told, rows, said = _told(capfd, *words)
    assert (told, rows) == (code, [])
    assert error in said


def test_a_machine_reads_page_by_page(staff, alert):
    """Ids of leaves, no customer; one `before` after the other."""
    machine = cast.hire("machine", "EAST")
    _row, key = create_api_key(SYSTEM, machine.staff, "siem", clock.now() + timedelta(days=1))
    caller = Caller(key, machine.actor)
    first = caller.get("/watch/alerts?limit=1").json()
    assert [one["rule"] for one in first["alerts"]] == ["R1"]
    assert set(first["alerts"][0]) & {"customer", "customer_id", "facts"} == set()
    assert caller.get(f"/watch/alerts?limit=1&before={first['before']}").json()["alerts"] == []
    assert caller.get(f"/watch/alerts?before={UUID(int=1)}").status_code == 404
    assert caller.get("/watch/alerts?rule=R99").status_code == 422
    (case,) = caller.get("/watch/cases?state=waiting").json()["cases"]
    assert (case["rules"], case["state"]) == (["R1"], "open")
