"""A canary that somebody has opened is replaced at once; an import that meets a canary's number gives nothing away."""

from random import Random

import pytest
from django.db import ProgrammingError, connection, transaction

from tests import imports, source_feeds
from tests.vault.factories import id_number, make_customer, operator
from tests.watch.conftest import leave, look
from tests.watch.test_desk_canaries import as_owner, east, keepers, planted
from tutela.base import clock
from tutela.trail.leaves import Exposure
from tutela.trail.queries import LeafFilter, leaves
from tutela.vault import events as vault_events
from tutela.vault.importing.reading.sources import BytesSource
from tutela.watch import canaries, canary_values
from tutela.watch.actions import canaries as acts
from tutela.watch.models import Alert, CanaryDue
from tutela.watch.watcher import catch_up

__all__ = ["east", "keepers", "planted"]


@pytest.fixture(scope="module")
def touched(planted, staff, watcher):
    """Opened, and opened again by another person."""
    catch_up(watcher)
    for post in ("claims_adjuster", "service_agent"):
        leave(look(staff[post], str(planted[1]), event=vault_events.CUSTOMER_VIEWED,
                   exposure=Exposure.DETAIL_MASKED))  # fmt: skip
        catch_up(watcher)
    return planted[1]


def waiting():
    return CanaryDue.objects.filter(done_at=None)


def test_one_replacement_is_due_at_once_however_often_it_is_touched(touched, east):
    """Not at the next rotation; nothing is planted twice for one canary."""
    assert Alert.objects.filter(rule="R13", critical=True, customer_id=touched).count() == 2
    (due,) = waiting()
    now = clock.now()
    assert (due.branch_id, due.not_before <= now) == (east, True)
    assert now < due.latest <= now + acts.AT_ONCE
    assert not acts.replace_touched(touched)


def test_it_comes_beside_the_next_real_customer_and_the_touched_one_goes(touched, keepers, east):
    """The two keepers see it; the branch has as many as before; the daily plan adds none."""
    assert acts.keep_up() == 0
    make_customer(east)
    assert acts.plant_due(Random(5)) == 1
    assert not waiting().exists()
    listed = {one.customer_id: one for one in acts.read_list(keepers[0].actor)}
    gone = [one.customer_id for one in listed.values() if one.retired_at]
    assert gone == [touched]
    assert listed[touched].touched_at is not None
    assert len(listed) == 4
    (branch,) = [one for one in canaries.coverage() if one.branch_id == east]
    assert (branch.planted, branch.wanted, branch.coming) == (3, 3, 0)


def test_no_leaf_tells_that_one_was_replaced(touched):
    """As with every planting: the watch's own leaves name no customer."""
    for row in leaves(LeafFilter(subject=("customer", str(touched)))):
        assert not row.event.startswith("watch.")


def test_a_customer_who_is_no_canary_is_not_marked(touched, east):
    """And the application asks only for customers that it names."""
    other = make_customer(east).customer_id
    assert not acts.replace_touched(other)
    assert not waiting().exists()
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE watch_canary SET touched_at = NULL")


def test_without_an_order_nothing_is_planted_but_the_mark_stays(touched, planted, monkeypatch):
    """An installation whose order was never approved has no canaries; one that lost it keeps what it has."""
    monkeypatch.setattr(canaries, "order", lambda: None)
    assert acts.replace_touched(planted[0])
    assert not waiting().exists()
    as_owner("UPDATE watch_canary SET touched_at = NULL WHERE customer_id = %s", planted[0])


@pytest.fixture(scope="module")
def newest(touched, keepers, east):
    """A canary whose values the test knows: the host's account invents them, and nobody else is told."""
    source_feeds.register(operator())
    known = []
    invent = canary_values.invent

    def told(*given):
        known.append(invent(*given))
        return known[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(canary_values, "invent", told)
        before = {one.customer_id for one in acts.read_list(keepers[0].actor)}
        (oldest,) = [one for one in before if acts.replace_touched(one)][:1]
        make_customer(east)
        assert acts.plant_due(Random(11)) == 1
    (made,) = {one.customer_id for one in acts.read_list(keepers[0].actor)} - before
    assert oldest != made
    return made, known[-1].customer


def bring(*cells):
    """Import one customer by the host's account; (created, changed, rejected, held)."""
    header = "客户号,姓名,证件号码,手机号码,所属机构"
    data = "\n".join([header, ",".join(cells), ""]).encode()
    return imports.bring_in(operator(), BytesSource("f", data), workers=1)


def versions(customer):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version FROM vault.record WHERE customer_id = %s ORDER BY record_id", [customer]
        )
        return cursor.fetchall()


@pytest.mark.parametrize("same", ["number", "phone"])
def test_an_import_that_meets_a_canarys_number_makes_its_own_customer(newest, watcher, same):
    """A core system gives a reserved number away, or somebody has an invented telephone: the row comes in as any other,
    the canary stays as it was, no leaf of the import names it, and nobody is alarmed."""
    canary, values = newest
    catch_up(watcher)
    raised, before = Alert.objects.filter(rule="R13").count(), versions(canary)
    named = len(leaves(LeafFilter(subject=("customer", str(canary)))))
    number = values["customer_number"] if same == "number" else "C55500001"
    phone = values["phone"] if same == "phone" else "13800138011"
    done = bring(number, "欧阳测试", id_number(), phone, "EAST")
    assert (done.created, done.changed, done.rejected) == (1, 0, 0)
    assert versions(canary) == before
    assert len(leaves(LeafFilter(subject=("customer", str(canary))))) == named
    catch_up(watcher)
    assert Alert.objects.filter(rule="R13").count() == raised


def test_a_canary_whose_identity_number_is_somebodys_becomes_a_real_customer(
    newest, keepers, watcher
):
    """The import joins the person by it, as it joins any; the canary is retired within the minute, another one is due, and
    whoever works on the customer from then on raises no alarm."""
    canary, values = newest
    assert acts.replace_met() == 0
    before = waiting().count()
    done = bring("C55500002", "欧阳测试", values["id_number"], "13800138012", "EAST")
    assert (done.rejected, len(versions(canary))) == (0, 3)
    assert acts.replace_met() == 1
    assert acts.replace_met() == 0
    assert waiting().count() == before + 1
    listed = {one.customer_id: one for one in acts.read_list(keepers[0].actor)}
    assert listed[canary].retired_at is not None
