"""Canary customers: two people know them, the vault's own verbs make them, and nothing else tells them apart."""

from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, connections, transaction

from tests.access import cast
from tests.vault.factories import make_customer, make_record, make_work_item, operator
from tests.watch.conftest import leave, look
from tutela.base import clock
from tutela.trail.leaves import Exposure
from tutela.trail.queries import LeafFilter, leaves
from tutela.vault import events as vault_events
from tutela.vault import find, view, work_items
from tutela.vault import queries as vault
from tutela.vault.actions.counts import count_encryption
from tutela.watch import canaries, canary_values
from tutela.watch.actions import canaries as acts
from tutela.watch.canary_values import Shape
from tutela.watch.errors import (
    KeepersUnfit,
    MachineUnfit,
    NotAKeeper,
    NothingWaits,
    PatternUnfit,
    SecondPersonMissing,
)
from tutela.watch.models import Alert, CanaryDue
from tutela.watch.watcher import catch_up

SHAPE = Shape(customer_numbers="C9#######", policy_numbers="P9#######")
REAL = 6


@pytest.fixture(scope="module")
def keepers(staff):
    """Two of the three who may manage canaries."""
    return cast.hire("compliance_officer", "HQ"), cast.hire("compliance_officer", "HQ")


@pytest.fixture(scope="module")
def east(staff):
    """A branch with customers of its own, made as canaries are: by the host's account."""
    from tutela.access import queries as people

    branch = people.branch_codes()["EAST"]
    for _one in range(REAL):
        made = make_customer(branch)
        make_record(made.customer_id, "policy", policy_number=f"P{_one:08d}")
        make_work_item(made.customer_id, kind="policy", closed=clock.today())
    return branch


@pytest.fixture(scope="module")
def planted(keepers, east, watcher):
    """Named, ordered, and planted, each beside a real customer; the ids as the first keeper reads them."""
    first, second = keepers
    named = acts.propose_keepers(first.actor, first.staff.id, second.staff.id)
    acts.confirm_keepers(second.actor, named.pk)
    order = acts.propose_order(first.actor, SHAPE)
    acts.approve_order(second.actor, order.pk)
    assert acts.plant_due(Random(1)) == 0
    _bring_forward()
    while CanaryDue.objects.filter(done_at=None).exists():
        make_customer(east)
        assert acts.plant_due(Random(CanaryDue.objects.filter(done_at=None).count())) == 1
    return [one.customer_id for one in acts.read_list(first.actor)]


def as_owner(statement: str, *values: object) -> None:
    """What the application may not do."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)


def _bring_forward() -> None:
    """All plantings are due, and wait for a real customer; as the owner, since the application may not."""
    as_owner("UPDATE watch_canary_due SET not_before = %s WHERE done_at IS NULL", clock.now())


def test_only_two_confirmed_people_are_keepers(staff, keepers):
    first, second = keepers
    with pytest.raises(KeepersUnfit):
        acts.propose_keepers(first.actor, first.staff.id, first.staff.id)
    with pytest.raises(KeepersUnfit):
        acts.propose_keepers(first.actor, first.staff.id, staff["service_agent"].staff.id)
    with pytest.raises(NothingWaits):
        acts.confirm_keepers(first.actor, 1)
    with pytest.raises(NotAKeeper):
        acts.propose_order(first.actor, SHAPE)
    read = acts.propose_keepers(first.actor, first.staff.id, second.staff.id)
    with pytest.raises(SecondPersonMissing):
        acts.confirm_keepers(first.actor, read.pk)
    acts.propose_keepers(first.actor, first.staff.id, staff["compliance_officer"].staff.id)
    with pytest.raises(NothingWaits):  # somebody else was put in while it was read
        acts.confirm_keepers(second.actor, read.pk)
    assert canaries.keepers() is None


def test_an_order_that_took_the_place_of_the_one_read_is_not_approved(planted, keepers):
    """What canaries look like, known to one alone, would give them away."""
    first, second = keepers
    read = acts.propose_order(first.actor, SHAPE)
    other = acts.propose_order(first.actor, Shape(customer_numbers="X0000####"))
    with pytest.raises(NothingWaits):
        acts.approve_order(second.actor, read.pk)
    other.refresh_from_db()
    assert other.approved_at is None


def test_numbers_leave_room_to_hide_in(planted, keepers):
    """A pattern of three digits would be tried out by hand."""
    first, _second = keepers
    for shape in (Shape(customer_numbers="C###"), Shape(customer_numbers="C####", phones="138"),
                  Shape(customer_numbers="C ####")):  # fmt: skip
        with pytest.raises(PatternUnfit):
            acts.propose_order(first.actor, shape)


def test_a_branch_has_three_or_one_in_two_thousand():
    assert [canaries.wanted(n) for n in (0, 1, 6000, 6001, 100_000)] == [0, 3, 3, 4, 50]


def test_each_branch_with_customers_gets_its_canaries(planted, east):
    (one,) = [one for one in canaries.coverage() if one.branch_id == east]
    assert (one.planted, one.wanted, one.coming) == (3, 3, 0)
    assert len(planted) == 3


def test_the_application_cannot_read_who_they_are(planted, keepers, staff):
    """Neither the table, nor the list without a leaf, nor as somebody else, nor with the leaf of another."""
    first, second = keepers
    for statement in ("SELECT * FROM watch_canary", "UPDATE watch_canary SET retired_at = NULL",
                      "DELETE FROM watch_canary"):  # fmt: skip
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            _run(statement)
    leaf = leaves(LeafFilter(event="watch.canary.read", actor_id=first.actor.id))[0].id
    for who, key in ((first.actor.id, UUID(int=7)), (second.actor.id, leaf),
                     (staff["compliance_officer"].actor.id, leaf)):  # fmt: skip
        with pytest.raises(ProgrammingError, match="watch"), transaction.atomic():
            _run("SELECT * FROM watch_canary_list(%s, %s)", [who, key])
    with pytest.raises(NotAKeeper):
        acts.read_list(staff["compliance_officer"].actor)


def _run(statement, values=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def test_a_touch_is_critical_and_a_masked_list_is_a_few_points(planted, staff, watcher):
    """Planting itself touched nobody."""
    catch_up(watcher)
    assert not Alert.objects.filter(rule="R13").exists()
    agent = staff["claims_adjuster"]
    leave(
        look(
            agent,
            str(planted[0]),
            event=vault_events.CUSTOMER_LISTED,
            exposure=Exposure.LIST_MASKED,
        )
    )
    catch_up(watcher)
    listed = Alert.objects.get(rule="R13")
    assert (listed.points, listed.critical, listed.customer_id) == (5, False, None)
    leave(
        look(
            agent,
            str(planted[1]),
            exposure=Exposure.DETAIL_MASKED,
            event=vault_events.CUSTOMER_VIEWED,
        )
    )
    catch_up(watcher)
    opened = Alert.objects.get(rule="R13", critical=True)
    assert (opened.customer_id, opened.case.critical) == (planted[1], True)
    # Another one is due in its place: tests/watch/test_replace_touched_canary.py. Here nothing more is planted.
    as_owner("UPDATE watch_canary_due SET done_at = not_before WHERE done_at IS NULL")


# The ways in which staff could tell a canary apart, one after the other.


def test_the_page_of_a_canary_is_like_that_of_a_neighbour(planted, east, staff):
    """The same kinds of records and fields, one version, a closed work item."""
    page = view.view_customer(operator(), planted[0], "administration")
    assert {record.version for record in page.records} == {1}
    assert [record.collection for record in page.records] == [1, 2]
    (item,) = work_items.of_customer(planted[0])
    assert not item.is_open(clock.today())
    assert item.assignee is None


def test_no_time_of_a_canary_stands_alone(planted, east):
    """The id of a customer tells when it was made: within 15 minutes there is a real one of the same branch."""
    real = [c for c in _ids(east) if c not in planted]
    for canary in planted:
        assert any(0 <= (canary.int >> 80) - (one.int >> 80) <= 15 * 60_000 for one in real)


def test_no_column_of_the_vault_tells_a_canary(planted, east):
    """Source, import, state, version and generation are as those of customers that people made."""
    rows = _run(
        """SELECT c.customer_id, c.state, c.version, c.identity_tag IS NULL, r.batch, r.source_tag, r.generation
        FROM vault.customer c JOIN vault.record r USING (customer_id) WHERE r.collection = 1"""
    )
    kinds = {row[1:] for row in rows if row[0] in planted}
    assert kinds == {row[1:] for row in rows if row[0] not in planted}


def test_no_leaf_names_a_canary_but_those_that_name_any_customer(planted, keepers):
    """Its creation is that of any customer; the watch's own leaves have no customer as subject."""
    for canary in planted:
        events = {row.event for row in leaves(LeafFilter(subject=("customer", str(canary))))}
        assert {one for one in events if one.startswith("watch.")} == set()
        made = leaves(LeafFilter(subject=("customer", str(canary)), event="vault.record.created"))
        assert {row.actor_id for row in made} == {operator().id}
        assert {row.channel for row in made} == {"shell"}


def test_no_work_list_shows_a_canary(planted, staff):
    """A work item that waits to be handed out would be opened by whoever gets it."""
    open_items = _run("SELECT customer_id FROM vault.work_item WHERE closed IS NULL")
    assert not {row[0] for row in open_items} & set(planted)


def test_counts_and_lists_agree(planted, east):
    """Canaries are in every count and in every list of people: a difference would tell how many there are."""
    listed = find.list_customers(operator(), "administration", None, 50)
    ids = {one.customer_id for one in listed.customers}
    assert set(planted) <= ids
    assert len(ids) == vault.count_customers() == vault.customers_by_branch()[east]
    count_encryption()
    (customers,) = _run(
        "SELECT customers FROM vault.encryption_count ORDER BY counted_at DESC LIMIT 1"
    )[0]
    assert customers == len(ids)


def test_a_listed_job_gets_lists_without_canaries_and_without_a_gap(planted, keepers, east):
    """Page by page, and the leaf names nobody who was left out; a search still finds, and raises the alarm."""
    first, _second = keepers
    job = cast.hire("partner_service", "HQ")
    every = _paged(job.actor)
    assert set(planted) <= set(every)
    added = acts.add_job(first.actor, job.staff.login)
    without = _paged(job.actor)
    assert without == [one for one in every if one not in planted]
    leaf = leaves(LeafFilter(event="vault.customer.listed", actor_id=job.actor.id), limit=1)[0]
    assert not {key for _kind, key in leaf.subjects} & {str(one) for one in planted}
    with pytest.raises(MachineUnfit):
        acts.add_job(first.actor, job.staff.login)
    acts.end_job(first.actor, added.id)
    assert _paged(job.actor) == every


def test_lists_of_people_never_leave_them_out(planted, staff, keepers):
    """A person's own list beside that of a job would tell: so a person cannot become one."""
    first, _second = keepers
    with pytest.raises(MachineUnfit):
        acts.add_job(first.actor, staff["service_agent"].staff.login)


def _paged(actor):
    """All customers in pages of two."""
    found, after = [], None
    while True:
        page = find.list_customers(actor, "service", after, 2)
        assert len(page.customers) == 2 or page.after is None
        found += [one.customer_id for one in page.customers]
        if page.after is None:
            return found
        after = page.after


def _ids(branch):
    return [
        row[0]
        for row in _run("SELECT customer_id FROM vault.customer WHERE branch_id = %s", [branch])
    ]


def test_a_quarter_later_others_take_their_place(planted, keepers, east, monkeypatch):
    """As many as before, and the oldest are retired one by one."""
    as_owner("UPDATE watch_canary SET planted_at = planted_at - interval '91 days'")
    assert acts.keep_up() == 3
    assert acts.keep_up() == 0
    _bring_forward()
    make_customer(east)
    assert acts.plant_due(Random(99)) == 1
    listed = acts.read_list(keepers[0].actor)
    assert [one.retired_at is None for one in listed].count(True) == 3
    gone = {one.customer_id for one in listed if one.retired_at}
    assert len(gone) == 1
    assert gone < set(planted)


def test_without_a_real_customer_a_planting_waits_for_office_hours(planted, east, monkeypatch):
    _bring_forward()
    at = clock.now() + timedelta(days=30)
    for hour, number in ((3, 0), (10, 1)):
        when = _at_hour(at, hour)
        monkeypatch.setattr(clock, "now", lambda when=when: when)
        as_owner("UPDATE watch_canary_due SET latest = %s WHERE done_at IS NULL", when)
        assert acts.plant_due(Random(7 + hour)) >= number
    monkeypatch.undo()


def _at_hour(at, hour):
    from zoneinfo import ZoneInfo

    here = at.astimezone(ZoneInfo("Asia/Shanghai"))
    here += timedelta(days=(7 - here.weekday()) % 7)
    return here.replace(hour=hour)


def test_invented_values_pass_the_checks_of_the_vault():
    """A thousand, all different, each of its patterns."""
    from tutela.vault import catalogue, entry

    rng, today = Random(3), clock.today()
    seen = set()
    for _one in range(300):
        made = canary_values.invent(rng, SHAPE, "上海分公司", today)
        entry.read(int(catalogue.Collection.CUSTOMER), made.customer, today)
        entry.read(int(catalogue.Collection.POLICY), made.policy, today)
        assert "上海市" in made.customer["address"]
        assert made.policy_opened <= made.policy_closed < today
        seen.add(made.customer["id_number"])
    assert len(seen) > 290
