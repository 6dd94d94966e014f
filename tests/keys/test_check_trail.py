"""The log is verified by who may, leaves a leaf, and is compared with what lies outside the database."""

import json

import pytest
from django.conf import settings

from tutela.base.actor import SYSTEM, Actor, Channel
from tutela.base.errors import NotAllowed
from tutela.cli import shell
from tutela.cli.running import doctor
from tutela.keys import trail_check
from tutela.trail import events as trail_events
from tutela.trail import log, queries
from tutela.trail.leaves import Leaf
from tutela.vault import events as vault_events

pytestmark = pytest.mark.usefixtures("ground")


@pytest.fixture(autouse=True)
def _no_marks():
    """Each test begins without a file of marks."""
    path = settings.TUTELA_HOME / trail_check.NAME
    path.unlink(missing_ok=True)
    yield
    path.unlink(missing_ok=True)


@pytest.fixture
def superuser(cluster, database):
    """Statements with the guards off."""
    with cluster.connect(database=database) as server:
        server.execute("SET session_replication_role = replica")
        yield server.execute


def look():
    return log.append(Leaf(event=vault_events.CUSTOMER_SEARCHED, actor=SYSTEM)).leaf_id


def test_a_whole_log_is_told_in_the_shell_and_by_the_doctor(capfd):
    """Exit code 0, a leaf with the counts, a good line of the doctor, a mark outside the database."""
    look()
    assert shell.run(["trail", "verify", "--json"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert (result["outcome"], result["broken"], result["findings"]) == ("whole", 0, [])
    leaf = queries.leaves(queries.LeafFilter(event=trail_events.CHAINS_VERIFIED.name), limit=1)[0]
    assert leaf.detail["leaves"] == result["leaves"]
    assert doctor.trail_verified().state == "good"
    assert trail_check._marks()


def test_who_may_not_read_the_trail_may_not_verify_it():
    """The gate is asked."""
    nobody = Actor(kind="staff", id="01a203c9-8ab7-7000-9e2d-90b1e5627cbe", channel=Channel.PAGE)
    with pytest.raises(NotAllowed):
        trail_check.verify(nobody)


def test_a_database_of_yesterday_is_told_with_the_time_of_what_it_lacks(superuser):
    """The newest leaf of an earlier mark is gone: the log was whole then, and is older now."""
    trail_check.verify_nightly()
    first = look()
    trail_check.verify_nightly()
    marks = trail_check._marks()
    superuser("CREATE TABLE IF NOT EXISTS public.away AS SELECT * FROM trail.leaf WHERE false")
    since = marks[0].leaf
    superuser("INSERT INTO public.away SELECT * FROM trail.leaf WHERE id > %s", [since])
    superuser("DELETE FROM trail.leaf WHERE id > %s", [since])
    try:
        assert trail_check.restored_since(marks[:1]) is None
        finding = trail_check.restored_since(marks)
        assert (finding.kind, finding.at) == ("restored", marks[1].at)
        check = doctor.trail_verified()
        assert (check.state, marks[1].at in check.sentence) == ("bad", True)
    finally:
        superuser("INSERT INTO trail.leaf SELECT * FROM public.away")
    assert queries.leaf(first) is not None


def test_marks_of_another_hand_are_not_believed():
    """The file is sealed under the installation's keys; a changed one counts as none."""
    trail_check.verify_nightly()
    path = settings.TUTELA_HOME / trail_check.NAME
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert not trail_check._marks()


def test_a_broken_log_ends_with_one_and_is_named_by_the_doctor(superuser, capfd):
    """A leaf whose bytes are no text is named with what is wrong."""
    leaf_id = look()
    superuser("UPDATE trail.leaf SET leaf = %s WHERE id = %s", [b"\xff" * 40, leaf_id])
    assert shell.run(["trail", "verify", "--json"]) == 1
    result = json.loads(capfd.readouterr().out)
    assert (result["outcome"], result["findings"][0]["leaf"]) == ("broken", str(leaf_id))
    assert result["findings"][0]["kind"] == "unreadable"
    check = doctor.trail_verified()
    assert (check.state, str(leaf_id) in check.sentence) == ("bad", True)
    assert shell.run(["trail", "--limit", "5", "--json"]) == 0
    broken = [json.loads(line)["broken"] for line in capfd.readouterr().out.splitlines()]
    assert "unreadable" in broken
