"""The day's quota of clear values under many looks at once."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

from tests.access import cast
from tutela.access import errors, gate, queries
from tutela.detect.classes import DataClass

CONTACT = int(DataClass.CONTACT)


def look(agent: cast.Member, branch: int) -> bool:
    """Whether one look was granted; on a connection of the thread's own."""
    try:
        gate.require_data(agent.actor, cast.ask(branch, "service", CONTACT))
    except errors.QuotaSpent:
        return False
    finally:
        connection.close()
    return True


def test_eight_threads_never_pass_the_quota(tree):
    """Exactly sixty of two hundred looks are granted, whoever comes first."""
    agent = cast.hire("service_agent", "EAST")
    with ThreadPoolExecutor(8) as pool:
        granted = list(pool.map(lambda _: look(agent, tree["EAST"]), range(200)))
    assert sum(granted) == 60
    assert queries.quota_used(agent.actor.id) == 60


def test_a_rolled_back_look_is_not_counted(tree):
    """If the value did not leave, it was not seen."""
    agent = cast.hire("service_agent", "EAST")
    with transaction.atomic():
        gate.require_data(agent.actor, cast.ask(tree["EAST"], "service", CONTACT))
        transaction.set_rollback(True)
    assert queries.quota_used(agent.actor.id) == 0


def test_no_look_counts_as_less_than_one(tree):
    """A caller that says no field, or less, still spends one."""
    agent = cast.hire("service_agent", "EAST")
    for fields in (0, -5):
        gate.require_data(agent.actor, cast.ask(tree["EAST"], "service", CONTACT, fields=fields))
    assert queries.quota_used(agent.actor.id) == 2


def test_masked_looks_are_free(tree):
    """The quota is of clear values only."""
    from tutela.access.levels import Level

    agent = cast.hire("service_agent", "EAST")
    asked = cast.ask(tree["EAST"], "service", CONTACT, level=Level.MASKED)
    gate.require_data(agent.actor, asked)
    assert queries.quota_used(agent.actor.id) == 0
