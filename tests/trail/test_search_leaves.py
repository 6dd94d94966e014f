"""Leaves are found by person, customer, time and event, newest first."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.trail.conftest import CLERK, make_leaf
from tutela.access import events as access_events
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.base.readings import Ask
from tutela.trail import evidence, log, queries
from tutela.vault import events as vault_events

pytestmark = pytest.mark.usefixtures("database")


def append(count=1, **changes):
    return [log.append(make_leaf(**changes)).leaf_id for _ in range(count)]


def test_a_customers_looks_come_newest_first():
    """Who saw this customer."""
    subject = ("customer", str(uuid4()))
    made = append(3, subjects=(subject,))
    append(2)
    assert [row.id for row in queries.leaves(queries.LeafFilter(subject=subject))] == made[::-1]


def test_a_persons_looks_are_theirs_alone():
    """What this person saw."""
    append(actor=SYSTEM)
    assert {row.actor_id for row in queries.leaves(queries.LeafFilter(actor_id=CLERK.id))} == {
        CLERK.id
    }


def test_pages_follow_each_other_without_gap():
    """`before` is the last id of the page before, for customers and for all."""
    subject = ("customer", str(uuid4()))
    made = append(5, subjects=(subject,))[::-1]
    first = queries.leaves(queries.LeafFilter(subject=subject), limit=2)
    second = queries.leaves(queries.LeafFilter(subject=subject), limit=2, before=first[-1].id)
    assert [row.id for row in [*first, *second]] == made[:4]
    assert queries.leaves(before=made[0], limit=1)[0].id == made[1]


def test_time_bounds_take_the_first_and_leave_the_last():
    """`since` is included, `until` is not."""
    made = append(2)
    rows = [queries.leaf(one) for one in made]
    found = queries.leaves(
        queries.LeafFilter(since=rows[0].at, until=rows[1].at + timedelta(milliseconds=1))
    )
    assert set(made) <= {row.id for row in found}
    assert made[0] not in {row.id for row in queries.leaves(queries.LeafFilter(until=rows[0].at))}


def test_a_row_tells_what_the_leaf_told():
    """Read back from the hashed bytes."""
    (made,) = append(event=vault_events.CUSTOMER_SEARCHED, detail={"hits": 2, "rows": 2})
    row = queries.leaf(made)
    assert (row.event, row.rows, row.outcome) == ("vault.customer.searched", 2, "allow")
    assert (row.channel, row.source, row.classes) == ("page", "10.1.2.3", (1, 2))


def test_a_refusal_tells_its_code():
    """Denied looks are found too."""
    denied = {"outcome": "deny", "code": "access.no_cell"}
    (made,) = append(event=access_events.REQUEST_REFUSED, decision=denied, detail={})
    assert (queries.leaf(made).outcome, queries.leaf(made).code) == ("deny", "access.no_cell")


def test_leaves_are_counted_from_a_moment():
    """For the state of the installation."""
    (made,) = append(event=vault_events.HISTORY_VIEWED)
    at = queries.leaf(made).at
    assert queries.count_since(at) == queries.count_since(at + timedelta(microseconds=1)) + 1


def test_the_log_knows_its_age_and_size():
    """For the promise to keep it a year."""
    append()
    day, oldest = clock.today(), queries.oldest_at()
    now = Ask(target="access-log-kept", begins=day, ends=day + timedelta(days=1))
    began = timezone.localdate(oldest)
    before = Ask(
        target="access-log-kept", begins=began - timedelta(days=9), ends=began - timedelta(days=2)
    )
    kept, none = evidence.read([now, before])
    age = (clock.now() - oldest).days
    assert (kept.value, kept.evidence, none.value) == (age, 2, None)
    assert next(evidence.rows(now)).at == queries.oldest_at() <= kept.newest


def test_health_is_open_and_next_month_is_ready():
    """The doctor asks this."""
    append()
    health = queries.health()
    assert (health.state, health.why, health.next_partition) == ("open", "", True)
