"""Leaves are found by person, customer, time and event, newest first."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.trail.conftest import CLERK, make_leaf
from tutela.access import events as access_events
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.base.free_text import CustomerValueInText
from tutela.base.readings import Ask
from tutela.trail import actions, evidence, figures, log, queries
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


@pytest.mark.parametrize("rare", [0, 20_000])
def test_events_of_a_customer_are_the_same_however_rare_they_are(monkeypatch, rare):
    """By the events' moments, or leaf by leaf; also page by page and within a time."""
    monkeypatch.setattr(queries, "RARE", rare)
    subject = ("customer", str(uuid4()))
    looks = append(3, subjects=(subject,), event=vault_events.CUSTOMER_VIEWED, detail={})
    append(2, subjects=(subject,), event=vault_events.CUSTOMER_SEARCHED, detail={})
    append(2, event=vault_events.CUSTOMER_VIEWED, detail={})
    wanted = queries.LeafFilter(subject=subject, event=vault_events.CUSTOMER_VIEWED.name)
    assert [row.id for row in queries.leaves(wanted)] == looks[::-1]
    assert [row.id for row in queries.leaves(wanted, before=looks[2], limit=1)] == [looks[1]]
    later = queries.leaf(looks[-1]).at + timedelta(milliseconds=1)
    assert queries.leaves(replace(wanted, since=later)) == []


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


def test_several_events_come_in_one_order():
    """Each event has its index; together they are merged, page by page, without gap."""
    shown = (vault_events.CUSTOMER_VIEWED, vault_events.FIELD_REVEALED, vault_events.HISTORY_VIEWED)
    made = [log.append(make_leaf(event=shown[n % 3])).leaf_id for n in range(7)][::-1]
    wanted = queries.LeafFilter(events=tuple(event.name for event in shown[:2]))
    of_two = [one for one in made if queries.leaf(one).event != shown[2].name]
    first = queries.leaves(wanted, limit=2)
    rest = queries.leaves(wanted, limit=len(of_two) - 2, before=first[-1].id)
    assert [row.id for row in [*first, *rest]] == of_two


def test_what_is_given_holds_together():
    """Person, customer, events, purpose and outcome."""
    subject = ("customer", str(uuid4()))
    told = {"subjects": (subject,), "detail": {}}
    append(**told, purpose="service")
    denied = append(**told, purpose="claim", decision={"outcome": "deny", "code": "access.no_cell"})
    append(**told, purpose="claim", event=vault_events.HISTORY_VIEWED)
    wanted = queries.LeafFilter(
        actor_id=CLERK.id,
        subject=subject,
        purpose="claim",
        outcome="deny",
        events=(vault_events.FIELD_REVEALED.name, vault_events.CUSTOMER_VIEWED.name),
    )
    assert [row.id for row in queries.leaves(wanted)] == denied


def test_leaves_are_counted_by_day_event_and_purpose():
    """Of one person, and of one customer."""
    subject = ("customer", str(uuid4()))
    append(2, subjects=(subject,), purpose="service")
    append(1, subjects=(subject,), purpose="legal")
    since, until = clock.now() - timedelta(hours=1), clock.now() + timedelta(hours=1)
    counted = figures.of_subject(subject, since, until, "Asia/Shanghai")
    assert sorted((one.purpose, one.leaves) for one in counted) == [("legal", 1), ("service", 2)]
    assert {one.day for one in counted} == {timezone.localdate(queries.leaves(limit=1)[0].at)}
    of_clerk = figures.of_actor(CLERK.id, since, until, "Asia/Shanghai")
    assert sum(one.leaves for one in of_clerk) >= 3
    (known,) = figures.known("customer", [subject[1], str(uuid4())]).items()
    assert (known[0], known[1].leaves) == (subject[1], 3)


def test_kept_filters_are_of_one_account():
    """Kept again under the same name, one is replaced; another account has none."""
    owner, other = str(uuid4()), str(uuid4())
    actions.keep_filter(owner, "明文", "event=looks")
    actions.keep_filter(owner, "明文", "event=looks.clear")
    assert queries.kept_filters(owner) == [("明文", "event=looks.clear")]
    assert queries.kept_filters(other) == []
    assert not actions.drop_filter(other, "明文")
    assert actions.drop_filter(owner, "明文")


def test_a_customers_value_is_no_name_of_a_filter():
    """Also where no form stands before it."""
    with pytest.raises(CustomerValueInText):
        actions.keep_filter(str(uuid4()), "13800138000", "event=looks")
